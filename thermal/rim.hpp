// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on the substrate as a frame: the foot along the rim of a lid's plates, and the stiffener's ring.
#pragma once

#include "thermal/package.hpp"

#include <vector>

namespace beachfront::thermal {

/// Whether a box lies in another, edges within the rounding of sums.
bool inside(const geometry::Box& inner, const geometry::Box& outer);

/// A box without a rim of this width; empty when the rim is all of it.
geometry::Box within_rim(const geometry::Box& outer, double width_mm);

/// Whether the plate stands on the substrate: with a foot, and not beyond the substrate's edge.
bool has_foot(const Package& package, const geometry::Box& plate);

/// The four bars of the plate's foot, the northern and southern ones over the whole width; none where it has no foot.
std::vector<geometry::Box> foot_bars(const Package& package, const geometry::Box& plate);

/// The same of a stiffener's ring.
std::vector<geometry::Box> bars(const Stiffener& stiffener);

} // namespace beachfront::thermal
