// SPDX-License-Identifier: GPL-3.0-or-later
// The verifier on crossings, guide layers, links and clothoids.
#include "geometry/bend.hpp"
#include "geometry/distance.hpp"
#include "geometry/verify.hpp"
#include "tests/geometry/verify_bench.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace beachfront::geometry;
using namespace beachfront::geometry::test;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// Crossings alone, where they are allowed.
Verification crossed(std::vector<Guide> guides, bool allowed = true) {
  Bench b = bench(0);
  b.rules.crossings = allowed;
  b.rules.min_bend_radius_mm = 0;
  b.layout.guides = std::move(guides);
  Verification found = verified(b);
  std::erase_if(found.violations, [](const Violation& v) { return v.rule != "guide_spacing" && v.rule != "crossing"; });
  return found;
}

Guide on_layer(Guide guide, int layer) {
  guide.layer = layer;
  return guide;
}

/// Two engines facing each other, 20 mm apart, with a straight link between their faces.
Bench link_bench() {
  Bench b = bench(0);
  b.layout.connectors.clear();
  b.layout.engines.resize(2);
  b.layout.engines[0].index = 0;
  b.layout.engines[0].outline = {{-18, 18}, {-10, 28}};
  b.layout.engines[0].ports = {{PortKind::link, 0, {{-10, 23}, 0}}};
  b.layout.engines[1].index = 1;
  b.layout.engines[1].outline = {{10, 18}, {18, 28}};
  b.layout.engines[1].ports = {{PortKind::tx, 0, {{10, 22}, pi}}, {PortKind::link, 0, {{10, 23}, pi}}};
  Guide link{"E00.link0", 0, PortKind::link, 0, 0, {{{{-10, 23}, 0}, 20, 0}}};
  link.to_engine = 1;
  b.layout.guides = {link};
  return b;
}

} // namespace

TEST(Verify, CrossingWhereNoneIsAllowedIsAFault) {
  const Guide a = straight("a", {-10, 30}, 0, 20);
  const Guide b = straight("b", {3, 20}, pi / 2, 20);
  const Verification found = crossed({a, b}, false);
  ASSERT_THAT(rules_of(found), ElementsAre("crossing"));
  EXPECT_EQ(found.violations[0].where, "a and b");
  EXPECT_NEAR(found.violations[0].place.x_mm, 3, 1e-9);
  EXPECT_EQ(found.violations[0].found, 1);
  EXPECT_EQ(found.violations[0].required, 0);
  EXPECT_THAT(rules_of(crossed({a, b}, true)), IsEmpty());
  EXPECT_TRUE(crossed({a, b}).crossings[0].on_straights);
}

TEST(Verify, CrossingAtTwentyDegreesIsAFault) {
  const double angle = pi / 9;
  const Verification found = crossed({straight("a", {-10, 30}, 0, 20), straight("b", {-8, 28}, angle, 15)});
  ASSERT_THAT(rules_of(found), ElementsAre("crossing"));
  EXPECT_NEAR(found.violations[0].found, 20, 1e-9);
  EXPECT_NEAR(found.violations[0].required, 60, 1e-9);
  EXPECT_EQ(found.violations[0].unit, "deg");
}

TEST(Verify, CrossingAngleIsHeldToATolerance) {
  for (const double short_of : {0.9e-9, 1.1e-9}) {
    const Verification found =
        crossed({straight("a", {-10, 30}, 0, 20), straight("b", {-8, 25}, pi / 3 - short_of, 15)});
    EXPECT_EQ(found.violations.size(), short_of > 1e-9 ? 1u : 0u);
  }
}

TEST(Verify, CrossingOnAnArcIsAFault) {
  Path bent{{{{0, 25}, pi / 2}, 4, 0}};
  bent.push_back({end_pose(bent), 4, 1 / radius_mm});
  const Verification found = crossed({straight("a", {-10, 30}, 0, 20), loose("b", bent)});
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_FALSE(found.crossings[0].on_straights);
  ASSERT_THAT(rules_of(found), ElementsAre("crossing"));
  EXPECT_NEAR(found.violations[0].found, 1 / radius_mm, 1e-12);
  EXPECT_EQ(found.violations[0].unit, "1/mm");
}

TEST(Verify, CrossingWhereABendBeginsIsNotOnStraights) {
  // The joint of line and arc is on the other guide: found with the line first.
  Path bent{{{{0, 20}, pi / 2}, 10, 0}};
  bent.push_back({end_pose(bent), 5, 1 / radius_mm});
  const Verification found = crossed({straight("a", {-10, 30}, 0, 20), loose("b", bent)});
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_FALSE(found.crossings[0].on_straights);
  EXPECT_THAT(rules_of(found), ElementsAre("crossing"));
}

TEST(Verify, CrossingOnAClothoidIsAFault) {
  Path bent{{{{0, 22}, pi / 2}, 4, 0}};
  append_bend(bent, 10, 1.2, true);
  const Point in_the_clothoid = pose_at(bent[1], 3).at; // of 4.2 mm
  const Verification found = crossed({straight("a", {-10, in_the_clothoid.y_mm}, 0, 20), loose("b", bent)});
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_NEAR(norm_mm(found.crossings[0].place - in_the_clothoid), 0, 1e-8);
  ASSERT_THAT(rules_of(found), ElementsAre("crossing"));
  EXPECT_NEAR(found.violations[0].found, curvature_at(bent[1], 3), 1e-8);
}

TEST(Verify, GuidesOnTwoLayersMayOverlapAndCross) {
  const Guide a = straight("a", {0, 20}, pi / 2, 20);
  const Guide beside = straight("b", {0.01, 20}, pi / 2, 20);
  const Guide across = straight("c", {-10, 30}, 0, 20);
  EXPECT_EQ(crossed({a, beside, across}, false).crossings.size(), 2u);
  Verification found = crossed({a, on_layer(beside, 1), on_layer(across, 2)}, false);
  EXPECT_THAT(found.violations, IsEmpty());
  EXPECT_THAT(found.crossings, IsEmpty());
  EXPECT_FALSE(found.min_spacing_um);
  // On one layer again it is the pair of that layer alone.
  found = crossed({a, on_layer(beside, 1), on_layer(straight("d", {0.03, 20}, pi / 2, 20), 1)}, false);
  ASSERT_THAT(rules_of(found), ElementsAre("guide_spacing"));
  EXPECT_EQ(found.violations[0].where, "b and d");
  EXPECT_NEAR(*found.min_spacing_um, 20, 1e-6);
}

TEST(Verify, FibreIsReachedOnItsOwnLayer) {
  Bench b = bench(2);
  b.layout.connectors[0].layers = {0, 1};
  b.layout.guides[1].layer = 1;
  EXPECT_THAT(rules_of(verified(b)), IsEmpty());
  b.layout.guides[1].layer = 0;
  const Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("port"));
  EXPECT_EQ(found.violations[0].found, 0);
  EXPECT_EQ(found.violations[0].required, 1);
  EXPECT_EQ(found.violations[0].where, "E00.tx1");
}

TEST(Verify, LinkRunsFromPortToPort) {
  EXPECT_THAT(rules_of(verified(link_bench())), IsEmpty());
}

TEST(Verify, LinkThatMissesItsPortIsFound) {
  Bench b = link_bench();
  b.layout.guides[0].path[0].length_mm = 19.9; // short of the face
  Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("port"));
  EXPECT_NEAR(found.violations[0].found, 0.1, 1e-9);

  b = link_bench();
  b.layout.engines[1].ports[1].kind = PortKind::tx; // no link port left
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("port"));

  b = link_bench();
  b.layout.engines[1].ports[1].pose.heading_rad = 0; // the guide would leave through it, not enter
  found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("port"));
  EXPECT_EQ(found.violations[0].unit, "rad");

  b = link_bench();
  b.layout.guides[0].to_engine = 2;
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("keep_out", "port")); // engine 1 is a stranger now
}

TEST(Verify, LinkEntersItsFarEngineAtThePortOnly) {
  // Passes below the far engine at 0.05 mm before it turns up and back into the port from the right: a stranger's body.
  Bench b = link_bench();
  b.layout.engines[1].ports[1].pose = {{18, 23}, 0};
  Path path{{{{-10, 17.95}, 0}, 28, 0}};
  const double radius = 5.05 / 2;
  path.push_back({end_pose(path), pi * radius, 1 / radius});
  b.layout.engines[0].outline = {{-18, 12}, {-10, 22}};
  b.layout.engines[0].ports[0].pose.at = {-10, 17.95};
  b.package.dies.clear();
  b.rules.min_bend_radius_mm = 1;
  b.layout.guides[0].path = path;
  const Verification found = verified(b);
  ASSERT_THAT(rules_of(found), ElementsAre("keep_out"));
  EXPECT_NEAR(found.violations[0].found, 0.05, 1e-9);
  EXPECT_EQ(found.violations[0].where, "E00.link0 and engine E01");

  // Through the body from behind.
  b = link_bench();
  b.layout.engines[1].ports[1].pose = {{18, 23}, pi};
  b.layout.guides[0].path[0].length_mm = 28;
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("keep_out"));
}

TEST(Verify, KeepOutForBodiesLetsGuidesPass) {
  Bench b = bench(1);
  b.package.keep_outs.push_back({"lid foot", {{-1, 30}, {1, 32}}});
  EXPECT_THAT(rules_of(verified(b)), ElementsAre("keep_out"));
  b.package.keep_outs[0].guides = false;
  EXPECT_THAT(rules_of(verified(b)), IsEmpty());
}

TEST(Verify, ClothoidThatDipsBelowTheRadiusIsFoundAtItsSharpEnd) {
  // A right angle of the footprint of R = 20 mm is sharper than that in its middle.
  Bench b = bench(0);
  Path path{{{{0, 20}, pi / 2}, 2, 0}};
  append_bend(path, 20, -1.0, true);
  b.layout.guides = {loose("a", path)};
  const double sharpest = sharpest_radius_mm(20, 1.0, true);
  const auto bends = [&](double required_mm) {
    b.rules.min_bend_radius_mm = required_mm;
    Verification found = verified(b);
    std::erase_if(found.violations, [](const Violation& v) { return v.rule != "bend_radius"; });
    return found.violations;
  };
  EXPECT_THAT(bends(sharpest), IsEmpty());
  ASSERT_EQ(bends(sharpest + 1e-6).size(), 1u);
  EXPECT_NEAR(bends(20)[0].found, sharpest, 1e-9);
  // A clothoid alone, sharp at its start or at its end.
  for (const bool at_end : {true, false}) {
    const Segment clothoid{{{0, 20}, pi / 2}, 5, at_end ? 0 : 0.1, at_end ? 0.02 : -0.02};
    b.layout.guides = {loose("a", {clothoid})};
    ASSERT_EQ(bends(11).size(), 1u);
    EXPECT_NEAR(bends(11)[0].found, 10, 1e-12);
    EXPECT_NEAR(norm_mm(bends(11)[0].place - pose_at(clothoid, at_end ? 5 : 0).at), 0, 1e-12);
  }
  EXPECT_NEAR(*verified(b).min_radius_mm, 10, 1e-12);
}

TEST(Verify, KinkAfterAClothoidIsFound) {
  Bench b = bench(1);
  b.rules.min_bend_radius_mm = 1;
  Path path{{{{0, 20}, pi / 2}, 5, 0}};
  append_bend(path, 10, 0.5, true);
  append_bend(path, 10, -0.5, true);
  path.push_back({end_pose(path), 10, 0});
  b.layout.connectors[0].fibres[0] = end_pose(path);
  b.layout.guides[0].path = path;
  EXPECT_THAT(verified(b).violations, Not(testing::Contains(testing::Field(&Violation::rule, "tangent"))));
  b.layout.guides[0].path[3].curvature_rate_per_mm2 *= 1 + 1e-5; // turns by 0.125e-5 more
  std::vector<std::string> rules = rules_of(verified(b));
  EXPECT_THAT(rules, testing::Contains("tangent"));
  EXPECT_THAT(rules, testing::Contains("continuity"));
}

TEST(Verify, SpacingOfClothoidsIsThatOfTheirCurves) {
  // Shifted copies along x: the closest place is where they run steepest, where the bend is an arc of radius R; its
  // excess over p cos(theta) is (p sin(theta))^2 / 2R.
  const auto bend = [](double x) {
    Path path{{{{x, 20}, pi / 2}, 2, 0}};
    append_bend(path, 15, -0.8, true);
    path.push_back({end_pose(path), 5, 0});
    return path;
  };
  Verification found = spaced({loose("a", bend(0)), loose("b", bend(pitch_mm))});
  ASSERT_EQ(found.violations.size(), 1u);
  EXPECT_NEAR(found.violations[0].found, 1e3 * pitch_mm * std::cos(0.8), 1e-6); // the straight ends are parallel
  const double wide_mm = pitch_mm / std::cos(0.8);
  found = spaced({loose("a", bend(0)), loose("b", bend(wide_mm + 1e-8))});
  EXPECT_THAT(found.violations, IsEmpty());
  EXPECT_NEAR(*found.min_spacing_um, 1e3 * pitch_mm, 1e-4);
}

// The grid of chords must lose no pair: against every two segments of every two guides.
TEST(Verify, SmallestSpacingAndViolationsAreThoseOfAllPairs) {
  std::mt19937 random(12);
  std::uniform_real_distribution<double> unit(0, 1);
  int compared = 0;
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<Guide> guides;
    const int count = 2 + static_cast<int>(20 * unit(random));
    const double extent = std::pow(10, 3 * unit(random) - 1); // from crowded to sparse
    for (int g = 0; g < count; ++g) {
      Path path{{{{extent * unit(random), extent * unit(random)}, 6 * unit(random)}, 0.5 + 3 * unit(random), 0}};
      path.push_back({end_pose(path), 1 + unit(random), unit(random) - 0.5});
      path.push_back({end_pose(path), 1 + unit(random), 0, 0.2 * (unit(random) - 0.5)});
      guides.push_back(on_layer(loose(std::to_string(g), path), g % 2));
    }
    double least_mm = 1e9;
    std::size_t close = 0;
    bool meet = false;
    for (std::size_t i = 0; i < guides.size(); ++i)
      for (std::size_t j = i + 1; j < guides.size(); ++j) {
        if (guides[i].layer != guides[j].layer)
          continue;
        double pair_mm = 1e9;
        for (const Segment& a : guides[i].path)
          for (const Segment& b : guides[j].path)
            pair_mm = std::min(pair_mm, nearest(a, b).distance_mm);
        meet = meet || pair_mm == 0;
        least_mm = std::min(least_mm, pair_mm);
        close += pair_mm < pitch_mm - 1e-6 ? 1 : 0;
      }
    const Verification found = spaced(guides);
    if (meet) // what a crossing exempts is another test's
      continue;
    ++compared;
    EXPECT_EQ(found.violations.size(), close) << trial;
    if (count > 3) {
      ASSERT_TRUE(found.min_spacing_um) << trial;
      EXPECT_NEAR(*found.min_spacing_um, 1e3 * least_mm, 1e-5) << trial;
    }
  }
  EXPECT_GT(compared, 15);
}

// A pair of bends that face each other is closest in the middle of a chord, where its bow brings them nearer than the
// chords are: it must not be passed over for a pair of straight guides that is found first.
TEST(Verify, SmallestSpacingIsFoundBetweenTheEndsOfChords) {
  for (int phase = 0; phase < 40; ++phase) {
    const double before = 0.3 + 0.03 * phase; // from the start to the crown
    const auto facing = [&](double crown_y_mm, double curvature) {
      const Segment back{{{20, crown_y_mm}, pi}, before, -curvature};
      const Pose start = end_pose(back);
      return loose("c", {{{start.at, start.heading_rad - pi}, 2.5, curvature}});
    };
    const Verification found = spaced({straight("a", {0, 0}, 0, 10), straight("b", {0, 0.052}, 0, 10),
                                       facing(0, -1 / radius_mm), facing(0.0505, 1 / radius_mm)});
    EXPECT_NEAR(*found.min_spacing_um, 50.5, 1e-5) << phase;
  }
}
