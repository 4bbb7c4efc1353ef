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
  bool ladder = false; ///< one of a series that differs in the number of guides alone
};

/// 16 engines, 4 a side, that share `guides` ports 50 um apart; ferrules of 64 fibres 80 um apart on all four edges.
/// The dies grow with the engines and the package with the ferrules, so that every size has a layout without faults.
Case ladder(int guides);

/// Reference design C-DR (1,152 guides) on a square package, with what the optics derives for recipe A0.
Case reference_dr(double size_mm, bool clothoids);

/// Two arrays of 512 ports into one ferrule of 1,024 fibres, all 50 um apart, where 50 um is also the least pitch: the
/// shape of gdsfactory issue 4648.
Case merge_arrays(double min_bend_radius_mm, double room_mm);

std::vector<Case> all_cases();

} // namespace beachfront::bench
