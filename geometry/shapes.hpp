// SPDX-License-Identifier: GPL-3.0-or-later
// The shared vocabulary of places: points, boxes, sides of a package and violations of a rule.
// Frame: origin at the package centre, x east, y north, z up from the board side; lengths in mm, angles in radians.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace beachfront::geometry {

struct Point {
  double x_mm = 0;
  double y_mm = 0;
};

inline Point operator+(Point a, Point b) {
  return {a.x_mm + b.x_mm, a.y_mm + b.y_mm};
}
inline Point operator-(Point a, Point b) {
  return {a.x_mm - b.x_mm, a.y_mm - b.y_mm};
}
inline Point operator*(double s, Point a) {
  return {s * a.x_mm, s * a.y_mm};
}
inline double dot(Point a, Point b) {
  return a.x_mm * b.x_mm + a.y_mm * b.y_mm;
}
inline double cross(Point a, Point b) {
  return a.x_mm * b.y_mm - a.y_mm * b.x_mm;
}
inline double norm_mm(Point a) {
  return std::hypot(a.x_mm, a.y_mm);
}

/// An axis-aligned rectangle, min at its south-west corner.
struct Box {
  Point min;
  Point max;
  double width_mm() const { return max.x_mm - min.x_mm; }
  double height_mm() const { return max.y_mm - min.y_mm; }
  double area_mm2() const { return width_mm() * height_mm(); }
  Point centre() const { return 0.5 * (min + max); }
};

inline Box box_around(Point centre, double width_mm, double height_mm) {
  const Point half{width_mm / 2, height_mm / 2};
  return {centre - half, centre + half};
}

/// Shortest distance between two boxes; 0 when they touch or overlap.
inline double distance_mm(const Box& a, const Box& b) {
  const double dx = std::max({0.0, a.min.x_mm - b.max.x_mm, b.min.x_mm - a.max.x_mm});
  const double dy = std::max({0.0, a.min.y_mm - b.max.y_mm, b.min.y_mm - a.max.y_mm});
  return std::hypot(dx, dy);
}

inline bool overlap(const Box& a, const Box& b) {
  return a.min.x_mm < b.max.x_mm && b.min.x_mm < a.max.x_mm && a.min.y_mm < b.max.y_mm && b.min.y_mm < a.max.y_mm;
}

inline bool contains(const Box& outer, const Box& inner) {
  return outer.min.x_mm <= inner.min.x_mm && outer.min.y_mm <= inner.min.y_mm && inner.max.x_mm <= outer.max.x_mm &&
         inner.max.y_mm <= outer.max.y_mm;
}

enum class Side { north, east, south, west };

/// As design files name it: N, E, S, W.
inline const char* name_of(Side side) {
  constexpr const char* names[] = {"N", "E", "S", "W"};
  return names[static_cast<int>(side)];
}

/// A rule that a design breaks, or the reason why it cannot be built. A result, never an exception.
struct Violation {
  std::string rule;    ///< stable name, e.g. "guide_spacing", "connector_edge"
  std::string where;   ///< what breaks it: nets, engines, an edge
  Point place;         ///< where on the package
  double found = 0;    ///< in `unit`
  double required = 0; ///< in `unit`
  std::string unit;    ///< "mm", "um", "dB", ...
  std::string message; ///< one sentence with the numbers and what would help
};

} // namespace beachfront::geometry
