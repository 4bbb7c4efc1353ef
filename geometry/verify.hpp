// SPDX-License-Identifier: GPL-3.0-or-later
// Checks a layout against the rules from the paths alone: nothing that made the paths is used or trusted.
#pragma once

#include "geometry/layout.hpp"

#include <optional>
#include <vector>

namespace beachfront::geometry {

struct Verification {
  /// Rules, with the tolerance each is held to:
  ///  guide_spacing   closer than min_pitch_um on one layer, 1e-6 mm; one a pair of guides (geometry/spacing.hpp)
  ///  crossing        on one layer: where none is allowed, below min_crossing_angle_rad (1e-9 rad), or on a bend
  ///  bend_radius     a bend below min_bend_radius_mm, 1e-9 of it; a clothoid at its sharper end
  ///  tangent         the heading jumps between two segments by 1e-9 rad or more
  ///  continuity      the place jumps between two segments by 1e-9 mm or more; or a segment of no length
  ///  keep_out        within keep_out_clearance_mm of a die, engine or keep-out for guides, 1e-6 mm; its own engine a
  ///                  guide may leave only at its port, and that at the far end of a link enter only there
  ///  edge_clearance  within edge_clearance_mm of the package edge outside the landing of its ferrule, 1e-6 mm
  ///  port            does not start at a port of its engine and kind, or end at its fibre, a link at a link port:
  ///                  1e-6 mm, 1e-9 rad; or its fibre is reached on another layer
  ///  outline         leaves the package, 1e-6 mm
  /// One a guide, rule and body, at the worst place; by guide, then rule in the order above; spacing, then
  /// crossings last.
  std::vector<Violation> violations;
  std::vector<Crossing> crossings;
  std::optional<double> min_spacing_um; ///< absent with fewer than two guides
  std::optional<double> min_radius_mm;  ///< absent where every guide is straight
  long pairs_checked = 0;               ///< pairs of segments whose exact distance was computed
};

Verification verify(const Package& package, const RoutingRules& rules, const Layout& layout);

} // namespace beachfront::geometry
