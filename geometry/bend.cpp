// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/bend.hpp"

#include <fmt/core.h>

#include <numbers>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

constexpr double most_turn_rad = 1.5 * std::numbers::pi;

void check(double radius_mm, double turn_rad) {
  if (!(radius_mm > 0))
    throw std::invalid_argument(fmt::format("a bend has a radius of {} mm", radius_mm));
  // Negated, so that a NaN is refused as well.
  if (!(std::abs(turn_rad) <= most_turn_rad))
    throw std::invalid_argument(fmt::format("a bend turns by {} rad, {} at most", turn_rad, most_turn_rad));
}

/// Clothoid, arc, clothoid. The curvature of a clothoid rises evenly to 1 / sharpest, so it turns by
/// length / (2 sharpest): for a quarter of the turn it is as long as the arc, which takes half.
Path with_clothoids(const Pose& start, double sharpest_mm, double turn_rad) {
  const double third_mm = sharpest_mm * std::abs(turn_rad) / 2;
  const double curvature = std::copysign(1 / sharpest_mm, turn_rad);
  const double rate = curvature / third_mm;
  Path path{{start, third_mm, 0, rate}};
  path.push_back({end_pose(path), third_mm, curvature});
  path.push_back({end_pose(path), third_mm, curvature, -rate});
  return path;
}

/// Smallest radius over that of the arc between the same poses. A symmetric bend of the turn t ends at t/2 from its
/// first heading; there an arc of radius R is 2 R sin(t/2) away.
double sharpest_ratio(double turn_rad) {
  const double turn = std::abs(turn_rad);
  // The next term of the series in the turn is below 1e-16.
  if (turn < 1e-8)
    return 2.0 / 3;
  const Point end = end_pose(with_clothoids({}, 1, turn)).at;
  const double chord = dot(end, {std::cos(turn / 2), std::sin(turn / 2)});
  return 2 * std::sin(turn / 2) / chord;
}

} // namespace

void append_bend(Path& path, double radius_mm, double turn_rad, bool clothoids) {
  check(radius_mm, turn_rad);
  if (turn_rad == 0)
    return;
  if (!clothoids) {
    path.push_back({end_pose(path), radius_mm * std::abs(turn_rad), std::copysign(1 / radius_mm, turn_rad)});
    return;
  }
  const Path bend = with_clothoids(end_pose(path), sharpest_radius_mm(radius_mm, turn_rad, true), turn_rad);
  path.insert(path.end(), bend.begin(), bend.end());
}

double sharpest_radius_mm(double radius_mm, double turn_rad, bool clothoids) {
  check(radius_mm, turn_rad);
  return clothoids ? radius_mm * sharpest_ratio(turn_rad) : radius_mm;
}

double bend_radius_mm(double sharpest_mm, double turn_rad, bool clothoids) {
  check(sharpest_mm, turn_rad);
  return clothoids ? sharpest_mm / sharpest_ratio(turn_rad) : sharpest_mm;
}

} // namespace beachfront::geometry
