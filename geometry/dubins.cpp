// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/dubins.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace beachfront::geometry {
namespace {

constexpr double turn_tolerance_rad = 1e-9;
constexpr double touch_tolerance = 1e-9; // of the radius

/// From one heading to another turning left (side 1) or right (-1), 0 to a full turn.
double turn(double from_rad, double to_rad, int side) {
  constexpr double circle = 2 * std::numbers::pi;
  double angle = std::fmod(side * (to_rad - from_rad), circle);
  if (angle < 0)
    angle += circle;
  return angle > circle - turn_tolerance_rad ? 0 : angle;
}

/// The centre of the unit circle on this side of a pose.
Point centre_beside(Point at, double heading_rad, int side) {
  return at + side * Point{-std::sin(heading_rad), std::cos(heading_rad)};
}

/// In units of the radius: lengths of the words that start and end on these sides, infinity where there is none.
double with_straight(Point from, double from_rad, Point to, double to_rad, int first, int last) {
  const Point between = centre_beside(to, to_rad, last) - centre_beside(from, from_rad, first);
  const double distance = norm_mm(between);
  double straight_rad = std::atan2(between.y_mm, between.x_mm);
  if (first == last) {
    if (distance < touch_tolerance) // one circle: no straight between
      return turn(from_rad, to_rad, first);
    return turn(from_rad, straight_rad, first) + distance + turn(straight_rad, to_rad, last);
  }
  if (distance < 2 - touch_tolerance)
    return std::numeric_limits<double>::infinity();
  straight_rad += first * std::asin(std::min(1.0, 2 / distance));
  const double straight = std::sqrt(std::max(0.0, (distance - 2) * (distance + 2)));
  return turn(from_rad, straight_rad, first) + straight + turn(straight_rad, to_rad, last);
}

double with_three_arcs(Point from, double from_rad, Point to, double to_rad, int outer) {
  const Point first = centre_beside(from, from_rad, outer);
  const Point between = centre_beside(to, to_rad, outer) - first;
  const double distance = norm_mm(between);
  if (distance > 4 + touch_tolerance)
    return std::numeric_limits<double>::infinity();
  // The three centres make a triangle of sides 2, 2 and `distance`; the middle circle stands on either side of it.
  const double lean = std::acos(std::min(1.0, distance / 4));
  double best = std::numeric_limits<double>::infinity();
  for (const int bank : {1, -1}) {
    const double to_middle = std::atan2(between.y_mm, between.x_mm) + bank * lean;
    const Point middle = first + 2 * Point{std::cos(to_middle), std::sin(to_middle)};
    const Point on = first + between - middle;
    const double to_last = std::atan2(on.y_mm, on.x_mm);
    // Where circles touch, the heading is square to the line of their centres.
    const double enter_rad = to_middle + outer * std::numbers::pi / 2;
    const double leave_rad = to_last - outer * std::numbers::pi / 2;
    best = std::min(best, turn(from_rad, enter_rad, outer) + turn(enter_rad, leave_rad, -outer) +
                              turn(leave_rad, to_rad, outer));
  }
  return best;
}

} // namespace

double shortest_length_mm(const Pose& from, const Pose& to, double radius_mm) {
  if (radius_mm == 0)
    return norm_mm(to.at - from.at);
  const Point start{};
  const Point end = (1 / radius_mm) * (to.at - from.at);
  double best = std::numeric_limits<double>::infinity();
  for (const int first : {1, -1}) {
    for (const int last : {1, -1})
      best = std::min(best, with_straight(start, from.heading_rad, end, to.heading_rad, first, last));
    best = std::min(best, with_three_arcs(start, from.heading_rad, end, to.heading_rad, first));
  }
  return radius_mm * best;
}

} // namespace beachfront::geometry
