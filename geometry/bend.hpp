// SPDX-License-Identifier: GPL-3.0-or-later
// One bend of a guide: an arc, or clothoid, arc, clothoid between the same two poses.
//
// A router lays out arcs; a bend with clothoids takes the place of an arc of the same turn and is sharper in its
// middle:
//
//   const double radius_mm = bend_radius_mm(rules.min_bend_radius_mm, turn_rad, rules.clothoids);
//   append_bend(path, radius_mm, turn_rad, rules.clothoids);
#pragma once

#include "geometry/path.hpp"

namespace beachfront::geometry {

/// Adds a bend to the end of a path that has one segment at least: by `turn_rad`, to the left where positive, to the
/// pose at which an arc of `radius_mm` would end. With clothoids each of the two takes a quarter of the turn and the
/// arc between them half, and the curvature has no jump. A turn of zero adds nothing.
/// Throws std::invalid_argument for a radius that is not positive or a turn of more than three quarters of a circle.
void append_bend(Path& path, double radius_mm, double turn_rad, bool clothoids);

/// Smallest radius on the bend: of a short turn 2/3 of `radius_mm`, of a right angle 0.71. Errors as append_bend.
double sharpest_radius_mm(double radius_mm, double turn_rad, bool clothoids);

/// The `radius_mm` of the bend whose smallest radius is `sharpest_mm`: the inverse of the above.
double bend_radius_mm(double sharpest_mm, double turn_rad, bool clothoids);

} // namespace beachfront::geometry
