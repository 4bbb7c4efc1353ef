// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/verify.hpp"

#include "geometry/clip.hpp"
#include "geometry/distance.hpp"
#include "geometry/names.hpp"
#include "geometry/obstacles.hpp"
#include "geometry/spacing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numbers>

namespace beachfront::geometry {
namespace {

constexpr double place_tolerance_mm = 1e-6;
constexpr double joint_tolerance_mm = 1e-9;
constexpr double heading_tolerance_rad = 1e-9;
constexpr double radius_tolerance = 1e-9; // of the radius

double turn_between(double a_rad, double b_rad) {
  return std::abs(std::remainder(a_rad - b_rad, 2 * std::numbers::pi));
}

void check_bends(const Guide& guide, double min_radius_mm, std::vector<Violation>& violations) {
  const auto sharper = [](const Segment& a, const Segment& b) {
    return std::abs(a.curvature_per_mm) < std::abs(b.curvature_per_mm);
  };
  const Segment& worst = *std::max_element(guide.path.begin(), guide.path.end(), sharper);
  const double curvature = std::abs(worst.curvature_per_mm);
  if (curvature * min_radius_mm <= 1 + radius_tolerance)
    return;
  const Point place = pose_at(worst, worst.length_mm / 2).at;
  violations.push_back(
      {"bend_radius", guide.net, place, 1 / curvature, min_radius_mm, "mm",
       fmt::format("guide {} bends at R = {:.6g} mm, {:.6g} mm are needed", guide.net, 1 / curvature, min_radius_mm)});
}

void check_joints(const Guide& guide, std::vector<Violation>& violations) {
  double kink = 0, jump = 0;
  Point kink_at, jump_at;
  for (std::size_t i = 1; i < guide.path.size(); ++i) {
    const Pose before = end_pose(guide.path[i - 1]);
    const Pose& after = guide.path[i].start;
    if (const double turn = turn_between(before.heading_rad, after.heading_rad); turn > kink) {
      kink = turn;
      kink_at = after.at;
    }
    if (const double gap = norm_mm(before.at - after.at); gap > jump) {
      jump = gap;
      jump_at = after.at;
    }
  }
  if (kink >= heading_tolerance_rad)
    violations.push_back({"tangent", guide.net, kink_at, kink, heading_tolerance_rad, "rad",
                          fmt::format("guide {} has a kink of {:.3g} rad at ({:.3f}, {:.3f}) mm", guide.net, kink,
                                      kink_at.x_mm, kink_at.y_mm)});
  if (jump >= joint_tolerance_mm)
    violations.push_back({"continuity", guide.net, jump_at, jump, joint_tolerance_mm, "mm",
                          fmt::format("guide {} is broken by {:.3g} mm at ({:.3f}, {:.3f}) mm", guide.net, jump,
                                      jump_at.x_mm, jump_at.y_mm)});
  const auto empty = std::find_if(guide.path.begin(), guide.path.end(),
                                  [](const Segment& segment) { return !(segment.length_mm > 0); });
  if (empty != guide.path.end())
    violations.push_back({"continuity", guide.net, empty->start.at, empty->length_mm, 0, "mm",
                          fmt::format("guide {} has a segment of {:.3g} mm", guide.net, empty->length_mm)});
}

// From where a guide has left the surroundings of its own engine, it keeps clear of it like any other.
Path beyond(const Path& path, const Box& surroundings) {
  Path result;
  for (const Segment& segment : path) {
    if (!result.empty()) {
      result.push_back(segment);
      continue;
    }
    const std::vector<Segment> clear = parts_outside(segment, surroundings);
    if (clear.empty())
      continue;
    // A piece that leaves and comes back is kept from where it first left.
    const double left_at = nearest(segment, clear.front().start.at).s_first_mm;
    result.push_back(part(segment, left_at, segment.length_mm));
  }
  return result;
}

Nearest closest(const Path& path, const Box& body, double reach_mm) {
  Nearest best;
  best.distance_mm = std::numeric_limits<double>::infinity();
  const Box near = grown(body, reach_mm);
  for (const Segment& segment : path)
    if (overlap(bounds(segment), near))
      if (const Nearest found = nearest(segment, body); found.distance_mm < best.distance_mm)
        best = found;
  return best;
}

void check_bodies(const Guide& guide, const std::vector<Obstacle>& all, double clearance_mm,
                  std::vector<Violation>& violations) {
  for (const Obstacle& body : all) {
    const bool own = body.engine == guide.engine;
    const double least = clearance_mm - place_tolerance_mm;
    Nearest found = closest(own ? beyond(guide.path, grown(body.outline, least)) : guide.path, body.outline, least);
    if (own) // its face may be touched, its inside not entered
      if (const Nearest in = closest(guide.path, grown(body.outline, -place_tolerance_mm), 0); in.distance_mm == 0)
        found = in;
    if (found.distance_mm >= least - joint_tolerance_mm)
      continue;
    violations.push_back(
        {"keep_out", guide.net + " and " + body.name, found.on_first, found.distance_mm, clearance_mm, "mm",
         fmt::format("guide {} is {:.6g} mm from {} at ({:.3f}, {:.3f}) mm, {:.6g} mm are needed", guide.net,
                     found.distance_mm, body.name, found.on_first.x_mm, found.on_first.y_mm, clearance_mm)});
  }
}

const PlacedConnector* connector_of(const Guide& guide, const Layout& layout) {
  const auto it = std::find_if(layout.connectors.begin(), layout.connectors.end(),
                               [&](const PlacedConnector& c) { return c.index == guide.connector; });
  return it == layout.connectors.end() ? nullptr : &*it;
}

void check_edge(const Guide& guide, const Package& package, double clearance_mm, const PlacedConnector* own,
                std::vector<Violation>& violations) {
  const Box free = grown(package.outline, place_tolerance_mm - clearance_mm);
  Nearest worst;
  worst.distance_mm = std::numeric_limits<double>::infinity();
  for (const Segment& segment : guide.path) {
    if (contains(free, bounds(segment)))
      continue;
    const std::vector<Segment> held =
        own ? parts_outside(segment, grown(own->landing, place_tolerance_mm)) : std::vector<Segment>{segment};
    for (const Segment& piece : held)
      if (const Nearest found = nearest_edge(piece, package.outline); found.distance_mm < worst.distance_mm)
        worst = found;
  }
  if (worst.distance_mm >= clearance_mm - place_tolerance_mm)
    return;
  violations.push_back({"edge_clearance", guide.net, worst.on_first, worst.distance_mm, clearance_mm, "mm",
                        fmt::format("guide {} is {:.6g} mm from the package edge outside its ferrule, {:.6g} mm are "
                                    "needed",
                                    guide.net, worst.distance_mm, clearance_mm)});
}

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

void check_ends(const Guide& guide, const Layout& layout, const PlacedConnector* connector,
                std::vector<Violation>& violations) {
  const Pose start = guide.path.front().start;
  const Pose end = end_pose(guide.path);
  Miss at_start;
  for (const PlacedEngine& engine : layout.engines)
    if (engine.index == guide.engine)
      for (const PlacedPort& port : engine.ports)
        if (const Miss m = miss(start, port.pose); port.kind == guide.kind && m.distance_mm < at_start.distance_mm)
          at_start = m;
  if (at_start.any())
    report_miss(guide, start.at, at_start, "port of its kind on engine " + engine_name(guide.engine), violations);

  Miss at_end;
  if (connector && guide.fibre >= 0 && static_cast<std::size_t>(guide.fibre) < connector->fibres.size())
    at_end = miss(end, connector->fibres[static_cast<std::size_t>(guide.fibre)]);
  if (at_end.any())
    report_miss(guide, end.at, at_end,
                fmt::format("fibre {} of connector {}", guide.fibre, connector_name(guide.connector)), violations);
}

void check_outline(const Guide& guide, const Box& outline, std::vector<Violation>& violations) {
  double worst = 0;
  Point place;
  for (const Segment& segment : guide.path) {
    const Box box = bounds(segment);
    const double out = std::max({outline.min.x_mm - box.min.x_mm, outline.min.y_mm - box.min.y_mm,
                                 box.max.x_mm - outline.max.x_mm, box.max.y_mm - outline.max.y_mm});
    if (out > worst) {
      worst = out;
      place = pose_at(segment, segment.length_mm / 2).at;
    }
  }
  if (worst > place_tolerance_mm)
    violations.push_back({"outline", guide.net, place, worst, 0, "mm",
                          fmt::format("guide {} leaves the package by {:.6g} mm", guide.net, worst)});
}

} // namespace

Verification verify(const Package& package, const RoutingRules& rules, const Layout& layout) {
  Verification result;
  const std::vector<Obstacle> all = obstacles(package, layout);
  for (const Guide& guide : layout.guides) {
    if (guide.path.empty()) {
      result.violations.push_back({"port", guide.net, {}, 0, 0, "mm", fmt::format("guide {} has no path", guide.net)});
      continue;
    }
    const PlacedConnector* connector = connector_of(guide, layout);
    check_bends(guide, rules.min_bend_radius_mm, result.violations);
    check_joints(guide, result.violations);
    check_bodies(guide, all, rules.keep_out_clearance_mm, result.violations);
    check_edge(guide, package, rules.edge_clearance_mm, connector, result.violations);
    check_ends(guide, layout, connector, result.violations);
    check_outline(guide, package.outline, result.violations);
    if (const double radius = min_radius_mm(guide.path); radius < std::numeric_limits<double>::infinity())
      result.min_radius_mm = std::min(radius, result.min_radius_mm.value_or(radius));
  }
  Spacing spacing = check_spacing(layout.guides, rules.min_pitch_um);
  result.violations.insert(result.violations.end(), spacing.violations.begin(), spacing.violations.end());
  result.crossings = std::move(spacing.crossings);
  result.min_spacing_um = spacing.min_spacing_um;
  result.pairs_checked = spacing.pairs_checked;
  return result;
}

} // namespace beachfront::geometry
