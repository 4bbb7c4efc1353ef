// SPDX-License-Identifier: GPL-3.0-or-later
// Placement, assignment and routing of a whole package.
#include "reference.hpp"
#include "rules_of.hpp"

#include "geometry/connect.hpp"
#include "geometry/place.hpp"
#include "geometry/s_bend.hpp"
#include "geometry/verify.hpp"

#include <gmock/gmock.h>

#include <map>
#include <numbers>
#include <random>

namespace beachfront::geometry {
namespace {

TEST(SBend, CorningsFanOutHasItsReportedRadius) {
  // OFC 2025 Th3H.1: L = 9 mm, h = 1.5 mm, R = 13.7 mm reported; two arcs give (81 + 2.25) / 6 = 13.875, 1.3 % above.
  EXPECT_DOUBLE_EQ(largest_s_bend_radius_mm(9, 1.5), 13.875);
  EXPECT_NEAR(s_bend_length_mm(1.5, 13.875), 9, 1e-12);
  // L = sqrt(4 R d - d^2): R = 10, d = 1 needs 6.2 mm; d = 5 needs 13.2 mm; R = 30, d = 5 needs 24 mm.
  EXPECT_NEAR(s_bend_length_mm(1, 10), 6.2, 0.05);
  EXPECT_NEAR(s_bend_length_mm(5, 10), 13.2, 0.05);
  EXPECT_NEAR(s_bend_length_mm(5, 30), 24, 0.05);
}

TEST(SBend, ClosesForEveryRadiusUpToTheLargest) {
  for (double share : {0.1, 0.5, 0.9, 1.0}) {
    const double radius_mm = share * largest_s_bend_radius_mm(20, 12);
    const auto bend = s_bend(20, 12, radius_mm);
    ASSERT_TRUE(bend);
    EXPECT_NEAR(2 * radius_mm * std::sin(bend->angle_rad) + bend->straight_mm * std::cos(bend->angle_rad), 20, 1e-12);
    EXPECT_NEAR(2 * radius_mm * (1 - std::cos(bend->angle_rad)) + bend->straight_mm * std::sin(bend->angle_rad), 12,
                1e-12);
  }
  EXPECT_FALSE(s_bend(20, 12, 1.01 * largest_s_bend_radius_mm(20, 12)));
}

TEST(Assignment, NeighboursShareLaserFerrulesOnDesignC) {
  Layout layout;
  const Package package = glass_102t();
  place_engines(package, layout);
  const std::vector<Net> nets = connect(package, glass_rules(), layout);
  // docs/facts/optics.md section 2: four data ferrules of 16 a side; 8 laser feeds an engine on further ferrules, two a
  // side.
  EXPECT_EQ(layout.connectors.size(), 24u);
  EXPECT_EQ(nets.size(), 384u);
  std::vector<bool> north;
  std::map<bool, int> fibres;
  for (const PlacedConnector& connector : layout.connectors) {
    fibres[connector.laser] += connector.used_fibres;
    if (connector.side == Side::north)
      north.push_back(connector.laser);
  }
  EXPECT_THAT(north, testing::ElementsAre(false, true, false, false, true, false));
  EXPECT_EQ(fibres[false], 256);
  EXPECT_EQ(fibres[true], 128);
  EXPECT_EQ(layout.inversions, 0);
  EXPECT_TRUE(layout.violations.empty()) << rules_of(layout.violations);
}

TEST(Assignment, WithoutMirroringLaserFerrulesStayHalfFull) {
  Package package = glass_102t();
  package.engines.ports.mirror_alternate = false;
  Layout layout;
  place_engines(package, layout);
  connect(package, glass_rules(), layout);
  EXPECT_EQ(layout.connectors.size(), 32u); // 4 data and 4 laser ferrules of 8 a side
}

TEST(Assignment, ParallelFibresDoNotFit110mmAndTheMessageSaysWhatWould) {
  const Layout layout = lay_out(glass_102t(110, 32), glass_rules());
  ASSERT_EQ(layout.violations.size(), 1u) << rules_of(layout.violations);
  const Violation& violation = layout.violations.front();
  EXPECT_EQ(violation.rule, "connector_edge");
  EXPECT_DOUBLE_EQ(violation.required, 612);
  EXPECT_DOUBLE_EQ(violation.found, 440);
  EXPECT_EQ(violation.message, "72 ferrules at 8.5 mm pitch need 612.0 mm of edge (18 on one side: 153.0 mm); the "
                               "package has 440.0 mm; what would fit: a square package of 153.0 mm for the edges alone "
                               "(bends in the corners may ask for more) (not even bodies of 6.4 mm shoulder to "
                               "shoulder, 460.8 mm, fit this one), or ferrules of 32 fibres at this pitch");
  EXPECT_TRUE(layout.guides.empty());
}

/// The layout must be clean, by the independent verifier too.
void expect_clean(const Package& package, const RoutingRules& rules, std::size_t guides) {
  const Layout layout = lay_out(package, rules);
  EXPECT_TRUE(layout.violations.empty()) << rules_of(layout.violations);
  EXPECT_EQ(layout.guides.size(), guides);
  const Verification check = verify(package, rules, layout);
  EXPECT_TRUE(check.violations.empty()) << rules_of(check.violations);
  EXPECT_TRUE(check.crossings.empty());
}

TEST(Routing, DesignCIsClean) {
  expect_clean(glass_102t(), glass_rules(), 384);
}

/// Design C-DR.
Package glass_102t_dr(double size_mm = 182) {
  Package package = glass_102t(size_mm, 32);
  package.engines.die_gap_mm = 10;
  package.engines.pitch_mm = 17.5;
  return package;
}

/// What the optics derives for recipe A0.
RoutingRules tight_rules() {
  RoutingRules rules = glass_rules();
  rules.min_bend_radius_mm = 12.43;
  rules.min_pitch_um = 27.5;
  return rules;
}

TEST(Routing, ParallelFibresAreCleanOnTheSmallestPackage) {
  expect_clean(glass_102t_dr(161), tight_rules(), 1152);
  const Layout without_edge = lay_out(glass_102t_dr(152.9), tight_rules());
  EXPECT_EQ(without_edge.violations.front().rule, "connector_edge");
}

TEST(Routing, GuidesThatWouldMeetInTheCornerAreNotDrawn) {
  // The edge takes the ferrules at 153 mm, but not the bends of the outermost guides: at a corner a guide that ends a
  // distance d from it must have turned R (1 - cos 45) inside its own half, so d >= 0.414 R on either side.
  const Layout layout = lay_out(glass_102t_dr(153), tight_rules());
  ASSERT_FALSE(layout.violations.empty());
  EXPECT_EQ(layout.violations.front().rule, "guide_spacing");
  EXPECT_TRUE(layout.guides.empty());
}

TEST(Routing, MissingLengthIsNamed) {
  RoutingRules rules = glass_rules();
  rules.min_bend_radius_mm = 25; // design C allows 22.1
  const Layout layout = lay_out(glass_102t(), rules);
  ASSERT_FALSE(layout.violations.empty());
  EXPECT_EQ(layout.violations.front().rule, "bend_radius");
  EXPECT_THAT(layout.violations.front().message, testing::HasSubstr("mm more"));
}

TEST(Routing, SteepBundleLowersItsRadiusToKeepThePitch) {
  // The outer bundles of C-DR shift 40 mm over 50 mm. On their largest radii they would close up below the pitch rule;
  // somewhat smaller ones slant less and keep it.
  const Layout layout = lay_out(glass_102t_dr(), tight_rules());
  bool has_straight = false;
  for (const Guide& guide : layout.guides)
    has_straight = has_straight || guide.path.size() == 5;
  EXPECT_TRUE(has_straight);
}

TEST(Routing, ARuleThatAsksForLessNeverLosesMore) {
  // Quarter turns and woven feeds stand where the smallest radius lets them; wider ones keep a smaller rule too.
  Package package = glass_102t(150);
  package.guides->edges = {Side::east, Side::west};
  double before_mm = 0;
  for (const double radius_mm : {8.0, 4.0, 0.5}) {
    RoutingRules rules = tight_rules();
    rules.min_bend_radius_mm = radius_mm;
    const Layout layout = lay_out(package, rules, [](const Path& path) { return 1 / min_radius_mm(path); });
    ASSERT_TRUE(layout.violations.empty()) << rules_of(layout.violations);
    double sum = 0;
    for (const Guide& guide : layout.guides)
      sum += 1 / min_radius_mm(guide.path);
    if (before_mm > 0) {
      EXPECT_LE(sum, before_mm * (1 + 1e-9));
    }
    before_mm = sum;
  }
}

TEST(Placement, LandingsOfFerrulesTakeTheirPlace) {
  Package deep = glass_102t();
  deep.guides->ferrule.landing_depth_mm = 30;
  EXPECT_THAT(rules_of(lay_out(deep, glass_rules()).violations), testing::HasSubstr("connector_body"));
  Package foot = glass_102t();
  foot.keep_outs.push_back({"lid foot", box_around({53, 0}, 4, 20), false, true});
  EXPECT_THAT(rules_of(lay_out(foot, glass_rules()).violations), testing::HasSubstr("keep-out lid foot"));
}

TEST(Routing, PortsNearerThanThePitchAreNamedAsSuch) {
  RoutingRules rules = glass_rules();
  rules.min_pitch_um = 50.001;
  const Layout layout = lay_out(glass_102t(), rules);
  ASSERT_EQ(layout.violations.size(), 1u);
  EXPECT_EQ(layout.violations.front().where, "the engines' ports");
}

TEST(Placement, OverlapsAndOverhangsAreViolations) {
  Package crowded = glass_102t();
  crowded.engines.pitch_mm = 10.2;
  EXPECT_THAT(rules_of(lay_out(crowded, glass_rules()).violations), testing::HasSubstr("engine_clearance"));
  Package small = glass_102t(60);
  EXPECT_THAT(rules_of(lay_out(small, glass_rules()).violations), testing::HasSubstr("engine_outline"));
  Package blocked = glass_102t();
  blocked.keep_outs.push_back({"stiffener", box_around({0, 28}, 80, 2)}); // no place along the side is free of it
  EXPECT_THAT(rules_of(lay_out(blocked, glass_rules()).violations), testing::HasSubstr("engine_keep_out"));
  Package wide = glass_102t();
  wide.engines.ports.pitch_um = 500;
  EXPECT_THAT(rules_of(lay_out(wide, glass_rules()).violations), testing::HasSubstr("port_bank"));
}

TEST(Placement, SparesStandWithoutPorts) {
  Package package = glass_102t();
  package.engines.width_mm = 6;
  package.engines.pitch_mm = 6.5;
  package.engines.count = 32;
  package.engines.spares = 4;
  package.engines.die_gap_mm = 8;
  package.guides.reset();
  package.fibres = FibreAttach{127};
  const Layout layout = lay_out(package, glass_rules());
  EXPECT_EQ(layout.engines.size(), 36u);
  EXPECT_EQ(layout.ribbons.size(), 32u);
  EXPECT_TRUE(layout.violations.empty()) << rules_of(layout.violations);
}

/// A package turned by a quarter to the left: a square package whose sides, dies and keep-outs move on.
Package turned(Package package) {
  const auto turn = [](Box box) { return Box{{-box.max.y_mm, box.min.x_mm}, {-box.min.y_mm, box.max.x_mm}}; };
  for (Die& die : package.dies)
    die.outline = turn(die.outline);
  for (KeepOut& keep_out : package.keep_outs)
    keep_out.outline = turn(keep_out.outline);
  package.engines.sides = {Side::west, Side::north, Side::east, Side::south};
  if (package.guides)
    package.guides->edges = package.engines.sides;
  return package;
}

TEST(Routing, ATurnedPackageGivesTheTurnedLayout) {
  const Layout straight = lay_out(glass_102t(), glass_rules());
  const Layout rotated = lay_out(turned(glass_102t()), glass_rules());
  ASSERT_EQ(straight.guides.size(), rotated.guides.size());
  for (std::size_t i = 0; i < straight.guides.size(); ++i) {
    EXPECT_EQ(straight.guides[i].net, rotated.guides[i].net);
    EXPECT_NEAR(length_mm(straight.guides[i].path), length_mm(rotated.guides[i].path), 1e-12);
    const Point a = end_pose(straight.guides[i].path).at;
    const Point b = end_pose(rotated.guides[i].path).at;
    EXPECT_NEAR(-a.y_mm, b.x_mm, 1e-12);
    EXPECT_NEAR(a.x_mm, b.y_mm, 1e-12);
  }
}

TEST(Routing, RandomPackagesKeepTheirPromises) {
  std::mt19937 random(20261121);
  const auto between = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
  };
  int feasible = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const int ports = 2 + static_cast<int>(random() % 14);
    Package package = glass_102t(std::round(between(90, 160)), ports);
    package.engines.count = 4 * (1 + static_cast<int>(random() % 4));
    package.engines.die_gap_mm = between(1, 6);
    package.engines.pitch_mm = between(10.6, 12);
    RoutingRules rules = glass_rules();
    rules.min_bend_radius_mm = between(5, 25);
    const Layout layout = lay_out(package, rules);
    for (const Guide& guide : layout.guides) {
      EXPECT_TRUE(std::isfinite(length_mm(guide.path)));
      EXPECT_GE(min_radius_mm(guide.path), rules.min_bend_radius_mm * (1 - 1e-12));
    }
    if (!layout.violations.empty())
      continue;
    ++feasible;
    const Verification check = verify(package, rules, layout);
    EXPECT_TRUE(check.violations.empty()) << "trial " << trial << "\n" << rules_of(check.violations);
    // More slack never makes a feasible layout infeasible.
    RoutingRules easier = rules;
    easier.min_bend_radius_mm *= 0.8;
    easier.min_pitch_um *= 0.8;
    EXPECT_TRUE(lay_out(package, easier).violations.empty()) << "trial " << trial;
    Package larger = package;
    larger.outline = box_around({0, 0}, package.outline.width_mm() + 5, package.outline.height_mm() + 5);
    EXPECT_TRUE(lay_out(larger, rules).violations.empty()) << "trial " << trial;
  }
  EXPECT_GT(feasible, 50); // the ranges above must exercise both outcomes
  EXPECT_LT(feasible, 190);
}

} // namespace
} // namespace beachfront::geometry
