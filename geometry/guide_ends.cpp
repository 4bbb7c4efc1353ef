// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/guide_ends.hpp"

#include "geometry/names.hpp"

#include <fmt/format.h>

#include <iterator>
#include <limits>
#include <tuple>

namespace beachfront::geometry {
namespace {

// How far a pose misses the closest of the allowed ones; infinity where none is allowed.
struct Miss {
  double distance_mm = std::numeric_limits<double>::infinity();
  double turn_rad = 0;
  bool any() const { return distance_mm > place_tolerance_mm || turn_rad > heading_tolerance_rad; }
};

Miss miss(const Pose& found, const Pose& wanted) {
  return {norm_mm(found.at - wanted.at), turn_between(found.heading_rad, wanted.heading_rad)};
}

void report_miss(const Guide& guide, Point place, const Miss& miss, const std::string& target,
                 std::vector<Violation>& violations) {
  const bool exists = miss.distance_mm < std::numeric_limits<double>::infinity();
  const std::string message = !exists ? fmt::format("guide {}: the layout has no {}", guide.net, target)
                                      : fmt::format("guide {} misses {} by {:.3g} mm and {:.3g} rad", guide.net, target,
                                                    miss.distance_mm, miss.turn_rad);
  const bool by_place = !exists || miss.distance_mm > place_tolerance_mm;
  const double found = !exists ? 0 : by_place ? miss.distance_mm : miss.turn_rad;
  violations.push_back({"port", guide.net, place, found, by_place ? place_tolerance_mm : heading_tolerance_rad,
                        by_place ? "mm" : "rad", message});
}

double key_mm(Point place) {
  return place.x_mm + place.y_mm;
}

/// How far a pose is from the closest port of a kind, headed as the port is or `turned_rad` from it.
Miss port_miss(const Pose& pose, int engine, PortKind kind, double turned_rad, const Ends& ends) {
  Miss best;
  const auto list = ends.ports.find(engine);
  if (list == ends.ports.end())
    return best;
  std::size_t order = 0;
  const auto promises = [&](const Ends::Port& p) {
    return !(std::abs(p.key_mm - key_mm(pose.at)) > 1.5 * best.distance_mm + place_tolerance_mm);
  };
  const auto keep = [&](const Ends::Port& p) {
    if (p.port->kind != kind)
      return;
    const Miss m = miss(pose, {p.port->pose.at, p.port->pose.heading_rad + turned_rad});
    if (std::tuple(m.distance_mm, p.order) < std::tuple(best.distance_mm, order)) {
      best = m;
      order = p.order;
    }
  };
  const auto middle = std::lower_bound(list->second.begin(), list->second.end(), key_mm(pose.at),
                                       [](const Ends::Port& p, double key) { return p.key_mm < key; });
  for (auto p = middle; p != list->second.end() && promises(*p); ++p)
    keep(*p);
  for (auto p = middle; p != list->second.begin() && promises(*std::prev(p)); --p)
    keep(*std::prev(p));
  return best;
}

void check_fibre(const Guide& guide, const PlacedConnector* connector, std::vector<Violation>& violations) {
  const Pose end = end_pose(guide.path);
  const bool exists = connector && guide.fibre >= 0 && static_cast<std::size_t>(guide.fibre) < connector->fibres.size();
  const auto fibre = static_cast<std::size_t>(guide.fibre);
  const std::string target = fmt::format("fibre {} of connector {}", guide.fibre, connector_name(guide.connector));
  const Miss at_end = exists ? miss(end, connector->fibres[fibre]) : Miss{};
  if (at_end.any())
    report_miss(guide, end.at, at_end, target, violations);
  if (!exists || fibre >= connector->layers.size() || connector->layers[fibre] == guide.layer)
    return;
  const int layer = connector->layers[fibre];
  violations.push_back(
      {"port", guide.net, end.at, static_cast<double>(guide.layer), static_cast<double>(layer), "layer",
       fmt::format("guide {} is on layer {}, but {} is reached on layer {}", guide.net, guide.layer, target, layer)});
}

} // namespace

Ends ends_of(const Layout& layout) {
  Ends ends;
  for (const PlacedEngine& engine : layout.engines)
    for (const PlacedPort& port : engine.ports) {
      std::vector<Ends::Port>& list = ends.ports[engine.index];
      list.push_back({key_mm(port.pose.at), list.size(), &port});
    }
  for (auto& [engine, list] : ends.ports)
    std::sort(list.begin(), list.end(), [](const Ends::Port& a, const Ends::Port& b) {
      return std::tuple(a.key_mm, a.order) < std::tuple(b.key_mm, b.order);
    });
  for (const PlacedConnector& connector : layout.connectors)
    ends.connectors.emplace(connector.index, &connector); // the first of an index
  return ends;
}

const PlacedConnector* connector_of(const Guide& guide, const Ends& ends) {
  const auto found = ends.connectors.find(guide.connector);
  return guide.to_engine || found == ends.connectors.end() ? nullptr : found->second;
}

void check_ends(const Guide& guide, const Ends& ends, const PlacedConnector* connector,
                std::vector<Violation>& violations) {
  const Pose start = guide.path.front().start;
  if (const Miss m = port_miss(start, guide.engine, guide.kind, 0, ends); m.any())
    report_miss(guide, start.at, m, "port of its kind on engine " + engine_name(guide.engine), violations);
  if (!guide.to_engine) {
    check_fibre(guide, connector, violations);
    return;
  }
  const Pose end = end_pose(guide.path);
  // It runs into the engine, against the heading of the port.
  if (const Miss m = port_miss(end, *guide.to_engine, PortKind::link, std::numbers::pi, ends); m.any())
    report_miss(guide, end.at, m, "link port on engine " + engine_name(*guide.to_engine), violations);
}

} // namespace beachfront::geometry
