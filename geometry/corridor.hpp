// SPDX-License-Identifier: GPL-3.0-or-later
// The free corridors between bodies: how many guides each could take, and how many it takes.
#pragma once

#include "geometry/layout.hpp"

#include <string>
#include <vector>

namespace beachfront::geometry {

/// The narrow place between two bodies, or a body and the package edge.
struct Gap {
  std::string from;
  std::string to;
  Point place; ///< its middle
  double length_mm = 0;
  int capacity = 0; ///< guides at min_pitch_um, keep_out_clearance_mm from either end
  int need = 0;     ///< guides that cross it
  /// need / capacity; where nothing fits, the need itself.
  double use() const { return capacity > 0 ? static_cast<double>(need) / capacity : need; }
};

struct Certificate {
  std::vector<Gap> gaps;             ///< the fullest first; then by names and place
  std::vector<Violation> violations; ///< "gap_capacity": need beyond capacity
};

/// Edges of the constrained Delaunay triangulation of the free space on the guide layer (the outline less dies, engines
/// and keep-outs) that join two different bodies, or a body and the package edge. Besides the corners of the bodies the
/// triangulation has, for each corner, the closest points of the nearest bodies in its sight, so that a corridor
/// between long walls is measured across, not along a diagonal. Boxes may touch or overlap.
///
/// A bound, not a construction: whatever crosses a gap does so at points a pitch apart, so need > capacity proves that
/// some rule is broken, while need <= capacity does not prove that a route exists. A guide that crosses within the
/// clearance of an end (at its own port or ferrule, else geometry/verify.hpp reports it) is not counted, and one that
/// crosses a gap twice is counted once. O((V + G) log V + G S) for V points, G gaps and S segments.
Certificate certify(const Package& package, const RoutingRules& rules, const Layout& layout);

} // namespace beachfront::geometry
