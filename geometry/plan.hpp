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

/// Leads each bundle the shortest way through the cells of the free space (free_space.hpp, threading.hpp), shortest
/// first, with the price of a gap rising each time it is asked for more guides than it takes (negotiated congestion:
/// McMurchie and Ebeling, PathFinder, FPGA 1995), at most 40 rounds. A gap of several guide layers takes as many on
/// each. What stands at the end is the round that lacked the least room, each bundle then moved to the shortest way
/// that lacks no more.
///
/// Violations: "gap_capacity", as certify() words it, for each gap that stays short; then "no_way" for each bundle with
/// no line through gaps that take at least one guide, with the bodies that box it in, the widest gap between them
/// (found, 0 where there is none) and what the bundle needs (required, mm). A bundle wider than a gap, where the gap
/// takes a guide at all, is a matter of capacity. A bundle counts as the line between its two ends: a gap that only
/// some of its guides would cross, beside its ports say, is counted for all or none.
///
/// Ends may lie on the edge of a body or of the package, or keep_out_clearance_mm inside it.
///
/// What is guaranteed: a bundle that meets no full gap has the shortest line of all, to within 1e-7 mm for each side of
/// a cell that it passes. Ways of equal length are told apart by such small tolls, the same for all bundles, made of
/// the distances to the ends of bundles and to bodies. So two such bundles share at most one stretch and cross at most
/// once, and not at all where both ways could be parted without adding length; turning or mirroring the package by
/// quarter turns changes places only. What is not: bundles that were sent round a full gap may cross others, or one
/// another more than once; the sum of lengths of crowded plans is not the least; and where a package is its own mirror
/// image, bundles, bodies and all, either of two mirrored ways may be taken.
Plan plan(const Package& package, const RoutingRules& rules, const Layout& layout, const std::vector<Bundle>& bundles);

} // namespace beachfront::geometry
