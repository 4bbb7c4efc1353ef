// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/s_bend.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace beachfront::geometry {

double largest_s_bend_radius_mm(double length_mm, double offset_mm) {
  const double h_mm = std::abs(offset_mm);
  if (h_mm == 0)
    return std::numeric_limits<double>::infinity();
  return h_mm <= length_mm ? (length_mm * length_mm + h_mm * h_mm) / (4 * h_mm) : length_mm / 2;
}

double s_bend_length_mm(double offset_mm, double radius_mm) {
  const double h_mm = std::abs(offset_mm);
  return h_mm < 2 * radius_mm ? std::sqrt(4 * radius_mm * h_mm - h_mm * h_mm) : 2 * radius_mm;
}

std::optional<SBend> s_bend(double length_mm, double offset_mm, double radius_mm) {
  const double h_mm = std::abs(offset_mm);
  const double largest_mm = largest_s_bend_radius_mm(length_mm, offset_mm);
  if (!(length_mm > 0) || radius_mm > largest_mm * (1 + 1e-12))
    return std::nullopt;
  if (radius_mm >= largest_mm * (1 - 1e-12)) // without the cancellation of the general case
    return h_mm <= length_mm ? SBend{largest_mm, 2 * std::atan2(h_mm, length_mm), 0, length_mm}
                             : SBend{largest_mm, std::numbers::pi / 2, h_mm - 2 * largest_mm, length_mm};
  // Arcs and the straight between them must close: L sin(a) + (2R - h) cos(a) = 2R.
  const double rest_mm = 2 * radius_mm - h_mm;
  const double angle_rad =
      std::asin(std::min(1.0, 2 * radius_mm / std::hypot(length_mm, rest_mm))) - std::atan2(rest_mm, length_mm);
  if (!(angle_rad > 0) || angle_rad > std::numbers::pi / 2 + 1e-12)
    return std::nullopt;
  const double straight_mm =
      std::hypot(length_mm - 2 * radius_mm * std::sin(angle_rad), h_mm - 2 * radius_mm * (1 - std::cos(angle_rad)));
  return SBend{radius_mm, angle_rad, straight_mm, length_mm};
}

} // namespace beachfront::geometry
