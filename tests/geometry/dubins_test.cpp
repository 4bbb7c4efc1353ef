// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/dubins.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace beachfront::geometry {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double rounding_mm = 1e-11; // closed forms at lengths of 100 mm

TEST(Dubins, StraightAhead) {
  EXPECT_NEAR(shortest_length_mm({{1, 2}, 0.7}, {{1 + 30 * std::cos(0.7), 2 + 30 * std::sin(0.7)}, 0.7}, 13.7), 30,
              rounding_mm);
  EXPECT_EQ(shortest_length_mm({{1, 2}, 0.7}, {{1, 2}, 0.7}, 13.7), 0);
  EXPECT_NEAR(shortest_length_mm({{0, 0}, 0}, {{3, 4}, 2}, 0), 5, rounding_mm);
}

TEST(Dubins, RightAngleIsAQuarterCircleAndADiagonal) {
  // Centres at (0, 5) and (15, 20): an eighth of a circle, their distance, and another eighth.
  for (const int side : {1, -1}) {
    EXPECT_NEAR(shortest_length_mm({{0, 0}, 0}, {{5, side * 5.0}, side * pi / 2}, 5), 5 * pi / 2, rounding_mm);
    EXPECT_NEAR(shortest_length_mm({{0, 0}, 0}, {{20, side * 20.0}, side * pi / 2}, 5),
                5 * pi / 2 + 15 * std::numbers::sqrt2, rounding_mm);
  }
}

TEST(Dubins, SBendOfTwoArcs) {
  // Two arcs of angle t shift by 2R(1 - cos t) over 2R sin t: touching circles, no straight between.
  const double t = 0.6;
  const double radius = 10;
  const Pose to{{2 * radius * std::sin(t), 2 * radius * (1 - std::cos(t))}, 0};
  EXPECT_NEAR(shortest_length_mm({}, to, radius), 2 * radius * t, 1e-6); // the root of a touch doubles the rounding
}

TEST(Dubins, SBendWithAStraightMiddle) {
  const double t = 0.6, radius = 10, middle = 4;
  const Pose to{
      {2 * radius * std::sin(t) + middle * std::cos(t), 2 * radius * (1 - std::cos(t)) + middle * std::sin(t)}, 0};
  EXPECT_NEAR(shortest_length_mm({}, to, radius), 2 * radius * t + middle, rounding_mm);
}

TEST(Dubins, UTurns) {
  // Two radii apart: a half circle. Further: with a straight across. On the spot: three arcs of 60, 300 and 60 degrees.
  EXPECT_NEAR(shortest_length_mm({}, {{0, 20}, pi}, 10), 10 * pi, rounding_mm);
  EXPECT_NEAR(shortest_length_mm({}, {{0, 27}, pi}, 10), 10 * pi + 7, rounding_mm);
  EXPECT_NEAR(shortest_length_mm({}, {{0, 0}, pi}, 10), 10 * 7 * pi / 3, rounding_mm);
}

TEST(Dubins, FullTurnsOfHeadingAndMotionsChangeNothing) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 200; ++i) {
    const Pose a{{40 * unit(random), 40 * unit(random)}, 6 * unit(random)};
    const Pose b{{40 * unit(random), 40 * unit(random)}, 6 * unit(random)};
    const double length = shortest_length_mm(a, b, 8);
    EXPECT_NEAR(shortest_length_mm({a.at, a.heading_rad + 4 * pi}, {b.at, b.heading_rad - 2 * pi}, 8), length, 1e-9);
    // Back along the same way; mirrored in the x axis.
    EXPECT_NEAR(shortest_length_mm({b.at, b.heading_rad + pi}, {a.at, a.heading_rad + pi}, 8), length, 1e-9);
    EXPECT_NEAR(
        shortest_length_mm({{a.at.x_mm, -a.at.y_mm}, -a.heading_rad}, {{b.at.x_mm, -b.at.y_mm}, -b.heading_rad}, 8),
        length, 1e-9);
    EXPECT_GE(length, norm_mm(b.at - a.at) - 1e-9);
    EXPECT_LE(shortest_length_mm(a, b, 7.9), length + 1e-9) << "what bends less sharply may bend as sharply";
  }
}

TEST(Dubins, NoFeasiblePathIsShorter) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> unit(0, 1);
  const double radius = 10;
  double closest = 1e9;
  for (int i = 0; i < 100000; ++i) {
    const Pose start{{30 * unit(random), 30 * unit(random)}, 7 * unit(random)};
    Path path;
    const int pieces = 1 + static_cast<int>(4 * unit(random));
    for (int k = 0; k < pieces; ++k) {
      const double kinds[] = {0, 1 / radius, -1 / radius, (2 * unit(random) - 1) / radius};
      const double curvature = kinds[static_cast<int>(4 * unit(random))];
      path.push_back({path.empty() ? start : end_pose(path), 40 * unit(random) * unit(random), curvature});
    }
    const double bound = shortest_length_mm(start, end_pose(path), radius);
    ASSERT_LE(bound, length_mm(path) + 1e-6); // a touch of circles: see above
    closest = std::min(closest, length_mm(path) - bound);
  }
  EXPECT_LT(closest, 1e-6); // some of them are shortest, so the bound is no trivial one
}

/// A shortest path of one kind found without its geometry: arc, straight or arc, arc with lengths from a grid, the
/// last two chosen so that the path ends close to the target.
TEST(Dubins, ShortestOfAllThreePieceChainsIsReached) {
  const double radius = 1;
  const Pose targets[] = {{{3, 1}, 1.0}, {{-1, 0.5}, 2.5}, {{0.3, -0.2}, 4.0}, {{0, 1}, 0}};
  for (const Pose& target : targets) {
    double best = 1e9;
    const double step = 0.04;
    for (const int a : {1, -1})
      for (const int b : {0, 1, -1})
        for (const int c : {1, -1})
          for (double t = 0; t < 2 * pi; t += step)
            for (double u = 0; u < 6.3; u += step) {
              Path path{{{}, t, a / radius}};
              path.push_back({end_pose(path), u, b / radius});
              double v = std::fmod(c * (target.heading_rad - end_pose(path).heading_rad), 2 * pi);
              v = v < 0 ? v + 2 * pi : v;
              path.push_back({end_pose(path), v, c / radius});
              if (norm_mm(end_pose(path).at - target.at) < 1.5 * step)
                best = std::min(best, length_mm(path));
            }
    // Half a step off in either length, and the target missed by 1.5 steps, which costs as much again.
    EXPECT_NEAR(shortest_length_mm({}, target, radius), best, 6 * step);
  }
}

} // namespace
} // namespace beachfront::geometry
