// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/distance.hpp"

#include "geometry/clothoid_distance.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numbers>

namespace beachfront::geometry {
namespace {

// A meeting this far beyond an end still counts as at the end: ten times the stated error, far below any rule.
constexpr double end_tolerance_mm = 1e-8;

Point direction(double heading_rad) {
  return {std::cos(heading_rad), std::sin(heading_rad)};
}
Point left_of(Point t) {
  return {-t.y_mm, t.x_mm};
}

// How far along a piece of this heading change is; the smallest value at or after -tolerance for arcs.
double along_arc(const Segment& arc, double turn_rad) {
  const double circle = 2 * std::numbers::pi / std::abs(arc.curvature_per_mm);
  double s = std::fmod(turn_rad / arc.curvature_per_mm, circle);
  if (s < -end_tolerance_mm)
    s += circle;
  return s > circle - end_tolerance_mm ? s - circle : s;
}

// Arc length at which the whole line or circle of the piece is closest to a point.
double foot_mm(const Segment& segment, Point point) {
  const Point q = point - segment.start.at;
  const Point t = direction(segment.start.heading_rad);
  const double kappa = segment.curvature_per_mm;
  if (kappa == 0)
    return dot(q, t);
  return along_arc(segment, std::atan2(kappa * dot(q, t), 1 - kappa * dot(q, left_of(t))));
}

bool on_piece(const Segment& segment, double s_mm) {
  return s_mm >= -end_tolerance_mm && s_mm <= segment.length_mm + end_tolerance_mm;
}

Point at(const Segment& segment, double s_mm) {
  return pose_at(segment, s_mm).at;
}

void keep_closer(Nearest& best, const Segment& first, double s_first, const Segment& second, double s_second) {
  const Point a = at(first, s_first);
  const Point b = at(second, s_second);
  const double distance = norm_mm(a - b);
  if (distance < best.distance_mm)
    best = {distance, s_first, s_second, a, b};
}

// Points of the arc where its tangent is parallel to a direction: one each way.
std::array<double, 2> parallel_to(const Segment& arc, double heading_rad) {
  const double turn = heading_rad - arc.start.heading_rad;
  return {along_arc(arc, turn), along_arc(arc, turn + std::numbers::pi)};
}

/// Up to two of something, without an allocation.
template <typename T>
struct UpToTwo {
  std::array<T, 2> items;
  std::size_t count = 0;
  void add(const T& item) { items[count++] = item; }
  const T* begin() const { return items.data(); }
  const T* end() const { return items.data() + count; }
};
using Points = UpToTwo<Point>;

Points line_line(const Segment& a, const Segment& b) {
  const Point u = direction(a.start.heading_rad);
  const Point v = direction(b.start.heading_rad);
  const double sine = cross(u, v);
  // Lines closer to parallel than this part by under 1e-9 mm over 1 m: their ends tell the distance.
  if (std::abs(sine) < 1e-12)
    return {};
  return {{a.start.at + (cross(b.start.at - a.start.at, v) / sine) * u}, 1};
}

// Where the circle of radius r about c meets the line through p along u; a chord shorter than rounding is a touch.
Points chord_ends(Point c, double r, Point p, Point u) {
  const Point middle = p + dot(c - p, u) * u;
  const double offset = norm_mm(middle - c);
  if (offset > r + end_tolerance_mm / 10)
    return {};
  const double half = std::sqrt(std::max(0.0, (r - offset) * (r + offset)));
  if (half == 0)
    return {{middle}, 1};
  return {{middle - half * u, middle + half * u}, 2};
}

Points circle_circle(const Segment& a, const Segment& b) {
  const Point ca = centre(a);
  const Point between = centre(b) - ca;
  const double d = norm_mm(between);
  const double ra = 1 / std::abs(a.curvature_per_mm);
  const double rb = 1 / std::abs(b.curvature_per_mm);
  if (d < end_tolerance_mm)
    return {};
  const Point u = (1 / d) * between;
  // The radical line, at (d^2 + ra^2 - rb^2) / 2d from the first centre.
  const double offset = (d + (ra - rb) * (ra + rb) / d) / 2;
  return chord_ends(ca, ra, ca + offset * u, left_of(u));
}

Points shared_points(const Segment& a, const Segment& b) {
  const bool a_straight = a.curvature_per_mm == 0;
  const bool b_straight = b.curvature_per_mm == 0;
  if (a_straight && b_straight)
    return line_line(a, b);
  if (!a_straight && !b_straight)
    return circle_circle(a, b);
  const Segment& line = a_straight ? a : b;
  const Segment& arc = a_straight ? b : a;
  return chord_ends(centre(arc), 1 / std::abs(arc.curvature_per_mm), line.start.at, direction(line.start.heading_rad));
}

double angle_between(double heading_a, double heading_b) {
  const Point u = direction(heading_a);
  const Point v = direction(heading_b);
  return std::atan2(std::abs(cross(u, v)), std::abs(dot(u, v)));
}

/// Of lines and arcs, sorted along the first.
UpToTwo<Meeting> meetings_of_arcs(const Segment& first, const Segment& second) {
  UpToTwo<Meeting> result;
  for (const Point& point : shared_points(first, second)) {
    const double s = foot_mm(first, point);
    const double t = foot_mm(second, point);
    if (!on_piece(first, s) || !on_piece(second, t))
      continue;
    const Pose a = pose_at(first, std::clamp(s, 0.0, first.length_mm));
    const Pose b = pose_at(second, std::clamp(t, 0.0, second.length_mm));
    result.add({std::clamp(s, 0.0, first.length_mm), std::clamp(t, 0.0, second.length_mm), 0.5 * (a.at + b.at),
                angle_between(a.heading_rad, b.heading_rad)});
  }
  if (result.count == 2 && result.items[1].s_first_mm < result.items[0].s_first_mm)
    std::swap(result.items[0], result.items[1]);
  return result;
}

} // namespace

Nearest nearest(const Segment& segment, Point point) {
  if (is_clothoid(segment))
    return clothoid_nearest(segment, point);
  const double foot = foot_mm(segment, point);
  const auto to = [&](double s) {
    const Point p = at(segment, s);
    return Nearest{norm_mm(p - point), s, 0, p, point};
  };
  if (foot >= 0 && foot <= segment.length_mm)
    return to(foot);
  const Nearest from_start = to(0);
  const Nearest from_end = to(segment.length_mm);
  return from_end.distance_mm < from_start.distance_mm ? from_end : from_start;
}

Nearest nearest(const Segment& first, const Segment& second) {
  if (is_clothoid(first) || is_clothoid(second))
    return clothoid_nearest(first, second);
  if (const UpToTwo<Meeting> shared = meetings_of_arcs(first, second); shared.count > 0)
    return {0, shared.items[0].s_first_mm, shared.items[0].s_second_mm, shared.items[0].place, shared.items[0].place};

  Nearest best;
  best.distance_mm = std::numeric_limits<double>::infinity();
  const auto from_first = [&](double s) {
    if (on_piece(first, s)) {
      const double clamped = std::clamp(s, 0.0, first.length_mm);
      keep_closer(best, first, clamped, second, nearest(second, at(first, clamped)).s_first_mm);
    }
  };
  const auto from_second = [&](double s) {
    if (on_piece(second, s)) {
      const double clamped = std::clamp(s, 0.0, second.length_mm);
      keep_closer(best, first, nearest(first, at(second, clamped)).s_first_mm, second, clamped);
    }
  };
  for (const double s : {0.0, first.length_mm})
    from_first(s);
  for (const double s : {0.0, second.length_mm})
    from_second(s);

  // Closest inside both: where the tangents are parallel, which for two arcs is on the line through their centres.
  const bool first_straight = first.curvature_per_mm == 0;
  const bool second_straight = second.curvature_per_mm == 0;
  if (first_straight && !second_straight)
    for (const double s : parallel_to(second, first.start.heading_rad))
      from_second(s);
  if (!first_straight && second_straight)
    for (const double s : parallel_to(first, second.start.heading_rad))
      from_first(s);
  if (!first_straight && !second_straight) {
    const Point between = centre(second) - centre(first);
    if (between.x_mm != 0 || between.y_mm != 0)
      for (const double s : parallel_to(first, std::atan2(between.x_mm, -between.y_mm)))
        from_first(s);
  }
  return best;
}

Nearest nearest_edge(const Segment& segment, const Box& box) {
  Nearest best;
  best.distance_mm = std::numeric_limits<double>::infinity();
  for (const Segment& edge : edges(box)) {
    const Nearest found = nearest(segment, edge);
    if (found.distance_mm < best.distance_mm)
      best = found;
  }
  best.s_second_mm = 0;
  return best;
}

Nearest nearest(const Segment& segment, const Box& box) {
  if (contains(box, segment.start.at))
    return {0, 0, 0, segment.start.at, segment.start.at};
  return nearest_edge(segment, box);
}

std::vector<Meeting> meetings(const Segment& first, const Segment& second) {
  if (is_clothoid(first) || is_clothoid(second))
    return clothoid_meetings(first, second);
  const UpToTwo<Meeting> found = meetings_of_arcs(first, second);
  return {found.begin(), found.end()};
}

bool contains(const Box& box, Point point) {
  return point.x_mm >= box.min.x_mm && point.x_mm <= box.max.x_mm && point.y_mm >= box.min.y_mm &&
         point.y_mm <= box.max.y_mm;
}

Box grown(const Box& box, double margin_mm) {
  const Point margin{margin_mm, margin_mm};
  return {box.min - margin, box.max + margin};
}

std::vector<Segment> edges(const Box& box) {
  const double quarter = std::numbers::pi / 2;
  return {{{box.min, 0}, box.width_mm(), 0},
          {{{box.max.x_mm, box.min.y_mm}, quarter}, box.height_mm(), 0},
          {{box.max, 2 * quarter}, box.width_mm(), 0},
          {{{box.min.x_mm, box.max.y_mm}, 3 * quarter}, box.height_mm(), 0}};
}

} // namespace beachfront::geometry
