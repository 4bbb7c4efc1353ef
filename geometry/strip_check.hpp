// SPDX-License-Identifier: GPL-3.0-or-later
// What quarter turns and weaves do not look at while they are drawn: bodies, the ends of the side, one another.
#pragma once

#include "geometry/layout.hpp"
#include "geometry/strip.hpp"

namespace beachfront::geometry {

/// The first thing that a lane runs into, or two lanes that come too near or cross where they may not. Nothing where
/// the paths, one a lane, keep the rules.
std::optional<StripFailure> check_strip(const Strip& strip, const RoutingRules& rules, const std::vector<Path>& paths);

/// Whether a crossing keeps the rules: allowed at all, on straights, at an angle that is not too sharp.
bool may_stand(const Crossing& crossing, const RoutingRules& rules);

} // namespace beachfront::geometry
