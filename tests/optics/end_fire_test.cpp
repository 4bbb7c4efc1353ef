// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/end_fire.hpp"

#include "optics/mode_figures.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace beachfront::optics;

namespace {

constexpr double wavelength_um = 1.31;
constexpr double printed = 1e-5; // dB, docs/facts/optics.md section 8, row 13

/// A field that is a Gaussian, on elements like those of a mode.
FacetField gaussian_facet(double wx, double wy, double x_um = 0, double y_um = 0, bool mirror = false) {
  FacetField field;
  const std::vector<double> half{0, 5, 10, 26}, whole{-26, -10, -5, 0, 5, 10, 26};
  field.mirror_x = field.mirror_y = mirror;
  field.x = SpectralLine(mirror ? half : whole, 16);
  field.y = field.x;
  field.wavelength_um = wavelength_um;
  field.peak_x_um = x_um;
  field.peak_y_um = y_um;
  const auto along = [](const Eigen::VectorXd& at, double w, double centre) {
    return (-((at.array() - centre) / w).square()).exp().matrix().eval();
  };
  field.at_nodes = 3.7 * along(field.x.nodes_um, wx, x_um) * along(field.y.nodes_um, wy, y_um).transpose();
  return field;
}

Misalignment miss(double dx, double dy, double tilt_x, double tilt_y, double gap, double index) {
  return {dx, dy, tilt_x, tilt_y, gap, index};
}

constexpr GaussianMode fibre{9.2, 9.2};

const VectorMode& surface_mode() {
  static const VectorMode mode = [] {
    ModeLimits limits;
    limits.all = false;
    limits.index_tolerance = 1e-7;
    const IndexProfile profile{SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0};
    return guided_modes(profile, wavelength_um, 1.5065, limits).modes.front();
  }();
  return mode;
}

} // namespace

TEST(EndFire, OfAGaussianFieldIsTheClosedForm) {
  const FacetField field = gaussian_facet(4.73, 3.58, 0.4, -0.7);
  for (const auto& joint :
       {miss(0, 0, 0, 0, 0, 1), miss(1, 0, 0, 0, 0, 1), miss(0, -2, 0, 0, 0, 1), miss(1.5, 2.5, 0, 0, 0, 1),
        miss(0, 0, 8.7, 0, 0, 1.468), miss(0, 0, 0, -15, 0, 1), miss(0, 0, 0, 0, 50, 1), miss(0, 0, 0, 0, 20, 1.45),
        miss(1, -1, 5, 9, 30, 1.45), miss(-2, 0.5, -20, 3, 10, 1)})
    EXPECT_NEAR(end_fire_loss_dB(field, fibre, joint),
                gaussian_coupling_loss_dB({9.46, 7.16}, fibre, joint, wavelength_um), printed);
  const GaussianMode oval{11, 6};
  EXPECT_NEAR(end_fire_loss_dB(field, oval, miss(1, 1, 0, 0, 0, 1)),
              gaussian_coupling_loss_dB({9.46, 7.16}, oval, miss(1, 1, 0, 0, 0, 1), wavelength_um), printed);
}

TEST(EndFire, ReproducesTheFiguresOfTheFactsSheet) {
  EXPECT_NEAR(end_fire_loss_dB(gaussian_facet(5.2, 5.2), fibre, {}), 0.065117, printed);
  EXPECT_NEAR(end_fire_loss_dB(gaussian_facet(4.73, 3.58), fibre, {}), 0.136751, printed);
  EXPECT_NEAR(end_fire_loss_dB(gaussian_facet(3.5, 3.5), fibre, {}), 0.320412, printed);
  const FacetField same = gaussian_facet(4.6, 4.6);
  EXPECT_NEAR(end_fire_loss_dB(same, fibre, miss(1, 0, 0, 0, 0, 1)), 0.205243, printed);
  EXPECT_NEAR(end_fire_loss_dB(same, fibre, miss(0, 2, 0, 0, 0, 1)), 0.820973, printed);
  EXPECT_NEAR(end_fire_loss_dB(same, fibre, miss(0, 0, 0, 0, 50, 1)), 0.943705, printed);
  const double half_degree_mrad = 1e3 * std::acos(-1) / 360;
  EXPECT_NEAR(end_fire_loss_dB(same, fibre, miss(0, 0, half_degree_mrad, 0, 0, 1)), 0.04025, printed);
  EXPECT_NEAR(end_fire_loss_dB(same, fibre, miss(0, 0, 0, half_degree_mrad, 0, 1.468)), 0.08674, printed);
}

TEST(EndFire, FindsTheBestPlace) {
  const FacetPlace place = best_place(gaussian_facet(4.73, 3.58, 0.4, -0.7), fibre);
  // a parabola at its top: a place right to d costs 1e-8 dB less than one at the top, d = 2e-4 um
  EXPECT_NEAR(place.x_um, 0.4, 2e-4);
  EXPECT_NEAR(place.y_um, -0.7, 2e-4);
  // a mode under air is deepest on one side: its best place is neither its peak nor its neighbourhood
  const FacetField guide = facet_field(surface_mode());
  const FacetPlace best = best_place(guide, fibre);
  EXPECT_EQ(best.x_um, 0);
  for (const double d : {-0.5, -0.05, 0.05, 0.5}) {
    EXPECT_GT(end_fire_loss_dB(guide, fibre, miss(d, 0, 0, 0, 0, 1), best), best.loss_dB);
    EXPECT_GT(end_fire_loss_dB(guide, fibre, miss(0, d, 0, 0, 0, 1), best), best.loss_dB);
    EXPECT_GT(end_fire_loss_dB(guide, fibre, miss(d, d, 0, 0, 0, 1), best), best.loss_dB);
  }
  EXPECT_GT(end_fire_loss_dB(guide, fibre, {}, OffsetOrigin::power_peak), best.loss_dB);
  EXPECT_NEAR(
      end_fire_loss_dB(guide, fibre, miss(0, best.y_um - guide.peak_y_um, 0, 0, 0, 1), OffsetOrigin::power_peak),
      best.loss_dB, 1e-9);
}

TEST(EndFire, LossIsNeverBelowZeroAndGrowsWithOffset) {
  for (const auto& field : {facet_field(surface_mode()), gaussian_facet(4.6, 4.6)})
    for (const double gap : {0.0, 15.0}) {
      const FacetPlace place = best_place(field, fibre, gap, 1.45);
      double before_x = -1e-9, before_y = -1e-9;
      for (double d = 0; d < 12; d += 0.8) {
        const double x = end_fire_loss_dB(field, fibre, miss(d, 0, 0, 0, gap, 1.45), place),
                     y = end_fire_loss_dB(field, fibre, miss(0, d, 0, 0, gap, 1.45), place);
        EXPECT_GE(x, 0);
        EXPECT_GT(x, before_x) << d;
        EXPECT_GT(y, before_y) << d;
        before_x = x;
        before_y = y;
      }
    }
}

TEST(EndFire, MirroredHalvesCountWhole) {
  const auto joint = miss(1.3, -0.8, 4, 0, 10, 1);
  EXPECT_NEAR(end_fire_loss_dB(gaussian_facet(4.73, 3.58, 0, 0, true), fibre, joint, FacetPlace{}),
              end_fire_loss_dB(gaussian_facet(4.73, 3.58), fibre, joint, FacetPlace{}), 1e-9);
}

TEST(EndFire, OfAModeIsTheOverlapSummedOnAnUnrelatedGrid) {
  const VectorMode& mode = surface_mode();
  const FacetPlace place{0.7, 3.1, 0};
  double overlap = 0, norm = 0;
  constexpr double step = 0.05; // um; rows half a step off the surface, where the field has a kink
  for (double x = -24; x < 24; x += 4 * step)
    for (double y = step / 2 - 3; y < 24; y += step) {
      const double e = value_at(mode.section, mode.electric_field, x, y);
      const double dx = (x - place.x_um) / 4.6, dy = (y - place.y_um) / 4.6;
      overlap += 4 * step * step * e * std::exp(-dx * dx - dy * dy);
      norm += 4 * step * step * e * e;
    }
  const double power = overlap * overlap * 2 / (std::acos(-1) * 4.6 * 4.6) / norm;
  EXPECT_NEAR(end_fire_loss_dB(facet_field(mode), fibre, {}, place), -10 * std::log10(power), 2e-3);
}

TEST(EndFire, ButtJointOfGaussianFieldsIsTheClosedForm) {
  const FacetField one = gaussian_facet(4.73, 3.58, 0.4, -0.7), other = gaussian_facet(4.6, 4.6, -0.2, 0.3);
  EXPECT_NEAR(butt_loss_dB(one, other), gaussian_coupling_loss_dB({9.46, 7.16}, fibre, miss(0.6, -1, 0, 0, 0, 1), 1.31),
              printed);
  EXPECT_NEAR(butt_loss_dB(one, other, 1.6, -3),
              gaussian_coupling_loss_dB({9.46, 7.16}, fibre, miss(1, -2, 0, 0, 0, 1), 1.31), printed);
  const FacetPlace best = best_butt_place(one, other);
  EXPECT_NEAR(best.x_um, 0.6, 2e-4);
  EXPECT_NEAR(best.y_um, -1, 2e-4);
  EXPECT_NEAR(best.loss_dB, 0.136751, printed);
  EXPECT_NEAR(butt_loss_dB(gaussian_facet(4.6, 4.6, 0, 0, true), other, 1.2, -0.3),
              gaussian_coupling_loss_dB(fibre, fibre, miss(1, 0, 0, 0, 0, 1), 1.31), printed);
}

TEST(EndFire, AModeMeetsItselfWithoutLoss) {
  const FacetField guide = facet_field(surface_mode());
  EXPECT_NEAR(butt_loss_dB(guide, guide), 0, 1e-9);
  EXPECT_NEAR(best_butt_place(guide, guide).loss_dB, 0, 1e-9);
  EXPECT_GT(butt_loss_dB(guide, guide, 0.5, 0), 0.01);
}

TEST(EndFire, ReflectionCountsTheFacesOfAGap) {
  EXPECT_NEAR(facet_reflection_loss_dB(1.503, 1.468, 0, 1), 0.0006, 5e-5); // docs/facts/optics.md 3.6
  EXPECT_NEAR(facet_reflection_loss_dB(1.503, 1.468, 5, 1), fresnel_loss_dB(1.503, 1) + fresnel_loss_dB(1.468, 1),
              1e-12);
}
