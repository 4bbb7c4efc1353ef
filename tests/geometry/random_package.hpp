// SPDX-License-Identifier: GPL-3.0-or-later
// Random packages with bundles, their images under quarter turns and mirrors, and checks of polylines among boxes that
// share nothing with the router but the sign of an orientation.
#pragma once

#include "geometry/distance.hpp"
#include "geometry/plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace beachfront::geometry::test {

struct RandomPackage {
  Package package;
  Layout layout;
  std::vector<Bundle> bundles;
  std::vector<Box> bodies; ///< all that guides keep clear of
};

// Not std::uniform_real_distribution, whose numbers differ from library to library.
inline double uniform(std::mt19937& random, double low, double high, double grid_mm) {
  const double value = low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
  return grid_mm > 0 ? grid_mm * std::round(value / grid_mm) : value;
}

constexpr double apart_mm = 0.3;

/// Bodies on an outline of 40 mm x 30 mm and bundles between places that are free. Coordinates are multiples of
/// `grid_mm`, and bodies may touch; where it is 0 they are `apart_mm` from one another and from the package edge.
inline RandomPackage random_package(unsigned seed, int bodies, int bundles, double grid_mm) {
  std::mt19937 random(seed);
  RandomPackage result;
  result.package.outline = box_around({0, 0}, 40, 30);
  const auto place = [&] {
    const double x_mm = uniform(random, -20, 20, grid_mm);
    return Point{x_mm, uniform(random, -15, 15, grid_mm)};
  };
  for (int i = 0; i < bodies; ++i) {
    const Point at = place();
    const double width_mm = uniform(random, 1, 9, grid_mm);
    const Box box{at, at + Point{width_mm, uniform(random, 1, 9, grid_mm)}};
    const bool apart = std::none_of(result.bodies.begin(), result.bodies.end(), [&](const Box& other) {
      return grid_mm > 0 ? overlap(box, other) : distance_mm(box, other) < apart_mm;
    });
    if (!apart || !contains(grown(result.package.outline, grid_mm > 0 ? 0 : -apart_mm), box))
      continue;
    result.bodies.push_back(box);
    if (i % 3 == 0) {
      result.package.dies.push_back({std::to_string(i), box});
    } else if (i % 3 == 1) {
      result.layout.engines.push_back({});
      result.layout.engines.back().index = static_cast<int>(result.layout.engines.size()) - 1;
      result.layout.engines.back().outline = box;
    } else {
      result.package.keep_outs.push_back({std::to_string(i), box});
    }
  }
  const auto free_place = [&] {
    Point p = place();
    while (std::any_of(result.bodies.begin(), result.bodies.end(), [&](const Box& box) {
      return distance_mm(box, {p, p}) == 0;
    }))
      p = place();
    return p;
  };
  for (int i = 0; i < bundles; ++i) {
    const Point from = free_place();
    result.bundles.push_back({"bundle " + std::to_string(i), from, free_place(), 1 + i % 5, 0});
  }
  return result;
}

/// One of the 8 motions of a square: quarter turns, from 4 on after a mirror. Exact.
inline Point moved(Point p, int motion) {
  if (motion >= 4)
    p.x_mm = -p.x_mm;
  for (int i = 0; i < motion % 4; ++i)
    p = {-p.y_mm, p.x_mm};
  return p;
}

inline Box moved(const Box& box, int motion) {
  const Point a = moved(box.min, motion);
  const Point b = moved(box.max, motion);
  return {{std::min(a.x_mm, b.x_mm), std::min(a.y_mm, b.y_mm)}, {std::max(a.x_mm, b.x_mm), std::max(a.y_mm, b.y_mm)}};
}

inline RandomPackage moved(RandomPackage random, int motion) {
  random.package.outline = moved(random.package.outline, motion);
  for (Die& die : random.package.dies)
    die.outline = moved(die.outline, motion);
  for (KeepOut& keep_out : random.package.keep_outs)
    keep_out.outline = moved(keep_out.outline, motion);
  for (PlacedEngine& engine : random.layout.engines)
    engine.outline = moved(engine.outline, motion);
  for (Bundle& bundle : random.bundles) {
    bundle.from = moved(bundle.from, motion);
    bundle.to = moved(bundle.to, motion);
  }
  for (Box& body : random.bodies)
    body = moved(body, motion);
  return random;
}

inline std::vector<Point> corners_of(const Box& box) {
  return {box.min, {box.max.x_mm, box.min.y_mm}, box.max, {box.min.x_mm, box.max.y_mm}};
}

/// Whether a stretch enters the inside of a box: by its three separating axes, exact.
inline bool enters(Point a, Point b, const Box& box) {
  if (std::max(a.x_mm, b.x_mm) <= box.min.x_mm || std::min(a.x_mm, b.x_mm) >= box.max.x_mm ||
      std::max(a.y_mm, b.y_mm) <= box.min.y_mm || std::min(a.y_mm, b.y_mm) >= box.max.y_mm)
    return false;
  int left = 0;
  int right = 0;
  for (const Point corner : corners_of(box)) {
    left += turn(a, b, corner) > 0 ? 1 : 0;
    right += turn(a, b, corner) < 0 ? 1 : 0;
  }
  return left > 0 && right > 0;
}

inline bool enters(const std::vector<Point>& line, const std::vector<Box>& boxes) {
  for (std::size_t i = 1; i < line.size(); ++i)
    for (const Box& box : boxes)
      if (enters(line[i - 1], line[i], box))
        return true;
  return false;
}

/// Shortest path among boxes by Dijkstra's algorithm over the visibility graph of their corners.
inline double shortest_mm(const std::vector<Box>& boxes, Point from, Point to) {
  std::vector<Point> nodes{from, to};
  for (const Box& box : boxes)
    for (const Point corner : corners_of(box))
      nodes.push_back(corner);
  std::vector<double> reached_mm(nodes.size(), std::numeric_limits<double>::infinity());
  std::vector<bool> done(nodes.size(), false);
  reached_mm[0] = 0;
  for (std::size_t step = 0; step < nodes.size(); ++step) {
    std::size_t next = nodes.size();
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (!done[i] && (next == nodes.size() || reached_mm[i] < reached_mm[next]))
        next = i;
    done[next] = true;
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (!done[i] && !enters({nodes[next], nodes[i]}, boxes))
        reached_mm[i] = std::min(reached_mm[i], reached_mm[next] + norm_mm(nodes[i] - nodes[next]));
  }
  return reached_mm[1];
}

/// How often two polylines cross within their stretches; touching at an end is no crossing.
inline int proper_crossings(const std::vector<Point>& first, const std::vector<Point>& second) {
  int count = 0;
  for (std::size_t i = 1; i < first.size(); ++i)
    for (std::size_t j = 1; j < second.size(); ++j)
      if (turn(first[i - 1], first[i], second[j - 1]) * turn(first[i - 1], first[i], second[j]) < 0 &&
          turn(second[j - 1], second[j], first[i - 1]) * turn(second[j - 1], second[j], first[i]) < 0)
        ++count;
  return count;
}

/// The line with every bend moved outwards along the diagonal of the box whose corner it bends at.
inline std::vector<Point> kept_off(std::vector<Point> line, const std::vector<Box>& boxes, double by_mm) {
  for (std::size_t i = 1; i + 1 < line.size(); ++i)
    for (const Box& box : boxes)
      for (const Point corner : corners_of(box))
        if (corner.x_mm == line[i].x_mm && corner.y_mm == line[i].y_mm) {
          const Point away = corner - box.centre();
          line[i] = line[i] + Point{std::copysign(by_mm, away.x_mm), std::copysign(by_mm, away.y_mm)};
        }
  return line;
}

} // namespace beachfront::geometry::test
