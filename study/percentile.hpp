// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace beachfront::study {

/// The value below which the share `probability` of a sample lies: linear between the ordered values, of which the
/// first stands at 0 and the last at 1. `ordered` is ascending and holds at least one.
double percentile(const std::vector<double>& ordered, double probability);

} // namespace beachfront::study
