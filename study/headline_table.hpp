// SPDX-License-Identifier: GPL-3.0-or-later
// The headline figures of one design with their intervals, and what the intervals come from.
#pragma once

#include "study/evaluate.hpp"

#include <iosfwd>

namespace beachfront::study {

/// A row for each figure: value, and where results have them the ends of its interval. Below, for each figure that
/// spreads, the inputs that cause most of it. At most 100 columns.
void print_headlines(std::ostream& out, const Json& results);

} // namespace beachfront::study
