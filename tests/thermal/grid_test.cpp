// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/grid.hpp"

#include "tests/thermal/reference_package.hpp"
#include "thermal/body.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace beachfront::thermal {
namespace {

Body block(const geometry::Box& outline, double bottom_mm, double top_mm, Part part = Part::die) {
  return {"block", part, 0, outline, bottom_mm, top_mm, silicon()};
}

bool has_plane(const std::vector<double>& planes, double at_mm) {
  return std::any_of(planes.begin(), planes.end(), [&](double p) { return std::abs(p - at_mm) < 1e-9; });
}

double worst_ratio(const std::vector<double>& planes) {
  double worst = 1;
  for (std::size_t i = 0; i + 2 < planes.size(); ++i) {
    const double a = planes[i + 1] - planes[i], b = planes[i + 2] - planes[i + 1];
    worst = std::max({worst, a / b, b / a});
  }
  return worst;
}

double greatest_step(const std::vector<double>& planes) {
  double greatest = 0;
  for (std::size_t i = 0; i + 1 < planes.size(); ++i)
    greatest = std::max(greatest, planes[i + 1] - planes[i]);
  return greatest;
}

double filled_mm3(const Grid& grid, std::size_t body) {
  double volume_mm3 = 0;
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i)
        if (grid.body[grid.cell(i, j, k)] == static_cast<int>(body))
          volume_mm3 +=
              (grid.x_mm[i + 1] - grid.x_mm[i]) * (grid.y_mm[j + 1] - grid.y_mm[j]) * (grid.z_mm[k + 1] - grid.z_mm[k]);
  return volume_mm3;
}

double volume_mm3(const Body& body) {
  return body.outline.area_mm2() * (body.top_mm - body.bottom_mm);
}

TEST(Grid, EveryFaceOfEveryBodyLiesOnAPlane) {
  const std::vector<Body> all = bodies(reference_package(eagle_glass()));
  const Grid whole = grid(all, {}, false, false);
  for (const Body& body : all) {
    EXPECT_TRUE(has_plane(whole.x_mm, body.outline.min.x_mm) && has_plane(whole.x_mm, body.outline.max.x_mm));
    EXPECT_TRUE(has_plane(whole.y_mm, body.outline.min.y_mm) && has_plane(whole.y_mm, body.outline.max.y_mm));
    EXPECT_TRUE(has_plane(whole.z_mm, body.bottom_mm) && has_plane(whole.z_mm, body.top_mm));
  }
  for (const auto* planes : {&whole.x_mm, &whole.y_mm, &whole.z_mm})
    EXPECT_TRUE(std::is_sorted(planes->begin(), planes->end(), [](double a, double b) { return a < b + 1e-9; }));
}

TEST(Grid, BodyFillsExactlyItsVolumeAndAQuarterExactlyAQuarter) {
  const std::vector<Body> all = bodies(reference_package(eagle_glass()));
  const Grid whole = grid(all, {}, false, false), quarter = grid(all, {}, true, true),
             half = grid(all, {}, false, true);
  double in_quarter = 0, in_half = 0, in_all = 0;
  for (std::size_t b = 0; b < all.size(); ++b) {
    EXPECT_NEAR(filled_mm3(whole, b), volume_mm3(all[b]), 1e-9 * volume_mm3(all[b])) << all[b].name;
    const geometry::Box& box = all[b].outline;
    const double north = std::max(0.0, box.max.y_mm - std::max(0.0, box.min.y_mm)) / box.height_mm();
    const double east = std::max(0.0, box.max.x_mm - std::max(0.0, box.min.x_mm)) / box.width_mm();
    EXPECT_NEAR(filled_mm3(half, b), north * volume_mm3(all[b]), 1e-9 * volume_mm3(all[b])) << all[b].name;
    EXPECT_NEAR(filled_mm3(quarter, b), north * east * volume_mm3(all[b]), 1e-9 * volume_mm3(all[b])) << all[b].name;
    in_quarter += filled_mm3(quarter, b);
    in_half += filled_mm3(half, b);
    in_all += volume_mm3(all[b]);
  }
  EXPECT_NEAR(in_quarter, in_all / 4, 1e-9 * in_all);
  EXPECT_NEAR(in_half, in_all / 2, 1e-9 * in_all);
  EXPECT_EQ(quarter.x_mm.front(), 0);
  EXPECT_EQ(quarter.y_mm.front(), 0);
  EXPECT_TRUE(quarter.half_x && quarter.half_y && !half.half_x && half.half_y);
}

TEST(Grid, CellsAreFineAtDieEdgesNowhereLargerThanAskedAndGrowSlowly) {
  const std::vector<Body> all = bodies(reference_package(eagle_glass()));
  for (const double growth : {1.3, 2.0, 3.0})
    for (const double edge_mm : {0.1, 0.4, 2.0}) {
      const GridRules rules{edge_mm, 4, growth, 0, 450};
      const Grid mesh = grid(all, rules, false, false);
      for (const auto* planes : {&mesh.x_mm, &mesh.y_mm}) {
        EXPECT_LE(greatest_step(*planes), rules.largest_mm * (1 + 1e-9)) << "growth " << growth << " edge " << edge_mm;
        EXPECT_LE(worst_ratio(*planes), growth * (1 + 1e-9)) << "growth " << growth << " edge " << edge_mm;
      }
      for (const Body& body : all)
        if (body.part == Part::die || body.part == Part::engine)
          for (const double edge : {body.outline.min.x_mm, body.outline.max.x_mm}) {
            const auto at = std::lower_bound(mesh.x_mm.begin(), mesh.x_mm.end(), edge - 1e-9);
            // A cell at the edge may have grown by its own length.
            EXPECT_LE(*(at + 1) - *at, growth * edge_mm);
            EXPECT_LE(*at - *(at - 1), growth * edge_mm);
          }
    }
}

TEST(Grid, NeighboursKeepTheGrowthAroundPlanesTwentyMicrometresApart) {
  const std::vector<Body> all{block(geometry::box_around({0, 0}, 60, 60), 0, 1, Part::ply),
                              block({{-10, -10}, {10, 10}}, 1, 2), block({{10.02, -10}, {20, 9.98}}, 1, 2)};
  for (const double growth : {1.5, 2.0}) {
    const Grid mesh = grid(all, {0.4, 4, growth, 0, 450}, false, false);
    EXPECT_LE(worst_ratio(mesh.x_mm), growth * (1 + 1e-9));
    EXPECT_LE(worst_ratio(mesh.y_mm), growth * (1 + 1e-9));
  }
}

TEST(Grid, NeighboursKeepTheGrowthForAnyPlanes) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> place(-30, 30), size(0.02, 8), growth(1.2, 3), edge(0.05, 2);
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<Body> all{block(geometry::box_around({0, 0}, 80, 80), 0, 1, Part::ply)};
    for (int n = 0; n < 6; ++n)
      all.push_back(block(geometry::box_around({place(random), place(random)}, size(random), size(random)), 1, 2));
    const GridRules rules{edge(random), 4, growth(random), 0, 450};
    const Grid mesh = grid(all, rules, trial % 2 == 0, trial % 3 == 0);
    EXPECT_LE(worst_ratio(mesh.x_mm), rules.growth * (1 + 1e-9)) << "trial " << trial << " growth " << rules.growth;
    EXPECT_LE(worst_ratio(mesh.y_mm), rules.growth * (1 + 1e-9)) << "trial " << trial << " growth " << rules.growth;
    EXPECT_LE(greatest_step(mesh.x_mm), rules.largest_mm * (1 + 1e-9));
  }
}

TEST(Grid, LayersThickerThanAskedAreCutIntoEqualCells) {
  const std::vector<Body> all{block(geometry::box_around({0, 0}, 10, 10), 0, 1.2, Part::ply),
                              block(geometry::box_around({0, 0}, 10, 10), 1.2, 1.65),
                              block(geometry::box_around({0, 0}, 10, 10), 1.65, 1.651)};
  const Grid mesh = grid(all, {}, false, false);
  ASSERT_EQ(mesh.z_mm.size(), 6U);
  const std::vector<double> expected{0, 0.4, 0.8, 1.2, 1.65, 1.651};
  for (std::size_t k = 0; k < expected.size(); ++k)
    EXPECT_NEAR(mesh.z_mm[k], expected[k], 1e-12);
}

TEST(Grid, EdgePatchHasItsPlaneInsideDiesAndEngines) {
  const std::vector<Body> all = bodies(reference_package(eagle_glass()));
  GridRules rules;
  rules.edge_patch_mm = 0.1;
  const Grid mesh = grid(all, rules, false, false);
  for (const Body& body : all)
    if (body.part == Part::die || body.part == Part::engine) {
      EXPECT_TRUE(has_plane(mesh.x_mm, body.outline.min.x_mm + 0.1));
      EXPECT_TRUE(has_plane(mesh.x_mm, body.outline.max.x_mm - 0.1));
      EXPECT_TRUE(has_plane(mesh.y_mm, body.outline.min.y_mm + 0.1));
      EXPECT_TRUE(has_plane(mesh.y_mm, body.outline.max.y_mm - 0.1));
    }
  EXPECT_LE(worst_ratio(mesh.x_mm), rules.growth * (1 + 1e-9));
  EXPECT_LE(worst_ratio(mesh.y_mm), rules.growth * (1 + 1e-9));
}

TEST(Grid, AnySmallBodyStillHasACellOfItsOwn) {
  const std::vector<Body> all{block(geometry::box_around({0, 0}, 60, 60), 0, 1, Part::ply),
                              block({{3, 3}, {3.02, 3.02}}, 1, 1.001)};
  const Grid mesh = grid(all, {2, 8, 2, 0, 1300}, true, true);
  EXPECT_NEAR(filled_mm3(mesh, 1), 0.02 * 0.02 * 0.001, 1e-15);
}

} // namespace
} // namespace beachfront::thermal
