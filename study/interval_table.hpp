// SPDX-License-Identifier: GPL-3.0-or-later
// The intervals of the headline figures, and the inputs behind them, as rows.
#pragma once

#include "study/results.hpp"

#include <iosfwd>

namespace beachfront::study {

/// A row for each figure of `results.uncertainty` that varies: value, interval, and the inputs that cause most of it by
/// number; below them the inputs by name, and the ends of ranges that break a rule. At most 100 columns, but for longer
/// names. Prints nothing where there are no intervals.
void print_intervals(std::ostream& out, const Json& results);

} // namespace beachfront::study
