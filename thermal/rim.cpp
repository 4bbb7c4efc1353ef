// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/rim.hpp"

#include <algorithm>

namespace beachfront::thermal {

namespace {

std::vector<geometry::Box> rim(const geometry::Box& outer, double width_mm) {
  const geometry::Box hole = within_rim(outer, width_mm);
  const geometry::Point a = outer.min, b = outer.max;
  return {{a, {b.x_mm, hole.min.y_mm}},
          {{a.x_mm, hole.max.y_mm}, b},
          {{a.x_mm, hole.min.y_mm}, {hole.min.x_mm, hole.max.y_mm}},
          {{hole.max.x_mm, hole.min.y_mm}, {b.x_mm, hole.max.y_mm}}};
}

} // namespace

bool inside(const geometry::Box& inner, const geometry::Box& outer) {
  constexpr double rounding_mm = 1e-9;
  return inner.min.x_mm >= outer.min.x_mm - rounding_mm && inner.min.y_mm >= outer.min.y_mm - rounding_mm &&
         inner.max.x_mm <= outer.max.x_mm + rounding_mm && inner.max.y_mm <= outer.max.y_mm + rounding_mm;
}

geometry::Box within_rim(const geometry::Box& outer, double width_mm) {
  return geometry::box_around(outer.centre(), std::max(0.0, outer.width_mm() - 2 * width_mm),
                              std::max(0.0, outer.height_mm() - 2 * width_mm));
}

bool has_foot(const Package& package, const geometry::Box& plate) {
  return package.cooling.lid.foot_width_mm > 0 && inside(plate, package.substrate.outline);
}

std::vector<geometry::Box> foot_bars(const Package& package, const geometry::Box& plate) {
  return has_foot(package, plate) ? rim(plate, package.cooling.lid.foot_width_mm) : std::vector<geometry::Box>{};
}

std::vector<geometry::Box> bars(const Stiffener& stiffener) {
  return rim(stiffener.outline, stiffener.rim_width_mm);
}

} // namespace beachfront::thermal
