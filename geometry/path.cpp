// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/path.hpp"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <numbers>

namespace beachfront::geometry {

namespace {

constexpr double curvature_tolerance_per_mm = 1e-12; // of a joint with a clothoid

/// Mean along and across of a curve whose heading is half_turn u + bow u^2 for u from -1 to 1: the integral, by a
/// Gauss-Legendre rule of so many points; what is odd in u integrates to nothing.
template <unsigned points>
Point mean_direction(double half_turn_rad, double bow_rad) {
  using Rule = boost::math::quadrature::gauss<double, points>;
  Point mean;
  for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
    const double u = Rule::abscissa()[i];
    const double weight = Rule::weights()[i] * (u == 0 ? 0.5 : 1) * std::cos(half_turn_rad * u);
    mean = mean + weight * Point{std::cos(bow_rad * u * u), std::sin(bow_rad * u * u)};
  }
  return mean;
}

/// Where a clothoid is that starts at the origin with this heading. Boost has no Fresnel integrals, and they cancel for
/// slow rates; the integrand, about the middle of a stretch, is so smooth that 15 Gauss-Legendre points are exact to
/// rounding up to half a turn, and 7 up to 0.6 rad.
Point clothoid(double heading_rad, double curvature_per_mm, double rate_per_mm2, double length_mm) {
  const double bow = rate_per_mm2 * length_mm * length_mm / 8;
  const double half_turn = curvature_per_mm * length_mm / 2 + 2 * bow;
  const bool gentle = std::abs(half_turn) + 2 * std::abs(bow) < 0.6;
  const Point mean = gentle ? mean_direction<7>(half_turn, bow) : mean_direction<15>(half_turn, bow);
  const double middle = heading_rad + curvature_per_mm * length_mm / 2 + bow;
  const Point ahead{std::cos(middle), std::sin(middle)};
  return length_mm * (mean.x_mm * ahead + mean.y_mm * Point{-ahead.y_mm, ahead.x_mm});
}

Pose clothoid_pose_at(const Segment& segment, double s_mm) {
  const double sharpest = std::max(std::abs(segment.curvature_per_mm), std::abs(curvature_at(segment, s_mm)));
  const int stretches = static_cast<int>(std::clamp(std::ceil(sharpest * std::abs(s_mm) / std::numbers::pi), 1.0, 1e6));
  const double stretch_mm = s_mm / stretches;
  const auto heading_at = [&](double s) {
    return segment.start.heading_rad + s * (segment.curvature_per_mm + segment.curvature_rate_per_mm2 * s / 2);
  };
  Point at = segment.start.at;
  for (int i = 0; i < stretches; ++i)
    at = at + clothoid(heading_at(stretch_mm * i), curvature_at(segment, stretch_mm * i),
                       segment.curvature_rate_per_mm2, stretch_mm);
  return {at, heading_at(s_mm)};
}

/// How far a piece turns away from its first heading on its way.
struct Turn {
  double least_rad = 0;
  double most_rad = 0;
};

Turn clothoid_turn(const Segment& segment) {
  const double kappa = segment.curvature_per_mm;
  const double rate = segment.curvature_rate_per_mm2;
  const auto turn_at = [&](double s) { return s * (kappa + rate * s / 2); };
  Turn turn{std::min(0.0, turn_at(segment.length_mm)), std::max(0.0, turn_at(segment.length_mm))};
  // It turns back where its curvature is zero.
  if (const double back = -kappa / rate; back > 0 && back < segment.length_mm)
    turn = {std::min(turn.least_rad, turn_at(back)), std::max(turn.most_rad, turn_at(back))};
  return turn;
}

/// Where the heading of the whole clothoid is `turn_rad` beyond that of its start: rate s^2 / 2 + kappa s = turn,
/// solved without cancellation.
std::array<double, 2> clothoid_lengths_at(const Segment& segment, double turn_rad) {
  const double kappa = segment.curvature_per_mm;
  const double rate = segment.curvature_rate_per_mm2;
  const double root = std::sqrt(std::max(0.0, kappa * kappa + 2 * rate * turn_rad));
  const double sum = kappa + std::copysign(root, kappa);
  return {sum == 0 ? 0 : 2 * turn_rad / sum, -sum / rate};
}

Box box_of(Point a, Point b) {
  return {{std::min(a.x_mm, b.x_mm), std::min(a.y_mm, b.y_mm)}, {std::max(a.x_mm, b.x_mm), std::max(a.y_mm, b.y_mm)}};
}

void grow(Box& box, Point p) {
  box.min = {std::min(box.min.x_mm, p.x_mm), std::min(box.min.y_mm, p.y_mm)};
  box.max = {std::max(box.max.x_mm, p.x_mm), std::max(box.max.y_mm, p.y_mm)};
}

} // namespace

double max_curvature_per_mm(const Segment& segment) {
  return std::max(std::abs(segment.curvature_per_mm), std::abs(end_curvature_per_mm(segment)));
}

double total_turn_rad(const Segment& segment) {
  const double before = segment.curvature_per_mm;
  const double after = end_curvature_per_mm(segment);
  if (before * after >= 0)
    return std::abs(before + after) / 2 * segment.length_mm;
  return (before * before + after * after) / (2 * std::abs(segment.curvature_rate_per_mm2));
}

Pose pose_at(const Segment& segment, double s_mm) {
  if (is_clothoid(segment))
    return clothoid_pose_at(segment, s_mm);
  const double kappa = segment.curvature_per_mm;
  const double heading = segment.start.heading_rad;
  // Chord form: exact for arcs, and without cancellation as the curvature goes to zero.
  const double half_turn = kappa * s_mm / 2;
  const double chord = half_turn == 0 ? s_mm : s_mm * std::sin(half_turn) / half_turn;
  return {segment.start.at + chord * Point{std::cos(heading + half_turn), std::sin(heading + half_turn)},
          heading + 2 * half_turn};
}

Pose end_pose(const Segment& segment) {
  return pose_at(segment, segment.length_mm);
}

Pose end_pose(const Path& path) {
  return end_pose(path.back());
}

double length_mm(const Path& path) {
  double total = 0;
  for (const Segment& segment : path)
    total += segment.length_mm;
  return total;
}

double min_radius_mm(const Path& path) {
  double curvature = 0;
  for (const Segment& segment : path)
    curvature = std::max(curvature, max_curvature_per_mm(segment));
  return curvature == 0 ? std::numeric_limits<double>::infinity() : 1 / curvature;
}

std::vector<Joint> joints(const Path& path) {
  std::vector<Joint> result;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const double before = end_curvature_per_mm(path[i - 1]);
    const double after = path[i].curvature_per_mm;
    const bool clothoid = is_clothoid(path[i - 1]) || is_clothoid(path[i]);
    if (clothoid ? std::abs(after - before) > curvature_tolerance_per_mm : after != before)
      result.push_back({before, after});
  }
  return result;
}

Point centre(const Segment& segment) {
  const double radius = 1 / segment.curvature_per_mm;
  const double heading = segment.start.heading_rad;
  return segment.start.at + radius * Point{-std::sin(heading), std::cos(heading)};
}

Box bounds(const Segment& segment) {
  Box box = box_of(segment.start.at, end_pose(segment).at);
  if (is_straight(segment))
    return box;
  // A bend also reaches the extremes where its heading passes a multiple of 90 degrees.
  const double quarter = std::numbers::pi / 2;
  const Turn turn =
      is_clothoid(segment) ? clothoid_turn(segment) : Turn{0, segment.curvature_per_mm * segment.length_mm};
  const double start = segment.start.heading_rad;
  const double low = std::min(start + turn.least_rad, start + turn.most_rad);
  const double high = std::max(start + turn.least_rad, start + turn.most_rad);
  for (double heading = std::ceil(low / quarter) * quarter; heading < high; heading += quarter) {
    if (is_clothoid(segment))
      for (const double s : clothoid_lengths_at(segment, heading - start))
        grow(box, pose_at(segment, std::clamp(s, 0.0, segment.length_mm)).at);
    else
      grow(box, pose_at(segment, (heading - start) / segment.curvature_per_mm).at);
  }
  return box;
}

} // namespace beachfront::geometry
