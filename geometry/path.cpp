// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/path.hpp"

#include <algorithm>
#include <limits>
#include <numbers>

namespace beachfront::geometry {

Pose pose_at(const Segment& segment, double s_mm) {
  const double kappa = segment.curvature_per_mm;
  const double heading = segment.start.heading_rad;
  // Chord form: exact for arcs, and without cancellation as the curvature goes to zero.
  const double half_turn = kappa * s_mm / 2;
  const double chord = half_turn == 0 ? s_mm : s_mm * std::sin(half_turn) / half_turn;
  return {segment.start.at + chord * Point{std::cos(heading + half_turn), std::sin(heading + half_turn)},
          heading + 2 * half_turn};
}

Pose end_pose(const Segment& segment) {
  return pose_at(segment, segment.length_mm);
}

Pose end_pose(const Path& path) {
  return end_pose(path.back());
}

double length_mm(const Path& path) {
  double total = 0;
  for (const Segment& segment : path)
    total += segment.length_mm;
  return total;
}

double min_radius_mm(const Path& path) {
  double curvature = 0;
  for (const Segment& segment : path)
    curvature = std::max(curvature, std::abs(segment.curvature_per_mm));
  return curvature == 0 ? std::numeric_limits<double>::infinity() : 1 / curvature;
}

std::vector<Joint> joints(const Path& path) {
  std::vector<Joint> result;
  for (std::size_t i = 1; i < path.size(); ++i)
    if (path[i].curvature_per_mm != path[i - 1].curvature_per_mm)
      result.push_back({path[i - 1].curvature_per_mm, path[i].curvature_per_mm});
  return result;
}

Point centre(const Segment& segment) {
  const double radius = 1 / segment.curvature_per_mm;
  const double heading = segment.start.heading_rad;
  return segment.start.at + radius * Point{-std::sin(heading), std::cos(heading)};
}

Box bounds(const Segment& segment) {
  const Point a = segment.start.at;
  const Point b = end_pose(segment).at;
  Box box{{std::min(a.x_mm, b.x_mm), std::min(a.y_mm, b.y_mm)}, {std::max(a.x_mm, b.x_mm), std::max(a.y_mm, b.y_mm)}};
  if (segment.curvature_per_mm == 0)
    return box;
  // An arc also reaches the extremes where its heading passes a multiple of 90 degrees.
  const double quarter = std::numbers::pi / 2;
  const double turn = segment.curvature_per_mm * segment.length_mm;
  const double low = std::min(segment.start.heading_rad, segment.start.heading_rad + turn);
  const double high = std::max(segment.start.heading_rad, segment.start.heading_rad + turn);
  for (double heading = std::ceil(low / quarter) * quarter; heading < high; heading += quarter) {
    const Point p = pose_at(segment, (heading - segment.start.heading_rad) / segment.curvature_per_mm).at;
    box.min = {std::min(box.min.x_mm, p.x_mm), std::min(box.min.y_mm, p.y_mm)};
    box.max = {std::max(box.max.x_mm, p.x_mm), std::max(box.max.y_mm, p.y_mm)};
  }
  return box;
}

} // namespace beachfront::geometry
