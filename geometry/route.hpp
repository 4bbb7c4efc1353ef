// SPDX-License-Identifier: GPL-3.0-or-later
// Guides as straights and two-arc S-bends, each of the largest radius that its length allows.
#pragma once

#include "geometry/connect.hpp"
#include "geometry/layout.hpp"

#include <optional>

namespace beachfront::geometry {

/// A two-arc S-bend over a length L and an offset h: arc, optional straight, opposite arc.
struct SBend {
  double radius_mm = 0;
  double angle_rad = 0;   ///< turned by each arc
  double straight_mm = 0; ///< between the arcs
};

/// The largest radius that joins parallel ends L along and h across: R = (L^2 + h^2) / 4|h|, no straight between.
/// Infinity for h = 0. Needs |h| <= L (the arcs turn at most 90 degrees). Corning's fan-out (OFC 2025 Th3H.1), L = 9 mm
/// and h = 1.5 mm: 13.875 mm, reported as 13.7.
double largest_s_bend_radius_mm(double length_mm, double offset_mm);

/// The S-bend of the radius; nothing when the radius is above the largest or the arcs would turn over 90 degrees.
std::optional<SBend> s_bend(double length_mm, double offset_mm, double radius_mm);

/// The length along that an S-bend of the radius needs for an offset: sqrt(4 R h - h^2) for h <= 2R, else 2R.
double s_bend_length_mm(double offset_mm, double radius_mm);

/// Realises the nets side by side and fills layout.guides and layout.turn_footprint_mm. Each guide takes its largest
/// radius; where a steep bundle would then close up below the pitch rule (a slanted bundle keeps p cos(theta) only),
/// the side's radii are lowered together towards the smallest allowed, which lowers the slant, until the pitch holds.
/// Adds "bend_radius" with the missing length for a guide that cannot keep the smallest radius, "guide_spacing" when no
/// choice of radii keeps the pitch, and "outline" when there is no room between engine and edge.
void route(const Package& package, const RoutingRules& rules, const std::vector<Net>& nets, Layout& layout);

} // namespace beachfront::geometry
