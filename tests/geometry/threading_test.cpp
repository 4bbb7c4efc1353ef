// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/threading.hpp"

#include "random_package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

using namespace beachfront::geometry;
using namespace beachfront::geometry::test;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double length(const std::vector<Point>& line) {
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i)
    sum += norm_mm(line[i] - line[i - 1]);
  return sum;
}

/// Goes through every sequence of cells without a repetition from one point to another and keeps the least cost.
struct Exhaustive {
  const FreeSpace& space;
  const Tolls& tolls;
  Point from;
  Point to;
  std::vector<std::size_t> goals = {};
  std::vector<bool> visited = {};
  std::vector<Portal> portals = {};
  double least_mm = infinity;
  long sequences = 0;

  Point corner(const FreeCell& cell, std::size_t i) const {
    return space.points[cell.corners[i % cell.corners.size()]];
  }

  // From one place in or on the edge of a cell to another.
  double chords_mm(const FreeCell& cell, Point in, Point out) const {
    double sum = 0;
    for (const Chord& chord : cell.chords)
      if (turn(corner(cell, chord.first), corner(cell, chord.second), in) *
              turn(corner(cell, chord.first), corner(cell, chord.second), out) <
          0)
        sum += tolls.opening_mm[chord.opening];
    return sum;
  }

  void visit(std::size_t number, Point in, double spent_mm) {
    const FreeCell& cell = space.cells[number];
    visited[number] = true;
    if (std::find(goals.begin(), goals.end(), number) != goals.end()) {
      ++sequences;
      least_mm = std::min(least_mm, spent_mm + chords_mm(cell, in, to) + length(taut_line(from, to, portals)));
    }
    for (std::size_t i = 0; i < cell.corners.size(); ++i) {
      if (cell.beyond[i] == no_index || visited[cell.beyond[i]])
        continue;
      const Point right = corner(cell, i);
      const Point left = corner(cell, i + 1);
      const Point middle = 0.5 * (left + right);
      portals.push_back({left, right});
      visit(cell.beyond[i], middle,
            spent_mm + chords_mm(cell, in, middle) +
                (cell.openings[i] == no_index ? 0 : tolls.opening_mm[cell.openings[i]]));
      portals.pop_back();
    }
    visited[number] = false;
  }

  void run() {
    goals = cells_at(space, to, 0);
    visited.assign(space.cells.size(), false);
    for (const std::size_t cell : cells_at(space, from, 0))
      visit(cell, from, 0);
  }
};

} // namespace

TEST(Threading, IsTheCheapestOfAllSequencesOfCells) {
  long sequences = 0;
  for (unsigned seed = 0; seed < 150; ++seed) {
    const RandomPackage random = random_package(seed, 1 + seed % 14, 2, 0);
    const FreeSpace space = free_space(random.package, random.layout);
    std::mt19937 dice(seed);
    Tolls tolls;
    tolls.point_mm.assign(space.points.size(), 0);
    for (std::size_t i = 0; i < space.openings.size(); ++i)
      tolls.opening_mm.push_back(dice() % 4 == 0 ? uniform(dice, 0, 10, 0) : dice() % 8 == 0 ? infinity : 0);
    for (const Bundle& bundle : random.bundles) {
      Exhaustive all{space, tolls, bundle.from, bundle.to};
      all.run();
      sequences += all.sequences;
      const auto found = cheapest_threading(space, bundle.from, bundle.to, tolls, 0);
      ASSERT_EQ(found.has_value(), all.least_mm < infinity) << seed;
      if (!found)
        continue;
      EXPECT_NEAR(found->cost_mm, all.least_mm, 1e-9) << seed << ": " << bundle.name;
      double sum = length(taut_line(bundle.from, bundle.to, found->portals));
      for (const std::size_t opening : found->openings)
        sum += tolls.opening_mm[opening];
      EXPECT_NEAR(sum, found->cost_mm, 1e-9) << seed << ": " << bundle.name;
    }
  }
  EXPECT_GT(sequences, 5000);
}

TEST(Threading, TautLineThroughNoPortalIsStraight) {
  EXPECT_EQ(taut_line({0, 0}, {3, 4}, {}).size(), 2U);
  EXPECT_EQ(taut_line({1, 1}, {1, 1}, {}).size(), 1U);
}

// A zigzag of portals that each leave a slit on alternating sides: the line touches every end in turn.
TEST(Threading, TautLineBendsAtEverySlitOfAZigzag) {
  std::vector<Portal> portals;
  for (int i = 0; i < 6; ++i) {
    const double x_mm = i + 1.0;
    portals.push_back(i % 2 == 0 ? Portal{{x_mm, 3}, {x_mm, 2}} : Portal{{x_mm, -2}, {x_mm, -3}});
  }
  const std::vector<Point> line = taut_line({0, 0}, {7, 0}, portals);
  ASSERT_EQ(line.size(), 8U);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(line[i + 1].x_mm, static_cast<double>(i + 1));
    EXPECT_EQ(line[i + 1].y_mm, i % 2 == 0 ? 2 : -2);
  }
}

// Ends of portals on one straight line are no bends.
TEST(Threading, TautLineHasNoPointsOnAStraightStretch) {
  const std::vector<Point> line =
      taut_line({0, 0}, {6, -1}, {{{1, 5}, {1, 1}}, {{2, 5}, {2, 1}}, {{3, 5}, {3, 1}}, {{4, 5}, {4, 1}}});
  ASSERT_EQ(line.size(), 4U);
  EXPECT_EQ(line[1].x_mm, 1);
  EXPECT_EQ(line[2].x_mm, 4);
}
