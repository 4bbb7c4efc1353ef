// SPDX-License-Identifier: GPL-3.0-or-later
// Engines around the die, and fibre ribbons where there are no guides.
#pragma once

#include "geometry/layout.hpp"

namespace beachfront::geometry {

/// Stands the engines where the design puts them, or in rows around the dies: the nearest row first, shared equally
/// over the sides (the first sides take the remainder) and over the rows of a side (the inner ones), each row centred
/// on the dies, spares last. An engine that would stand on a keep-out slides away from the middle of its side until it
/// does not. Every second row of a staggered side stands half a pitch aside. Ports are centred on the outer face, those
/// of links at the end nearer to their other engine. Fills layout.engines and adds violations "engine_outline",
/// "engine_clearance", "engine_keep_out" and "port_bank".
void place_engines(const Package& package, Layout& layout);

/// Leads a straight ribbon from each working engine to the edge of its side. Adds "fibre_array" where the array is
/// wider than its engine and "ribbon" where a corridor meets a body or a keep-out.
void place_ribbons(const Package& package, Layout& layout);

} // namespace beachfront::geometry
