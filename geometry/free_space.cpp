// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/free_space.hpp"

#include "geometry/distance.hpp"
#include "geometry/obstacles.hpp"

#include <CGAL/Constrained_Delaunay_triangulation_2.h>
#include <CGAL/Exact_predicates_inexact_constructions_kernel.h>
#include <CGAL/Triangulation_face_base_with_info_2.h>
#include <CGAL/Triangulation_vertex_base_with_info_2.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

namespace beachfront::geometry {
namespace {

using Kernel = CGAL::Exact_predicates_inexact_constructions_kernel;
using VertexBase = CGAL::Triangulation_vertex_base_with_info_2<std::size_t, Kernel>;
using FaceBase =
    CGAL::Triangulation_face_base_with_info_2<std::size_t, Kernel, CGAL::Constrained_triangulation_face_base_2<Kernel>>;
// Boxes that overlap cross each other's edges: insert_crossings().
using Triangulation =
    CGAL::Constrained_Delaunay_triangulation_2<Kernel, CGAL::Triangulation_data_structure_2<VertexBase, FaceBase>,
                                               CGAL::Exact_predicates_tag>;
using Face = Triangulation::Face_handle;

constexpr double on_edge_mm = 1e-9;
// A line of sight may graze a body.
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

// Whether a stretch meets a box: neither an axis nor the normal of the stretch separates them.
bool meets(Point a, Point b, const Box& box) {
  if (std::max(a.x_mm, b.x_mm) < box.min.x_mm || std::min(a.x_mm, b.x_mm) > box.max.x_mm ||
      std::max(a.y_mm, b.y_mm) < box.min.y_mm || std::min(a.y_mm, b.y_mm) > box.max.y_mm)
    return false;
  const Point along = b - a;
  const double reach = (std::abs(along.x_mm) * box.height_mm() + std::abs(along.y_mm) * box.width_mm()) / 2;
  return std::abs(cross(along, box.centre() - a)) <= reach;
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
  bool free(Point p) const {
    return contains(outline, p) &&
           std::none_of(obstacles.begin(), obstacles.end(), [&](const Obstacle& o) { return contains(o.outline, p); });
  }
  // Whether the stretch between two points enters no obstacle.
  bool sees(Point a, Point b) const {
    return std::none_of(obstacles.begin(), obstacles.end(),
                        [&](const Obstacle& o) { return meets(a, b, grown(o.outline, -graze_mm)); });
  }
};

void insert_box(Triangulation& triangulation, const Box& box) {
  const std::vector<Point> c = corners(box);
  for (std::size_t i = 0; i < c.size(); ++i)
    triangulation.insert_constraint(cgal_point(c[i]), cgal_point(c[(i + 1) % c.size()]));
}

// Edges of two boxes cross at coordinates of theirs. The kernel would round the crossings that it constructs itself,
// and an edge of the package that leaves its line by a rounding has free slivers on it that lead nowhere.
void insert_crossings(Triangulation& triangulation, const Box& a, const Box& b) {
  for (const double x_mm : {a.min.x_mm, a.max.x_mm})
    for (const double y_mm : {b.min.y_mm, b.max.y_mm})
      if (x_mm > b.min.x_mm && x_mm < b.max.x_mm && y_mm > a.min.y_mm && y_mm < a.max.y_mm)
        triangulation.insert(cgal_point({x_mm, y_mm}));
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
  std::vector<Box> boxes{walls.outline};
  for (const Obstacle& obstacle : walls.obstacles)
    boxes.push_back(obstacle.outline);
  for (const Box& a : boxes)
    for (const Box& b : boxes)
      insert_crossings(triangulation, a, b);
  insert_box(triangulation, walls.outline);
  for (const Obstacle& obstacle : walls.obstacles)
    insert_box(triangulation, obstacle.outline);
  for (std::size_t i = 0; i < walls.obstacles.size(); ++i)
    for (const Point corner : corners(walls.obstacles[i].outline))
      insert_feet(triangulation, walls, i, corner);
  return triangulation;
}

/// Bodies at each point, and the openings found so far by their ends.
struct Openings {
  std::vector<std::vector<std::size_t>> bodies_at;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> index;

  std::vector<std::size_t> shared(std::size_t a, std::size_t b) const {
    std::vector<std::size_t> result;
    std::set_intersection(bodies_at[a].begin(), bodies_at[a].end(), bodies_at[b].begin(), bodies_at[b].end(),
                          std::back_inserter(result));
    return result;
  }
  // The opening between two points that see one another; `no_index` where they belong to one body.
  std::size_t between(FreeSpace& space, std::size_t a, std::size_t b) {
    const std::vector<std::size_t>& at_a = bodies_at[a];
    const std::vector<std::size_t>& at_b = bodies_at[b];
    if (at_a.empty() || at_b.empty() || !shared(a, b).empty())
      return no_index;
    const auto [found, is_new] = index.try_emplace(std::minmax(a, b), space.openings.size());
    if (is_new)
      space.openings.push_back({a, b, std::min(at_a[0], at_b[0]), std::max(at_a[0], at_b[0])});
    return found->second;
  }
};

bool share_circle(const Face& face, int side) {
  const Face other = face->neighbor(side);
  const Kernel::Point_2& across = other->vertex(other->index(face))->point();
  return CGAL::side_of_oriented_circle(face->vertex(0)->point(), face->vertex(1)->point(), face->vertex(2)->point(),
                                       across) == CGAL::ON_ORIENTED_BOUNDARY;
}

// Numbers the free triangles by cell, `no_index` for the others, and returns the triangles of each.
std::vector<std::vector<Face>> group(Triangulation& triangulation, const Walls& walls) {
  constexpr std::size_t not_free = no_index;
  constexpr std::size_t unassigned = no_index - 1;
  for (const Face& face : triangulation.all_face_handles()) {
    face->info() = not_free;
    if (triangulation.is_infinite(face))
      continue;
    const Point sum =
        point_of(face->vertex(0)->point()) + point_of(face->vertex(1)->point()) + point_of(face->vertex(2)->point());
    if (walls.free((1.0 / 3) * sum))
      face->info() = unassigned;
  }
  std::vector<std::vector<Face>> cells;
  for (const Face seed : triangulation.finite_face_handles()) {
    if (seed->info() != unassigned)
      continue;
    const std::size_t number = cells.size();
    seed->info() = number;
    std::vector<Face> cell{seed};
    for (std::size_t i = 0; i < cell.size(); ++i)
      for (int side = 0; side < 3; ++side) {
        const Face next = cell[i]->neighbor(side);
        if (next->info() != unassigned || cell[i]->is_constrained(side) || !share_circle(cell[i], side))
          continue;
        next->info() = number;
        cell.push_back(next);
      }
    cells.push_back(cell);
  }
  return cells;
}

/// A side of a cell, by its far end.
struct Border {
  std::size_t to = 0;
  std::size_t beyond = no_index;
};

FreeCell cell_of(const std::vector<Face>& faces) {
  std::map<std::size_t, Border> border; // by the point where the side begins
  for (const Face& face : faces)
    for (int side = 0; side < 3; ++side) {
      const Face next = face->neighbor(side);
      if (next->info() == face->info())
        continue;
      border[face->vertex(Triangulation::ccw(side))->info()] = {face->vertex(Triangulation::cw(side))->info(),
                                                                face->is_constrained(side) ? no_index : next->info()};
    }
  FreeCell cell;
  std::size_t at = border.begin()->first;
  do {
    cell.corners.push_back(at);
    cell.beyond.push_back(border[at].beyond);
    at = border[at].to;
  } while (at != cell.corners.front());
  return cell;
}

void find_openings(FreeSpace& space, Openings& openings) {
  for (FreeCell& cell : space.cells) {
    const std::size_t count = cell.corners.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t a = cell.corners[i];
      const std::size_t b = cell.corners[(i + 1) % count];
      cell.openings.push_back(openings.between(space, a, b));
      cell.walls.emplace_back();
      if (cell.beyond[i] == no_index)
        cell.walls.back() = openings.shared(a, b);
    }
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = i + 2; j < count; ++j)
        if (i != 0 || j != count - 1)
          if (const std::size_t opening = openings.between(space, cell.corners[i], cell.corners[j]);
              opening != no_index)
            cell.chords.push_back({i, j, opening});
  }
}

// The cell beyond has the side's ends the other way round.
void find_entries(FreeSpace& space) {
  for (FreeCell& cell : space.cells)
    for (std::size_t i = 0; i < cell.corners.size(); ++i) {
      cell.entries.push_back(no_index);
      if (cell.beyond[i] == no_index)
        continue;
      const std::vector<std::size_t>& corners = space.cells[cell.beyond[i]].corners;
      const auto entry = std::find(corners.begin(), corners.end(), cell.corners[(i + 1) % cell.corners.size()]);
      cell.entries.back() = static_cast<std::size_t>(entry - corners.begin());
    }
}

bool holds(const FreeSpace& space, const FreeCell& cell, Point point) {
  for (std::size_t i = 0; i < cell.corners.size(); ++i)
    if (turn(space.points[cell.corners[i]], space.points[cell.corners[(i + 1) % cell.corners.size()]], point) < 0)
      return false;
  return true;
}

double distance_mm(Point a, Point b, Point point) {
  const Point along = b - a;
  const double part = std::clamp(dot(point - a, along) / dot(along, along), 0.0, 1.0);
  return norm_mm(a + part * along - point);
}

} // namespace

FreeSpace free_space(const Package& package, const Layout& layout) {
  const Walls walls{obstacles(package, layout), package.outline};
  Triangulation triangulation = triangulate(walls);
  FreeSpace space;
  for (const Obstacle& obstacle : walls.obstacles)
    space.bodies.push_back(obstacle.name);
  space.bodies.push_back("package edge");
  Openings openings;
  for (const auto& vertex : triangulation.finite_vertex_handles()) {
    vertex->info() = space.points.size();
    space.points.push_back(point_of(vertex->point()));
    openings.bodies_at.push_back(walls.touching(space.points.back()));
  }
  for (const std::vector<Face>& faces : group(triangulation, walls))
    space.cells.push_back(cell_of(faces));
  find_entries(space);
  find_openings(space, openings);
  return space;
}

int turn(Point a, Point b, Point c) {
  return static_cast<int>(CGAL::orientation(cgal_point(a), cgal_point(b), cgal_point(c)));
}

std::vector<std::size_t> cells_at(const FreeSpace& space, Point point, double reach_mm) {
  std::vector<std::size_t> result;
  for (std::size_t c = 0; c < space.cells.size(); ++c)
    if (holds(space, space.cells[c], point))
      result.push_back(c);
  if (!result.empty())
    return result;
  double closest_mm = reach_mm;
  for (std::size_t c = 0; c < space.cells.size(); ++c) {
    const std::vector<std::size_t>& corners = space.cells[c].corners;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const double away_mm =
          distance_mm(space.points[corners[i]], space.points[corners[(i + 1) % corners.size()]], point);
      if (away_mm < closest_mm) {
        closest_mm = away_mm;
        result = {c};
      }
    }
  }
  return result;
}

} // namespace beachfront::geometry
