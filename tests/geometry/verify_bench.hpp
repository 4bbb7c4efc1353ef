// SPDX-License-Identifier: GPL-3.0-or-later
// A small layout by hand for tests of the verifier, and its verdict.
#pragma once

#include "geometry/verify.hpp"

#include <numbers>
#include <string>
#include <utility>
#include <vector>

namespace beachfront::geometry::test {

inline constexpr double pi = std::numbers::pi;
inline constexpr double pitch_mm = 0.05;
inline constexpr double radius_mm = 13.7;

/// One engine north of a die, its face at y = 20, straight below a ferrule at the north edge, y = 50.
struct Bench {
  Package package;
  RoutingRules rules;
  Layout layout;
};

inline Bench bench(int guides) {
  Bench b;
  b.package.outline = box_around({0, 0}, 100, 100);
  b.package.dies.push_back({"asic", box_around({0, 0}, 20, 20)});
  b.rules.min_bend_radius_mm = radius_mm;
  b.rules.min_pitch_um = 1e3 * pitch_mm;
  PlacedEngine engine;
  engine.outline = box_around({0, 16}, 10, 8);
  PlacedConnector connector;
  connector.landing = {{-4, 46}, {4, 50}};
  for (int i = 0; i < guides; ++i) {
    const double x = i * pitch_mm;
    engine.ports.push_back({PortKind::tx, i, {{x, 20}, pi / 2}});
    connector.fibres.push_back({{x, 50}, pi / 2});
    b.layout.guides.push_back({"E00.tx" + std::to_string(i), 0, PortKind::tx, 0, i, {{{{x, 20}, pi / 2}, 30, 0}}});
  }
  b.layout.engines.push_back(engine);
  b.layout.connectors.push_back(connector);
  return b;
}

inline Verification verified(const Bench& b) {
  return verify(b.package, b.rules, b.layout);
}

inline std::vector<std::string> rules_of(const Verification& found) {
  std::vector<std::string> result;
  for (const Violation& violation : found.violations)
    result.push_back(violation.rule);
  return result;
}

inline Guide loose(const std::string& net, Path path) {
  return {net, 0, PortKind::tx, 0, 0, std::move(path)};
}
inline Guide straight(const std::string& net, Point from, double heading_rad, double length_mm) {
  return loose(net, {{{from, heading_rad}, length_mm, 0}});
}

/// Spacing alone: guides that belong to nothing, in an empty package.
inline Verification spaced(std::vector<Guide> guides) {
  Bench b = bench(0);
  b.layout.guides = std::move(guides);
  Verification found = verified(b);
  std::erase_if(found.violations, [](const Violation& v) { return v.rule != "guide_spacing"; });
  return found;
}

} // namespace beachfront::geometry::test
