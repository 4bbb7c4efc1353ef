// SPDX-License-Identifier: GPL-3.0-or-later
// The reference itself: against MPB, exact scalar modes and its own refinement.
#include "exact/slab.hpp"
#include "exact/vector_reference.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace beachfront::optics::exact;

TEST(VectorReference, BuriedGaussianMeetsMpb) {
  // tests/bench/optics_buried.ctl, cell 50 x 46 um, 2 points a um, tolerance 1e-12; the same on 40 x 36 to 1e-11
  const VectorGuide guide = buried_gaussian(1.5065, 0.012, 4, 3);
  EXPECT_NEAR(vector_mode(guide, {}, 1.31, Polarisation::quasi_te, 1.513).effective_index, 1.5121201435526, 5e-12);
  EXPECT_NEAR(vector_mode(guide, {}, 1.31, Polarisation::quasi_tm, 1.513).effective_index, 1.5121158835110, 5e-12);
}

TEST(VectorReference, SurfaceGuideMeetsMpb) {
  // tests/bench/optics_surface.ctl at 32 and 64 points a um of depth, its error of second order taken out
  const VectorGuide guide = surface_erfc(1.5065, 1, 0.03, 4, 4, 3);
  EXPECT_NEAR(vector_mode(guide, {}, 1.31, Polarisation::quasi_te, 1.514).effective_index, 1.50837164, 3e-8);
  EXPECT_NEAR(vector_mode(guide, {}, 1.31, Polarisation::quasi_tm, 1.514).effective_index, 1.50810656, 3e-8);
}

TEST(VectorReference, RefinementChangesNothing) {
  // figures of 24 nodes along the surface, 2 x 16 points in the air and 3 x 20 in the glass, good to 5e-12
  const VectorGuide guide = surface_erfc(1.5065, 1, 0.03, 4, 4, 3);
  VectorNodes nodes;
  nodes.half_x = 14;
  nodes.points_glass = 17;
  nodes.points_cover = 14;
  EXPECT_NEAR(vector_mode(guide, nodes, 1.31, Polarisation::quasi_te, 1.514).effective_index, 1.508371632747, 1e-10);
  EXPECT_NEAR(vector_mode(guide, nodes, 1.31, Polarisation::quasi_tm, 1.514).effective_index, 1.508106543689, 1e-10);
}

TEST(VectorReference, WeakSech2GuideHasItsScalarModeAndSize) {
  // field sech^mu(x/a) sech^nu(y/b); what vectors change is of the order of the contrast, 0.7 %, times the share of the
  // walls in it, (1/(k a))^2 = 1/500
  const double ns = 1.5, peak = 1.505, a = 5, b = 4, d = peak * peak - ns * ns, wavelength_um = 1.31;
  const VectorGuide guide{
      [=](double x, double y) {
        const double p = d / std::pow(std::cosh(x / a), 2), q = d / std::pow(std::cosh(y / b), 2);
        return Medium{ns * ns + p + q, -2 * p * std::tanh(x / a) / a, -2 * q * std::tanh(y / b) / b};
      },
      true, 1};
  const auto exponent = [&](double width_um) {
    return (std::sqrt(1 + 4 * std::pow(2 * std::acos(-1) / wavelength_um * width_um, 2) * d) - 1) / 2;
  };
  const double mu = exponent(a), nu = exponent(b);
  const auto moment = [](double p) { return std::sqrt(std::acos(-1)) * std::tgamma(p / 2) / std::tgamma((p + 1) / 2); };
  const double area = std::pow(a * moment(2 * mu) * b * moment(2 * nu), 2) / (a * moment(4 * mu) * b * moment(4 * nu));
  for (const Polarisation sort : {Polarisation::quasi_te, Polarisation::quasi_tm}) {
    const VectorMode mode = vector_mode(guide, {}, wavelength_um, sort, 1.5075);
    EXPECT_NEAR(mode.effective_index, sech2_index_2d(ns, peak, a, b, wavelength_um, 0, 0), 0.007 / 500 / 2);
    const VectorSize size = size_of(mode, guide, 25);
    EXPECT_NEAR(size.diameter_x_um / (2 * a * std::acosh(std::exp(1 / mu))), 1, 1e-3);
    EXPECT_NEAR(size.diameter_y_um / (2 * b * std::acosh(std::exp(1 / nu))), 1, 1e-3);
    EXPECT_NEAR(size.effective_area_um2 / area, 1, 1e-3);
  }
}

TEST(VectorReference, SizesDoNotMoveWithTheNodes) { // figures of 20 nodes a half axis
  const VectorGuide guide = buried_gaussian(1.5065, 0.012, 4, 3);
  const VectorMode mode = vector_mode(guide, {}, 1.31, Polarisation::quasi_tm, 1.513);
  const VectorSize size = size_of(mode, guide, 20);
  EXPECT_NEAR(size.diameter_x_um, 6.787555, 2e-6);
  EXPECT_NEAR(size.diameter_y_um, 6.024369, 2e-6);
  EXPECT_NEAR(size.effective_area_um2, 34.402753, 1e-5);
}
