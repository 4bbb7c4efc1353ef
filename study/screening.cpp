// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/screening.hpp"

#include "geometry/connect.hpp"
#include "geometry/place.hpp"
#include "power/channel.hpp"
#include "study/electrical.hpp"
#include "study/hash.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace beachfront::study {
namespace {

using geometry::Violation;

std::vector<Violation> laser(const Design& design) {
  const auto shortage = power::laser_shortage(design.laser, lanes(design), lasers(design));
  return shortage ? std::vector<Violation>{*shortage} : std::vector<Violation>{};
}

std::vector<Violation> ribbons(const Design& design, geometry::Layout layout) {
  if (design.package.fibres)
    geometry::place_ribbons(design.package, layout);
  return layout.violations;
}

std::vector<Violation> connectors(const Design& design, geometry::Layout layout) {
  if (!design.guides)
    return {};
  geometry::RoutingRules rules = design.guides->rules;
  rules.min_bend_radius_mm = 0; // known only with the modes: what hangs on them is not looked at
  rules.min_pitch_um = 0;
  geometry::connect(design.package, rules, layout);
  constexpr std::array<std::string_view, 3> whatever_the_modes = {"connector_edge", "ferrule_rows", "edge_clearance"};
  std::erase_if(layout.violations, [&](const Violation& violation) {
    return std::find(whatever_the_modes.begin(), whatever_the_modes.end(), violation.rule) == whatever_the_modes.end();
  });
  return layout.violations;
}

std::vector<Violation> electrical(const Design& design, const geometry::Layout& layout, KeptStages& kept) {
  const ElectricalFigures figures = solve_electrical(design, layout, kept);
  std::vector<Violation> violations;
  if (figures.escape)
    violations = figures.escape->violations;
  if (figures.channel)
    violations.insert(violations.end(), figures.channel->violations.begin(), figures.channel->violations.end());
  return violations;
}

} // namespace

std::optional<Rejection> screen(const Design& design, KeptStages& kept) {
  if (auto violations = laser(design); !violations.empty())
    return Rejection{"laser", std::move(violations)};
  geometry::Layout layout;
  geometry::place_engines(design.package, layout);
  if (!layout.violations.empty())
    return Rejection{"placement", layout.violations};
  if (auto violations = ribbons(design, layout); !violations.empty())
    return Rejection{"ribbons", std::move(violations)};
  if (auto violations = connectors(design, layout); !violations.empty())
    return Rejection{"connectors", std::move(violations)};
  if (layout.engines.empty())
    return std::nullopt;
  if (auto violations = electrical(design, layout, kept); !violations.empty())
    return Rejection{"electrical", std::move(violations)};
  return std::nullopt;
}

bool audited(const std::string& resolved_hash, double audit_share) {
  constexpr double range = 18446744073709551616.0; // 2^64
  return static_cast<double>(hash("audit " + resolved_hash)) / range < audit_share;
}

} // namespace beachfront::study
