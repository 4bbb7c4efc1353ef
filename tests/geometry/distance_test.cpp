// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/distance.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

using namespace beachfront::geometry;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double stated_mm = 1e-9; // the error bound of geometry/distance.hpp

Segment line(Point a, double heading_rad, double length_mm) {
  return {{a, heading_rad}, length_mm, 0};
}
Segment arc(Point a, double heading_rad, double length_mm, double radius_mm) {
  return {{a, heading_rad}, length_mm, 1 / radius_mm};
}

// The smallest distance of two pieces on an n by n grid of points, then on finer grids about the best one.
double sampled_mm(const Segment& a, const Segment& b) {
  const int n = 200;
  double best = std::numeric_limits<double>::infinity();
  double a_from = 0, a_to = a.length_mm, b_from = 0, b_to = b.length_mm;
  for (int round = 0; round < 4; ++round) {
    double a_best = 0, b_best = 0;
    best = std::numeric_limits<double>::infinity();
    for (int i = 0; i <= n; ++i) {
      const Point p = pose_at(a, a_from + (a_to - a_from) * i / n).at;
      for (int j = 0; j <= n; ++j) {
        const double d = norm_mm(p - pose_at(b, b_from + (b_to - b_from) * j / n).at);
        if (d < best) {
          best = d;
          a_best = a_from + (a_to - a_from) * i / n;
          b_best = b_from + (b_to - b_from) * j / n;
        }
      }
    }
    const double a_step = 4 * (a_to - a_from) / n;
    const double b_step = 4 * (b_to - b_from) / n;
    a_from = std::max(0.0, a_best - a_step);
    a_to = std::min(a.length_mm, a_best + a_step);
    b_from = std::max(0.0, b_best - b_step);
    b_to = std::min(b.length_mm, b_best + b_step);
  }
  return best;
}

} // namespace

TEST(Distance, ParallelLinesAreTheirOffsetApart) {
  const Nearest found = nearest(line({0, 0}, 0, 10), line({3, 0.05}, 0, 2));
  EXPECT_NEAR(found.distance_mm, 0.05, stated_mm);
}

TEST(Distance, LinesThatMissAreApartByTheirEnds) {
  // From (10, 0) to (13, 4): 3-4-5.
  EXPECT_NEAR(nearest(line({0, 0}, 0, 10), line({13, 4}, pi / 2, 5)).distance_mm, 5, stated_mm);
}

TEST(Distance, LineOutsideArcFacesItsCrown) {
  // Half circle of R = 10 about the origin, from (10, 0) over (0, 10); a line at y = 12.
  const Nearest found = nearest(arc({10, 0}, pi / 2, 10 * pi, 10), line({-20, 12}, 0, 40));
  EXPECT_NEAR(found.distance_mm, 2, stated_mm);
  EXPECT_NEAR(found.on_first.x_mm, 0, 1e-7);
  EXPECT_NEAR(found.on_second.y_mm, 12, stated_mm);
}

TEST(Distance, ArcsFacingEachOtherMeetOnTheLineOfCentres) {
  // R = 10 about (0, 0) and R = 5 about (18, 0): 18 - 10 - 5.
  const Segment right_half = arc({0, -10}, 0, 10 * pi, 10);
  const Segment left_half = arc({18, 5}, pi, 5 * pi, 5);
  EXPECT_NEAR(nearest(right_half, left_half).distance_mm, 3, stated_mm);
  // Turning the other way through the same points changes nothing.
  const Segment reversed = arc({18, -5}, pi, 5 * pi, -5);
  EXPECT_NEAR(nearest(right_half, reversed).distance_mm, 3, stated_mm);
}

TEST(Distance, ConcentricArcsKeepThePitch) {
  for (const double pitch_mm : {0.03, 0.05, 0.25}) {
    const double inner = 13.7;
    const double outer = inner + pitch_mm;
    const Nearest found =
        nearest(arc({inner, 0}, pi / 2, inner * pi / 2, inner), arc({outer, 0}, pi / 2, outer * pi / 2, outer));
    EXPECT_NEAR(found.distance_mm, pitch_mm, stated_mm);
  }
}

// Shifted copies of an S-bend lose spacing: p cos(theta) where it runs at theta to the start, theta its largest
// heading (p cos(theta): 0.950, 0.751 and 0.917 of the pitch, for R = 10 with d = 1 and 5, and R = 30 with d =
// 5).
TEST(Distance, ShiftedCopiesOfAnSBendLosePitch) {
  struct Case {
    double radius_mm, offset_mm, factor;
  };
  for (const Case& c : {Case{10, 1, 0.950}, Case{10, 5, 0.751}, Case{30, 5, 0.917}}) {
    const double pitch_mm = 0.05;
    const double theta = std::acos(1 - c.offset_mm / (2 * c.radius_mm));
    const auto s_bend = [&](double y_mm) {
      Path path{arc({0, y_mm}, 0, c.radius_mm * theta, c.radius_mm)};
      path.push_back({end_pose(path), c.radius_mm * theta, -1 / c.radius_mm});
      return path;
    };
    const Path lower = s_bend(0);
    const Path upper = s_bend(pitch_mm);
    double least = std::numeric_limits<double>::infinity();
    for (const Segment& a : lower)
      for (const Segment& b : upper)
        least = std::min(least, nearest(a, b).distance_mm);
    // Chord against curve: the spacing exceeds p cos(theta) by about (p sin(theta))^2 / 2R / p, below 1.2e-3 of p here;
    // the figures of the source are rounded to 5e-4.
    EXPECT_NEAR(least / pitch_mm, std::cos(theta), 1.2e-3);
    EXPECT_NEAR(least / pitch_mm, c.factor, 1.7e-3);
  }
}

TEST(Distance, CrossingsAreWhereTheyAre) {
  const auto at_right_angle = meetings(line({-5, 0}, 0, 10), line({1, -5}, pi / 2, 10));
  ASSERT_EQ(at_right_angle.size(), 1u);
  EXPECT_NEAR(at_right_angle[0].place.x_mm, 1, stated_mm);
  EXPECT_NEAR(at_right_angle[0].place.y_mm, 0, stated_mm);
  EXPECT_NEAR(at_right_angle[0].angle_rad, pi / 2, 1e-12);

  // A line at height 5 through a half circle of R = 10: x = -+sqrt(75), at 60 degrees to the circle's tangent there.
  const auto through_arc = meetings(line({-20, 5}, 0, 40), arc({10, 0}, pi / 2, 10 * pi, 10));
  ASSERT_EQ(through_arc.size(), 2u);
  EXPECT_NEAR(through_arc[0].place.x_mm, -std::sqrt(75.0), stated_mm);
  EXPECT_NEAR(through_arc[1].place.x_mm, std::sqrt(75.0), stated_mm);
  EXPECT_NEAR(through_arc[0].angle_rad, pi / 3, 1e-10);

  // Circles of R = 5 about (0, 0) and (6, 0): (3, 4) and (3, -4); the quarter arc holds the upper one only.
  const auto arcs = meetings(arc({5, 0}, pi / 2, 5 * pi / 2, 5), arc({6, 5}, pi, 5 * pi, 5));
  ASSERT_EQ(arcs.size(), 1u);
  EXPECT_NEAR(arcs[0].place.x_mm, 3, stated_mm);
  EXPECT_NEAR(arcs[0].place.y_mm, 4, stated_mm);
}

TEST(Distance, PiecesThatWouldMeetFurtherOnDoNot) {
  EXPECT_TRUE(meetings(line({-5, 0}, 0, 5.9), line({1, -5}, pi / 2, 10)).empty());
  EXPECT_NEAR(nearest(line({-5, 0}, 0, 5.9), line({1, -5}, pi / 2, 10)).distance_mm, 0.1, stated_mm);
}

TEST(Distance, TangentLineTouches) {
  EXPECT_NEAR(nearest(line({-20, 10}, 0, 40), arc({10, 0}, pi / 2, 10 * pi, 10)).distance_mm, 0, stated_mm);
  EXPECT_NEAR(nearest(line({-20, 10 + 1e-6}, 0, 40), arc({10, 0}, pi / 2, 10 * pi, 10)).distance_mm, 1e-6, stated_mm);
}

TEST(Distance, AlmostStraightArcOfTenMetres) {
  // Sagitta of 20 mm at R = 10 m: 10000 (1 - cos(0.001)) = 5.0e-3 mm, computed without cancellation.
  const double sagitta = 2e4 * std::pow(std::sin(0.0005), 2);
  EXPECT_NEAR(nearest(arc({-10, 0}, -0.001, 20, 1e4), line({-10, -1}, 0, 20)).distance_mm, 1 - sagitta, stated_mm);
}

TEST(Distance, BoxFromOutsideAndFromInside) {
  const Box box{{0, 0}, {10, 6}};
  EXPECT_NEAR(nearest(line({12, -3}, pi / 2, 20), box).distance_mm, 2, stated_mm);
  EXPECT_NEAR(nearest(line({13, 10}, 0, 5), box).distance_mm, 5, stated_mm);
  EXPECT_EQ(nearest(line({4, 3}, 0, 1), box).distance_mm, 0);
  EXPECT_NEAR(nearest_edge(line({4, 2.5}, 0, 1), box).distance_mm, 2.5, stated_mm);
  EXPECT_EQ(nearest(line({-5, 3}, 0, 30), box).distance_mm, 0);
  // A half circle of R = 3 whose crown is 1 mm short of the west edge.
  EXPECT_NEAR(nearest(arc({-4, 0}, 0, 3 * pi, 3), box).distance_mm, 1, stated_mm);
}

// Four grids of 200 steps, each 25 times finer: the last step is below 40 mm / 200 / 25^3 = 1.3e-5 mm. A sample is
// never closer than the true distance, and misses it by at most half a step on each piece where the pieces cross.
TEST(Distance, RandomPiecesAgreeWithSampling) {
  std::mt19937 random(20260101);
  std::uniform_real_distribution<double> unit(0, 1);
  const auto piece = [&] {
    const Point start{10 * unit(random) - 5, 10 * unit(random) - 5};
    const double heading = 2 * pi * unit(random);
    if (unit(random) < 0.4)
      return line(start, heading, 12 * unit(random));
    const double radius = 0.5 + 9 * unit(random);
    return arc(start, heading, radius * (0.05 + 6 * unit(random)), unit(random) < 0.5 ? radius : -radius);
  };
  int apart = 0;
  for (int i = 0; i < 200; ++i) {
    const Segment a = piece();
    const Segment b = piece();
    const double exact = nearest(a, b).distance_mm;
    const double sampled = sampled_mm(a, b);
    EXPECT_LE(exact, sampled + stated_mm);
    // Refinement may settle on a second-best valley; only then is the sample larger than its step allows.
    EXPECT_NEAR(exact, sampled, 5e-5);
    EXPECT_NEAR(exact, nearest(b, a).distance_mm, stated_mm);
    apart += exact > 0 ? 1 : 0;
  }
  EXPECT_GT(apart, 50); // the sample holds both kinds
  EXPECT_LT(apart, 190);
}
