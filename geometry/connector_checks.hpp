// SPDX-License-Identifier: GPL-3.0-or-later
// Whether guides can end at the ferrules at all.
#pragma once

#include "geometry/layout.hpp"

namespace beachfront::geometry {

/// The ferrule's type against the rules, before any is placed: rows of fibres ("ferrule_rows"), depth of the landing
/// ("edge_clearance"), distance of fibres and of ports on one layer ("guide_spacing"). False with violations.
bool check_ferrule(const Package& package, const RoutingRules& rules, Layout& layout);

/// The placed ferrules: no landing on another body ("connector_body"), no fibre within the clearance of one
/// ("keep_out"). False with violations.
bool check_connectors(const Package& package, const RoutingRules& rules, Layout& layout);

} // namespace beachfront::geometry
