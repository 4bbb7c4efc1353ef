// SPDX-License-Identifier: GPL-3.0-or-later
// The free space on the guide layers, the outline less dies, engines and keep-outs, cut into convex cells.
#pragma once

#include "geometry/layout.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace beachfront::geometry {

/// Stands for an index where there is nothing to point to.
inline constexpr std::size_t no_index = std::numeric_limits<std::size_t>::max();

/// A straight line across free space that joins two bodies, or a body and the package edge.
struct Opening {
  std::size_t first = 0; ///< index into FreeSpace::points
  std::size_t second = 0;
  std::size_t from_body = 0; ///< index into FreeSpace::bodies, the lower of the two
  std::size_t to_body = 0;
};

/// An opening that runs through a cell, from one of its corners to another that is not its neighbour.
struct Chord {
  std::size_t first = 0; ///< index into FreeCell::corners, below `second`
  std::size_t second = 0;
  std::size_t opening = 0; ///< index into FreeSpace::openings
};

/// A convex polygon without three corners on a line.
struct FreeCell {
  std::vector<std::size_t> corners; ///< indices into FreeSpace::points, counter-clockwise
  /// The cell past the side from each corner to the next; `no_index` where that side is a wall.
  std::vector<std::size_t> beyond;
  std::vector<std::size_t> entries;            ///< which side of the cell beyond this side is
  std::vector<std::size_t> openings;           ///< the opening that this side is; `no_index` where it is not one
  std::vector<std::vector<std::size_t>> walls; ///< the bodies that this side lies on, where it is a wall
  std::vector<Chord> chords;
};

struct FreeSpace {
  std::vector<std::string> bodies; ///< as obstacles.hpp lists them; the package edge is the last
  std::vector<Point> points;       ///< every one on a body or the package edge
  std::vector<FreeCell> cells;
  std::vector<Opening> openings;
};

/// The constrained Delaunay triangulation of the corners of all bodies and, for each corner, the closest points of the
/// nearest bodies in its sight, so that a corridor between long walls is measured across, not along a diagonal.
/// Triangles that share a circle make one cell, with all its chords: which diagonal a triangulation would pick there
/// depends on the order of its points, while cells and openings turn with the package by quarter turns and mirrors.
/// Boxes may touch or overlap. O(V log V + V N) for V points and N bodies.
FreeSpace free_space(const Package& package, const Layout& layout);

/// 1 where c lies to the left of the line from a to b, -1 to the right, 0 on it. Exact.
int turn(Point a, Point b, Point c);

/// The cells that hold a point, edge included; where rounding has put it outside all of them the closest cell, if it is
/// within `reach_mm`. In rising order.
std::vector<std::size_t> cells_at(const FreeSpace& space, Point point, double reach_mm);

} // namespace beachfront::geometry
