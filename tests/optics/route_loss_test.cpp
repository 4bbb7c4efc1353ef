// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/route_loss.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

using namespace beachfront::optics;

namespace {

GuideLosses guide() {
  const IndexProfile profile{GaussianProfile{0.0085, 4.5, 4, 30}, 1.503, {}};
  const auto mode = *guided_mode(profile, 1.31).mode;
  const double waist = mode.waist_x_um;
  return {0.1,
          lateral_tail(profile, mode),
          {waist, mode.effective_index, 1.31},
          {9, waist, mode.effective_index, 1.31},
          CrossingModel{},
          1.51};
}

/// Two arcs that move a guide sideways by h over a length L: radius (L^2 + h^2)/4h (docs/facts/optics.md section 0,
/// item 4).
RouteShape s_bend(double length_mm, double h_mm, double total_mm) {
  const double radius_mm = (length_mm * length_mm + h_mm * h_mm) / (4 * h_mm);
  const double arc_mm = radius_mm * 2 * std::atan(h_mm / length_mm);
  RouteShape route;
  route.bends = {{arc_mm, radius_mm}, {arc_mm, radius_mm}};
  route.length_mm = total_mm + 2 * arc_mm - length_mm;
  route.curvature_steps_per_mm = {1 / radius_mm, 2 / radius_mm, 1 / radius_mm};
  return route;
}

} // namespace

TEST(RouteLoss, TermsAddUp) {
  const auto g = guide();
  RouteShape route;
  route.length_mm = 40;
  route.bends = {{15, 12}, {5, 20}};
  route.curvature_steps_per_mm = {1 / 12.0, 1 / 20.0};
  route.crossing_angles_deg = {90, 30};
  const auto loss = route_loss(route, g);
  EXPECT_DOUBLE_EQ(loss.propagation_dB, 0.4);
  EXPECT_DOUBLE_EQ(loss.bends_dB, 1.5 * bend_loss_dB_per_cm(g.tail, 12) + 0.5 * bend_loss_dB_per_cm(g.tail, 20));
  EXPECT_DOUBLE_EQ(loss.joints_dB, joint_loss_dB(g.mode, 1 / 12.0) + joint_loss_dB(g.mode, 1 / 20.0));
  EXPECT_DOUBLE_EQ(loss.crossings_dB,
                   crossing_loss_dB(g.crossing, g.crossed, 90) + crossing_loss_dB(g.crossing, g.crossed, 30));
  EXPECT_DOUBLE_EQ(loss.total_dB, loss.propagation_dB + loss.bends_dB + loss.joints_dB + loss.crossings_dB);
  EXPECT_NEAR(loss.delay_ps, 40 * 1.51 / 0.299792458, 1e-9);
}

// Brusberg, OFC 2025 Th3H.1: the fan-out's bends cost 0.14 +- 0.13 dB over 16 guides in mirrored pairs displaced by 0.1
// to 1.5 mm over 9 mm; two arcs of 13.7 mm at the outermost.
TEST(RouteLoss, PublishedFanOut) {
  const auto g = guide();
  EXPECT_NEAR(s_bend(9, 1.5, 12.5).bends[0].radius_mm, 13.875, 1e-12);
  EXPECT_NEAR(s_bend(9, 1.5, 12.5).bends[0].radius_mm, 13.7, 0.015 * 13.7);
  double mean = 0;
  for (int pair = 0; pair < 8; ++pair) {
    const auto loss = route_loss(s_bend(9, 0.1 + 0.2 * pair, 12.5), g);
    mean += (loss.bends_dB + loss.joints_dB) / 8;
  }
  EXPECT_NEAR(mean, 0.14, 0.13);
  EXPECT_GT(mean, 0);
}

TEST(RouteLoss, MoreIsNeverCheaper) {
  const auto g = guide();
  RouteShape route;
  route.length_mm = 30;
  route.bends = {{10, 15}};
  const double before = route_loss(route, g).total_dB;
  auto longer = route, tighter = route, crossed = route, jointed = route;
  longer.length_mm += 1;
  tighter.bends[0].radius_mm = 14;
  crossed.crossing_angles_deg = {90};
  jointed.curvature_steps_per_mm = {1 / 15.0};
  for (const auto& more : {longer, tighter, crossed, jointed})
    EXPECT_GT(route_loss(more, g).total_dB, before);
}

TEST(RouteLoss, ImpossibleRoutesAreMisuse) {
  const auto g = guide();
  EXPECT_THROW(route_loss({-1, {}, {}, {}}, g), std::invalid_argument);
  EXPECT_THROW(route_loss({10, {{5, 0}}, {}, {}}, g), std::invalid_argument);
  EXPECT_THROW(route_loss({10, {{11, 20}}, {}, {}}, g), std::invalid_argument);
  EXPECT_THROW(route_loss({10, {}, {-0.1}, {}}, g), std::invalid_argument);
}
