// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/guide_in_operation.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace beachfront::optics;

namespace {

Waveguide buried(double contrast, std::vector<double> wavelengths_um) {
  Waveguide guide;
  guide.glass.name = "test glass";
  guide.glass.dispersion.constant_index = 1.5065;
  guide.source = GaussianProfile{contrast, 4, 3, 0};
  guide.wavelengths_um = std::move(wavelengths_um);
  return guide;
}

double mean_size_um(const WaveguideFigures& figures) {
  return std::sqrt(*figures.mode_field_diameter_x_um * *figures.mode_field_diameter_y_um);
}

/// Index of Lorentz-Lorenz refraction P.
double index_of(double refraction) {
  return std::sqrt((1 + 2 * refraction) / (1 - refraction));
}

double refraction_of(double index) {
  return (index * index - 1) / (index * index + 2);
}

} // namespace

// Glass and contrast by the Lorentz-Lorenz relation itself, everything in it scaled by 1e-6; the contrast 1e-5 is small
// enough for the derivative, 1e-5 of it large enough for the digits of a double.
TEST(GuideInOperation, ContrastChangesAsLorentzLorenzHasItForIonsLikeTheGlass) {
  for (const double index : {1.45, 1.503, 1.7}) {
    const double glass = refraction_of(index), ions = 1e-5, scale = 1 + 1e-6;
    const double cold = index_of(glass + ions) - index;
    const double hot = index_of(scale * (glass + ions)) - index_of(scale * glass);
    const double thermo_optic = index_of(scale * glass) - index; // of a kelvin
    EXPECT_NEAR(contrast_change_per_K(index, thermo_optic), hot / cold - 1, 1e-3 * (hot / cold - 1));
  }
}

// What a second solve says of a contrast 1 % higher and lower. The scalar modes of the fast solver carry 1e-4 of size;
// over the 2 % of contrast that is 1 % of the exponent. Wavelengths 5 % apart add their own curvature.
TEST(GuideInOperation, ModeSizeFollowsContrastAsASecondSolveDoes) {
  for (const double contrast : {0.009, 0.012, 0.015}) {
    const double by_wavelength = mode_size_exponent(solve_waveguide(buried(contrast, {1.31, 1.28, 1.34})));
    const double by_contrast = std::log(mean_size_um(solve_waveguide(buried(1.01 * contrast, {1.31}))) /
                                        mean_size_um(solve_waveguide(buried(0.99 * contrast, {1.31})))) /
                               std::log(1.01 / 0.99);
    EXPECT_LT(by_contrast, -0.2);
    EXPECT_NEAR(by_wavelength, by_contrast, 0.03 * std::abs(by_contrast)) << contrast;
  }
}

TEST(GuideInOperation, OneWavelengthTakesTheParabolicProfilesExponent) {
  EXPECT_EQ(mode_size_exponent(solve_waveguide(buried(0.012, {1.31}))), -0.25);
}

TEST(GuideInOperation, NothingChangesAtTheReferenceAndHeatTightensTheMode) {
  Waveguide guide = buried(0.012, {1.31});
  guide.glass.thermo_optic_per_K = 8e-6;
  const WaveguideFigures figures = solve_waveguide(guide);
  ASSERT_LT(mean_size_um(figures), guide.fibre.mode_field_diameter_um);
  const GuideInOperation cold = guide_in_operation(guide, figures, index_reference_C);
  EXPECT_EQ(cold.index_change, 0);
  EXPECT_EQ(cold.edge_loss_change_dB, 0);
  const GuideInOperation hot = guide_in_operation(guide, figures, index_reference_C + 60);
  EXPECT_DOUBLE_EQ(hot.index_change, 8e-6 * 60);
  EXPECT_LT(hot.mode_size_change, 0);
  EXPECT_GT(hot.edge_loss_change_dB, 0); // a mode smaller than the fibre's, smaller still
  EXPECT_LT(hot.edge_loss_change_dB, 1e-3);
  const WaveguideFigures moved = in_operation(figures, hot);
  EXPECT_DOUBLE_EQ(mean_size_um(moved), (1 + hot.mode_size_change) * mean_size_um(figures));
}
