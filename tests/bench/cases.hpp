// SPDX-License-Identifier: GPL-3.0-or-later
// The packages that the layout benchmark lays out.
#pragma once

#include "geometry/package.hpp"

#include <string>
#include <vector>

namespace beachfront::bench {

struct Case {
  std::string name;
  geometry::Package package;
  geometry::RoutingRules rules;
  int guides = 0;
  std::string ladder; ///< the series it belongs to, whose cases differ in the number of guides; empty: none
};

/// 16 engines, 4 a side, that share `guides` ports 50 um apart; ferrules of 64 fibres 80 um apart on all four edges.
/// The dies grow with the engines and the package with the ferrules, so that every size has a layout without faults.
Case sixteen_engines(int guides);

/// Reference design C-DR (1,152 guides) on a square package, with what the optics derives for recipe A0.
Case reference_dr(double size_mm, bool clothoids);

/// Two arrays of half the guides each, 10 mm apart, into one ferrule: ports and fibres 50 um apart, which is also the
/// least pitch. 1,024 guides are the shape of gdsfactory issue 4648. The length between grows with the root of the
/// guides, as the closed form of what parallel S-bends wait for each other asks.
Case merge_arrays(int guides, double min_bend_radius_mm);

std::vector<Case> all_cases();

} // namespace beachfront::bench
