// SPDX-License-Identifier: GPL-3.0-or-later
// A drawing of a laid-out package for people: SVG 1.1, in millimetres.
#pragma once

#include "geometry/layout.hpp"

#include <ostream>

namespace beachfront::geometry {

/// Draws the package at its true size, seen from above, north up. Guides are centre lines of true lines and arcs, a
/// path each with its net as title; they are drawn at a width that shows, the description names the true one. Guides
/// of layers below the first are dashed, crossings are circles. Colours are classes of the style sheet at the head, so
/// that a report can set its own. One group turns y up; only what stands in it has package coordinates. Coordinates are
/// written to 1 nm. Less than 0.5 kB a guide of lines and arcs: 1 MB is the budget of a package of 2,000.
void write_svg(std::ostream& stream, const Package& package, const RoutingRules& rules, const Layout& layout,
               const std::vector<Crossing>& crossings = {});

} // namespace beachfront::geometry
