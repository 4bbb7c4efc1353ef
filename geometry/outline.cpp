// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/outline.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

constexpr double nm_per_mm = 1e6;
constexpr double mm_per_um = 1e-3;
constexpr double joint_tolerance_mm = 1e-6; // one step of the grid

std::int32_t snap_mm(double value_mm) {
  const double value_nm = std::round(value_mm * nm_per_mm);
  // Negated, so that a NaN is refused as well.
  if (!(std::abs(value_nm) <= std::numeric_limits<std::int32_t>::max()))
    throw std::out_of_range(fmt::format("{} mm is outside the 1 nm grid, which ends at 2147.48 mm", value_mm));
  return static_cast<std::int32_t>(value_nm);
}

/// Where the edges of the guide are, before snapping.
struct Edges {
  Point left;
  Point right;
};

Edges edges_at(const Pose& pose, double half_width_mm) {
  const Point normal{-std::sin(pose.heading_rad), std::cos(pose.heading_rad)};
  return {pose.at + half_width_mm * normal, pose.at - half_width_mm * normal};
}

struct CrossSection {
  GridPoint left;
  GridPoint right;
};

CrossSection snap(const Edges& edges) {
  return {snap(edges.left), snap(edges.right)};
}

/// How many chords keep the outer edge of the segment within the sagitta; 1 for a line. A clothoid needs no more than
/// an arc of its sharpest curvature: a curve strays from the chord over a stretch l of it by max|curvature| l^2 / 8.
std::size_t facets(const Segment& segment, const OutlineOptions& options) {
  const double turn = max_curvature_per_mm(segment) * segment.length_mm;
  const double outer_edge_mm = segment.length_mm + turn * options.width_um * mm_per_um / 2;
  // A chord over the angle a has the sagitta R (1 - cos(a/2)) <= R a^2 / 8; here R a = outer_edge_mm / n, a = turn / n.
  // Without R itself, which would be infinite for an all but straight arc.
  const double by_sagitta = std::sqrt(outer_edge_mm * turn / 8 / (options.sagitta_nm / nm_per_mm));
  // A chord of more than a quarter turn would no longer look like an arc, whatever tolerance was asked for.
  const double by_quarters = turn / (std::numbers::pi / 2);
  return static_cast<std::size_t>(std::max({1.0, std::ceil(by_sagitta), std::ceil(by_quarters)}));
}

void check(const OutlineOptions& options) {
  if (!(options.width_um > 0) || !(options.sagitta_nm > 0))
    throw std::invalid_argument(fmt::format("an outline needs a positive width and sagitta, not {} um and {} nm",
                                            options.width_um, options.sagitta_nm));
  if (options.max_vertices < 5)
    throw std::invalid_argument("an outline needs at least 5 vertices a polygon");
}

void check(const Segment& segment, double half_width_mm) {
  if (!(segment.length_mm >= 0))
    throw std::invalid_argument(fmt::format("a path segment is {} mm long", segment.length_mm));
  const double curvature = max_curvature_per_mm(segment);
  if (!(curvature * half_width_mm < 1))
    throw std::invalid_argument(
        fmt::format("a bend radius of {} mm is not above half the guide width, {} mm", 1 / curvature, half_width_mm));
  if (!(total_turn_rad(segment) < 2 * std::numbers::pi))
    throw std::invalid_argument("an arc or clothoid of a full turn has no outline; split it");
}

void check_joint(const Segment& before, const Segment& after, double half_width_mm) {
  const Edges end = edges_at(end_pose(before), half_width_mm);
  const Edges start = edges_at(after.start, half_width_mm);
  const double gap_mm = std::max(norm_mm(start.left - end.left), norm_mm(start.right - end.right));
  if (!(gap_mm <= joint_tolerance_mm))
    throw std::invalid_argument(fmt::format("path segments at ({}, {}) mm do not meet: their edges are {} mm apart",
                                            after.start.at.x_mm, after.start.at.y_mm, gap_mm));
}

/// The ring right edge forwards, left edge back, of stations first to last; duplicates left by snapping removed.
GridPolygon ring(const std::vector<CrossSection>& stations, std::size_t first, std::size_t last) {
  GridPolygon polygon;
  polygon.reserve(2 * (last - first + 1));
  for (std::size_t i = first; i <= last; ++i)
    polygon.push_back(stations[i].right);
  for (std::size_t i = last + 1; i-- > first;)
    polygon.push_back(stations[i].left);
  polygon.erase(std::unique(polygon.begin(), polygon.end()), polygon.end());
  while (polygon.size() > 1 && polygon.front() == polygon.back())
    polygon.pop_back();
  return polygon;
}

void append_pieces(std::vector<GridPolygon>& polygons, const std::vector<CrossSection>& stations,
                   std::size_t max_vertices) {
  const std::size_t spans = stations.size() - 1;
  const std::size_t spans_a_piece = (max_vertices - 1) / 2 - 1;
  const std::size_t pieces = (spans + spans_a_piece - 1) / spans_a_piece;
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    GridPolygon polygon = ring(stations, spans * piece / pieces, spans * (piece + 1) / pieces);
    if (polygon.size() >= 3)
      polygons.push_back(std::move(polygon));
  }
}

} // namespace

GridPoint snap(Point point) {
  return {snap_mm(point.x_mm), snap_mm(point.y_mm)};
}

GridPolygon outline(const Box& box) {
  const GridPoint min = snap(box.min);
  const GridPoint max = snap(box.max);
  return {min, {max.x_nm, min.y_nm}, max, {min.x_nm, max.y_nm}};
}

std::vector<GridPolygon> outline(const Path& path, const OutlineOptions& options) {
  check(options);
  const double half_width_mm = options.width_um * mm_per_um / 2;
  std::vector<GridPolygon> polygons;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Segment& segment = path[i];
    check(segment, half_width_mm);
    const bool last = i + 1 == path.size();
    if (!last)
      check_joint(segment, path[i + 1], half_width_mm);

    const std::size_t count = facets(segment, options);
    std::vector<CrossSection> stations;
    stations.reserve(count + 1);
    for (std::size_t k = 0; k < count; ++k) {
      const double s_mm = segment.length_mm * static_cast<double>(k) / static_cast<double>(count);
      stations.push_back(snap(edges_at(pose_at(segment, s_mm), half_width_mm)));
    }
    // The end of a piece is where the next one starts, to the last bit: the two may differ before snapping.
    stations.push_back(snap(edges_at(last ? end_pose(segment) : path[i + 1].start, half_width_mm)));
    append_pieces(polygons, stations, options.max_vertices);
  }
  return polygons;
}

} // namespace beachfront::geometry
