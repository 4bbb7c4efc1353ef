// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/path.hpp"

#include <gtest/gtest.h>

#include <numbers>
#include <random>

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

/// End of a clothoid from the origin, heading east, whose curvature rises from zero: the power series of its sine and
/// cosine, long double, for turns up to a few radians.
Point series_end(double rate_per_mm2, double length_mm) {
  const long double turn = static_cast<long double>(rate_per_mm2) * length_mm * length_mm / 2;
  long double x = 0, y = 0, term = 1; // turn^n / n!
  for (int n = 0; n < 60; ++n) {
    const long double sign = n % 4 < 2 ? 1 : -1;
    (n % 2 == 0 ? x : y) += sign * term / (2 * n + 1);
    term *= turn / (n + 1);
  }
  return {static_cast<double>(x * length_mm), static_cast<double>(y * length_mm)};
}

TEST(Path, ClothoidEndsWhereItsPowerSeriesSays) {
  for (const double length_mm : {0.3, 7.0, 40.0})
    for (const double turn_rad : {1e-9, 0.01, 0.8, pi / 2, pi, -pi}) {
      const double rate = 2 * turn_rad / (length_mm * length_mm);
      const Pose end = end_pose(Segment{{}, length_mm, 0, rate});
      const Point wanted = series_end(rate, length_mm);
      EXPECT_NEAR(end.at.x_mm, wanted.x_mm, rounding_mm);
      EXPECT_NEAR(end.at.y_mm, wanted.y_mm, rounding_mm);
      EXPECT_NEAR(end.heading_rad, turn_rad, 1e-15 * 4);
      // Run backwards from its end it comes home.
      const Segment back{{end.at, end.heading_rad + pi}, length_mm, -rate * length_mm, rate};
      EXPECT_NEAR(norm_mm(end_pose(back).at), 0, rounding_mm * 10);
    }
}

TEST(Path, ClothoidFromAnyPoseIsAPieceOfTheOneFromZeroCurvature) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 200; ++i) {
    const double rate = (unit(random) - 0.5) / 100;
    const double from = 15 * unit(random);
    const double length = 15 * unit(random);
    const Segment whole{{{3, -2}, 1}, from + length, 0, rate};
    const Segment piece{pose_at(whole, from), length, rate * from, rate};
    EXPECT_NEAR(norm_mm(end_pose(piece).at - end_pose(whole).at), 0, rounding_mm);
    EXPECT_NEAR(end_pose(piece).heading_rad, end_pose(whole).heading_rad, 1e-14);
    EXPECT_NEAR(end_curvature_per_mm(piece), end_curvature_per_mm(whole), 1e-15);
  }
}

TEST(Path, ClothoidOfSeveralTurnsIsTheSumOfItsPieces) {
  const Segment spiral{{{1, 1}, 0.2}, 40, -0.3, 0.04}; // turns right, then left, by 20 rad in all
  Path pieces;
  for (int k = 0; k < 64; ++k)
    pieces.push_back({k == 0 ? spiral.start : end_pose(pieces), spiral.length_mm / 64,
                      curvature_at(spiral, spiral.length_mm * k / 64), 0.04});
  EXPECT_NEAR(norm_mm(end_pose(spiral).at - end_pose(pieces).at), 0, 2 * rounding_mm);
}

TEST(Path, ClothoidOfAlmostNoRateIsAnArc) {
  const Segment arc{{{5, 5}, 2}, 30, 0.05};
  Segment clothoid = arc;
  clothoid.curvature_rate_per_mm2 = 1e-18; // moves the end by less than rate s^3 / 6 = 5e-15 mm
  EXPECT_NEAR(norm_mm(end_pose(clothoid).at - end_pose(arc).at), 0, rounding_mm);
}

TEST(Path, BoundsOfAClothoidAreReachedAndHoldIt) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 300; ++i) {
    const double length = 0.5 + 40 * unit(random);
    const double before = (unit(random) - 0.5) * 0.4;
    const double after = (unit(random) - 0.5) * 0.4; // a change of sign turns it back on its way
    const Segment clothoid{{{unit(random), unit(random)}, 7 * unit(random)}, length, before, (after - before) / length};
    const Box box = bounds(clothoid);
    Box sampled{clothoid.start.at, clothoid.start.at};
    const int samples = 2000;
    for (int k = 0; k <= samples; ++k) {
      const Point p = pose_at(clothoid, length * k / samples).at;
      EXPECT_TRUE(p.x_mm > box.min.x_mm - 1e-12 && p.x_mm < box.max.x_mm + 1e-12);
      EXPECT_TRUE(p.y_mm > box.min.y_mm - 1e-12 && p.y_mm < box.max.y_mm + 1e-12);
      sampled = {{std::min(sampled.min.x_mm, p.x_mm), std::min(sampled.min.y_mm, p.y_mm)},
                 {std::max(sampled.max.x_mm, p.x_mm), std::max(sampled.max.y_mm, p.y_mm)}};
    }
    // Between samples it bows by step^2 / 8 times the curvature, 0.02^2 / 8 x 0.2 at most.
    EXPECT_NEAR(norm_mm(sampled.min - box.min) + norm_mm(sampled.max - box.max), 0, 4 * 1.1e-5);
  }
}

TEST(Path, SmallestRadiusOfAClothoidIsAtItsSharperEnd) {
  EXPECT_DOUBLE_EQ(min_radius_mm({{{}, 10, 0, 0.005}}), 20);
  EXPECT_DOUBLE_EQ(min_radius_mm({{{}, 10, -0.05, 0.005}}), 20);
  EXPECT_DOUBLE_EQ(min_radius_mm({{{}, 10, 0.01, -0.005}}), 25); // through zero to -1/25
}

TEST(Path, ClothoidThatMeetsItsNeighboursCurvatureMakesNoJoint) {
  Path path{{{}, 5, 0}};
  path.push_back({end_pose(path), 10, 0, 0.005});
  path.push_back({end_pose(path), 3, 0.05});
  EXPECT_TRUE(joints(path).empty());
  path[2].curvature_per_mm += 0.9e-12;
  EXPECT_TRUE(joints(path).empty());
  path[2].curvature_per_mm = 0.06;
  ASSERT_EQ(joints(path).size(), 1u);
  EXPECT_DOUBLE_EQ(joints(path)[0].curvature_before_per_mm, 0.05);
  EXPECT_EQ(joints(path)[0].curvature_after_per_mm, 0.06);
  path[1].curvature_per_mm = 1.1e-12;
  EXPECT_EQ(joints(path).size(), 2u);
}

} // namespace
} // namespace beachfront::geometry
