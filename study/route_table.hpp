// SPDX-License-Identifier: GPL-3.0-or-later
// The guides one by one, as a table of comma-separated values.
#pragma once

#include "study/solve.hpp"

#include <ostream>

namespace beachfront::study {

/// A line a guide, in the order of the layout. Columns beyond those that name themselves:
///  connector     where the guide ends; of a link, the engine it leads to
///  min_radius_mm empty for a straight guide
///  ..._dB, delay_ps  empty where light was not solved
///  layer         from 0, the datatype of the guide layer in GDSII
///  bends         curves in one direction, with their clothoids
///  turning_rad   sum of the turns of all bends, left and right both positive
void write_route_table(std::ostream& stream, const Solution& solution);

/// corridors.csv, the certificate: for every gap between bodies, or a body and the package edge, how many guides it
/// takes and how many it has; where no guide could be drawn, how many are planned. The fullest first.
void write_corridor_table(std::ostream& stream, const Solution& solution);

} // namespace beachfront::study
