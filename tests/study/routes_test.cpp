// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/routes.hpp"

#include "geometry/bend.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace beachfront;

namespace {

/// A guide that loses exp(-R / 6 mm) in a bend, to a factor: one wave of its tail.
optics::WaveguideFigures figures() {
  optics::WaveguideFigures result;
  optics::GuideLosses losses;
  losses.mode = {5, 1.5, 1.31};
  losses.tail.beta_per_um = 7;
  losses.tail.decay_per_um = std::cbrt(1.5 * 7 * 7 / 6000);
  losses.tail.q_per_um = {0};
  losses.tail.weight = {1e-3};
  losses.tail.right_power = {1};
  losses.tail.left_power = {1};
  losses.tail.cross_power = {1};
  result.losses = losses;
  return result;
}

geometry::Layout with_guide(const geometry::Path& path) {
  geometry::Layout layout;
  layout.guides.push_back({"E00.tx0", 0, geometry::PortKind::tx, 0, 0, path});
  return layout;
}

geometry::Path bend(bool clothoids) {
  geometry::Path path{{{}, 3, 0}};
  geometry::append_bend(path, 15, 1.3, clothoids);
  path.push_back({geometry::end_pose(path), 3, 0});
  return path;
}

} // namespace

TEST(Routes, ClothoidLosesTheIntegralOfItsBendLoss) {
  const optics::WaveguideFigures guide = figures();
  const auto loss_at = [&](double curvature) {
    return curvature == 0 ? 0 : optics::bend_loss_dB_per_cm(guide.losses->tail, 1 / std::abs(curvature)) / 10;
  };
  for (const double turn_back : {0.0, -0.04}) { // from zero curvature, and through it
    const geometry::Segment clothoid{{}, 9, turn_back, (0.1 - turn_back) / 9};
    const int steps = 4000;
    const double h = clothoid.length_mm / steps;
    double integral = 0, bend_of_loss = 0;
    for (int k = 0; k < steps; ++k) {
      const double s = (k + 0.5) * h;
      const double here = loss_at(geometry::curvature_at(clothoid, s));
      const double before = loss_at(geometry::curvature_at(clothoid, s - h));
      const double after = loss_at(geometry::curvature_at(clothoid, s + h));
      integral += here * h;
      bend_of_loss = std::max(bend_of_loss, std::abs(before - 2 * here + after) / (h * h));
    }
    const double piece_mm = clothoid.length_mm / 8; // the midpoint rule of 8 pieces
    const double bound = clothoid.length_mm * piece_mm * piece_mm / 24 * bend_of_loss;
    ASSERT_LT(bound, 0.1 * integral);
    EXPECT_NEAR(study::route_losses(with_guide({clothoid}), {}, guide)[0].bends_dB, integral, 1.01 * bound);
  }
}

TEST(Routes, BendWithClothoidsHasNoJointLoss) {
  const optics::WaveguideFigures guide = figures();
  EXPECT_EQ(study::route_losses(with_guide(bend(true)), {}, guide)[0].joints_dB, 0);
  EXPECT_NEAR(study::route_losses(with_guide(bend(false)), {}, guide)[0].joints_dB,
              2 * optics::joint_loss_dB(guide.losses->mode, 1 / 15.0), 1e-15);
}
