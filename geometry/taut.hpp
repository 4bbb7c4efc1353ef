// SPDX-License-Identifier: GPL-3.0-or-later
// The shortest polyline of a given threading.
#pragma once

#include "geometry/shapes.hpp"

#include <vector>

namespace beachfront::geometry {

/// A side between two cells, as whoever passes it sees its ends.
struct Portal {
  Point left;
  Point right;
};

/// The shortest polyline that passes the portals in their order, both ends included, without points on a straight
/// stretch: the funnel algorithm (Lee and Preparata, Networks 14, 1984) with exact orientations.
std::vector<Point> taut_line(Point from, Point to, const std::vector<Portal>& portals);

} // namespace beachfront::geometry
