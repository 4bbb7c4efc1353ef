// SPDX-License-Identifier: GPL-3.0-or-later
// What to say of a strip that could not be drawn.
#pragma once

#include "geometry/obstacles.hpp"
#include "geometry/strip.hpp"

#include <string>

namespace beachfront::geometry {

/// The failure as a violation: what is missing and what would help. `name` is the net of the lane that failed, `bodies`
/// those of the strip.
Violation explain(const StripFailure& failure, Side edge, const std::string& name, const std::vector<Obstacle>& bodies,
                  const RoutingRules& rules);

} // namespace beachfront::geometry
