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

// ---- Clothoids

namespace {

Segment clothoid(Point a, double heading_rad, double length_mm, double from_per_mm, double to_per_mm) {
  return {{a, heading_rad}, length_mm, from_per_mm, (to_per_mm - from_per_mm) / length_mm};
}
Point off_to_the_left(const Pose& pose, double distance_mm) {
  return pose.at + distance_mm * Point{-std::sin(pose.heading_rad), std::cos(pose.heading_rad)};
}

} // namespace

TEST(Distance, PointBesideAClothoidIsItsOffsetAway) {
  const Segment bend = clothoid({3, -2}, 0.3, 20, 0, 0.08);
  for (const double s : {0.5, 7.0, 13.3, 19.9})
    for (const double offset : {-25.0, -0.05, 1e-7, 0.05, 5.0}) { // up to the radius of 12.5 mm on the inner side
      const Nearest found = nearest(bend, off_to_the_left(pose_at(bend, s), offset));
      EXPECT_NEAR(found.distance_mm, std::abs(offset), stated_mm);
      EXPECT_NEAR(found.s_first_mm, s, 1e-4);
    }
  // Before its start and beyond its end.
  EXPECT_NEAR(nearest(bend, pose_at(bend, 0).at - Point{3, 4}).distance_mm, 5, stated_mm);
}

TEST(Distance, LineBesideAClothoidIsItsOffsetAway) {
  // A curve that only turns left stays to the left of each of its tangents.
  const Segment bend = clothoid({3, -2}, 0.3, 20, 0, 0.08);
  for (const double s : {0.0, 0.1, 7.0, 20.0})
    for (const double gap : {1e-6, 0.05, 8.0}) {
      const Pose pose = pose_at(bend, s);
      Segment beside = line(off_to_the_left(pose, -gap), pose.heading_rad, 30);
      beside.start.at = beside.start.at - 15 * Point{std::cos(pose.heading_rad), std::sin(pose.heading_rad)};
      EXPECT_NEAR(nearest(bend, beside).distance_mm, gap, stated_mm);
      EXPECT_NEAR(nearest(beside, bend).distance_mm, gap, stated_mm);
    }
}

TEST(Distance, ArcInsideAClothoidIsTheDifferenceOfRadiiAway) {
  // A point of the normal well inside the smallest radius of curvature, 12.5 mm, is closest to the normal's foot.
  const Segment bend = clothoid({0, 0}, 0, 20, 0.02, 0.08);
  const Pose pose = pose_at(bend, 11);
  for (const double gap : {1e-5, 0.05, 2.0}) {
    const double radius = 4 - gap;
    const Point start = off_to_the_left({off_to_the_left(pose, 4), pose.heading_rad - 1}, -radius);
    const Segment inside = arc(start, pose.heading_rad - 1, 2 * radius, radius);
    EXPECT_NEAR(nearest(bend, inside).distance_mm, gap, stated_mm);
    EXPECT_NEAR(nearest(inside, bend).distance_mm, gap, stated_mm);
  }
}

TEST(Distance, ClothoidAndItsMirrorImageAreTwiceApart) {
  // Turning left over the line y = -gap: the start is its lowest point, and the mirror image faces it.
  for (const double gap : {1e-7, 0.025, 3.0}) {
    const Segment above = clothoid({0, gap}, -0.4, 20, 0, 0.08);
    const double lowest = bounds(above).min.y_mm;
    const Segment below = clothoid({0, 2 * (lowest - gap) - gap}, 0.4, 20, 0, -0.08);
    const Nearest found = nearest(above, below);
    EXPECT_NEAR(found.distance_mm, 2 * gap, stated_mm);
    EXPECT_NEAR(found.on_first.x_mm, found.on_second.x_mm, 1e-4);
  }
}

TEST(Distance, BoxUnderAClothoid) {
  const Segment bend = clothoid({-10, 3}, -0.2, 30, 0, 0.05);
  const double lowest = bounds(bend).min.y_mm;
  EXPECT_NEAR(nearest(bend, Box{{-40, -20}, {40, 0}}).distance_mm, lowest, stated_mm);
  EXPECT_NEAR(nearest_edge(bend, Box{{-40, -1}, {40, 90}}).distance_mm, lowest + 1, stated_mm);
  EXPECT_EQ(nearest(bend, Box{{-12, 0}, {-9, 20}}).distance_mm, 0);
}

TEST(Distance, ClothoidIsCrossedWhereItIs) {
  const Segment bend = clothoid({3, -2}, 0.3, 20, -0.03, 0.08);
  for (const double s : {0.7, 6.0, 19.0})
    for (const double angle : {1.5, 0.4, 0.01}) {
      const Pose pose = pose_at(bend, s);
      const double heading = pose.heading_rad + angle;
      const Segment through = line(pose.at - 0.05 * Point{std::cos(heading), std::sin(heading)}, heading, 0.1);
      const std::vector<Meeting> found = meetings(bend, through);
      ASSERT_EQ(found.size(), 1u);
      EXPECT_NEAR(found[0].s_first_mm, s, stated_mm / angle);
      EXPECT_NEAR(found[0].s_second_mm, 0.05, stated_mm / angle);
      EXPECT_NEAR(found[0].angle_rad, angle, stated_mm / angle);
      EXPECT_EQ(nearest(bend, through).distance_mm, 0);
      EXPECT_EQ(meetings(through, bend).size(), 1u);
    }
}

TEST(Distance, ClothoidMayBeCrossedMoreThanTwice) {
  // Bends right, then left about its middle: a chord through the inflection meets it three times.
  const Segment s_shape = clothoid({0, 0}, 0, 30, -0.2, 0.2);
  const Point middle = pose_at(s_shape, 15).at;
  const Point before = pose_at(s_shape, 5).at;
  const Point across = middle - before;
  const double heading = std::atan2(across.y_mm, across.x_mm);
  const Segment chord = line(before - 3 * Point{std::cos(heading), std::sin(heading)}, heading, 40);
  const std::vector<Meeting> found = meetings(s_shape, chord);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_NEAR(found[0].s_first_mm, 5, 1e-8);
  EXPECT_NEAR(found[1].s_first_mm, 15, 1e-8);
  EXPECT_NEAR(found[2].s_first_mm, 25, 1e-8);
}

TEST(Distance, TangentTouchesAClothoidOnce) {
  const Segment bend = clothoid({3, -2}, 0.3, 20, 0.01, 0.08);
  const Pose pose = pose_at(bend, 9);
  const Segment tangent =
      line(pose.at - 10 * Point{std::cos(pose.heading_rad), std::sin(pose.heading_rad)}, pose.heading_rad, 20);
  EXPECT_NEAR(nearest(bend, tangent).distance_mm, 0, stated_mm);
  EXPECT_LE(meetings(bend, tangent).size(), 1u);
}

TEST(Distance, CoincidentClothoidsAreAtNoDistanceAndDoNotCross) {
  const Segment bend = clothoid({3, -2}, 0.3, 20, 0, 0.08);
  EXPECT_NEAR(nearest(bend, bend).distance_mm, 0, stated_mm);
  for (const Meeting& meeting : meetings(bend, bend))
    EXPECT_LT(meeting.angle_rad, 1e-6);
}

// Sampling as above. A line or an arc may come first or second.
TEST(Distance, RandomClothoidsAgreeWithSampling) {
  std::mt19937 random(42);
  std::uniform_real_distribution<double> unit(0, 1);
  int apart = 0;
  for (int i = 0; i < 200; ++i) {
    const auto piece = [&](bool must_be_clothoid) {
      const Point start{10 * unit(random) - 5, 10 * unit(random) - 5};
      const double heading = 2 * pi * unit(random);
      const double radius = 1 + 9 * unit(random);
      if (!must_be_clothoid && unit(random) < 0.3)
        return line(start, heading, 12 * unit(random));
      if (!must_be_clothoid && unit(random) < 0.5)
        return arc(start, heading, radius * (0.05 + 4 * unit(random)), unit(random) < 0.5 ? radius : -radius);
      return clothoid(start, heading, 0.1 + 15 * unit(random), 1.2 * unit(random) - 0.6, 1.2 * unit(random) - 0.6);
    };
    const bool first = i % 2 == 0;
    const Segment a = piece(first);
    const Segment b = piece(!first);
    const Nearest found = nearest(a, b);
    const double sampled = sampled_mm(a, b);
    EXPECT_LE(found.distance_mm, sampled + stated_mm) << i;
    EXPECT_NEAR(found.distance_mm, sampled, 5e-5) << i;
    EXPECT_NEAR(found.distance_mm, nearest(b, a).distance_mm, stated_mm) << i;
    EXPECT_NEAR(norm_mm(pose_at(a, found.s_first_mm).at - found.on_first), 0, 2 * stated_mm);
    EXPECT_NEAR(norm_mm(pose_at(b, found.s_second_mm).at - found.on_second), 0, 2e-8);
    EXPECT_EQ(found.distance_mm == 0, !meetings(a, b).empty()) << i;
    apart += found.distance_mm > 0 ? 1 : 0;
  }
  EXPECT_GT(apart, 50);
  EXPECT_LT(apart, 190);
}

// Crossings counted independently: sign changes of the distance from a line along 20,000 steps of the clothoid.
TEST(Distance, CrossingsOfAClothoidWithALineAreAllFound) {
  std::mt19937 random(9);
  std::uniform_real_distribution<double> unit(0, 1);
  int most = 0;
  for (int i = 0; i < 200; ++i) {
    const Segment curve =
        clothoid({0, 0}, 6 * unit(random), 5 + 30 * unit(random), 1.2 * unit(random) - 0.6, 1.2 * unit(random) - 0.6);
    const Point through = pose_at(curve, curve.length_mm * unit(random)).at;
    const double heading = 2 * pi * unit(random);
    const Point along{std::cos(heading), std::sin(heading)};
    const Segment straight = line(through - 100 * along, heading, 200);
    int changes = 0;
    double before = cross(along, curve.start.at - straight.start.at);
    for (int k = 1; k <= 20000; ++k) {
      const double after = cross(along, pose_at(curve, curve.length_mm * k / 20000).at - straight.start.at);
      changes += (before < 0) != (after < 0) ? 1 : 0;
      before = after;
    }
    EXPECT_EQ(meetings(curve, straight).size(), static_cast<std::size_t>(changes)) << i;
    most = std::max(most, changes);
  }
  EXPECT_GE(most, 3);
}

// Curvatures below 1 / 10 m, where lines stand for stretches: within 0.2 mm of straight, with more than one valley.
TEST(Distance, AllButStraightClothoidsAgreeWithSampling) {
  std::mt19937 random(17);
  std::uniform_real_distribution<double> unit(-1, 1);
  for (int i = 0; i < 60; ++i) {
    const Segment a = clothoid({0, 0}, 0, 150, 9e-5 * unit(random), 9e-5 * unit(random));
    const Segment b = i % 2 == 0 ? line({-5, 0.3 * unit(random)}, 2e-3 * unit(random), 160)
                                 : clothoid({3, 0.3 * unit(random)}, 2e-3 * unit(random), 140, 9e-5 * unit(random),
                                            9e-5 * unit(random));
    const double exact = nearest(a, b).distance_mm;
    double least = std::numeric_limits<double>::infinity(); // by feet on the second piece
    for (int k = 0; k <= 3000; ++k)
      least = std::min(least, nearest(b, pose_at(a, a.length_mm * k / 3000).at).distance_mm);
    EXPECT_LE(exact, least + stated_mm) << i;
    // Half a step of 0.05 mm at a slope of 0.01 between the two.
    EXPECT_NEAR(exact, least, 0.025 * 0.02) << i;
  }
}
