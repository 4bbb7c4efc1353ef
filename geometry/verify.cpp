// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/verify.hpp"

#include "geometry/clearance.hpp"
#include "geometry/clip.hpp"
#include "geometry/distance.hpp"
#include "geometry/guide_ends.hpp"
#include "geometry/spacing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numbers>
#include <utility>

namespace beachfront::geometry {
namespace {

/// Where a segment bends most: an arc all along, so its middle stands for it.
Point sharpest_place(const Segment& segment) {
  if (!is_clothoid(segment))
    return pose_at(segment, segment.length_mm / 2).at;
  const bool at_end = std::abs(end_curvature_per_mm(segment)) > std::abs(segment.curvature_per_mm);
  return at_end ? end_pose(segment).at : segment.start.at;
}

void check_bends(const Guide& guide, double min_radius_mm, std::vector<Violation>& violations) {
  const auto sharper = [](const Segment& a, const Segment& b) {
    return max_curvature_per_mm(a) < max_curvature_per_mm(b);
  };
  const Segment& worst = *std::max_element(guide.path.begin(), guide.path.end(), sharper);
  const double curvature = max_curvature_per_mm(worst);
  if (curvature * min_radius_mm <= 1 + radius_tolerance)
    return;
  violations.push_back(
      {"bend_radius", guide.net, sharpest_place(worst), 1 / curvature, min_radius_mm, "mm",
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

void check_edge(const Subject& subject, const Package& package, double clearance_mm, const PlacedConnector* own,
                std::vector<Violation>& violations) {
  const Box free = grown(package.outline, place_tolerance_mm - clearance_mm);
  if (contains(free, subject.whole))
    return;
  const Guide& guide = subject.guide;
  Nearest worst;
  worst.distance_mm = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < guide.path.size(); ++i) {
    if (contains(free, subject.bounds[i]))
      continue;
    const Segment& segment = guide.path[i];
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

void check_outline(const Subject& subject, const Box& outline, std::vector<Violation>& violations) {
  if (contains(outline, subject.whole))
    return;
  const Guide& guide = subject.guide;
  double worst = 0;
  Point place;
  for (std::size_t i = 0; i < guide.path.size(); ++i) {
    const Segment& segment = guide.path[i];
    const Box& box = subject.bounds[i];
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

/// The sharpest curvature of a guide at a place it goes through.
double curvature_there(const Guide& guide, Point place) {
  double curvature = 0;
  for (const Segment& segment : guide.path)
    if (const Nearest found = nearest(segment, place); found.distance_mm < place_tolerance_mm)
      curvature = std::max(curvature, std::abs(curvature_at(segment, found.s_first_mm)));
  return curvature;
}

/// The first reason why a crossing may not be.
void check_crossing(const std::vector<Guide>& guides, const Crossing& crossing, const RoutingRules& rules,
                    std::vector<Violation>& violations) {
  const Guide& a = guides[crossing.first];
  const Guide& b = guides[crossing.second];
  const auto report = [&](double found, double required, const char* unit, const std::string& why) {
    violations.push_back({"crossing", a.net + " and " + b.net, crossing.place, found, required, unit,
                          fmt::format("guides {} and {} cross at ({:.3f}, {:.3f}) mm {}", a.net, b.net,
                                      crossing.place.x_mm, crossing.place.y_mm, why)});
  };
  constexpr double degree = std::numbers::pi / 180;
  if (!rules.crossings)
    report(1, 0, "crossings", "on one layer, where no crossing is allowed");
  else if (crossing.angle_rad < rules.min_crossing_angle_rad - heading_tolerance_rad)
    report(crossing.angle_rad / degree, rules.min_crossing_angle_rad / degree, "deg",
           fmt::format("at {:.6g} degrees, {:.6g} are needed", crossing.angle_rad / degree,
                       rules.min_crossing_angle_rad / degree));
  else if (!crossing.on_straights) {
    const double curvature = std::max(curvature_there(a, crossing.place), curvature_there(b, crossing.place));
    report(curvature, 0, "1/mm", fmt::format("on a bend of R = {:.6g} mm; both must be straight there", 1 / curvature));
  }
}

/// A path that no package holds: its numbers are no numbers, or so large that searches over it would not end.
bool is_wild(const Guide& guide) {
  constexpr double largest = 1e6; // mm, 1/mm, rad: a kilometre, a bend of a nanometre
  const auto tame = [](double value) { return std::abs(value) <= largest; };
  return !std::all_of(guide.path.begin(), guide.path.end(), [&](const Segment& s) {
    return tame(s.start.at.x_mm) && tame(s.start.at.y_mm) && tame(s.start.heading_rad) && tame(s.length_mm) &&
           tame(s.curvature_per_mm) && tame(s.curvature_rate_per_mm2) && tame(s.curvature_per_mm * s.length_mm) &&
           tame(s.curvature_rate_per_mm2 * s.length_mm * s.length_mm);
  });
}

/// Wild guides are a violation each; the others are checked without them.
Verification without_wild(const Package& package, const RoutingRules& rules, const Layout& layout) {
  Layout tame = layout;
  std::erase_if(tame.guides, is_wild);
  Verification result = verify(package, rules, tame);
  for (const Guide& guide : layout.guides)
    if (is_wild(guide))
      result.violations.push_back({"continuity",
                                   guide.net,
                                   {},
                                   0,
                                   0,
                                   "mm",
                                   fmt::format("guide {} has a path of no or of absurd numbers", guide.net)});
  result.crossings.clear(); // they would count the guides that are left
  return result;
}

} // namespace

Verification verify(const Package& package, const RoutingRules& rules, const Layout& layout) {
  if (std::any_of(layout.guides.begin(), layout.guides.end(), is_wild))
    return without_wild(package, rules, layout);
  Verification result;
  const Bodies bodies = bodies_of(package, layout);
  const Ends ends = ends_of(layout);
  for (const Guide& guide : layout.guides) {
    if (guide.path.empty()) {
      result.violations.push_back({"port", guide.net, {}, 0, 0, "mm", fmt::format("guide {} has no path", guide.net)});
      continue;
    }
    const Subject checked = subject(guide);
    const PlacedConnector* connector = connector_of(guide, ends);
    check_bends(guide, rules.min_bend_radius_mm, result.violations);
    check_joints(guide, result.violations);
    check_bodies(checked, bodies, rules.keep_out_clearance_mm, result.violations);
    check_edge(checked, package, rules.edge_clearance_mm, connector, result.violations);
    check_ends(guide, ends, connector, result.violations);
    check_outline(checked, package.outline, result.violations);
    if (const double radius = min_radius_mm(guide.path); radius < std::numeric_limits<double>::infinity())
      result.min_radius_mm = std::min(radius, result.min_radius_mm.value_or(radius));
  }
  Spacing spacing = check_spacing(layout.guides, rules.min_pitch_um);
  result.violations.insert(result.violations.end(), spacing.violations.begin(), spacing.violations.end());
  for (const Crossing& crossing : spacing.crossings)
    check_crossing(layout.guides, crossing, rules, result.violations);
  result.crossings = std::move(spacing.crossings);
  result.min_spacing_um = spacing.min_spacing_um;
  result.pairs_checked = spacing.pairs_checked;
  return result;
}

} // namespace beachfront::geometry
