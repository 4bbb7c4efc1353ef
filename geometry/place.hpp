// SPDX-License-Identifier: GPL-3.0-or-later
// Engines around the die, and fibre ribbons where there are no guides.
#pragma once

#include "geometry/layout.hpp"

namespace beachfront::geometry {

/// Stands the engines in one row a side, centred on the dies, shared equally over the sides (the first sides take the
/// remainder), spares at the right end of their row. Fills layout.engines and adds violations "engine_outline",
/// "engine_clearance", "engine_keep_out" and "port_bank".
void place_engines(const Package& package, Layout& layout);

/// Leads a straight ribbon from each working engine to the edge of its side. Adds "fibre_array" where the array is
/// wider than its engine and "ribbon" where a corridor meets a body or a keep-out.
void place_ribbons(const Package& package, Layout& layout);

} // namespace beachfront::geometry
