// SPDX-License-Identifier: GPL-3.0-or-later
#include "cases.hpp"

#include "reference.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace beachfront::bench {

using geometry::box_around;
using geometry::Package;
using geometry::RoutingRules;
using geometry::Side;

Case ladder(int guides) {
  constexpr int engines = 16, engines_a_side = 4, fibres = 64;
  constexpr double ferrule_pitch_mm = 8.5;
  const int ports = guides / engines;
  const double ferrules_an_engine = std::max(1, (ports + fibres - 1) / fibres);
  Package package;
  package.engines.count = engines;
  package.engines.width_mm = std::max(10.0, 0.05 * ports + 1);
  package.engines.depth_mm = 8;
  package.engines.die_gap_mm = 2;
  package.engines.pitch_mm = std::max(package.engines.width_mm + 1.5, ferrules_an_engine * ferrule_pitch_mm);
  package.engines.clearance_mm = 0.5;
  package.engines.ports.pitch_um = 50;
  package.engines.ports.tx = package.engines.ports.rx = ports / 2;
  geometry::GuideAttach guides_to;
  guides_to.ferrule = {"dense-64", fibres, 1, 80, 6.4, 1.0, ferrule_pitch_mm};
  package.guides = guides_to;
  const double row_mm = engines_a_side * package.engines.pitch_mm;
  const double room_mm = 25 + 0.6 * package.engines.pitch_mm;
  package.dies = {{"core", box_around({0, 0}, row_mm, row_mm)}};
  const double size_mm = row_mm + 2 * (package.engines.die_gap_mm + package.engines.depth_mm + room_mm);
  package.outline = box_around({0, 0}, size_mm, size_mm);
  return {fmt::format("ladder {}", guides), package, geometry::glass_rules(), guides, true};
}

Case reference_dr(double size_mm, bool clothoids) {
  Package package = geometry::glass_102t(size_mm, 32);
  package.engines.die_gap_mm = 10;
  package.engines.pitch_mm = 17.5;
  RoutingRules rules = geometry::glass_rules();
  rules.min_bend_radius_mm = 12.43;
  rules.min_pitch_um = 27.5;
  rules.clothoids = clothoids;
  return {fmt::format("C-DR {} mm{}", size_mm, clothoids ? ", clothoids" : ""), package, rules, 1152};
}

Case merge_arrays(double min_bend_radius_mm, double room_mm) {
  constexpr int ports = 512;
  constexpr double gap_mm = 10, die_mm = 30;
  Package package;
  package.engines.count = 2;
  package.engines.sides = {Side::north};
  package.engines.width_mm = 26;
  package.engines.depth_mm = 8;
  package.engines.die_gap_mm = 2;
  package.engines.pitch_mm = package.engines.width_mm + gap_mm;
  package.engines.ports.pitch_um = 50;
  package.engines.ports.tx = ports;
  geometry::GuideAttach guides_to;
  guides_to.edges = {Side::north};
  guides_to.ferrule = {"array-1024", 2 * ports, 1, 50, 52, 1.0, 54};
  package.guides = guides_to;
  const double height_mm = die_mm + 2 * (package.engines.die_gap_mm + package.engines.depth_mm + room_mm);
  package.outline = box_around({0, 0}, 80, height_mm);
  package.dies = {{"core", box_around({0, 0}, die_mm, die_mm)}};
  RoutingRules rules = geometry::glass_rules();
  rules.min_bend_radius_mm = min_bend_radius_mm;
  rules.min_pitch_um = 50;
  return {fmt::format("2 x 512 into 1024, R {} mm", min_bend_radius_mm), package, rules, 2 * ports};
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const int guides : {64, 256, 1024, 4096, 16384})
    cases.push_back(ladder(guides));
  cases.push_back(reference_dr(182, false));
  cases.push_back(reference_dr(161, false));
  cases.push_back(reference_dr(182, true));
  cases.push_back(merge_arrays(5, 30));
  cases.push_back(merge_arrays(13, 30));
  return cases;
}

} // namespace beachfront::bench
