// SPDX-License-Identifier: GPL-3.0-or-later
// Which port goes to which fibre of which ferrule, and where the ferrules stand on the package edge.
#pragma once

#include "geometry/layout.hpp"

namespace beachfront::geometry {

/// A port and the fibre it is led to.
struct Net {
  int engine = 0;
  std::size_t port = 0; ///< index into PlacedEngine::ports
  int connector = 0;
  int fibre = 0;
};

/// Assigns in order, side by side, so that no two guides need cross: along a side, neighbouring ports of one class
/// (data; laser feeds, which keep their polarisation and need ferrules of their own) form a run, runs reach over
/// neighbouring engines, and each run fills ferrules from the left; a part-filled ferrule uses its middle fibres. The
/// ferrules stand centred on the edge at their pitch. Fills layout.connectors and layout.inversions; adds
/// "connector_edge" with the lengths and what would fit, and then returns no net.
std::vector<Net> connect(const Package& package, Layout& layout);

} // namespace beachfront::geometry
