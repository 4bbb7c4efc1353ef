// SPDX-License-Identifier: GPL-3.0-or-later
// lanes.csv: the link budget of every lane, term by term; lasers.csv: what each laser must give.
#pragma once

#include "optics/link_budget.hpp"

#include <ostream>

namespace beachfront::study {

/// One row a lane: levels and margins with the laser at its limit, what its laser must give, then every term in dB
/// under its ledger's name.
void write_lane_table(std::ostream& stream, const optics::LinkBudget& link);

/// One row a laser that feeds lanes: what its worst lane needs, and at what it runs.
void write_laser_table(std::ostream& stream, const optics::LinkBudget& link);

} // namespace beachfront::study
