// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/bend.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

constexpr double pi = std::numbers::pi;

Path lead() {
  return {{{{12, -7}, 0.4}, 3, 0}};
}

TEST(Bend, EndsAtThePoseOfTheArcItStandsFor) {
  for (const double radius_mm : {0.5, 13.7, 40.0})
    for (const double turn_rad : {1e-6, 0.1, -0.3, pi / 2, -pi / 2, 2.5, pi, -1.5 * pi}) {
      Path arc = lead();
      Path bend = lead();
      append_bend(arc, radius_mm, turn_rad, false);
      append_bend(bend, radius_mm, turn_rad, true);
      ASSERT_EQ(arc.size(), 2u);
      ASSERT_EQ(bend.size(), 4u);
      EXPECT_NEAR(norm_mm(end_pose(bend).at - end_pose(arc).at), 0, 1e-12 * std::max(1.0, radius_mm)) << turn_rad;
      EXPECT_NEAR(end_pose(bend).heading_rad, 0.4 + turn_rad, 1e-14);
    }
}

TEST(Bend, ClothoidsLeaveNoJumpOfCurvature) {
  Path path = lead();
  append_bend(path, 13.7, -1.1, true);
  append_bend(path, 20, 0.7, true);
  path.push_back({end_pose(path), 2, 0});
  EXPECT_TRUE(joints(path).empty());
  for (std::size_t i = 1; i < path.size(); ++i) {
    EXPECT_EQ(norm_mm(path[i].start.at - end_pose(path[i - 1]).at), 0);
    EXPECT_EQ(path[i].start.heading_rad, end_pose(path[i - 1]).heading_rad);
  }
  Path arcs = lead();
  append_bend(arcs, 13.7, -1.1, false);
  EXPECT_EQ(joints(arcs).size(), 1u);
}

TEST(Bend, EachClothoidTakesAQuarterOfTheTurn) {
  Path path = lead();
  append_bend(path, 10, 1.2, true);
  EXPECT_NEAR(path[2].start.heading_rad, 0.4 + 0.3, 1e-14);
  EXPECT_NEAR(path[3].start.heading_rad, 0.4 + 0.9, 1e-14);
}

TEST(Bend, SharpestRadiusIsThatOfTheDrawnCurve) {
  for (const double turn_rad : {0.05, -0.6, pi / 2, 3.0}) {
    Path path = lead();
    append_bend(path, 15, turn_rad, true);
    const double stated_mm = sharpest_radius_mm(15, turn_rad, true);
    EXPECT_NEAR(min_radius_mm(path), stated_mm, 1e-12);
    // From places alone: the radius of the circle through three points h apart is right to h^2 of curvature and its
    // rate; the least of a dense sampling.
    double sampled_mm = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < path.size(); ++i) {
      const double h = path[i].length_mm / 400;
      for (int k = 1; k < 400; ++k) {
        const Point a = pose_at(path[i], (k - 1) * h).at;
        const Point b = pose_at(path[i], k * h).at;
        const Point c = pose_at(path[i], (k + 1) * h).at;
        const double area = std::abs(cross(b - a, c - b)) / 2;
        sampled_mm = std::min(sampled_mm, norm_mm(b - a) * norm_mm(c - b) * norm_mm(c - a) / (4 * area));
      }
    }
    // Cross products of chords of 1e-3 mm keep 9 digits of the curvature; its places carry errors of 1e-15 mm.
    EXPECT_NEAR(sampled_mm, stated_mm, 1e-4 * stated_mm);
  }
}

TEST(Bend, SharpestRadiusIsProportionalAndInvertible) {
  for (const double turn_rad : {1e-3, 0.5, -pi / 2, pi}) {
    const double ratio = sharpest_radius_mm(1, turn_rad, true);
    EXPECT_NEAR(sharpest_radius_mm(30, turn_rad, true), 30 * ratio, 1e-13);
    EXPECT_NEAR(bend_radius_mm(sharpest_radius_mm(30, turn_rad, true), turn_rad, true), 30, 1e-12);
    EXPECT_EQ(sharpest_radius_mm(30, turn_rad, false), 30);
    EXPECT_EQ(bend_radius_mm(30, turn_rad, false), 30);
  }
}

// Three equal lengths of mean curvature 2/3 of the largest: a short turn, whose chord is its length, takes 2/3 of the
// radius. The curve bows from its chord to second order in the turn, so the error is even in it, well below turn^2.
TEST(Bend, ShortTurnsTakeTwoThirds) {
  EXPECT_EQ(sharpest_radius_mm(3, 0, true), 2);
  EXPECT_NEAR(sharpest_radius_mm(3, 1e-9, true), 2, 1e-15);
  EXPECT_NEAR(sharpest_radius_mm(3, 1e-7, true), 2, 1e-9);
  for (const double turn_rad : {1e-4, 1e-2, 0.1})
    EXPECT_NEAR(sharpest_radius_mm(3, turn_rad, true), 2, 0.1 * turn_rad * turn_rad);
}

// Both coordinates of a right-angled bend of sharpest radius 1, by Simpson's rule on the heading alone.
TEST(Bend, RightAngleAgreesWithIntegratingItsHeading) {
  const double third = pi / 4;
  const auto heading = [&](double s) {
    if (s < third)
      return s * s / (2 * third);
    if (s < 2 * third)
      return third / 2 + s - third;
    return pi / 2 - (3 * third - s) * (3 * third - s) / (2 * third);
  };
  const int steps = 3 * 400;
  const double h = 3 * third / steps;
  double x = 0;
  for (int k = 0; k < steps; k += 2)
    x += h / 3 * (std::cos(heading(k * h)) + 4 * std::cos(heading((k + 1) * h)) + std::cos(heading((k + 2) * h)));
  EXPECT_NEAR(sharpest_radius_mm(1, pi / 2, true), 1 / x, 1e-11); // Simpson: h^4 = 1.5e-11, times the fourth derivative
}

TEST(Bend, NoTurnAddsNothingAndNonsenseIsRefused) {
  Path path = lead();
  append_bend(path, 10, 0, true);
  append_bend(path, 10, 0, false);
  EXPECT_EQ(path.size(), 1u);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(append_bend(path, 0, 1, true), std::invalid_argument);
  EXPECT_THROW(append_bend(path, -1, 1, false), std::invalid_argument);
  EXPECT_THROW(append_bend(path, 1, nan, true), std::invalid_argument);
  EXPECT_THROW(append_bend(path, 1, 5, true), std::invalid_argument);
  EXPECT_THROW(sharpest_radius_mm(nan, 1, true), std::invalid_argument);
  EXPECT_THROW(bend_radius_mm(1, 7, true), std::invalid_argument);
}

} // namespace
} // namespace beachfront::geometry
