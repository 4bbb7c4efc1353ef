// SPDX-License-Identifier: GPL-3.0-or-later
// Guides from engine to engine: nested arches between the facing ends of two port banks in one row.
//
// Lane k, counted from the innermost ports (k = 0), leaves its port straight, turns by a quarter, runs straight across
// and comes back the same way. All lanes of a pair of engines share the centres of their quarter turns, so that with
// equal port pitches they are one pitch apart everywhere: exactly with arcs, at least with clothoids.
#pragma once

#include "geometry/layout.hpp"
#include "geometry/obstacles.hpp"

#include <vector>

namespace beachfront::geometry {

struct LinkGuide {
  std::size_t port = 0; ///< index into PlacedEngine::ports of the guide's first engine
  Guide guide;
};

struct LinkArches {
  std::vector<LinkGuide> guides; ///< pair of engines by pair, from the innermost outwards
  /// One a pair of engines with guides, e.g. "links E00-E01": what keeps keep_out_clearance_mm from its outline keeps
  /// min_pitch_um from the outermost guide. From the engines' faces to the top of the arch.
  std::vector<Obstacle> bodies;
  /// "link" where two engines cannot be linked at all, "bend_radius" where their ports are nearer than twice the
  /// smallest quarter turn, "keep_out" and "edge_clearance" where something is in the way of the arch.
  std::vector<Violation> violations;
};

/// Draws Package::links on the first guide layer, on the smallest radius allowed. Of two engines in a row between which
/// no working engine stands, the innermost ports go together; all links of such a pair form one arch, in the order of
/// the design from the inside outwards, and are drawn together or not at all.
LinkArches draw_links(const Package& package, const RoutingRules& rules, const Layout& layout);

} // namespace beachfront::geometry
