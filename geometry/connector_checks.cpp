// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/connector_checks.hpp"

#include "geometry/distance.hpp"
#include "geometry/names.hpp"
#include "geometry/obstacles.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace beachfront::geometry {

namespace {

bool check_rows(const Package& package, const RoutingRules& rules, Layout& layout) {
  const Ferrule& ferrule = package.guides->ferrule;
  if (ferrule.rows <= rules.layers)
    return true;
  layout.violations.push_back({"ferrule_rows",
                               ferrule.name,
                               {},
                               static_cast<double>(rules.layers),
                               static_cast<double>(ferrule.rows),
                               "guide layers",
                               fmt::format("a ferrule {} of {} rows needs as many guide layers; the waveguides have {}",
                                           ferrule.name, ferrule.rows, rules.layers)});
  return false;
}

/// A guide keeps clear of the package edge but inside the landing of its ferrule: that must be as deep.
bool check_landing(const Package& package, const RoutingRules& rules, Layout& layout) {
  const Ferrule& ferrule = package.guides->ferrule;
  if (ferrule.landing_depth_mm >= rules.edge_clearance_mm)
    return true;
  layout.violations.push_back(
      {"edge_clearance",
       ferrule.name,
       {},
       ferrule.landing_depth_mm,
       rules.edge_clearance_mm,
       "mm",
       fmt::format("guides keep {} mm from the package edge outside the landing of their ferrule, which is {} mm deep: "
                   "no guide reaches a ferrule {}",
                   rules.edge_clearance_mm, ferrule.landing_depth_mm, ferrule.name)});
  return false;
}

/// Ports and fibres of one layer must be as far apart as their guides.
bool check_pitches(const Package& package, const RoutingRules& rules, Layout& layout) {
  const Ferrule& ferrule = package.guides->ferrule;
  bool wide = true;
  const auto require = [&](const char* what, double found_um, const std::string& help) {
    if (found_um >= rules.min_pitch_um - 1e-6)
      return;
    wide = false;
    layout.violations.push_back({"guide_spacing",
                                 what,
                                 {},
                                 found_um,
                                 rules.min_pitch_um,
                                 "um",
                                 fmt::format("{} stand {} um apart on a guide layer, {:.6g} um are needed: no routing "
                                             "helps; {} would",
                                             what, found_um, rules.min_pitch_um, help)});
  };
  // The rows of a ferrule take turns, a layer each.
  require("the engines' ports", package.engines.ports.pitch_um * ferrule.rows,
          "a wider pitch or ferrules of more rows on more layers");
  require("the ferrules' fibres", ferrule.fibre_pitch_um, "another ferrule");
  return wide;
}

/// A ferrule's landing takes its place like any body.
bool check_landings(const Package& package, Layout& layout) {
  bool free = true;
  const auto report = [&](const PlacedConnector& connector, const std::string& body, const Box& outline) {
    free = false;
    const std::string name = connector_name(connector.index);
    layout.violations.push_back({"connector_body", name + " and " + body, outline.centre(), 0, 0, "mm",
                                 fmt::format("the landing of ferrule {} lies on {}", name, body)});
  };
  for (std::size_t i = 0; i < layout.connectors.size(); ++i) {
    const PlacedConnector& connector = layout.connectors[i];
    for (const Obstacle& body : obstacles(package, layout))
      if (body.engine && overlap(connector.landing, body.outline))
        report(connector, body.name, body.outline);
    for (const Die& die : package.dies)
      if (overlap(connector.landing, die.outline))
        report(connector, "die " + die.name, die.outline);
    for (const KeepOut& keep_out : package.keep_outs)
      if (keep_out.bodies && overlap(connector.landing, keep_out.outline))
        report(connector, "keep-out " + keep_out.name, keep_out.outline);
    for (std::size_t k = 0; k < i; ++k)
      if (overlap(grown(connector.landing, -1e-6), layout.connectors[k].landing))
        report(connector, "the landing of " + connector_name(layout.connectors[k].index), connector.landing);
  }
  return free;
}

/// A guide cannot end within the clearance of a body.
bool check_fibres(const Package& package, const RoutingRules& rules, Layout& layout) {
  bool free = true;
  for (const PlacedConnector& connector : layout.connectors)
    for (const Obstacle& body : obstacles(package, layout)) {
      const auto blocked = [&](const Pose& fibre) {
        return distance_mm(body.outline, {fibre.at, fibre.at}) < rules.keep_out_clearance_mm - 1e-9;
      };
      const auto fibre = std::find_if(connector.fibres.begin(), connector.fibres.end(), blocked);
      if (fibre == connector.fibres.end())
        continue;
      free = false;
      const double found_mm = distance_mm(body.outline, {fibre->at, fibre->at});
      layout.violations.push_back(
          {"keep_out", connector_name(connector.index) + " and " + body.name, fibre->at, found_mm,
           rules.keep_out_clearance_mm, "mm",
           fmt::format("the guides of ferrule {} would end {:.3f} mm from {}, {:.3f} mm are needed",
                       connector_name(connector.index), found_mm, body.name, rules.keep_out_clearance_mm)});
    }
  return free;
}

} // namespace

bool check_ferrule(const Package& package, const RoutingRules& rules, Layout& layout) {
  return check_rows(package, rules, layout) && check_landing(package, rules, layout) &&
         check_pitches(package, rules, layout);
}

bool check_connectors(const Package& package, const RoutingRules& rules, Layout& layout) {
  return check_landings(package, layout) && check_fibres(package, rules, layout);
}

} // namespace beachfront::geometry
