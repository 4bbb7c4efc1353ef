// SPDX-License-Identifier: GPL-3.0-or-later
// The shortest path of bounded curvature between two poses: what no route can undercut.
#pragma once

#include "geometry/path.hpp"

namespace beachfront::geometry {

/// Length of the shortest path that leaves `from` and arrives at `to` along their headings and nowhere bends sharper
/// than `radius_mm`: one of the words LSL, RSR, LSR, RSL, LRL, RLR (Dubins, American Journal of Mathematics 79, 1957,
/// 497-516). Obstacles are not seen, so it is a lower bound. Arcs within 1e-9 of a full turn count as none and circles
/// that miss touching by 1e-9 of the radius touch, so that rounding never lifts it above a path that keeps the radius.
/// With a radius of 0 it is the distance of the two places.
double shortest_length_mm(const Pose& from, const Pose& to, double radius_mm);

} // namespace beachfront::geometry
