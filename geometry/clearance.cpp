// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/clearance.hpp"

#include "geometry/clip.hpp"
#include "geometry/distance.hpp"

#include <fmt/format.h>

#include <iterator>
#include <limits>

namespace beachfront::geometry {
namespace {

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

// Until where a guide reaches the surroundings of the engine at its far end.
Path until(const Path& path, const Box& surroundings) {
  for (std::size_t i = path.size(); i-- > 0;) {
    const std::vector<Segment> clear = parts_outside(path[i], surroundings);
    if (clear.empty())
      continue;
    Path result(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i));
    const double enters_at = nearest(path[i], end_pose(clear.back()).at).s_first_mm;
    result.push_back(part(path[i], 0, enters_at));
    return result;
  }
  return {};
}

void keep_closer(Nearest& best, const Segment& segment, const Box& bounds, const Box& body, double reach_mm) {
  if (overlap(bounds, grown(body, reach_mm)))
    if (const Nearest found = nearest(segment, body); found.distance_mm < best.distance_mm)
      best = found;
}

Nearest nowhere() {
  Nearest result;
  result.distance_mm = std::numeric_limits<double>::infinity();
  return result;
}

Nearest closest(const Path& path, const Box& body, double reach_mm) {
  Nearest best = nowhere();
  for (const Segment& segment : path)
    keep_closer(best, segment, bounds(segment), body, reach_mm);
  return best;
}

Nearest closest(const Subject& subject, const Box& body, double reach_mm) {
  Nearest best = nowhere();
  for (std::size_t i = 0; i < subject.bounds.size(); ++i)
    keep_closer(best, subject.guide.path[i], subject.bounds[i], body, reach_mm);
  return best;
}

/// To an engine that the guide may touch at its port only.
Nearest closest_to_own(const Subject& subject, const Obstacle& engine, double least_mm) {
  const Guide& guide = subject.guide;
  const Box surroundings = grown(engine.outline, least_mm);
  Path held = guide.path;
  if (engine.engine == guide.engine)
    held = beyond(held, surroundings);
  if (guide.to_engine && engine.engine == guide.to_engine)
    held = until(held, surroundings);
  const Nearest found = closest(held, engine.outline, least_mm);
  // Its face may be touched, its inside not entered.
  const Nearest in = closest(subject, grown(engine.outline, -place_tolerance_mm), 0);
  return in.distance_mm == 0 ? in : found;
}

BodyBox tree_box(const Box& box) {
  return {{box.min.x_mm, box.min.y_mm}, {box.max.x_mm, box.max.y_mm}};
}

/// In the order of the bodies.
std::vector<std::size_t> bodies_near(const Bodies& bodies, const Box& place, double reach_mm) {
  std::vector<BodyEntry> found;
  const BodyBox around = tree_box(grown(place, std::max(0.0, reach_mm) + place_tolerance_mm));
  bodies.tree.query(boost::geometry::index::intersects(around), std::back_inserter(found));
  std::vector<std::size_t> result;
  for (const BodyEntry& entry : found)
    result.push_back(entry.second);
  std::sort(result.begin(), result.end());
  return result;
}

} // namespace

Bodies bodies_of(const Package& package, const Layout& layout) {
  Bodies bodies;
  bodies.all = obstacles(package, layout);
  std::vector<BodyEntry> entries;
  for (std::size_t i = 0; i < bodies.all.size(); ++i)
    entries.emplace_back(tree_box(bodies.all[i].outline), i);
  bodies.tree = decltype(bodies.tree)(entries);
  return bodies;
}

void check_bodies(const Subject& subject, const Bodies& bodies, double clearance_mm,
                  std::vector<Violation>& violations) {
  const Guide& guide = subject.guide;
  const double least = clearance_mm - place_tolerance_mm;
  for (const std::size_t i : bodies_near(bodies, subject.whole, least)) {
    const Obstacle& body = bodies.all[i];
    const bool own = body.engine && (body.engine == guide.engine || body.engine == guide.to_engine);
    const Nearest found = own ? closest_to_own(subject, body, least) : closest(subject, body.outline, least);
    if (found.distance_mm >= least - joint_tolerance_mm)
      continue;
    violations.push_back(
        {"keep_out", guide.net + " and " + body.name, found.on_first, found.distance_mm, clearance_mm, "mm",
         fmt::format("guide {} is {:.6g} mm from {} at ({:.3f}, {:.3f}) mm, {:.6g} mm are needed", guide.net,
                     found.distance_mm, body.name, found.on_first.x_mm, found.on_first.y_mm, clearance_mm)});
  }
}

} // namespace beachfront::geometry
