// SPDX-License-Identifier: GPL-3.0-or-later
// The design's optics and its alternatives as rows of figures and a bar each.
#pragma once

#include "study/results.hpp"
#include "study/text_style.hpp"

#include <iosfwd>

namespace beachfront::study {

/// A row for each alternative in `results.power`: power, energy, purchase, saving of the design against it, latency,
/// each with its range; below it a bar of the power by host, engines or modules, lasers and overhead, with a bracket
/// from the low to the high end of its range. At most 100 columns. Prints nothing where there is no comparison.
void print_alternatives(std::ostream& out, const Json& results, const TextStyle& style = {});

} // namespace beachfront::study
