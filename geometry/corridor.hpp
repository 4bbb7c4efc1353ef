// SPDX-License-Identifier: GPL-3.0-or-later
// The free corridors between bodies: how many guides each could take, and how many it takes.
#pragma once

#include "geometry/free_space.hpp"
#include "geometry/layout.hpp"

#include <string>
#include <vector>

namespace beachfront::geometry {

struct Certificate {
  std::vector<Gap> gaps;             ///< the fullest first; then by names and place
  std::vector<Violation> violations; ///< "gap_capacity": need beyond capacity, on the fullest layer
};

double length_mm(const FreeSpace& space, const Opening& opening);

/// Guides of one layer that an opening of this length takes.
int capacity(double opening_mm, const RoutingRules& rules);

/// Holds the guides at each opening (`need`: as FreeSpace::openings, a number for each layer in use) to its capacity.
Certificate judge(const FreeSpace& space, const RoutingRules& rules, const std::vector<std::vector<int>>& need);

/// The openings of the free space (free_space.hpp) and the guides that cross them. An opening takes as many guides on
/// each layer that guides run on, and is short where one layer holds more than that.
///
/// A bound, not a construction: whatever crosses a gap does so at points a pitch apart, so need > capacity proves that
/// some rule is broken, while need <= capacity does not prove that a route exists. A guide that crosses within the
/// clearance of an end (at its own port or ferrule, else geometry/verify.hpp reports it) is not counted, and one that
/// crosses a gap twice is counted once. O(S log S + G (log S + K)) beside the free space, for S segments and G gaps
/// that each have K segments near.
Certificate certify(const Package& package, const RoutingRules& rules, const Layout& layout);

} // namespace beachfront::geometry
