// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/path.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace beachfront::geometry {
namespace {

constexpr double pi = std::numbers::pi;

// Closed forms in double: a few rounding errors of coordinates of tens of mm.
constexpr double rounding_mm = 1e-12;

TEST(Path, LineAndArcEndWhereTheirClosedFormsSay) {
  const Segment line{{{1, 2}, pi / 6}, 10, 0};
  EXPECT_NEAR(end_pose(line).at.x_mm, 1 + 10 * std::cos(pi / 6), rounding_mm);
  EXPECT_NEAR(end_pose(line).at.y_mm, 2 + 5, rounding_mm);

  // A quarter turn to the left from east, then to the right.
  const Segment left{{{0, 0}, 0}, 20 * pi / 2, 1 / 20.0};
  EXPECT_NEAR(end_pose(left).at.x_mm, 20, rounding_mm * 20);
  EXPECT_NEAR(end_pose(left).at.y_mm, 20, rounding_mm * 20);
  EXPECT_NEAR(end_pose(left).heading_rad, pi / 2, 1e-15);
  const Segment right{{{0, 0}, 0}, 20 * pi / 2, -1 / 20.0};
  EXPECT_NEAR(end_pose(right).at.y_mm, -20, rounding_mm * 20);
  EXPECT_NEAR(centre(right).y_mm, -20, rounding_mm * 20);
}

TEST(Path, NearlyStraightArcHasNoCancellation) {
  // Radius 1e9 mm over 100 mm: sagitta s^2 / 2R = 5e-6 mm; the next term, s^4 / 24 R^3, is below 1e-20.
  const Segment flat{{{0, 0}, 0}, 100, 1e-9};
  EXPECT_NEAR(end_pose(flat).at.y_mm, 5e-6, 1e-18);
  EXPECT_NEAR(end_pose(flat).at.x_mm, 100, 1e-12);
}

TEST(Path, BoundsHoldTheBulgeOfAnArc) {
  // A half turn to the left from north: bulges to x = -2R and y = +R.
  const Segment half{{{0, 0}, pi / 2}, 5 * pi, 1 / 5.0};
  const Box box = bounds(half);
  EXPECT_NEAR(box.min.x_mm, -10, rounding_mm * 10);
  EXPECT_NEAR(box.max.y_mm, 5, rounding_mm * 10);
  EXPECT_NEAR(box.min.y_mm, 0, rounding_mm * 10);
  for (int k = 0; k <= 100; ++k) {
    const Point p = pose_at(half, half.length_mm * k / 100).at;
    EXPECT_GE(p.x_mm, box.min.x_mm - 1e-9);
    EXPECT_LE(p.y_mm, box.max.y_mm + 1e-9);
  }
}

TEST(Path, JointsAreTheChangesOfCurvature) {
  const Path path = {{{{0, 0}, 0}, 1, 0}, {{{1, 0}, 0}, 1, 0.05}, {{{2, 0}, 0}, 1, -0.05}, {{{3, 0}, 0}, 1, 0}};
  const std::vector<Joint> found = joints(path);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[1].curvature_before_per_mm, 0.05);
  EXPECT_EQ(found[1].curvature_after_per_mm, -0.05);
  EXPECT_EQ(min_radius_mm(path), 20);
  EXPECT_EQ(length_mm(path), 4);
}

} // namespace
} // namespace beachfront::geometry
