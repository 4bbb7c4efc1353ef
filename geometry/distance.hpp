// SPDX-License-Identifier: GPL-3.0-or-later
// Exact distances and intersections of lines and arcs, in closed forms, and of clothoids, by branch and bound
// (geometry/clothoid_distance.hpp). No sampling.
//
// Every candidate is a pair of points that lie on the two pieces, so a distance is never below the true one by more
// than rounding. The error is below 1e-9 mm for pieces within 1 m of the origin whose radii are at most 10 m (longer
// radii cancel in the centres) and whose turn is below a full circle; clothoids may turn more.
#pragma once

#include "geometry/path.hpp"

#include <vector>

namespace beachfront::geometry {

/// The closest points of two things and how far along each piece they are.
struct Nearest {
  double distance_mm = 0;
  double s_first_mm = 0;
  double s_second_mm = 0; ///< 0 where the second thing is a box
  Point on_first;
  Point on_second;
};

/// A point that two pieces share; touching counts, a shared stretch does not.
struct Meeting {
  double s_first_mm = 0;
  double s_second_mm = 0;
  Point place;
  double angle_rad = 0; ///< between the tangent lines, 0 to pi/2
};

/// Where the piece is closest to a point.
Nearest nearest(const Segment& segment, Point point);

Nearest nearest(const Segment& first, const Segment& second);

/// To the four edges of a box, from inside as from outside.
Nearest nearest_edge(const Segment& segment, const Box& box);

/// To the filled box: 0 where the piece enters it.
Nearest nearest(const Segment& segment, const Box& box);

/// Sorted along the first piece; at most two where neither is a clothoid. With a clothoid touches within 0.01 mm count
/// as one.
std::vector<Meeting> meetings(const Segment& first, const Segment& second);

/// Whether the point is in the box or on its edge.
bool contains(const Box& box, Point point);

/// The box grown by a margin on all sides; a negative one shrinks it.
Box grown(const Box& box, double margin_mm);

/// South, east, north, west edge, counter-clockwise.
std::vector<Segment> edges(const Box& box);

} // namespace beachfront::geometry
