// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/lid_foot.hpp"

#include <algorithm>

namespace beachfront::thermal {

bool inside(const geometry::Box& inner, const geometry::Box& outer) {
  constexpr double rounding_mm = 1e-9;
  return inner.min.x_mm >= outer.min.x_mm - rounding_mm && inner.min.y_mm >= outer.min.y_mm - rounding_mm &&
         inner.max.x_mm <= outer.max.x_mm + rounding_mm && inner.max.y_mm <= outer.max.y_mm + rounding_mm;
}

bool has_foot(const Package& package, const geometry::Box& plate) {
  return package.cooling.lid.foot_width_mm > 0 && inside(plate, package.substrate.outline);
}

geometry::Box within_rim(const Package& package, const geometry::Box& plate) {
  const double foot_mm = package.cooling.lid.foot_width_mm;
  return geometry::box_around(plate.centre(), std::max(0.0, plate.width_mm() - 2 * foot_mm),
                              std::max(0.0, plate.height_mm() - 2 * foot_mm));
}

} // namespace beachfront::thermal
