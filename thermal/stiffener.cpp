// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/stiffener.hpp"

#include "thermal/body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace beachfront::thermal {

namespace {

bool is_ring(const Body& body) {
  return body.part == Part::stiffener || body.part == Part::stiffener_adhesive;
}

/// What the engineer moves: a die or engine with its films goes by its own name. Empty for plies and the ring.
std::string owner(const Package& package, const Body& body) {
  switch (body.part) {
  case Part::die_joint:
  case Part::die:
  case Part::die_tim:
    return package.dies[body.index].name;
  case Part::engine_joint:
  case Part::engine:
  case Part::engine_tim:
    return package.engines[body.index].name;
  case Part::lid:
  case Part::lid_seal:
    return body.name;
  case Part::ply:
  case Part::stiffener:
  case Part::stiffener_adhesive:
  case Part::balls:
  case Part::board:
    break;
  }
  return "";
}

} // namespace

std::vector<geometry::Violation> stiffener_in_the_way(const Package& package) {
  std::vector<geometry::Violation> violations;
  if (!package.stiffener)
    return violations;
  const std::vector<Body> all = bodies(package);
  std::vector<std::string> told;
  for (const Body& body : all) {
    const std::string name = owner(package, body);
    const auto meets = [&](const Body& other) { return is_ring(other) && touch_or_overlap(body, other); };
    const auto ring = std::find_if(all.begin(), all.end(), meets);
    if (name.empty() || ring == all.end() || std::find(told.begin(), told.end(), name) != told.end())
      continue;
    told.push_back(name);
    const geometry::Box &a = body.outline, &b = ring->outline;
    const geometry::Point at{(std::max(a.min.x_mm, b.min.x_mm) + std::min(a.max.x_mm, b.max.x_mm)) / 2,
                             (std::max(a.min.y_mm, b.min.y_mm) + std::min(a.max.y_mm, b.max.y_mm)) / 2};
    violations.push_back({"stiffener_clear", name, at, 0, 0, "mm",
                          fmt::format("the stiffener touches or overlaps {} at ({:g}, {:g}) mm; change its outline, "
                                      "rim or thickness, or move what it meets",
                                      name, at.x_mm, at.y_mm)});
  }
  return violations;
}

} // namespace beachfront::thermal
