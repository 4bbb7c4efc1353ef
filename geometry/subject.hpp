// SPDX-License-Identifier: GPL-3.0-or-later
// A guide as the verifier's rules see it, and the tolerances they share.
#pragma once

#include "geometry/layout.hpp"

#include <algorithm>
#include <numbers>
#include <vector>

namespace beachfront::geometry {

inline constexpr double place_tolerance_mm = 1e-6;
inline constexpr double joint_tolerance_mm = 1e-9;
inline constexpr double heading_tolerance_rad = 1e-9;
inline constexpr double radius_tolerance = 1e-9; // of the radius

inline double turn_between(double a_rad, double b_rad) {
  return std::abs(std::remainder(a_rad - b_rad, 2 * std::numbers::pi));
}

/// A guide with what several rules ask of it.
struct Subject {
  const Guide& guide;
  std::vector<Box> bounds = {}; ///< of its segments
  Box whole = {};
};

inline Subject subject(const Guide& guide) {
  Subject result{guide};
  result.bounds.reserve(guide.path.size());
  for (const Segment& segment : guide.path)
    result.bounds.push_back(bounds(segment));
  result.whole = result.bounds.front();
  for (const Box& box : result.bounds) {
    Box& all = result.whole;
    all.min = {std::min(all.min.x_mm, box.min.x_mm), std::min(all.min.y_mm, box.min.y_mm)};
    all.max = {std::max(all.max.x_mm, box.max.x_mm), std::max(all.max.y_mm, box.max.y_mm)};
  }
  return result;
}

} // namespace beachfront::geometry
