// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that nobody would build, among them such as the design file refuses: the layout ends soon, with reasons.
#include "reference.hpp"
#include "rules_of.hpp"

#include "geometry/verify.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>

namespace beachfront::geometry {
namespace {

/// Lays the package out; a violation must say why in finite numbers, none must mean clean.
Layout expect_an_answer(const Package& package, const RoutingRules& rules) {
  const Layout layout = lay_out(package, rules);
  for (const Violation& violation : layout.violations) {
    EXPECT_FALSE(violation.message.empty());
    EXPECT_TRUE(std::isfinite(violation.found) && std::isfinite(violation.required)) << violation.message;
  }
  for (const Guide& guide : layout.guides)
    EXPECT_TRUE(std::isfinite(length_mm(guide.path))) << guide.net;
  const Verification check = verify(package, rules, layout);
  EXPECT_TRUE(!layout.violations.empty() || check.violations.empty()) << rules_of(check.violations).substr(0, 1000);
  return layout;
}

TEST(OddPackage, EngineBoxedInByKeepOuts) {
  Package package = glass_102t();
  package.engines.count = 1;
  package.engines.sides = {Side::north};
  package.keep_outs = {{"a", box_around({-8, 30}, 2, 20), true, false},
                       {"b", box_around({8, 30}, 2, 20), true, false},
                       {"c", box_around({0, 38}, 18, 2), true, false}};
  const Layout layout = expect_an_answer(package, glass_rules());
  ASSERT_FALSE(layout.violations.empty());
  EXPECT_THAT(layout.violations.front().rule, testing::AnyOf("no_way", "gap_capacity"));
}

TEST(OddPackage, BodiesOfNoSize) {
  Package package = glass_102t();
  package.keep_outs = {{"point", box_around({20, 40}, 0, 0)}, {"line", box_around({-20, 40}, 5, 0)}};
  expect_an_answer(package, glass_rules());
  package = glass_102t();
  package.engines.width_mm = package.engines.depth_mm = 0;
  EXPECT_FALSE(expect_an_answer(package, glass_rules()).violations.empty()); // no face for its ports
  package = glass_102t();
  package.dies = {{"point", box_around({0, 0}, 0, 0)}};
  expect_an_answer(package, glass_rules());
}

TEST(OddPackage, DiesOnTopOfOneAnother) {
  Package package = glass_102t();
  package.dies = {
      {"a", box_around({0, 0}, 36, 43)}, {"b", box_around({3, 3}, 30, 30)}, {"c", box_around({0, 0}, 36, 43)}};
  expect_an_answer(package, glass_rules());
}

TEST(OddPackage, PortsAtOrBeyondThePackageEdge) {
  for (const double y_mm : {51.0, 51.1, 50.9, 54.9, 80.0}) { // the outer faces at 55, 55.1, ... of 55 mm
    Package package = glass_102t();
    package.engines.count = 1;
    package.engines.positions = {{{0, y_mm}, Side::north}};
    EXPECT_FALSE(expect_an_answer(package, glass_rules()).violations.empty()) << y_mm;
  }
}

TEST(OddPackage, EngineThatFacesTheDies) {
  Package package = glass_102t();
  package.engines.count = 1;
  package.engines.positions = {{{0, 35}, Side::south}};
  EXPECT_FALSE(expect_an_answer(package, glass_rules()).violations.empty());
}

TEST(OddPackage, NumbersThatTheDesignFileRefuses) {
  using Change = std::function<void(Package&, RoutingRules&)>;
  const std::vector<Change> changes = {
      [](Package&, RoutingRules& rules) { rules.min_bend_radius_mm = 0.0005; }, // below half the guide width
      [](Package&, RoutingRules& rules) { rules.min_bend_radius_mm = 0; },
      [](Package&, RoutingRules& rules) { rules.min_bend_radius_mm = 1e6; },
      [](Package&, RoutingRules& rules) { rules.min_pitch_um = 0; },
      [](Package&, RoutingRules& rules) { rules.min_pitch_um = 1e5; },
      [](Package&, RoutingRules& rules) { rules.lead_mm = 0; },
      [](Package&, RoutingRules& rules) { rules.lead_mm = 100; },
      [](Package&, RoutingRules& rules) { rules.keep_out_clearance_mm = 0; },
      [](Package&, RoutingRules& rules) { rules.keep_out_clearance_mm = 50; },
      [](Package&, RoutingRules& rules) { rules.edge_clearance_mm = 0; },
      [](Package& package, RoutingRules&) { package.engines.ports.pitch_um = 0; },
      [](Package& package, RoutingRules&) { package.engines.pitch_mm = 0; },
      [](Package& package, RoutingRules&) { package.guides->ferrule.fibre_pitch_um = 0; },
      [](Package& package, RoutingRules&) { package.guides->edges = {}; },
      [](Package& package, RoutingRules&) { package.engines.ports.tx = package.engines.ports.rx = 0; },
      [](Package& package, RoutingRules&) {
        package.engines.ports.tx = package.engines.ports.rx = package.engines.ports.laser = 0;
      },
      [](Package& package, RoutingRules&) { package.engines.count = 0; },
      [](Package& package, RoutingRules&) { package.engines.sides = {}; },
      [](Package& package, RoutingRules&) {
        package.outline = box_around({0, 0}, 0, 0);
      },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    SCOPED_TRACE(i);
    Package package = glass_102t();
    RoutingRules rules = glass_rules();
    changes[i](package, rules);
    expect_an_answer(package, rules);
    package.guides->edges = {Side::north, Side::south}; // with quarter turns
    if (i != 13)
      expect_an_answer(package, rules);
    rules.clothoids = true;
    expect_an_answer(package, rules);
  }
}

// 16 engines of 6250 ports: 100,000 guides on a panel of 2 m.
TEST(OddPackage, AHundredThousandGuides) {
  Package package = glass_102t(2000);
  package.dies = {{"panel", box_around({0, 0}, 800, 800)}};
  package.engines.width_mm = 190;
  package.engines.pitch_mm = 200;
  package.engines.ports.pitch_um = 30;
  package.engines.ports.tx = package.engines.ports.rx = 3125;
  package.engines.ports.laser = 0;
  package.guides->ferrule = {"mt-6250", 6250, 1, 60, 380, 1.0, 400};
  RoutingRules rules = glass_rules();
  rules.min_pitch_um = 25;
  const Layout layout = lay_out(package, rules);
  EXPECT_TRUE(layout.violations.empty()) << rules_of(layout.violations).substr(0, 1000);
  EXPECT_EQ(layout.guides.size(), 100000u);
}

} // namespace
} // namespace beachfront::geometry
