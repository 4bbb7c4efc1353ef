// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a stiffener has a place on its package.
#pragma once

#include "thermal/package.hpp"

#include <vector>

namespace beachfront::thermal {

/// Dies, engines and lid plates that the stiffener's ring or adhesive touches, or would stand in: rule
/// `stiffener_clear`. A lid may cover a ring that is lower than its underside.
std::vector<geometry::Violation> stiffener_in_the_way(const Package& package);

} // namespace beachfront::thermal
