// SPDX-License-Identifier: GPL-3.0-or-later
// Where the heat of loads enters the cells of a grid, and the temperature of the plane that it enters in.
#pragma once

#include "thermal/heat_flow.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace beachfront::thermal {

struct HeatSources {
  struct Entry {
    std::size_t place = 0; ///< in the matrix
    double power_W = 0;
  };
  std::vector<Entry> entries;
  std::vector<double> straight_out_W; ///< by cooled face: what enters in a cooled plane and passes no cell
  double power_W = 0;                 ///< of all
};

/// Heat that enters in a face between two cells divides as the half cells and the contact conduct: exact for heat that
/// crosses layers. std::invalid_argument for a load on a body that is not there, off the body, or without outline.
HeatSources heat_sources(const HeatSystem& system, std::span<const HeatLoad> loads);

} // namespace beachfront::thermal
