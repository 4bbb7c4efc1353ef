// SPDX-License-Identifier: GPL-3.0-or-later
// Which port goes to which fibre of which ferrule, and where the ferrules stand on the package edges.
#pragma once

#include "geometry/layout.hpp"

namespace beachfront::geometry {

/// A port and the fibre it is led to.
struct Net {
  int engine = 0;
  std::size_t port = 0; ///< index into PlacedEngine::ports
  int connector = 0;
  int fibre = 0;
  int layer = 0;
};

/// Assigns in order round the package, so that no two guides of a layer need cross.
///
/// Along a side, neighbouring ports of one class form runs over neighbouring engines, and each run fills ferrules from
/// the left; a part-filled ferrule uses its middle fibres. A class is all that may share a ferrule: laser feeds have
/// ferrules of their own unless the design shares them. With LaserFerrules::at_ends they come after all data of the
/// side, which is out of order: the inversions are counted and listed. The rows of a ferrule take turns, one guide
/// layer each; with one row and two layers the laser feeds have the second layer to themselves.
///
/// Ferrules go to the edge their engines face. What that edge cannot take, or all where it may hold none, goes to the
/// ends of the edges beside it, to either end alike. Each ferrule stands as near to the middle of its ports as pitch
/// and order allow (spread.hpp).
///
/// Fills layout.connectors and the inversions. Adds "connector_edge" with the lengths and what would fit,
/// "ferrule_rows" where a ferrule has more rows than there are guide layers, "edge_clearance" where a landing is less
/// deep than guides keep from the edge, "keep_out" where a fibre stands within the clearance of a body, and then
/// returns no net.
std::vector<Net> connect(const Package& package, const RoutingRules& rules, Layout& layout);

} // namespace beachfront::geometry
