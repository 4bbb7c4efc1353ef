// SPDX-License-Identifier: GPL-3.0-or-later
// A whole co-packaged switch for timing conduction: glass substrate with build-up, a die and 16 engines on joints under
// one lid on a seal. Conductivities from 0.3 to 390 W/(m K), cells up to a few hundred times as wide as thick.
#pragma once

#include "thermal/heat_flow.hpp"

#include <cstddef>
#include <vector>

namespace beachfront::bench {

struct HeatPackage {
  thermal::HeatProblem problem;
  std::vector<thermal::HeatLoad> loads; ///< the die, then the engines
};

/// With about as many cells as asked for, of which somewhat less than half are empty.
HeatPackage heat_package(std::size_t cells);

} // namespace beachfront::bench
