// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/corridor.hpp"

#include "geometry/distance.hpp"
#include "geometry/obstacles.hpp"

#include <CGAL/Constrained_Delaunay_triangulation_2.h>
#include <CGAL/Exact_predicates_inexact_constructions_kernel.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

namespace beachfront::geometry {
namespace {

using Kernel = CGAL::Exact_predicates_inexact_constructions_kernel;
// Boxes that overlap cross each other's edges; their crossings are axis-aligned, so their coordinates are exact.
using Triangulation = CGAL::Constrained_Delaunay_triangulation_2<Kernel, CGAL::Default, CGAL::Exact_predicates_tag>;

constexpr double on_edge_mm = 1e-9;
// A line of sight may graze a body; more than the tolerance of meetings().
constexpr double graze_mm = 1e-6;

Point point_of(const Kernel::Point_2& p) {
  return {p.x(), p.y()};
}
Kernel::Point_2 cgal_point(Point p) {
  return {p.x_mm, p.y_mm};
}

std::vector<Point> corners(const Box& box) {
  return {box.min, {box.max.x_mm, box.min.y_mm}, box.max, {box.min.x_mm, box.max.y_mm}};
}

Segment line(Point from, Point to) {
  const Point along = to - from;
  return {{from, std::atan2(along.y_mm, along.x_mm)}, norm_mm(along), 0};
}

bool strictly_inside(const Box& box, Point p) {
  return contains(grown(box, -on_edge_mm), p);
}

bool on_boundary(const Box& box, Point p) {
  return contains(grown(box, on_edge_mm), p) && !strictly_inside(box, p);
}

// Of a point outside the box.
Point closest_on(const Box& box, Point p) {
  return {std::clamp(p.x_mm, box.min.x_mm, box.max.x_mm), std::clamp(p.y_mm, box.min.y_mm, box.max.y_mm)};
}

/// The obstacles, and the package edge as the last.
struct Walls {
  std::vector<Obstacle> obstacles;
  Box outline;

  std::vector<std::size_t> touching(Point p) const {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < obstacles.size(); ++i)
      if (on_boundary(obstacles[i].outline, p))
        result.push_back(i);
    if (on_boundary(outline, p))
      result.push_back(obstacles.size());
    return result;
  }
  const std::string& name(std::size_t i) const {
    static const std::string edge = "package edge";
    return i < obstacles.size() ? obstacles[i].name : edge;
  }
  bool free(Point p) const {
    return contains(outline, p) &&
           std::none_of(obstacles.begin(), obstacles.end(), [&](const Obstacle& o) { return contains(o.outline, p); });
  }
  // Whether the open stretch between two points enters no obstacle.
  bool sees(Point a, Point b) const {
    const Segment between = line(a, b);
    const Box around = bounds(between);
    return std::none_of(obstacles.begin(), obstacles.end(), [&](const Obstacle& o) {
      return distance_mm(around, o.outline) == 0 && nearest(between, grown(o.outline, -graze_mm)).distance_mm == 0;
    });
  }
};

void insert_box(Triangulation& triangulation, const Box& box) {
  const std::vector<Point> c = corners(box);
  for (std::size_t i = 0; i < c.size(); ++i)
    triangulation.insert_constraint(cgal_point(c[i]), cgal_point(c[(i + 1) % c.size()]));
}

// Narrow places lie between near bodies: looking only at the nearest keeps fields of small keep-outs affordable. Bodies
// as near as the last one count too, so that a mirrored package gives the mirrored answer.
constexpr std::size_t nearest_bodies = 8;

double reach_of_sight_mm(const Walls& walls, Point corner) {
  std::vector<double> distances_mm;
  for (const Obstacle& obstacle : walls.obstacles)
    distances_mm.push_back(distance_mm(obstacle.outline, {corner, corner}));
  if (distances_mm.size() <= nearest_bodies)
    return std::numeric_limits<double>::infinity();
  const auto last = distances_mm.begin() + nearest_bodies;
  std::nth_element(distances_mm.begin(), last, distances_mm.end());
  return *last + 1e-9;
}

// The points across from a corner: on the nearest bodies in its sight, and on the four package edges.
void insert_feet(Triangulation& triangulation, const Walls& walls, std::size_t owner, Point corner) {
  const auto insert = [&](Point foot) {
    if (norm_mm(foot - corner) > on_edge_mm && walls.sees(corner, foot))
      triangulation.insert(cgal_point(foot));
  };
  const double sight_mm = reach_of_sight_mm(walls, corner);
  for (std::size_t i = 0; i < walls.obstacles.size(); ++i)
    if (i != owner && !contains(walls.obstacles[i].outline, corner) &&
        distance_mm(walls.obstacles[i].outline, {corner, corner}) <= sight_mm)
      insert(closest_on(walls.obstacles[i].outline, corner));
  if (!contains(walls.outline, corner))
    return;
  insert({corner.x_mm, walls.outline.min.y_mm});
  insert({corner.x_mm, walls.outline.max.y_mm});
  insert({walls.outline.min.x_mm, corner.y_mm});
  insert({walls.outline.max.x_mm, corner.y_mm});
}

Triangulation triangulate(const Walls& walls) {
  Triangulation triangulation;
  insert_box(triangulation, walls.outline);
  for (const Obstacle& obstacle : walls.obstacles)
    insert_box(triangulation, obstacle.outline);
  for (std::size_t i = 0; i < walls.obstacles.size(); ++i)
    for (const Point corner : corners(walls.obstacles[i].outline))
      insert_feet(triangulation, walls, i, corner);
  return triangulation;
}

bool crosses(const Path& path, const std::vector<Box>& path_bounds, const Segment& gap, double clearance_mm) {
  const Box gap_bounds = grown(bounds(gap), on_edge_mm);
  for (std::size_t i = 0; i < path.size(); ++i)
    if (distance_mm(path_bounds[i], gap_bounds) == 0)
      for (const Meeting& meeting : meetings(gap, path[i]))
        if (std::min(meeting.s_first_mm, gap.length_mm - meeting.s_first_mm) > clearance_mm - 1e-6)
          return true;
  return false;
}

int capacity_of(double length_mm, const RoutingRules& rules) {
  const double room_mm = length_mm - 2 * rules.keep_out_clearance_mm;
  // The tolerance of the spacing rule, so that guides that just fit do.
  return room_mm < -1e-6 ? 0 : 1 + static_cast<int>(std::floor((room_mm + 1e-6) / (rules.min_pitch_um * 1e-3)));
}

std::vector<std::vector<Box>> bounds_of(const std::vector<Guide>& guides) {
  std::vector<std::vector<Box>> result;
  for (const Guide& guide : guides) {
    result.emplace_back();
    for (const Segment& segment : guide.path)
      result.back().push_back(bounds(segment));
  }
  return result;
}

std::vector<Gap> gaps_of(const Walls& walls, const Triangulation& triangulation, const RoutingRules& rules,
                         const Layout& layout) {
  std::vector<Gap> result;
  const std::vector<std::vector<Box>> path_bounds = bounds_of(layout.guides);
  for (const auto& edge : triangulation.finite_edges()) {
    const auto segment = triangulation.segment(edge);
    const Point a = point_of(segment.source());
    const Point b = point_of(segment.target());
    const std::vector<std::size_t> at_a = walls.touching(a);
    const std::vector<std::size_t> at_b = walls.touching(b);
    const bool same_body = std::find_first_of(at_a.begin(), at_a.end(), at_b.begin(), at_b.end()) != at_a.end();
    if (at_a.empty() || at_b.empty() || same_body || !walls.free(0.5 * (a + b)))
      continue;
    const Segment across = line(a, b);
    Gap gap{walls.name(std::min(at_a[0], at_b[0])),
            walls.name(std::max(at_a[0], at_b[0])),
            0.5 * (a + b),
            across.length_mm,
            capacity_of(across.length_mm, rules),
            0};
    for (std::size_t i = 0; i < layout.guides.size(); ++i)
      gap.need += crosses(layout.guides[i].path, path_bounds[i], across, rules.keep_out_clearance_mm) ? 1 : 0;
    result.push_back(gap);
  }
  return result;
}

} // namespace

Certificate certify(const Package& package, const RoutingRules& rules, const Layout& layout) {
  const Walls walls{obstacles(package, layout), package.outline};
  Certificate result;
  result.gaps = gaps_of(walls, triangulate(walls), rules, layout);
  std::sort(result.gaps.begin(), result.gaps.end(), [](const Gap& a, const Gap& b) {
    const auto key = [](const Gap& g) {
      return std::tuple(-g.use(), g.from, g.to, g.place.x_mm, g.place.y_mm, g.length_mm);
    };
    return key(a) < key(b);
  });
  for (const Gap& gap : result.gaps)
    if (gap.need > gap.capacity)
      result.violations.push_back(
          {"gap_capacity", gap.from + " and " + gap.to, gap.place, static_cast<double>(gap.capacity),
           static_cast<double>(gap.need), "guides",
           fmt::format(
               "{} guides run between {} and {} where {:.3f} mm take {}; move them apart or send guides another "
               "way",
               gap.need, gap.from, gap.to, gap.length_mm, gap.capacity)});
  return result;
}

} // namespace beachfront::geometry
