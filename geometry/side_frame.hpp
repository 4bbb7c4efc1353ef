// SPDX-License-Identifier: GPL-3.0-or-later
// One frame a side of the package, so that everything is written once and turned by exact quarter turns: u runs along
// the side, left to right seen from the die; v runs outwards.
#pragma once

#include "geometry/path.hpp"

#include <algorithm>
#include <numbers>

namespace beachfront::geometry {

struct SideFrame {
  Point along;
  Point outward;
  double outward_heading_rad = 0;

  Point to_package(double u_mm, double v_mm) const { return u_mm * along + v_mm * outward; }
  double u_mm(Point p) const { return dot(p, along); }
  double v_mm(Point p) const { return dot(p, outward); }

  Box to_package(double u_low_mm, double v_low_mm, double u_high_mm, double v_high_mm) const {
    const Point a = to_package(u_low_mm, v_low_mm);
    const Point b = to_package(u_high_mm, v_high_mm);
    return {{std::min(a.x_mm, b.x_mm), std::min(a.y_mm, b.y_mm)}, {std::max(a.x_mm, b.x_mm), std::max(a.y_mm, b.y_mm)}};
  }

  /// How far a box reaches outwards, its middle along the side, and its length along it.
  double reach_mm(const Box& box) const { return std::max(v_mm(box.min), v_mm(box.max)); }
  double middle_mm(const Box& box) const { return u_mm(box.centre()); }
  double length_mm(const Box& box) const { return std::abs(u_mm(box.max) - u_mm(box.min)); }
};

inline SideFrame frame_of(Side side) {
  constexpr double quarter = std::numbers::pi / 2;
  switch (side) {
  case Side::north:
    return {{1, 0}, {0, 1}, quarter};
  case Side::east:
    return {{0, -1}, {1, 0}, 0};
  case Side::south:
    return {{-1, 0}, {0, -1}, -quarter};
  case Side::west:
    break;
  }
  return {{0, 1}, {-1, 0}, 2 * quarter};
}

} // namespace beachfront::geometry
