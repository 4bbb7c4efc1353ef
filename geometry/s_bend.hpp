// SPDX-License-Identifier: GPL-3.0-or-later
// S-bends of two equal arcs between parallel ends: the closed forms.
#pragma once

#include <optional>

namespace beachfront::geometry {

/// A two-arc S-bend over a length L and an offset h: arc, optional straight, opposite arc.
struct SBend {
  double radius_mm = 0;
  double angle_rad = 0;   ///< turned by each arc
  double straight_mm = 0; ///< between the arcs
  double length_mm = 0;   ///< L
};

/// The largest radius that joins parallel ends L along and h across: R = (L^2 + h^2) / 4|h| with no straight between
/// for |h| <= L, else R = L / 2 with the arcs turning 90 degrees and a straight across. Infinity for h = 0. Corning's
/// fan-out (OFC 2025 Th3H.1), L = 9 mm and h = 1.5 mm: 13.875 mm, reported as 13.7.
double largest_s_bend_radius_mm(double length_mm, double offset_mm);

/// The S-bend of the radius; nothing when the radius is above the largest.
std::optional<SBend> s_bend(double length_mm, double offset_mm, double radius_mm);

/// The shortest length along that an S-bend of the radius needs for an offset: sqrt(4 R h - h^2) for h <= 2R, else 2R.
double s_bend_length_mm(double offset_mm, double radius_mm);

} // namespace beachfront::geometry
