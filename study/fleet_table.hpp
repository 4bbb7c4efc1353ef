// SPDX-License-Identifier: GPL-3.0-or-later
// The fleet in rows for a terminal.
#pragma once

#include "study/evaluate.hpp"

#include <iosfwd>

namespace beachfront::study {

/// A row for each alternative in `results.fleet`: power at the meter, what it saves, electricity, lasers, failures; the
/// reach that is left through an optical switch. At most 100 columns. Nothing where there is no fleet.
void print_fleet(std::ostream& out, const Json& results);

} // namespace beachfront::study
