// SPDX-License-Identifier: GPL-3.0-or-later
// Where a lid's plates stand on the substrate, by the foot along their rim.
#pragma once

#include "thermal/package.hpp"

namespace beachfront::thermal {

/// Whether a box lies in another, edges within the rounding of sums.
bool inside(const geometry::Box& inner, const geometry::Box& outer);

/// Whether the plate stands on the substrate: with a foot, and not beyond the substrate's edge.
bool has_foot(const Package& package, const geometry::Box& plate);

/// The plate without its rim; empty when the rim is all of it.
geometry::Box within_rim(const Package& package, const geometry::Box& plate);

} // namespace beachfront::thermal
