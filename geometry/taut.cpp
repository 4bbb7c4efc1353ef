// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/taut.hpp"

#include "geometry/free_space.hpp"

#include <deque>

namespace beachfront::geometry {
namespace {

// Without points at which the line goes straight on.
std::vector<Point> without_straight_points(const std::vector<Point>& line) {
  std::vector<Point> result;
  for (const Point p : line) {
    if (!result.empty() && result.back().x_mm == p.x_mm && result.back().y_mm == p.y_mm)
      continue;
    while (result.size() > 1 && turn(result[result.size() - 2], result.back(), p) == 0 &&
           dot(result.back() - result[result.size() - 2], p - result.back()) > 0)
      result.pop_back();
    result.push_back(p);
  }
  return result;
}

/// One side of the funnel: the shortest line from its tip to the latest end of a portal on that side.
using Chain = std::deque<Point>;

bool same(Point a, Point b) {
  return a.x_mm == b.x_mm && a.y_mm == b.y_mm;
}

// Narrows a chain to the next end of a portal on its side (`hand` 1: left, -1: right). Where that end lies past the
// opposite chain, the line turns along the latter, and the tip moves on.
void narrow(Chain& own, Chain& opposite, Point end, int hand, std::vector<Point>& line) {
  if (same(own.back(), end))
    return;
  while (own.size() > 1 && hand * turn(own[own.size() - 2], own.back(), end) <= 0)
    own.pop_back();
  if (own.size() == 1)
    while (opposite.size() > 1 && hand * turn(opposite[0], opposite[1], end) < 0) {
      opposite.pop_front();
      line.push_back(opposite.front());
      own.front() = opposite.front();
    }
  own.push_back(end);
}

} // namespace

std::vector<Point> taut_line(Point from, Point to, const std::vector<Portal>& portals) {
  std::vector<Point> line{from};
  Chain left{from};
  Chain right{from};
  for (const Portal& portal : portals) {
    narrow(left, right, portal.left, 1, line);
    narrow(right, left, portal.right, -1, line);
  }
  narrow(left, right, to, 1, line);
  line.insert(line.end(), left.begin() + 1, left.end());
  return without_straight_points(line);
}

} // namespace beachfront::geometry
