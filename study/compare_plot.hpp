// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison as bars: plain characters for the terminal, an SVG for everything else.
#pragma once

#include "study/compare.hpp"

#include <iosfwd>

namespace beachfront::study {

/// A bar for each figure and design, as long as its magnitude against the greatest of the row: of '#', or of '-' where
/// the value is negative. 100 columns. Figures that no design has are left out.
void print_bars(std::ostream& out, const Comparison& comparison);

/// Bars from the first design's value: to the ratio on a logarithmic axis (decibels as ratios of power), temperatures
/// to the difference in kelvin on an axis of their own. Beyond a factor of 100 a bar ends in an arrow. Figures that no
/// design has are only named. Stands alone.
void write_comparison_svg(std::ostream& out, const Comparison& comparison);

} // namespace beachfront::study
