// SPDX-License-Identifier: GPL-3.0-or-later
// From nets to drawn guides: the plan, then edge by edge and layer by layer the strips that realise it.
#pragma once

#include "geometry/connect.hpp"
#include "geometry/layout.hpp"

namespace beachfront::geometry {

/// Realises the nets and fills layout.guides and layout.turn_footprint_mm. Bundles are planned first (plan.hpp); what
/// the plan finds short is a violation and nothing is drawn. Then the strips (strip.hpp): edges that take guides of
/// another side first, so that the guides beside those keep clear of what is drawn. Between edges whose guides do not
/// mix, neither side's guides cross the line from the middle between their outermost ports to the package corner. Links
/// between engines (link_arches.hpp) are drawn before all others, which on their layer pass beside or over the arches.
///
/// Adds "bend_radius", "guide_spacing", "keep_out" or "gap_capacity" with the length or width that is missing where a
/// strip cannot be drawn, "outline" where there is no room between engine and edge, and what link_arches.hpp finds.
void route(const Package& package, const RoutingRules& rules, const std::vector<Net>& nets, const PathLoss& loss,
           Layout& layout);

} // namespace beachfront::geometry
