// SPDX-License-Identifier: GPL-3.0-or-later
// Which way each bundle goes through the free space between bodies, before any guide is drawn.
#pragma once

#include "geometry/corridor.hpp"

#include <string>
#include <vector>

namespace beachfront::geometry {

/// Guides that leave one engine for one ferrule (or another engine) on one layer and are led together.
struct Bundle {
  std::string name; ///< e.g. "E03 to C07"
  Point from;       ///< middle of its ports, just outside the engine
  Point to;         ///< middle of its fibres, just inside the package edge
  int guides = 0;
  int layer = 0;
};

/// How a bundle threads the bodies.
struct Way {
  bool found = false;
  std::vector<Point> taut; ///< shortest polyline of its threading, from and to included; empty where none was found
};

struct Plan {
  std::vector<Way> ways;   ///< as the bundles
  Certificate certificate; ///< need: guides planned through each gap, whether or not they can be drawn
};

/// Leads the bundles through the triangulation of the free space (corridor.hpp), shortest first, with the price of a
/// gap rising each time it is asked for more guides than it takes (negotiated congestion: McMurchie and Ebeling,
/// PathFinder, FPGA 1995). A gap of several guide layers takes as many on each. Where no negotiation helps the
/// certificate names each short gap, its need and what it has.
Plan plan(const Package& package, const RoutingRules& rules, const Layout& layout, const std::vector<Bundle>& bundles);

} // namespace beachfront::geometry
