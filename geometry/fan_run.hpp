// SPDX-License-Identifier: GPL-3.0-or-later
// A run of a fan: neighbouring lanes that bend the same way, settled one beside the other from the outermost.
#pragma once

#include "geometry/fan.hpp"

namespace beachfront::geometry {

/// 1: the lane's fibre is to the right of its port, -1: to the left, 0: straight ahead.
int direction(const Lane& lane);

/// What a lane has for its S-bend and its wait: the length between the rows without leads and least wait.
double room_mm(const Lane& lane, const RoutingRules& rules);

/// Lanes `first` to `last` (not included), which all bend one way, with one shape.
FanResult draw_run(const Fan& fan, const RoutingRules& rules, std::size_t first, std::size_t last,
                   const FanShape& shape);

/// The same, each lane on the widest of the radii (widest first) that it can take beside the lane before. Greedy: where
/// a wide bend of one lane leaves no room for a later one, that one fails although a narrower choice might not.
FanResult widen_run(const Fan& fan, const RoutingRules& rules, std::size_t first, std::size_t last,
                    const std::vector<double>& radii_mm, double steepness);

} // namespace beachfront::geometry
