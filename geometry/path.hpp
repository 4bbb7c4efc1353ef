// SPDX-License-Identifier: GPL-3.0-or-later
// The centre line of a guide: lines, arcs and clothoids, each with the pose it starts at.
//
//   Path path;
//   path.push_back({{{0, 0}, 0}, 2.0, 0});                 // 2 mm straight east
//   path.push_back({end_pose(path), 3.0, 1 / 13.7});       // 3 mm to the left at R = 13.7 mm
#pragma once

#include "geometry/shapes.hpp"

#include <vector>

namespace beachfront::geometry {

struct Pose {
  Point at;
  double heading_rad = 0; ///< from east, counter-clockwise
};

/// A line, an arc (curvature positive: turning left) or a clothoid, whose curvature changes evenly along its length.
struct Segment {
  Pose start;
  double length_mm = 0;
  double curvature_per_mm = 0;       ///< at its start
  double curvature_rate_per_mm2 = 0; ///< 0 for lines and arcs
};

using Path = std::vector<Segment>;

inline bool is_straight(const Segment& segment) {
  return segment.curvature_per_mm == 0 && segment.curvature_rate_per_mm2 == 0;
}
inline bool is_clothoid(const Segment& segment) {
  return segment.curvature_rate_per_mm2 != 0;
}

inline double curvature_at(const Segment& segment, double s_mm) {
  return segment.curvature_per_mm + segment.curvature_rate_per_mm2 * s_mm;
}
inline double end_curvature_per_mm(const Segment& segment) {
  return curvature_at(segment, segment.length_mm);
}
/// Where it bends most: at one of its ends.
double max_curvature_per_mm(const Segment& segment);
/// How far it turns, left and right added up.
double total_turn_rad(const Segment& segment);

/// Where a segment is after `s_mm` of its length: a closed form for lines and arcs, within 1e-14 of the length (and
/// rounding) for clothoids.
Pose pose_at(const Segment& segment, double s_mm);
Pose end_pose(const Segment& segment);
/// Of a path with at least one segment.
Pose end_pose(const Path& path);

double length_mm(const Path& path);

/// Smallest radius of the path; infinity for a straight one.
double min_radius_mm(const Path& path);

/// A jump of curvature between two segments: what transition loss is charged for. Where one of them is a clothoid a
/// difference below 1e-12 per mm is none.
struct Joint {
  double curvature_before_per_mm = 0;
  double curvature_after_per_mm = 0;
};
std::vector<Joint> joints(const Path& path);

/// The smallest rectangle that holds the segment's centre line.
Box bounds(const Segment& segment);

/// Centre of an arc; the segment must be one.
Point centre(const Segment& segment);

} // namespace beachfront::geometry
