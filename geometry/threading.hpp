// SPDX-License-Identifier: GPL-3.0-or-later
// The cheapest way of one line through the cells of the free space.
#pragma once

#include "geometry/free_space.hpp"
#include "geometry/taut.hpp"

#include <optional>
#include <vector>

namespace beachfront::geometry {

struct Threading {
  std::vector<Portal> portals;       ///< in the order in which they are passed
  std::vector<std::size_t> openings; ///< that it crosses, each once, in rising order
  double cost_mm = 0;                ///< its shortest length and what its openings charge
};

/// What passing costs besides length.
struct Tolls {
  std::vector<double> opening_mm; ///< for each opening; infinity: closed
  std::vector<double> point_mm;   ///< for each point: charged for each side passed that ends there, to break ties
};

/// The threading between two points of least length and tolls; none where every way is closed. Both ends in a cell, or
/// within `reach_mm` of one.
///
/// Exact over all threadings, by search over intervals of the sides that are seen from one turning point (after
/// Harabor, Grastien, Oz and Aksakalli, Optimal any-angle pathfinding in practice, JAIR 56, 2016); orientations are
/// exact.
std::optional<Threading> cheapest_threading(const FreeSpace& space, Point from, Point to, const Tolls& tolls,
                                            double reach_mm);

} // namespace beachfront::geometry
