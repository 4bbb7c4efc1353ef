// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/outline.hpp"

#include "geometry/bend.hpp"
#include "geometry/distance.hpp"
#include "geometry/svg.hpp"
#include "tests/geometry/hand_layout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numbers>
#include <random>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

constexpr double snap_bound_nm = std::numbers::sqrt2 / 2; // half a step in x and in y

struct Place {
  double x_nm = 0;
  double y_nm = 0;
};

double distance_nm(Place a, Place b) {
  return std::hypot(a.x_nm - b.x_nm, a.y_nm - b.y_nm);
}
Place place(GridPoint p) {
  return {static_cast<double>(p.x_nm), static_cast<double>(p.y_nm)};
}
Place place(Point p) {
  return {1e6 * p.x_mm, 1e6 * p.y_mm};
}
Place midpoint(GridPoint a, GridPoint b) {
  return {(place(a).x_nm + place(b).x_nm) / 2, (place(a).y_nm + place(b).y_nm) / 2};
}

double area_nm2(const GridPolygon& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Place a = place(polygon[i]);
    const Place b = place(polygon[(i + 1) % polygon.size()]);
    twice += a.x_nm * b.y_nm - a.y_nm * b.x_nm;
  }
  return twice / 2;
}

double perimeter_nm(const GridPolygon& polygon) {
  double sum = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i)
    sum += distance_nm(place(polygon[i]), place(polygon[(i + 1) % polygon.size()]));
  return sum;
}

/// The edge that `b` has in common with `a`, run the other way round as in neighbours it must be.
int shared_edges(const GridPolygon& a, const GridPolygon& b) {
  int count = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j)
      if (a[i] == b[(j + 1) % b.size()] && a[(i + 1) % a.size()] == b[j])
        ++count;
  return count;
}

/// Lines and arcs at random, each starting where the one before ends.
Path random_path(std::mt19937& random, int segments) {
  std::uniform_real_distribution<double> uniform(0, 1);
  Path path;
  Pose pose{{100 * uniform(random) - 50, 100 * uniform(random) - 50}, 2 * std::numbers::pi * uniform(random)};
  for (int i = 0; i < segments; ++i) {
    const double radius_mm = 1 + 29 * uniform(random);
    const double curvature = i % 3 == 0 ? 0 : (uniform(random) < 0.5 ? 1 : -1) / radius_mm;
    path.push_back({pose, radius_mm * (0.1 + uniform(random)), curvature});
    pose = end_pose(path);
  }
  return path;
}

TEST(Outline, StraightGuideIsFourPointsOfTheExactWidth) {
  const Path path{{{{1, 2}, 0}, 3, 0}};
  EXPECT_THAT(outline(path, {.width_um = 3}),
              testing::ElementsAre(testing::ElementsAre(GridPoint{1000000, 1998500}, GridPoint{4000000, 1998500},
                                                        GridPoint{4000000, 2001500}, GridPoint{1000000, 2001500})));
}

TEST(Outline, AllButStraightArcIsFourPoints) {
  for (double curvature : {1e-310, -1e-310, 1e-9})
    EXPECT_THAT(outline(Path{{{}, 3, curvature}}, {.width_um = 3}), testing::ElementsAre(testing::SizeIs(4)));
}

TEST(Outline, BoxIsCounterClockwise) {
  EXPECT_THAT(outline(Box{{-1, -2}, {1, 2}}),
              testing::ElementsAre(GridPoint{-1000000, -2000000}, GridPoint{1000000, -2000000},
                                   GridPoint{1000000, 2000000}, GridPoint{-1000000, 2000000}));
}

TEST(Outline, NeighboursShareExactlyOneEdge) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> off_mm(-0.3e-6, 0.3e-6);
  for (int trial = 0; trial < 100; ++trial) {
    Path path = random_path(random, 9);
    // Starts up to 0.85 nm off the end before them: still one joint, though the two ends may snap differently.
    for (std::size_t i = 1; i < path.size(); ++i)
      path[i].start.at = path[i].start.at + Point{off_mm(random), off_mm(random)};
    // 41 vertices force splits inside arcs as well.
    for (std::size_t max_vertices : {std::size_t{4000}, std::size_t{41}}) {
      const auto polygons =
          outline(path, {.width_um = 1 + 0.037 * trial, .sagitta_nm = 100, .max_vertices = max_vertices});
      ASSERT_GE(polygons.size(), path.size());
      for (std::size_t i = 1; i < polygons.size(); ++i)
        EXPECT_EQ(shared_edges(polygons[i - 1], polygons[i]), 1) << "trial " << trial << ", polygon " << i;
    }
  }
}

TEST(Outline, StaysWithinSagittaAndSnappingOfTheExactArc) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int trial = 0; trial < 50; ++trial) {
    const double radius_mm = 0.5 + 40 * uniform(random);
    const double sagitta_nm = 5 + 50 * uniform(random);
    const double width_um = 1 + 8 * uniform(random);
    const int turn = trial % 2 == 0 ? 1 : -1;
    const Segment arc{{{10 * uniform(random), 10 * uniform(random)}, 6 * uniform(random)},
                      radius_mm * (0.2 + 2 * uniform(random)),
                      turn / radius_mm};
    const auto polygons = outline(Path{arc}, {width_um, sagitta_nm, 4000});
    ASSERT_EQ(polygons.size(), 1U);
    const GridPolygon& polygon = polygons[0];
    const std::size_t side = polygon.size() / 2; // right edge first, then left
    const auto error_nm = [&](Place p, bool right) {
      const double edge_nm = 1e6 * radius_mm + (right ? 1 : -1) * turn * 500 * width_um;
      return std::abs(distance_nm(p, place(centre(arc))) - edge_nm);
    };
    for (std::size_t i = 0; i < polygon.size(); ++i) {
      // 0.01 nm for rounding of doubles: 1e-16 of 50 mm is 5e-9 nm, times the few operations.
      EXPECT_LE(error_nm(place(polygon[i]), i < side), snap_bound_nm + 0.01);
      if (i + 1 == side || i + 1 == polygon.size())
        continue;
      EXPECT_LE(error_nm(midpoint(polygon[i], polygon[i + 1]), i < side), sagitta_nm + snap_bound_nm + 0.01);
    }
    for (std::size_t i = 0; i < side; ++i)
      EXPECT_NEAR(distance_nm(place(polygon[i]), place(polygon[polygon.size() - 1 - i])), 1000 * width_um,
                  2 * snap_bound_nm + 0.01);
  }
}

TEST(Outline, FacetsAreAsFewAsTheToleranceAllows) {
  // Facets over a turn t of the outer edge R: t / sqrt(8 s / R), so four times the sagitta halves them (+-1 of
  // rounding).
  const double radius_mm = 20;
  const double turn = std::numbers::pi / 2;
  for (double sagitta_nm : {1000.0, 250.0, 62.5}) {
    const auto polygons =
        outline(Path{{{}, radius_mm * turn, 1 / radius_mm}}, {.width_um = 3, .sagitta_nm = sagitta_nm});
    const double facets = static_cast<double>(polygons.at(0).size()) / 2 - 1;
    EXPECT_NEAR(facets, turn / std::sqrt(8 * sagitta_nm * 1e-6 / (radius_mm + 0.0015)), 1) << sagitta_nm;
  }
}

TEST(Outline, AreaIsLengthTimesWidth) {
  // A strip of constant width around any arc has exactly the area length x width. Snapping moves each edge by at most
  // 0.71 nm; facets take w/R of the sagitta, 10 nm x 3e-3.
  std::mt19937 random(3);
  for (int trial = 0; trial < 20; ++trial) {
    const Path path = random_path(random, 6);
    double area = 0;
    double edge_nm = 0;
    for (const GridPolygon& polygon : outline(path, {.width_um = 3})) {
      EXPECT_GT(area_nm2(polygon), 0) << "counter-clockwise";
      area += area_nm2(polygon);
      edge_nm += perimeter_nm(polygon);
    }
    EXPECT_NEAR(area, 1e6 * length_mm(path) * 3000, edge_nm * (snap_bound_nm + 0.03));
  }
}

TEST(Outline, LongArcsAreSplitBelowTheVertexLimit) {
  const Path path{{{}, 94, 1 / 30.0}};
  const auto polygons = outline(path, {.width_um = 3, .sagitta_nm = 1});
  ASSERT_GT(polygons.size(), 1U);
  for (const GridPolygon& polygon : polygons)
    EXPECT_LE(polygon.size() + 1, 4000U);
}

TEST(Outline, PiecesBelowTheGridVanishAndTheirNeighboursMeet) {
  Path path{{{{0.1234567, 0}, 0.3}, 1, 0}};
  path.push_back({end_pose(path), 1e-9, 0.1});
  path.push_back({end_pose(path), 0, 0});
  path.push_back({end_pose(path), 1, 0});
  const auto polygons = outline(path, {.width_um = 3});
  ASSERT_EQ(polygons.size(), 2U);
  EXPECT_EQ(shared_edges(polygons[0], polygons[1]), 1);
}

TEST(Outline, RefusesWhatHasNoOutline) {
  const Path straight{{{}, 1, 0}};
  const Path tight{{{}, 0.01, 1 / 0.0015}}; // the inner edge shrinks to a point
  EXPECT_THROW(outline(tight, {.width_um = 3}), std::invalid_argument);
  EXPECT_NO_THROW(outline(Path{{{}, 0.001, 1 / 0.00151}}, {.width_um = 3}));
  EXPECT_THROW(outline(Path{{{}, 7, 1}}, {.width_um = 3}), std::invalid_argument) << "more than a turn";
  EXPECT_THROW(outline(Path{{{}, -1, 0}}, {.width_um = 3}), std::invalid_argument);
  EXPECT_THROW(outline(straight, {.width_um = 0}), std::invalid_argument);
  EXPECT_THROW(outline(straight, {.width_um = 3, .sagitta_nm = 0}), std::invalid_argument);
  EXPECT_THROW(outline(straight, {.width_um = 3, .max_vertices = 4}), std::invalid_argument);

  const Path gap{{{}, 1, 0}, {{{1, 2e-6}, 0}, 1, 0}};
  EXPECT_THROW(outline(gap, {.width_um = 3}), std::invalid_argument);
  const Path kink{{{}, 1, 0}, {{{1, 0}, 1e-3}, 1, 0}}; // 1.5 nm at the edge of a 3 um guide
  EXPECT_THROW(outline(kink, {.width_um = 3}), std::invalid_argument);
  const Path full_turn_of_heading{{{}, 1, 0}, {{{1, 0}, 2 * std::numbers::pi}, 1, 0}};
  EXPECT_NO_THROW(outline(full_turn_of_heading, {.width_um = 3})) << "the same direction";
}

TEST(Snap, RefusesWhat32BitsCannotHold) {
  EXPECT_EQ(snap({2147.483647, -2147.483647}), (GridPoint{2147483647, -2147483647}));
  EXPECT_THROW(snap({2147.483648, 0}), std::out_of_range);
  EXPECT_THROW(snap({0, -2147.5}), std::out_of_range);
  EXPECT_THROW(snap({std::numeric_limits<double>::quiet_NaN(), 0}), std::out_of_range);
}

/// The edges of a guide, as offset curves of its centre line, sampled finer than any facet.
std::vector<Place> edge_samples(const Segment& segment, double offset_mm, int count) {
  std::vector<Place> result;
  for (int k = 0; k <= count; ++k) {
    const Pose pose = pose_at(segment, segment.length_mm * k / count);
    result.push_back(place(pose.at + offset_mm * Point{-std::sin(pose.heading_rad), std::cos(pose.heading_rad)}));
  }
  return result;
}

double distance_nm(Place p, Place a, Place b) {
  const double along =
      ((p.x_nm - a.x_nm) * (b.x_nm - a.x_nm) + (p.y_nm - a.y_nm) * (b.y_nm - a.y_nm)) / std::pow(distance_nm(a, b), 2);
  const double t = std::clamp(along, 0.0, 1.0);
  return distance_nm(p, {a.x_nm + t * (b.x_nm - a.x_nm), a.y_nm + t * (b.y_nm - a.y_nm)});
}

TEST(Outline, ClothoidStaysWithinTheSagittaOfItsTrueEdges) {
  std::mt19937 random(4);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int trial = 0; trial < 20; ++trial) {
    const double length_mm = 3 + 2 * uniform(random);
    const double before = 0.3 * uniform(random);
    const Segment clothoid{{{uniform(random), uniform(random)}, 6 * uniform(random)},
                           length_mm,
                           before,
                           (0.3 * uniform(random) - before) / length_mm};
    const double sagitta_nm = 200;
    const auto polygons = outline(Path{clothoid}, {.width_um = 8, .sagitta_nm = sagitta_nm});
    ASSERT_EQ(polygons.size(), 1U);
    const GridPolygon& polygon = polygons[0];
    const std::size_t side = polygon.size() / 2;
    for (const bool right : {true, false}) {
      std::vector<Place> drawn;
      for (std::size_t i = 0; i < side; ++i)
        drawn.push_back(place(polygon[right ? i : polygon.size() - 1 - i]));
      for (const Place p : edge_samples(clothoid, right ? -0.004 : 0.004, 3000)) {
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = 1; i < side; ++i)
          least = std::min(least, distance_nm(p, drawn[i - 1], drawn[i]));
        ASSERT_LE(least, sagitta_nm + snap_bound_nm + 0.01) << trial;
      }
    }
  }
}

TEST(Outline, BendWithClothoidsHasNoSlitAndTheRightArea) {
  Path path{{{{1.2345678, 2}, 0.3}, 1, 0}};
  append_bend(path, 13.7, 0.9, true);
  append_bend(path, 11.1, -1.3, true);
  path.push_back({end_pose(path), 1, 0});
  const auto polygons = outline(path, {.width_um = 3});
  ASSERT_EQ(polygons.size(), path.size());
  double area = 0;
  double edge_nm = 0;
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    if (i > 0) {
      EXPECT_EQ(shared_edges(polygons[i - 1], polygons[i]), 1) << i;
    }
    area += area_nm2(polygons[i]);
    edge_nm += perimeter_nm(polygons[i]);
  }
  EXPECT_NEAR(area, 1e6 * length_mm(path) * 3000, edge_nm * (snap_bound_nm + 0.03));
}

TEST(Outline, ClothoidThatIsTooSharpOrTurnsTooFarIsRefused) {
  EXPECT_THROW(outline(Path{{{}, 0.01, 0, 1 / 0.0015 / 0.01}}, {.width_um = 3}), std::invalid_argument);
  EXPECT_THROW(outline(Path{{{}, 10, 0, 0.13}}, {.width_um = 3}), std::invalid_argument) << "6.5 rad";
  EXPECT_NO_THROW(outline(Path{{{}, 10, 0, 0.12}}, {.width_um = 3})) << "6.0 rad";
}

/// The cubic curves of the only path of class guide.
std::vector<std::array<Point, 4>> cubics_of(const std::string& svg) {
  std::smatch found;
  if (!std::regex_search(svg, found, std::regex(R"-(<path class="guide tx" d="([^"]*)")-")))
    return {};
  std::string numbers = found[1];
  for (char& c : numbers)
    c = c == 'M' || c == 'C' || c == ',' ? ' ' : c;
  std::istringstream stream(numbers);
  std::vector<Point> points;
  for (Point p; stream >> p.x_mm >> p.y_mm;)
    points.push_back(p);
  std::vector<std::array<Point, 4>> result;
  for (std::size_t i = 0; i + 3 < points.size(); i += 3)
    result.push_back({points[i], points[i + 1], points[i + 2], points[i + 3]});
  return result;
}

TEST(Svg, ClothoidIsFewCubicsWithinOneNanometre) {
  for (const Segment& clothoid : {Segment{{{3, 1}, 0.4}, 3.6, 0, 0.02}, Segment{{{3, 1}, 2}, 12, 0.08, -0.012}}) {
    Package package;
    package.outline = box_around({0, 0}, 100, 100);
    Layout layout;
    layout.guides.push_back({"E00.tx0", 0, PortKind::tx, 0, 0, {clothoid}});
    std::ostringstream svg;
    write_svg(svg, package, {}, layout);
    const auto cubics = cubics_of(svg.str());
    ASSERT_FALSE(cubics.empty());
    EXPECT_LT(cubics.size(), 25U);
    for (const auto& [a, b, c, d] : cubics)
      for (int k = 0; k <= 20; ++k) {
        const double t = k / 20.0;
        const double u = 1 - t;
        const Point p = (u * u * u) * a + (3 * u * u * t) * b + (3 * u * t * t) * c + (t * t * t) * d;
        // 0.5 nm of the curve, and coordinates rounded to 0.5 nm in x and y; 1e-9 mm of nearest().
        EXPECT_LE(1e6 * nearest(clothoid, p).distance_mm, 0.5 + snap_bound_nm + 0.002);
      }
    EXPECT_LE(norm_mm(cubics.back()[3] - end_pose(clothoid).at), 0.71e-6);
  }
}

} // namespace
} // namespace beachfront::geometry
