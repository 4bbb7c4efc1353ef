// SPDX-License-Identifier: GPL-3.0-or-later
// The substrate's deflection all over its outline, for maps: what the warpage figures are the corners of.
#pragma once

#include "thermal/mechanics.hpp"
#include "thermal/solid_mechanics.hpp"
#include "thermal/temperature.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace beachfront::thermal {

struct DeflectionState {
  std::string name;       ///< "reflow", "room" or "operating"
  std::vector<double> um; ///< at every place, x fastest; upwards positive
};

/// Heights over the centre at evenly spaced places, edges included, less the plane of the four corners: the corner
/// farthest from 0 is the warpage of Mechanics.
struct DeflectionMap {
  std::vector<double> x_mm, y_mm;
  std::vector<DeflectionState> states;
};

/// By the laminate plate; without "operating" when the temperatures are not solved, empty when the assembly cannot be
/// followed. `places` along each side, at least 2. `prepared` has served this package or none.
DeflectionMap plate_deflection(const Package& package, const Temperatures& temperatures, std::size_t places,
                               PreparedMechanics& prepared);

/// By the solid, at its lower face.
DeflectionMap solid_deflection(const PackageFields& fields, std::size_t places);

} // namespace beachfront::thermal
