// SPDX-License-Identifier: GPL-3.0-or-later
// From a guide's centre line to polygons on the 1 nm grid.
//
// A guide is cut at stations into cross-sections, each a left and a right point. Every cross-section is snapped to the
// grid once, and both pieces that end there use the same two integers: neighbours share an edge exactly, so no slit
// opens between them and nothing overlaps.
//
// Error bounds. A vertex lies within 0.5 nm of the true edge in x and in y, so within sqrt(1/2) = 0.71 nm of it. Along
// a bend the drawn edge cuts the corner by at most the sagitta: it stays within `sagitta_nm` + 0.71 nm of the true
// edge. Both edges of a bend bow the same way, so at a cross-section the width is right within 2 x 0.71 nm.
#pragma once

#include "geometry/path.hpp"
#include "geometry/shapes.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace beachfront::geometry {

/// A point of the 1 nm grid. 32 bits, as in GDSII, reach 2.147 m to either side.
struct GridPoint {
  std::int32_t x_nm = 0;
  std::int32_t y_nm = 0;
  bool operator==(const GridPoint&) const = default;
};

/// The nearest grid point. Throws std::out_of_range for a coordinate that 32 bits cannot hold, or that is no number.
GridPoint snap(Point point);

/// Counter-clockwise; the first point is not repeated at the end.
using GridPolygon = std::vector<GridPoint>;

GridPolygon outline(const Box& box);

struct OutlineOptions {
  double width_um = 0;
  double sagitta_nm = 10;          ///< largest distance of a facet from the arc it stands for, on the outer edge
  std::size_t max_vertices = 4000; ///< of a polygon, its closing point counted: what strict GDSII readers take
};

/// A polygon for each line, arc and clothoid of the path, in order; a bend with too many vertices is split along its
/// length. Pieces shorter than the grid resolves vanish, and their neighbours still meet.
/// Throws std::invalid_argument where the path has no outline: a radius not above half the width (the inner edge would
/// fold over), an arc or clothoid of a full turn or more, a negative length, pieces whose cross-sections are more than
/// 1 nm apart where they meet (a gap or a kink); and for a width or sagitta that is not positive or fewer than 5
/// vertices.
std::vector<GridPolygon> outline(const Path& path, const OutlineOptions& options);

} // namespace beachfront::geometry
