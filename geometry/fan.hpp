// SPDX-License-Identifier: GPL-3.0-or-later
// An ordered fan: guides that leave one row and reach another in the same order, each by one S-bend.
//
// Frame of the fan: x along the rows, y from the first row to the second; every guide starts and ends along +y.
//
// Copies of an S-bend shifted only along x close up to pitch * cos(slope) where they slant. The fan therefore also
// delays bends along y: of two neighbours that bend the same way, the one on the outside of the first arc waits. Such
// a guide lies above and beside its neighbour everywhere, so the distance between the two never falls as it waits
// longer; the shortest wait is found neighbour by neighbour, and a fan of given shapes exists exactly when no shortest
// wait exceeds the room. Guides that bend away from, or towards, each other are never closer than at their ends.
#pragma once

#include "geometry/package.hpp"
#include "geometry/path.hpp"

#include <limits>
#include <optional>
#include <vector>

namespace beachfront::geometry {

/// One guide's ends, leads included.
struct Lane {
  Point from;
  Point to;
  double least_wait_mm = 0; ///< straight before its bend, above its lead
};

/// A body beside which the lanes pass: those before `right_from` on its left, the others on its right.
struct Block {
  Box outline;
  std::size_t right_from = 0;
};

/// A curve that the outermost lane keeps its distance from: a neighbour that is already drawn, or half the way to one
/// that is not.
struct Wall {
  Path path;
  double distance_mm = 0;
};

struct Fan {
  std::vector<Lane> lanes; ///< left to right, at both rows
  std::vector<Block> blocks;
  std::optional<Wall> left;  ///< of the first lane
  std::optional<Wall> right; ///< of the last lane
};

/// The shapes of a fan's S-bends.
struct FanShape {
  /// No bend is wider; each lane takes the largest that its own room allows below that.
  double radius_mm = std::numeric_limits<double>::infinity();
  double steepness = 0; ///< 0: over the whole length, as flat as can be; 1: as short as the radius allows
};

/// Why a fan cannot be drawn.
struct Shortage {
  enum class Kind {
    bend,    ///< the lane's S-bend needs more length for the smallest radius
    spacing, ///< the lanes stacked up to this one need more length
    body,    ///< no wait leads past the block
  };
  Kind kind = Kind::bend;
  std::size_t lane = 0;
  double missing_mm = 0; ///< of length between the rows; 0 where more length would not help
  std::size_t block = 0;
  double offset_mm = 0; ///< of the lane, across
  double room_mm = 0;   ///< of the lane, along
};

struct FanResult {
  std::vector<Path> paths; ///< as the lanes; empty where the fan cannot be drawn
  std::optional<Shortage> shortage;
};

/// The fan of least loss among the shapes that keep the rules. Neighbours that bend the same way form a run; runs do
/// not meet, so each takes its own shape: for each steepness the widest common radius that can be drawn, or where that
/// loses less, each lane the widest beside its neighbour. But for the smallest, the radii tried do not
/// depend on the rules, so that looser rules do not lose a fan. Where a run cannot be drawn, the shortage of the shape
/// that came nearest.
FanResult draw_fan(const Fan& fan, const RoutingRules& rules, const PathLoss& loss);

/// Of all paths together.
double loss_of(const std::vector<Path>& paths, const PathLoss& loss);

} // namespace beachfront::geometry
