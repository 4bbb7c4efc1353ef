// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/verify.hpp"

#include "tests/geometry/verify_bench.hpp"

#include <gmock/gmock.h>

#include <gtest/gtest.h>
#include <limits>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace beachfront::geometry;
using namespace beachfront::geometry::test;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

// Up from a port, over to the right by two arcs, and on up to a fibre.
Path s_bend(double x_mm, double shift_mm, double radius) {
  const double theta = std::acos(1 - shift_mm / (2 * radius));
  const double lead = (30 - 2 * radius * std::sin(theta)) / 2;
  Path path{{{{x_mm, 20}, pi / 2}, lead, 0}};
  path.push_back({end_pose(path), radius * theta, -1 / radius});
  path.push_back({end_pose(path), radius * theta, 1 / radius});
  path.push_back({end_pose(path), lead, 0});
  return path;
}

} // namespace

TEST(Verify, CleanLayoutPasses) {
  const Verification found = verified(bench(8));
  EXPECT_THAT(found.violations, IsEmpty());
  EXPECT_THAT(found.crossings, IsEmpty());
  ASSERT_TRUE(found.min_spacing_um);
  EXPECT_NEAR(*found.min_spacing_um, 50, 1e-6);
  EXPECT_FALSE(found.min_radius_mm);
}

TEST(Verify, PathsOfNoNumbersAreViolationsAndTheOthersAreStillChecked) {
  for (const double wild : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1e300}) {
    Bench b = bench(2);
    b.layout.guides[0].path[0].length_mm = wild;
    const Verification found = verified(b);
    ASSERT_EQ(found.violations.size(), 1u);
    EXPECT_EQ(found.violations[0].rule, "continuity");
    EXPECT_EQ(found.violations[0].where, b.layout.guides[0].net);
  }
}

TEST(Verify, CleanSBendPasses) {
  Bench b = bench(1);
  b.layout.connectors[0].fibres[0].at.x_mm = 2;
  b.layout.guides[0].path = s_bend(0, 2, radius_mm);
  const Verification found = verified(b);
  EXPECT_THAT(rules_of(found), IsEmpty());
  ASSERT_TRUE(found.min_radius_mm);
  EXPECT_NEAR(*found.min_radius_mm, radius_mm, 1e-12);
  EXPECT_FALSE(found.min_spacing_um);
}

TEST(Verify, GuidesTooCloseAreOneViolationAtTheWorstPlace) {
  // Two S-bends shifted by the pitch: closest where both run at theta, p cos(theta) but for the curvature.
  Bench b = bench(2);
  for (std::size_t i = 0; i < 2; ++i) {
    const double x = pitch_mm * static_cast<double>(i);
    b.layout.guides[i].path = s_bend(x, 4, radius_mm);
    b.layout.connectors[0].fibres[i].at.x_mm = x + 4;
  }
  b.layout.connectors[0].landing.max.x_mm = 5;
  const Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("guide_spacing"));
  const double theta = std::acos(1 - 4 / (2 * radius_mm));
  // As in distance_test: the excess is (p sin(theta))^2 / 2R, here 0.025 um.
  EXPECT_NEAR(found.violations[0].found, 50 * std::cos(theta), 0.03);
  EXPECT_EQ(found.violations[0].required, 50);
  EXPECT_EQ(found.violations[0].where, "E00.tx0 and E00.tx1");
  EXPECT_NEAR(found.violations[0].place.y_mm, 35, 1); // the middle of the bend, at mid-height
}

TEST(Verify, SpacingIsHeldToATolerance) {
  EXPECT_THAT(
      spaced({straight("a", {0, 20}, pi / 2, 20), straight("b", {pitch_mm - 0.9e-6, 20}, pi / 2, 20)}).violations,
      IsEmpty());
  EXPECT_EQ(spaced({straight("a", {0, 20}, pi / 2, 20), straight("b", {pitch_mm - 1.1e-6, 20}, pi / 2, 20)})
                .violations.size(),
            1u);
}

TEST(Verify, SparseGuidesStillHaveASmallestSpacing) {
  const Verification found = spaced(
      {straight("a", {0, 20}, pi / 2, 20), straight("b", {7, 20}, pi / 2, 20), straight("c", {30, 20}, pi / 2, 20)});
  ASSERT_TRUE(found.min_spacing_um);
  EXPECT_NEAR(*found.min_spacing_um, 7000, 1e-6);
}

TEST(Verify, CrossingAtARightAngleIsListedAndNoSpacingFault) {
  const Verification found = spaced({straight("a", {-10, 30}, 0, 20), straight("b", {3, 20}, pi / 2, 20)});
  EXPECT_THAT(found.violations, IsEmpty());
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_EQ(found.crossings[0].first, 0u);
  EXPECT_EQ(found.crossings[0].second, 1u);
  EXPECT_NEAR(found.crossings[0].place.x_mm, 3, 1e-9);
  EXPECT_NEAR(found.crossings[0].place.y_mm, 30, 1e-9);
  EXPECT_NEAR(found.crossings[0].angle_rad, pi / 2, 1e-12);
}

TEST(Verify, CrossingAtThirtyDegrees) {
  const Verification found = spaced({straight("a", {-10, 30}, 0, 20), straight("b", {-8, 25}, pi / 6, 20)});
  EXPECT_THAT(found.violations, IsEmpty());
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_NEAR(found.crossings[0].place.x_mm, -8 + 5 * std::sqrt(3.0), 1e-9);
  EXPECT_NEAR(found.crossings[0].place.y_mm, 30, 1e-9);
  EXPECT_NEAR(found.crossings[0].angle_rad, pi / 6, 1e-12);
}

TEST(Verify, CrossingOfArcsOnAJointIsListedOnce) {
  // The second guide's bend starts exactly where it crosses the first.
  Path bent{{{{0, 20}, pi / 2}, 10, 0}};
  bent.push_back({end_pose(bent), 5, 1 / radius_mm});
  const Verification found = spaced({straight("a", {-10, 30}, 0, 20), loose("b", bent)});
  EXPECT_THAT(found.violations, IsEmpty());
  EXPECT_EQ(found.crossings.size(), 1u);
}

TEST(Verify, ClosenessAwayFromTheCrossingIsStillAFault) {
  // Crosses at a right angle, turns back by a half circle and runs alongside at 20 um.
  Path bent{{{{0, 29}, pi / 2}, 2, 0}};
  bent.push_back({end_pose(bent), pi / 2 * 0.98, -1 / 0.98}); // R = 0.98: comes down to y = 31.98
  bent.push_back({end_pose(bent), pi / 2 * 1.96, -1 / 1.96}); // R = 1.96: down to y = 30.02, heading south
  bent.push_back({end_pose(bent), 3, 0});
  const Point end = end_pose(Path(bent.begin(), bent.begin() + 3)).at;
  const Verification found = spaced({straight("a", {-10, 30}, 0, 10 + end.x_mm - 0.02), loose("b", bent)});
  EXPECT_EQ(found.crossings.size(), 1u);
  ASSERT_EQ(found.violations.size(), 1u);
  // The straight guide ends 20 um short of the one coming down.
  EXPECT_NEAR(found.violations[0].found, 20, 0.02);
}

TEST(Verify, CrossingExemptsNoMoreThanTenPitches) {
  // At 1 degree guides run within the pitch for 2.9 mm either side; 0.5 mm is forgiven.
  const double angle = pi / 180;
  const Verification found = spaced(
      {straight("a", {-10, 30}, 0, 20), straight("b", {-8 * std::cos(angle), 30 - 8 * std::sin(angle)}, angle, 16)});
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_NEAR(found.crossings[0].angle_rad, angle, 1e-12);
  ASSERT_EQ(found.violations.size(), 1u);
  EXPECT_NEAR(found.violations[0].found, 500 * std::sin(angle), 1e-2);
}

TEST(Verify, EndOnAnotherGuideIsAFaultNotACrossing) {
  const Verification found = spaced({straight("a", {-10, 30}, 0, 20), straight("b", {0, 20}, pi / 2, 10)});
  EXPECT_THAT(found.crossings, IsEmpty());
  ASSERT_EQ(found.violations.size(), 1u);
  EXPECT_NEAR(found.violations[0].found, 0, 1e-6);
}

TEST(Verify, CoincidentGuidesAreAFault) {
  const Verification found = spaced({straight("a", {0, 20}, pi / 2, 20), straight("b", {0, 20}, pi / 2, 20)});
  ASSERT_EQ(found.violations.size(), 1u);
  EXPECT_EQ(found.violations[0].found, 0);
  EXPECT_THAT(found.crossings, IsEmpty());
}

TEST(Verify, KinkIsFound) {
  Bench b = bench(1);
  const double kink = 1e-6;
  Path& path = b.layout.guides[0].path;
  path[0].length_mm = 10;
  path.push_back({{{0, 30}, pi / 2 - kink}, 20 / std::cos(kink), 0});
  b.layout.connectors[0].fibres[0] = end_pose(path);
  const Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("tangent"));
  EXPECT_NEAR(found.violations[0].found, kink, 1e-12);
  EXPECT_NEAR(found.violations[0].place.y_mm, 30, 1e-9);
}

TEST(Verify, HeadingsAFullTurnApartAreNoKink) {
  Bench b = bench(1);
  Path& path = b.layout.guides[0].path;
  path[0].length_mm = 10;
  path.push_back({{{0, 30}, pi / 2 - 2 * pi}, 20, 0});
  EXPECT_THAT(rules_of(verified(b)), IsEmpty());
}

TEST(Verify, JumpIsFound) {
  Bench b = bench(1);
  Path& path = b.layout.guides[0].path;
  path[0].length_mm = 10;
  path.push_back({{{2e-9, 30}, pi / 2}, 20, 0});
  const Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("continuity"));
  EXPECT_NEAR(found.violations[0].found, 2e-9, 1e-14);
}

TEST(Verify, SegmentOfNoLengthIsFound) {
  Bench b = bench(1);
  Path& path = b.layout.guides[0].path;
  path.insert(path.begin(), {path[0].start, 0, 0});
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("continuity"));
}

TEST(Verify, SharpBendIsFound) {
  Bench b = bench(1);
  b.layout.connectors[0].fibres[0].at.x_mm = 2;
  b.layout.guides[0].path = s_bend(0, 2, radius_mm - 0.01);
  const Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("bend_radius"));
  EXPECT_NEAR(found.violations[0].found, radius_mm - 0.01, 1e-9);
  EXPECT_EQ(found.violations[0].required, radius_mm);
}

TEST(Verify, WrongPortIsFound) {
  Bench b = bench(2);
  b.layout.engines[0].ports[1].kind = PortKind::rx; // the second guide's port is now of another kind
  Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("port"));
  EXPECT_NEAR(found.violations[0].found, pitch_mm, 1e-12); // from the first port, the only one of its kind

  b = bench(1);
  b.layout.connectors[0].fibres[0].heading_rad += 1e-6;
  found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("port"));
  EXPECT_EQ(found.violations[0].unit, "rad");

  b = bench(1);
  b.layout.guides[0].fibre = 7;
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("port"));
  b.layout.guides[0].path.clear();
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("port"));
}

TEST(Verify, KeepOutsDiesAndOtherEnginesAreKeptClear) {
  // Clearance 0.1 mm; the guide runs at x = 0.
  Bench b = bench(1);
  b.package.keep_outs.push_back({"hole", {{0.09, 30}, {1, 32}}});
  Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("keep_out"));
  EXPECT_NEAR(found.violations[0].found, 0.09, 1e-9);
  EXPECT_EQ(found.violations[0].where, "E00.tx0 and keep-out hole");

  b.package.keep_outs[0].outline = {{0.1, 30}, {1, 32}};
  EXPECT_THAT(rules_of(verified(b)), IsEmpty());

  b.package.keep_outs[0].outline = {{-1, 30}, {1, 32}};
  found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("keep_out"));
  EXPECT_EQ(found.violations[0].found, 0);

  b = bench(1);
  b.layout.engines.push_back({});
  b.layout.engines[1].index = 1;
  b.layout.engines[1].outline = {{-3, 30}, {-0.05, 33}};
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("keep_out"));

  b = bench(1);
  b.package.dies.push_back({"io", {{-2, 28}, {2, 30}}});
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("keep_out"));
}

TEST(Verify, OwnEngineIsLeftAtThePortOnly) {
  // Starts inside the engine, so runs under its own body before the face.
  Bench b = bench(1);
  b.layout.engines[0].ports[0].pose.at.y_mm = 19;
  b.layout.guides[0].path = {{{{0, 19}, pi / 2}, 31, 0}};
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("keep_out"));

  // Leaves by the face, turns back and passes the engine's side at 0.05 mm.
  b = bench(1);
  b.rules.min_bend_radius_mm = 1;
  Path path{{{{0, 20}, pi / 2}, 1, 0}};
  const double radius = 5.05 / 2;
  path.push_back({end_pose(path), pi * radius, -1 / radius});
  path.push_back({end_pose(path), 6, 0});
  b.layout.guides[0].path = path;
  const Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("keep_out", "port")); // it does not reach its fibre either
  EXPECT_NEAR(found.violations[0].found, 0.05, 1e-9);
}

TEST(Verify, EdgeIsKeptClearButAtTheOwnFerrule) {
  Bench b = bench(1);
  b.layout.connectors[0].landing = {{-4, 49.6}, {4, 50}}; // shallower than the clearance of 0.5 mm
  Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("edge_clearance"));
  EXPECT_NEAR(found.violations[0].found, 0.4, 2e-6);
  b.layout.connectors[0].landing = {{-4, 49.4}, {4, 50}};
  EXPECT_THAT(rules_of(verified(b)), IsEmpty());
}

TEST(Verify, LeavingThePackageIsFound) {
  Bench b = bench(1);
  b.layout.guides[0].path[0].length_mm = 30.5;
  b.layout.connectors[0].fibres[0].at.y_mm = 50.5;
  b.layout.connectors[0].landing.max.y_mm = 51;
  const Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("outline"));
  EXPECT_NEAR(found.violations[0].found, 0.5, 1e-9);
}

TEST(Verify, OrderOfGuidesChangesNamesOnly) {
  Bench b = bench(3);
  b.layout.guides[1].path[0].start.at.x_mm -= 0.01;
  const Verification forward = verified(b);
  std::reverse(b.layout.guides.begin(), b.layout.guides.end());
  const Verification backward = verified(b);
  EXPECT_THAT(rules_of(forward), ElementsAre("port", "port", "guide_spacing")); // start and end of the moved guide
  EXPECT_EQ(rules_of(forward), rules_of(backward));
  EXPECT_NEAR(*forward.min_spacing_um, 40, 1e-6);
  EXPECT_NEAR(*forward.min_spacing_um, *backward.min_spacing_um, 1e-6);
}

TEST(Verify, TurningTheLayoutTurnsThePlaces) {
  const auto turned = [](const Path& path, double angle_rad) {
    Path result = path;
    for (Segment& segment : result) {
      const Point p = segment.start.at;
      segment.start.at = {p.x_mm * std::cos(angle_rad) - p.y_mm * std::sin(angle_rad),
                          p.x_mm * std::sin(angle_rad) + p.y_mm * std::cos(angle_rad)};
      segment.start.heading_rad += angle_rad;
    }
    return result;
  };
  const Path a = s_bend(0, 4, radius_mm);
  const Path b = s_bend(pitch_mm, 4, radius_mm);
  const Verification plain = spaced({loose("a", a), loose("b", b), straight("c", {-2, 40}, 0, 8)});
  ASSERT_EQ(plain.crossings.size(), 2u);
  ASSERT_EQ(plain.violations.size(), 1u);
  for (const double angle : {pi / 2, 1.0, -2.5}) {
    const Verification found = spaced({loose("a", turned(a, angle)), loose("b", turned(b, angle)),
                                       loose("c", turned({{{{-2, 40}, 0}, 8, 0}}, angle))});
    ASSERT_EQ(found.crossings.size(), 2u);
    ASSERT_EQ(found.violations.size(), 1u);
    EXPECT_NEAR(found.violations[0].found, plain.violations[0].found, 1e-6);
    EXPECT_NEAR(found.crossings[1].angle_rad, plain.crossings[1].angle_rad, 1e-9);
    EXPECT_NEAR(norm_mm(found.crossings[1].place), norm_mm(plain.crossings[1].place), 1e-9);
  }
}
