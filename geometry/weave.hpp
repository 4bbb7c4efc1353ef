// SPDX-License-Identifier: GPL-3.0-or-later
// Laser feeds that must cross the data on their way to ferrules at the right end of an edge.
#pragma once

#include "geometry/strip.hpp"

namespace beachfront::geometry {

/// Draws a strip in which some lanes cross the others (StripLane::crosses). The feeds turn first, between the port
/// banks, and run straight over the data, which stays straight outwards until the last feed is passed: every crossing
/// lies on straights of both, at the angle of the feeds' slope or more. Feeds take the widest bends for which that
/// angle is at least rules.min_crossing_angle_rad and every bend fits between two banks. Needs the feeds at the right
/// end of their banks; fails with StripFailure::Kind::crossing where they cannot turn before they meet data.
StripResult draw_weave(const Strip& strip, const RoutingRules& rules, const PathLoss& loss);

} // namespace beachfront::geometry
