// SPDX-License-Identifier: GPL-3.0-or-later
#include "cases.hpp"

#include "reference.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace beachfront::bench {

using geometry::box_around;
using geometry::Package;
using geometry::RoutingRules;
using geometry::Side;

Case sixteen_engines(int guides) {
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
  return {fmt::format("16 engines, {}", guides), package, geometry::glass_rules(), guides, "16 engines"};
}

Case reference_dr(double size_mm, bool clothoids) {
  Package package = geometry::glass_102t(size_mm, 32);
  package.engines.die_gap_mm = 10;
  package.engines.pitch_mm = 17.5;
  RoutingRules rules = geometry::glass_rules();
  rules.min_bend_radius_mm = 12.43;
  rules.min_pitch_um = 27.5;
  rules.clothoids = clothoids;
  return {fmt::format("C-DR {} mm{}", size_mm, clothoids ? ", clothoids" : ""), package, rules, 1152, ""};
}

Case merge_arrays(int guides, double min_bend_radius_mm) {
  constexpr double gap_mm = 10, pitch_mm = 0.05, die_mm = 30;
  const double array_mm = pitch_mm * guides / 2;
  Package package;
  package.engines.count = 2;
  package.engines.sides = {Side::north};
  package.engines.width_mm = array_mm + 0.5;
  package.engines.depth_mm = 8;
  package.engines.die_gap_mm = 2;
  package.engines.pitch_mm = array_mm + gap_mm;
  package.engines.ports.pitch_um = 1000 * pitch_mm;
  package.engines.ports.tx = guides / 2;
  geometry::GuideAttach guides_to;
  guides_to.edges = {Side::north};
  guides_to.ferrule = {"array", guides, 1, 1000 * pitch_mm, 2 * array_mm + 1, 1.0, 2 * array_mm + 2};
  package.guides = guides_to;
  // Shifted by h over the length L, all S-bends slant by 2 t with t = tan(slant / 2) = h / L and each waits pitch * t
  // for the one before: L + (guides / 2) pitch t is least at 2 sqrt(h array). A fifth more, and 15 mm for the radius.
  const double room_mm = 15 + 2.4 * std::sqrt(gap_mm / 2 * array_mm);
  const double height_mm = die_mm + 2 * (package.engines.die_gap_mm + package.engines.depth_mm + room_mm);
  package.outline = box_around({0, 0}, 2 * array_mm + gap_mm + 15, height_mm);
  package.dies = {{"core", box_around({0, 0}, die_mm, die_mm)}};
  RoutingRules rules = geometry::glass_rules();
  rules.min_bend_radius_mm = min_bend_radius_mm;
  rules.min_pitch_um = 1000 * pitch_mm;
  const std::string series = fmt::format("two arrays into one, R {} mm", min_bend_radius_mm);
  return {fmt::format("{}, {}", series, guides), package, rules, guides, series};
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  const std::vector<int> sizes = {64, 256, 1024, 4096, 16384};
  for (const int guides : sizes)
    cases.push_back(sixteen_engines(guides));
  for (const double min_bend_radius_mm : {5.0, 13.0})
    for (const int guides : sizes)
      cases.push_back(merge_arrays(guides, min_bend_radius_mm));
  cases.push_back(reference_dr(182, false));
  cases.push_back(reference_dr(161, false));
  cases.push_back(reference_dr(182, true));
  return cases;
}

} // namespace beachfront::bench
