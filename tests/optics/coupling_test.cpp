// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/coupling.hpp"

#include "optics/line_mode.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

using namespace beachfront::optics;

namespace {

constexpr GaussianMode fibre{9.2, 9.2}; // w = 4.6 of docs/facts/optics.md 3.6
constexpr double printed =
    1e-5; // dB, docs/facts/optics.md section 8, row 13; half a unit of the last digit where there are less

double loss(const GaussianMode& other, const Misalignment& miss = {}) {
  return gaussian_coupling_loss_dB(fibre, other, miss, 1.31);
}

Misalignment offset(double um) {
  Misalignment miss;
  miss.offset_x_um = um;
  return miss;
}

Misalignment tilt(double mrad, double index) {
  Misalignment miss;
  miss.tilt_y_mrad = mrad;
  miss.medium_index = index;
  return miss;
}

/// A "mode" that is a Gaussian off the origin, on cells.
GuidedMode gaussian_field(double wx, double wy) {
  GuidedMode mode;
  mode.wavelength_um = 1.31;
  const auto field = [](const std::vector<double>& edges, double w, double centre) {
    std::vector<double> values;
    double norm = 0;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
      const double d = ((edges[i] + edges[i + 1]) / 2 - centre) / w;
      values.push_back(std::exp(-d * d));
      norm += (edges[i + 1] - edges[i]) * values.back() * values.back();
    }
    for (double& value : values)
      value /= std::sqrt(norm);
    return values;
  };
  mode.grid.x_edges_um = edges_through(std::vector{-30.0, 30.0}, std::vector{0.1});
  mode.grid.y_edges_um = edges_through(std::vector{-20.0, 40.0}, std::vector{0.1});
  mode.field.x_field = field(mode.grid.x_edges_um, wx, 0.7);
  mode.field.y_field = field(mode.grid.y_edges_um, wy, 5.2);
  return mode;
}

} // namespace

TEST(Coupling, GaussianMismatch) {
  EXPECT_NEAR(loss({10.4, 10.4}), 0.065117, printed);
  EXPECT_NEAR(loss({2 * 4.73, 2 * 3.58}), 0.136751, printed);
  EXPECT_NEAR(loss({7, 7}), 0.320412, printed);
  EXPECT_NEAR(loss(fibre), 0, 1e-13);
  EXPECT_NEAR(loss({9.2 * 1.3026, 9.2 * 1.3026}), 0.3,
              1e-4); // docs/facts/optics.md 3.6: 0.3 dB at a ratio of 1.3026, 0.1 at 1.1642
  EXPECT_NEAR(loss({9.2 * 1.1642, 9.2 * 1.1642}), 0.1, 1e-4);
}

TEST(Coupling, GaussianOffsetTiltAndGap) {
  EXPECT_NEAR(loss(fibre, offset(1)), 0.205243, printed);
  EXPECT_NEAR(loss(fibre, offset(2)), 0.820973, printed);
  const double half_degree_mrad = 1e3 * std::numbers::pi / 360;
  EXPECT_NEAR(loss(fibre, tilt(half_degree_mrad, 1)), 0.04025, printed);
  EXPECT_NEAR(loss(fibre, tilt(half_degree_mrad, 1.468)), 0.08674, printed);
  Misalignment gap;
  gap.gap_um = 50;
  EXPECT_NEAR(loss(fibre, gap), 0.943705, printed);
}

TEST(Coupling, Fresnel) {
  EXPECT_NEAR(fresnel_loss_dB(1.503, 1.0), 0.179, 5e-4);
  EXPECT_NEAR(fresnel_loss_dB(1.503, 1.468), 0.0006, 5e-5);
  EXPECT_EQ(fresnel_loss_dB(1.5, 1.5), 0);
}

// Midpoint sums of Gaussians on cells of w/45 are exact to rounding, so the two ways must agree far below a mdB; what
// differs is only where best_place stops.
TEST(Coupling, FieldAndClosedFormAgree) {
  const auto field = gaussian_field(4.73, 3.58);
  Misalignment miss;
  miss.offset_x_um = 0.8;
  miss.offset_y_um = -0.5;
  miss.tilt_x_mrad = 6;
  miss.tilt_y_mrad = 9;
  miss.gap_um = 20;
  miss.medium_index = 1.45;
  EXPECT_NEAR(mode_coupling_loss_dB(field, fibre, miss),
              gaussian_coupling_loss_dB({2 * 4.73, 2 * 3.58}, fibre, miss, 1.31), 1e-6);
  EXPECT_NEAR(mode_coupling_loss_dB(field, fibre, {}), 0.136751, printed);
}

TEST(Coupling, GrowsWithTheOffsetFromBestAlignment) {
  const auto mode = *guided_mode({SurfaceErfcProfile{0.03, 4, 4, 3}, 1.503, 1.0}, 1.31).mode;
  for (const double side : {-1.0, 1.0})
    for (double at = 0; at < 6; at += 0.5) {
      Misalignment near, far;
      near.offset_y_um = side * at;
      far.offset_y_um = side * (at + 0.5);
      EXPECT_LT(mode_coupling_loss_dB(mode, fibre, near), mode_coupling_loss_dB(mode, fibre, far));
    }
}

TEST(Coupling, FarApartIsAFiniteLoss) {
  EXPECT_TRUE(std::isfinite(loss(fibre, offset(1000))));
  EXPECT_GT(loss(fibre, offset(1000)), 1000);
}

TEST(Crosstalk, SineUpToFullTransferThenAll) {
  const double coupling = 0.080724; // docs/facts/optics.md 3.6, fibre F3 at 15 um: transfer in 19.459 mm
  EXPECT_NEAR(coupling_length_mm(coupling), 19.459, 5e-4);
  EXPECT_NEAR(crosstalk_dB(coupling, 19.459 / 3), 20 * std::log10(0.5), 1e-3);
  EXPECT_EQ(crosstalk_dB(coupling, 30), 0);
  EXPECT_TRUE(std::isfinite(crosstalk_dB(0, 10)));
}
