// SPDX-License-Identifier: GPL-3.0-or-later
// KLayout's report database (.lyrdb): violations as markers over the layout, to click through in its marker browser.
#pragma once

#include "geometry/shapes.hpp"

#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace beachfront::geometry {

/// A sentence on a rule.
using RuleText = std::function<std::string(const std::string& rule)>;

/// One category a rule, by name, and one item a violation, in order, in the cell of cell_name(`top_cell`): a square of
/// 0.1 mm around its place, its message, and what was found and required.
void write_lyrdb(std::ostream& stream, const std::string& top_cell, const std::vector<Violation>& violations,
                 const RuleText& describe);

} // namespace beachfront::geometry
