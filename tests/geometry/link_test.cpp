// SPDX-License-Identifier: GPL-3.0-or-later
// Guides between engines, and the others that pass beside and over them.
#include "reference.hpp"

#include "geometry/bend.hpp"
#include "geometry/distance.hpp"
#include "geometry/link_arches.hpp"
#include "geometry/place.hpp"
#include "geometry/verify.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <set>

namespace beachfront::geometry {
namespace {

constexpr double port_pitch_mm = 0.05;
constexpr int data_ports = 4;

std::string text_of(const std::vector<Violation>& violations) {
  std::string text;
  for (const Violation& violation : violations)
    text += violation.rule + " " + violation.where + ": " + violation.message + "\n";
  return text;
}

std::vector<Violation> of_rule(const std::vector<Violation>& violations, const std::string& rule) {
  std::vector<Violation> found;
  for (const Violation& violation : violations)
    if (violation.rule == rule)
      found.push_back(violation);
  return found;
}

std::vector<Guide> link_guides(const Layout& layout) {
  std::vector<Guide> links;
  for (const Guide& guide : layout.guides)
    if (guide.kind == PortKind::link)
      links.push_back(guide);
  return links;
}

/// Engines in one row of a side, with a few data guides each.
Package row_of(int engines, double pitch_mm, std::vector<EngineLink> links, Side side = Side::north) {
  Package package = glass_102t(180);
  package.engines.count = engines;
  package.engines.sides = {side};
  package.engines.pitch_mm = pitch_mm;
  package.engines.ports.tx = data_ports;
  package.engines.ports.rx = package.engines.ports.laser = 0;
  package.guides->edges = {side};
  package.links = std::move(links);
  return package;
}

/// Between the innermost link ports of two neighbours whose banks have so many ports.
double gap_mm(double engine_pitch_mm, int ports) {
  return engine_pitch_mm - (ports - 1) * port_pitch_mm;
}

TEST(Links, NestedArchesHaveTheLengthOfTheirLinesAndArcs) {
  const RoutingRules rules = glass_rules();
  const Package package = row_of(2, 40, {{0, 1, 8}});
  const Layout layout = lay_out(package, rules);
  EXPECT_TRUE(layout.violations.empty()) << text_of(layout.violations);
  const Verification checked = verify(package, rules, layout);
  EXPECT_TRUE(checked.violations.empty()) << text_of(checked.violations);
  EXPECT_TRUE(checked.crossings.empty());

  const std::vector<Guide> links = link_guides(layout);
  ASSERT_EQ(links.size(), 8u);
  const double across_mm = gap_mm(40, data_ports + 8) - 2 * rules.min_bend_radius_mm;
  for (std::size_t i = 0; i < links.size(); ++i) {
    const std::size_t lane = 7 - i; // the rightmost port of E00 is the innermost
    const double radius_mm = rules.min_bend_radius_mm + static_cast<double>(lane) * port_pitch_mm;
    EXPECT_NEAR(length_mm(links[i].path), 2 * rules.lead_mm + std::numbers::pi * radius_mm + across_mm, 1e-9);
    EXPECT_NEAR(min_radius_mm(links[i].path), radius_mm, 1e-12);
    EXPECT_EQ(links[i].net, "E00.link" + std::to_string(i) + "-E01.link" + std::to_string(lane));
    EXPECT_EQ(links[i].engine, 0);
    EXPECT_EQ(links[i].to_engine, 1);
    EXPECT_EQ(links[i].layer, 0);
  }
}

TEST(Links, KeepTheirPortPitchAllTheWay) {
  for (const bool clothoids : {false, true}) {
    RoutingRules rules = glass_rules();
    rules.clothoids = clothoids;
    rules.min_pitch_um = 50; // the ports' own: nothing to spare
    const Package package = row_of(2, 45, {{0, 1, 8}});
    Layout layout;
    place_engines(package, layout);
    for (LinkGuide& link : draw_links(package, rules, layout).guides)
      layout.guides.push_back(std::move(link.guide));
    ASSERT_EQ(layout.guides.size(), 8u);
    const Verification checked = verify(package, rules, layout);
    EXPECT_TRUE(checked.violations.empty()) << text_of(checked.violations);
    EXPECT_NEAR(checked.min_spacing_um.value(), 50, 1e-6);
    EXPECT_NEAR(checked.min_radius_mm.value(), rules.min_bend_radius_mm, 1e-9 * rules.min_bend_radius_mm);
  }
}

TEST(Links, StraightsOfPortsBelowThePitchAreAPitchApart) {
  RoutingRules rules = glass_rules();
  rules.min_pitch_um = 80;
  const Package package = row_of(2, 45, {{0, 1, 5}});
  Layout layout;
  place_engines(package, layout);
  const LinkArches arches = draw_links(package, rules, layout);
  ASSERT_EQ(arches.guides.size(), 5u);
  std::vector<double> tops_mm;
  for (const LinkGuide& link : arches.guides) {
    double top_mm = 0;
    for (const Segment& segment : link.guide.path)
      top_mm = std::max(top_mm, bounds(segment).max.y_mm);
    tops_mm.push_back(top_mm);
  }
  for (std::size_t i = 1; i < tops_mm.size(); ++i)
    EXPECT_NEAR(tops_mm[i] - tops_mm[i - 1], 0.08, 1e-12);
}

TEST(Links, BetweenPortsNearerThanTwoRadiiSayHowMuchIsMissing) {
  for (const bool clothoids : {false, true}) {
    RoutingRules rules = glass_rules();
    rules.clothoids = clothoids;
    const Package package = row_of(2, 25, {{0, 1, 5}, {1, 0, 3}});
    const Layout layout = lay_out(package, rules);
    const std::vector<Violation> near = of_rule(layout.violations, "bend_radius");
    ASSERT_EQ(near.size(), 1u) << text_of(layout.violations);
    EXPECT_EQ(near[0].where, "links E00-E01");
    EXPECT_NEAR(near[0].found, gap_mm(25, data_ports + 8), 1e-12);
    EXPECT_NEAR(near[0].required, 2 * bend_radius_mm(rules.min_bend_radius_mm, std::numbers::pi / 2, clothoids), 1e-12);
    EXPECT_TRUE(link_guides(layout).empty());
    EXPECT_EQ(layout.guides.size(), 2u * data_ports) << "the data does not depend on the links";
  }
}

TEST(Links, BetweenPortsTwoRadiiApartHaveNoStraightAcross) {
  const RoutingRules rules = glass_rules();
  const double just_mm = 2 * rules.min_bend_radius_mm + (data_ports + 8 - 1) * port_pitch_mm;
  const Package package = row_of(2, just_mm, {{0, 1, 8}});
  const Layout layout = lay_out(package, rules);
  EXPECT_EQ(link_guides(layout).size(), 8u) << text_of(layout.violations);
  const Verification checked = verify(package, rules, layout);
  EXPECT_TRUE(checked.violations.empty()) << text_of(checked.violations);
  const Package nearer = row_of(2, just_mm - 1e-6, {{0, 1, 8}});
  EXPECT_EQ(of_rule(lay_out(nearer, rules).violations, "bend_radius").size(), 1u);
}

TEST(Links, AreDrawnTogetherToBothNeighboursAndBothWays) {
  const RoutingRules rules = glass_rules();
  const Package package = row_of(3, 40, {{0, 1, 3}, {1, 0, 2}, {2, 1, 4}, {0, 1, 1}});
  const Layout layout = lay_out(package, rules);
  EXPECT_TRUE(layout.violations.empty()) << text_of(layout.violations);
  const Verification checked = verify(package, rules, layout);
  EXPECT_TRUE(checked.violations.empty()) << text_of(checked.violations);
  std::map<std::pair<int, int>, int> lanes;
  std::set<std::string> nets;
  for (const Guide& guide : link_guides(layout)) {
    ++lanes[{guide.engine, guide.to_engine.value()}];
    nets.insert(guide.net);
  }
  EXPECT_EQ(lanes, (std::map<std::pair<int, int>, int>{{{0, 1}, 4}, {{1, 0}, 2}, {{2, 1}, 4}}));
  EXPECT_EQ(nets.size(), 10u);
  EXPECT_TRUE(std::is_sorted(layout.guides.begin(), layout.guides.end(),
                             [](const Guide& a, const Guide& b) { return a.engine < b.engine; }));
}

TEST(Links, OverAWorkingEngineAreRefused) {
  const Layout layout = lay_out(row_of(3, 40, {{0, 2, 8}}), glass_rules());
  const std::vector<Violation> refused = of_rule(layout.violations, "link");
  ASSERT_EQ(refused.size(), 1u) << text_of(layout.violations);
  EXPECT_EQ(refused[0].where, "E00-E02");
  EXPECT_THAT(refused[0].message, testing::HasSubstr("engine E01 stands between"));
  EXPECT_TRUE(link_guides(layout).empty());
}

/// Two working engines 60 mm apart on the north side and a third that may be a spare.
Package three_at(Point third, int working) {
  Package package = row_of(working, 40, {{0, 1, 8}});
  package.engines.positions = {{{-30, 30}, Side::north}, {{30, 30}, Side::north}, {third, Side::north}};
  package.engines.spares = 3 - working;
  return package;
}

TEST(Links, PassOverASpare) {
  const RoutingRules rules = glass_rules();
  const Package package = three_at({0, 30}, 2);
  const Layout layout = lay_out(package, rules);
  EXPECT_TRUE(layout.violations.empty()) << text_of(layout.violations);
  EXPECT_EQ(link_guides(layout).size(), 8u);
  const Verification checked = verify(package, rules, layout);
  EXPECT_TRUE(checked.violations.empty()) << text_of(checked.violations);
}

TEST(Links, DoNotShutInAnEngineOfAnotherRow) {
  for (const int working : {2, 3}) { // a spare in front of the two others, then a working engine
    // Its front at 41 mm, below the arch at 34 + 13.65 mm.
    const Package package = three_at({0, 37}, working);
    const Layout in_front = lay_out(package, glass_rules());
    EXPECT_EQ(link_guides(in_front).size(), working == 2 ? 8u : 0u);
    const std::vector<Violation> refused = of_rule(in_front.violations, "link");
    ASSERT_EQ(refused.size(), working == 2 ? 0u : 1u) << text_of(in_front.violations);
    if (working == 3) {
      EXPECT_EQ(refused[0].where, "links E00-E01 and engine E02");
    }
  }
}

TEST(Links, ThatCannotBeAreRefusedWithTheReason) {
  struct Case {
    EngineLink link;
    const char* reason;
  };
  Package package = three_at({0, 50}, 3);
  package.engines.spares = 1;
  package.engines.positions.push_back({{35, 0}, Side::east});
  package.engines.positions.push_back({{-35, 0}, Side::west});
  package.engines.count = 4;
  for (const Case& refused :
       {Case{{0, 9, 2}, "no engine 9: engines 0 to 4"}, Case{{-1, 0, 2}, "no engine -1"},
        Case{{1, 1, 2}, "its own engine"}, Case{{0, 1, 0}, "0 lanes"}, Case{{0, 1, -3}, "-3 lanes"},
        Case{{0, 3, 2}, "face sides N and E"}, Case{{0, 2, 2}, "20.000 mm out of line"}, Case{{4, 0, 2}, "a spare"}}) {
    package.links = {refused.link};
    const Layout layout = lay_out(package, glass_rules());
    const std::vector<Violation> found = of_rule(layout.violations, "link");
    ASSERT_EQ(found.size(), 1u) << refused.reason << "\n" << text_of(layout.violations);
    EXPECT_THAT(found[0].message, testing::HasSubstr(refused.reason));
    EXPECT_TRUE(link_guides(layout).empty());
  }
}

TEST(Links, NeedGuidesInThePackage) {
  Package package = row_of(2, 40, {{0, 1, 8}});
  package.guides.reset();
  package.fibres = FibreAttach{127};
  EXPECT_EQ(of_rule(lay_out(package, glass_rules()).violations, "link").size(), 1u);
}

TEST(Links, StopAtABodyUnderTheArchOnlyWhereItIsInTheWay) {
  const RoutingRules rules = glass_rules();
  Package package = row_of(2, 40, {{0, 1, 8}});
  const double face_mm = 33.0 / 2 + 5.25 + 2 + 8;
  const double innermost_mm = face_mm + rules.lead_mm + rules.min_bend_radius_mm;
  const auto post_at = [&](double gap_below_arch_mm) {
    const double top_mm = innermost_mm - gap_below_arch_mm;
    package.keep_outs = {{"post", {{-1, top_mm - 2}, {1, top_mm}}, true, true}};
    return lay_out(package, rules);
  };
  const Layout clear = post_at(rules.keep_out_clearance_mm);
  EXPECT_TRUE(clear.violations.empty()) << text_of(clear.violations);
  EXPECT_TRUE(verify(package, rules, clear).violations.empty());
  const Layout blocked = post_at(rules.keep_out_clearance_mm - 0.01);
  ASSERT_EQ(blocked.violations.size(), 1u) << text_of(blocked.violations);
  EXPECT_EQ(blocked.violations[0].rule, "keep_out");
  EXPECT_EQ(blocked.violations[0].where, "links E00-E01 and keep-out post");
  EXPECT_NEAR(blocked.violations[0].found, rules.keep_out_clearance_mm - 0.01, 1e-9);
  EXPECT_TRUE(link_guides(blocked).empty());
}

TEST(Links, KeepTheClearanceToThePackageEdge) {
  const RoutingRules rules = glass_rules();
  Package package = row_of(2, 40, {{0, 1, 8}});
  const double top_mm = 33.0 / 2 + 5.25 + 2 + 8 + rules.lead_mm + rules.min_bend_radius_mm + 7 * port_pitch_mm;
  const auto links_with_room = [&](double room_mm) {
    package.outline = box_around({0, 0}, 180, 2 * (top_mm + room_mm));
    Layout layout;
    place_engines(package, layout);
    return draw_links(package, rules, layout);
  };
  EXPECT_EQ(links_with_room(rules.edge_clearance_mm).guides.size(), 8u);
  const LinkArches near = links_with_room(rules.edge_clearance_mm - 0.01);
  ASSERT_EQ(near.violations.size(), 1u);
  EXPECT_EQ(near.violations[0].rule, "edge_clearance");
  EXPECT_NEAR(near.violations[0].found, rules.edge_clearance_mm - 0.01, 1e-9);
  EXPECT_TRUE(near.guides.empty());
}

TEST(Links, DoNotChangeWithTheSide) {
  const RoutingRules rules = glass_rules();
  std::vector<double> lengths_mm;
  for (const Side side : {Side::north, Side::east, Side::south, Side::west}) {
    Package package = row_of(2, 40, {{0, 1, 3}, {1, 0, 3}}, side);
    package.dies = {{"core", box_around({0, 0}, 40, 40)}};
    const Layout layout = lay_out(package, rules);
    EXPECT_TRUE(layout.violations.empty()) << text_of(layout.violations);
    const Verification checked = verify(package, rules, layout);
    EXPECT_TRUE(checked.violations.empty()) << text_of(checked.violations);
    ASSERT_EQ(layout.guides.size(), 6u + 2 * data_ports);
    for (std::size_t i = 0; i < layout.guides.size(); ++i)
      if (side == Side::north)
        lengths_mm.push_back(length_mm(layout.guides[i].path));
      else
        EXPECT_NEAR(length_mm(layout.guides[i].path), lengths_mm[i], 1e-9);
  }
}

/// Design C with two engines a side and links on the north and the east side.
Package linked_102t(double size_mm) {
  Package package = glass_102t(size_mm);
  package.engines.count = 8;
  package.engines.pitch_mm = 40;
  package.engines.die_gap_mm = 8; // or neighbours round a corner would touch
  package.links = {{0, 1, 8}, {2, 3, 8}};
  return package;
}

/// Data guides that run above the arch between two engines of the north side: they end between the engines' banks.
int over_the_arch(const Layout& layout) {
  const auto end_mm = [](const PlacedPort& port) { return port.pose.at.x_mm; };
  const double from_mm = end_mm(layout.engines[0].ports.back()), to_mm = end_mm(layout.engines[1].ports.front());
  int count = 0;
  for (const Guide& guide : layout.guides)
    if (guide.kind != PortKind::link && (guide.engine == 0 || guide.engine == 1)) {
      const double x_mm = end_pose(guide.path).at.x_mm;
      count += x_mm > from_mm && x_mm < to_mm ? 1 : 0;
    }
  return count;
}

TEST(Links, DataPassesOverTheArchesOfAWholePackage) {
  for (const bool clothoids : {false, true}) {
    RoutingRules rules = glass_rules();
    rules.clothoids = clothoids;
    const Package package = linked_102t(clothoids ? 200 : 170);
    const Layout layout = lay_out(package, rules);
    EXPECT_TRUE(layout.violations.empty()) << text_of(layout.violations);
    EXPECT_EQ(layout.guides.size(), 8u * 24 + 16);
    EXPECT_EQ(link_guides(layout).size(), 16u);
    EXPECT_GT(over_the_arch(layout), 0);
    const Verification checked = verify(package, rules, layout);
    EXPECT_TRUE(checked.violations.empty()) << text_of(checked.violations);
    EXPECT_TRUE(checked.crossings.empty());
  }
}

TEST(Links, ThatLeaveFeedsNoRoomAreNamedAmongAllBodies) {
  Package package = linked_102t(150);
  package.keep_outs = {{"corner", box_around({70, 70}, 2, 2)}};
  const Layout layout = lay_out(package, glass_rules());
  const std::vector<Violation> blocked = of_rule(layout.violations, "keep_out");
  ASSERT_EQ(blocked.size(), 1u) << text_of(layout.violations);
  EXPECT_EQ(blocked[0].where, "E00.laser7 and links E00-E01");
}

TEST(Links, LeaveTheSecondLayerFree) {
  RoutingRules rules = glass_rules();
  rules.layers = 2; // feeds on the second
  const Package package = linked_102t(150);
  const Layout layout = lay_out(package, rules);
  EXPECT_TRUE(layout.violations.empty()) << text_of(layout.violations);
  EXPECT_EQ(layout.guides.size(), 8u * 24 + 16);
  const Verification checked = verify(package, rules, layout);
  EXPECT_TRUE(checked.violations.empty()) << text_of(checked.violations);
}

TEST(Links, WhatClearsTheirBodyKeepsThePitchFromTheOutermostGuide) {
  for (const double clearance_mm : {0.02, 0.03, 0.1}) {
    RoutingRules rules = glass_rules();
    rules.keep_out_clearance_mm = clearance_mm;
    const Package package = row_of(2, 40, {{0, 1, 8}});
    Layout layout;
    place_engines(package, layout);
    const LinkArches arches = draw_links(package, rules, layout);
    ASSERT_EQ(arches.bodies.size(), 1u);
    EXPECT_EQ(arches.bodies[0].name, "links E00-E01");
    const Box body = arches.bodies[0].outline;
    const Point corner{body.max.x_mm + clearance_mm / std::sqrt(2), body.max.y_mm + clearance_mm / std::sqrt(2)};
    const double low_mm = body.min.y_mm, high_mm = body.max.y_mm + clearance_mm;
    const std::vector<Segment> around = {
        {{{body.min.x_mm - clearance_mm, low_mm}, std::numbers::pi / 2}, high_mm - low_mm - clearance_mm, 0},
        {{{body.min.x_mm, high_mm}, 0}, body.width_mm(), 0}};
    std::vector<double> nearest_mm(around.size(), std::numeric_limits<double>::infinity());
    double corner_mm = std::numeric_limits<double>::infinity();
    for (const LinkGuide& link : arches.guides)
      for (const Segment& segment : link.guide.path) {
        for (std::size_t i = 0; i < around.size(); ++i)
          nearest_mm[i] = std::min(nearest_mm[i], nearest(around[i], segment).distance_mm);
        corner_mm = std::min(corner_mm, nearest(segment, corner).distance_mm);
      }
    EXPECT_NEAR(nearest_mm[0], rules.min_pitch_um / 1000, 1e-9);
    EXPECT_NEAR(nearest_mm[1], rules.min_pitch_um / 1000, 1e-9);
    EXPECT_GE(corner_mm, rules.min_pitch_um / 1000);
  }
}

} // namespace
} // namespace beachfront::geometry
