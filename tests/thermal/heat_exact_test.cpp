// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_cases.hpp"
#include "thermal/conduction.hpp"
#include "thermal/heat_flow.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace beachfront::thermal {
namespace {

using geometry::Box;

constexpr HeatTolerance tight{1e-12, 200};

Conductivity even(double W_per_mK) {
  return {W_per_mK, W_per_mK, W_per_mK};
}

/// Temperature of the lower face of the cell at (i, j).
double lower_face_C(HeatProblem problem, const std::vector<HeatLoad>& loads, std::size_t i, std::size_t j) {
  HeatSystem system = heat_system(std::move(problem));
  const HeatFlow flow = heat_flow(system, loads, tight);
  EXPECT_TRUE(flow.converged);
  EXPECT_LT(std::abs(flow.imbalance), 1e-10);
  const std::size_t cell = system.problem.grid.cell(i, j, 0);
  for (const CellFaceTemperature& face : bottom_face_temperatures(system, loads, flow, 0))
    if (face.cell == cell)
      return face.temperature_C;
  return NAN;
}

TEST(HeatExact, Case5StackIsExactOnAnyGrid) {
  // 500 W through 25 mm x 25 mm of Si, In, Cu and grease into 2e4 W/(m2 K) at 35 C.
  const std::vector<PlateLayer> layers = {{0.775, even(120)}, {0.2, even(80)}, {2, even(390)}, {0.1, even(4)}};
  const double area_m2 = 625e-6;
  double resistance_K_per_W = 1 / (2e4 * area_m2);
  for (const PlateLayer& layer : layers)
    resistance_K_per_W += layer.thickness_mm * 1e-3 / (layer.conductivity.z_W_per_mK * area_m2);
  EXPECT_NEAR(resistance_K_per_W, 0.142538462, 5e-10);
  const std::vector<double> uneven_mm = {0, 0.01, 3, 4, 11, 25};
  for (const std::size_t cells : {1U, 3U}) {
    const auto problem = plate(uneven_mm, {0, 7, 25}, layers, cells, 2e4, 35);
    const double found_C = lower_face_C(problem, {on_bottom({{0, 0}, {25, 25}}, 500)}, 3, 1);
    EXPECT_NEAR(found_C, 35 + 500 * resistance_K_per_W, 1e-9);
    EXPECT_NEAR(found_C, 106.269231, 1e-6);
  }
}

TEST(HeatExact, ContactsAddToTheStack) {
  auto problem = plate({0, 5, 10}, {0, 10}, {{1, even(100)}, {1, even(200)}}, 2, 1e4, 20);
  problem.contacts = {{0, 1, 12}};
  // mm2 K/W: 10 + 12 + 5 + 100 over 100 mm2
  EXPECT_NEAR(lower_face_C(problem, {on_bottom({{0, 0}, {10, 10}}, 30)}, 0, 0), 20 + 0.3 * 127, 1e-9);
  problem.contacts = {{1, 0, 12}}; // the other way about there is no such face
  EXPECT_NEAR(lower_face_C(problem, {on_bottom({{0, 0}, {10, 10}}, 30)}, 0, 0), 20 + 0.3 * 115, 1e-9);
}

TEST(HeatExact, HeatInAFaceDividesAsTheSidesConduct) {
  // Body 1 on body 0, both cooled; 10 W in the plane between them, 100 mm2. Upwards 10 + 40 mm2 K/W; downwards a
  // contact of 15, then 20 + 115.
  auto problem = plate({0, 10}, {0, 4, 10}, {{2, even(100)}, {1, even(100)}}, 2, 25000, 30);
  problem.contacts = {{0, 1, 15}};
  problem.cooled.push_back({0, false, 1e6 / 115, 30});
  HeatSystem system = heat_system(problem, 1);
  const HeatLoad load{1, HeatSite::bottom_face, {{0, 0}, {10, 10}}, 10};
  const HeatFlow flow = heat_flow(system, std::span(&load, 1), tight);
  EXPECT_NEAR(flow.cooled_W[0], 7.5, 1e-10);
  EXPECT_NEAR(flow.cooled_W[1], 2.5, 1e-10);
  const BodyTemperature face = bottom_face_temperature(system, std::span(&load, 1), flow, 1);
  EXPECT_NEAR(face.mean_C, 30 + 0.075 * 50, 1e-10);
  EXPECT_NEAR(face.max_C, face.mean_C, 1e-10);
}

TEST(HeatExact, HeatInACooledFaceNeedsNoCellToLeave) {
  auto problem = plate({0, 10}, {0, 10}, {{2, even(100)}}, 1, 25000, 30);
  problem.cooled.push_back({0, false, 1e6 / 180, 30}); // 180 mm2 K/W beside 20 + 40
  HeatSystem system = heat_system(problem, 1);
  const HeatLoad load = on_bottom({{0, 0}, {10, 10}}, 8);
  const HeatFlow flow = heat_flow(system, std::span(&load, 1), tight);
  EXPECT_NEAR(flow.cooled_W[0], 6, 1e-10);
  EXPECT_NEAR(flow.cooled_W[1], 2, 1e-10);
  EXPECT_NEAR(bottom_face_temperature(system, std::span(&load, 1), flow, 0).mean_C, 30 + 0.06 * 60, 1e-10);
}

TEST(HeatExact, HeatOfAVolumeGivesTheParabola) {
  // Face to face the flux of even heat is exact; only the half cell under the film is not, by q dz^2 / 8 k.
  constexpr std::size_t cells = 8;
  const auto problem = plate({0, 10}, {0, 10}, {{4, even(50)}}, cells, 1e4, 20);
  HeatSystem system = heat_system(problem, 1);
  const HeatLoad load{0, HeatSite::volume, {{0, 0}, {10, 10}}, 40};
  const HeatFlow flow = heat_flow(system, std::span(&load, 1), tight);
  const double heat_W_per_mm3 = 0.1, dz_mm = 0.5, k_W_per_mmK = 0.05;
  const double top_C = 20 + 0.4 * 100;
  for (std::size_t c = 0; c < cells; ++c) {
    const double z_mm = dz_mm * (static_cast<double>(c) + 0.5);
    const double exact_C = top_C + heat_W_per_mm3 * (16 - z_mm * z_mm) / (2 * k_W_per_mmK);
    EXPECT_NEAR(flow.temperature_C[c], exact_C + heat_W_per_mm3 * dz_mm * dz_mm / (8 * k_W_per_mmK), 1e-10);
  }
}

/// A square source in the middle of the lower face of a square plate, a quarter of it on the grid.
struct SquareCase {
  double plate_mm, source_mm;
  std::vector<PlateLayer> layers;
  double power_W, film_W_per_m2K, coolant_C;
};

/// Temperatures of the source's face: at its middle (of the cell beside it) and on average.
struct Source {
  double centre_C, mean_C;
};

Source source_of(const SquareCase& square, std::size_t cells_across, std::size_t cells_a_layer) {
  const auto half_mm = divided({0, square.plate_mm / 2}, cells_across);
  auto problem = plate(half_mm, half_mm, square.layers, cells_a_layer, square.film_W_per_m2K, square.coolant_C);
  problem.grid.half_x = problem.grid.half_y = true;
  const HeatLoad load = on_bottom(geometry::box_around({0, 0}, square.source_mm, square.source_mm), square.power_W);
  HeatSystem system = heat_system(std::move(problem));
  const HeatFlow flow = heat_flow(system, std::span(&load, 1), {1e-11, 200});
  EXPECT_NEAR(flow.power_W, square.power_W / 4, 1e-12 * square.power_W);
  const Grid& grid = system.problem.grid;
  const double rim_mm = square.source_mm / 2 + 1e-9;
  double sum = 0, count = 0;
  const auto faces = bottom_face_temperatures(system, std::span(&load, 1), flow, 0);
  for (const CellFaceTemperature& face : faces)
    if (grid.x_mm[face.cell % grid.cells_x() + 1] < rim_mm && grid.y_mm[face.cell / grid.cells_x() + 1] < rim_mm) {
      sum += face.temperature_C;
      count += 1;
    }
  return {faces.front().temperature_C, sum / count};
}

/// What two grids tell when the error falls with the square of the cell.
double extrapolated(double coarse, double fine) {
  return fine + (fine - coarse) / 3;
}

TEST(HeatExact, Case7dGivesTheSheetsFigures) {
  // Computed with another program on the same grids; the sheet prints six decimals.
  const SquareCase square{40, 10, {{2, even(150)}}, 50, 5000, 25};
  EXPECT_NEAR(source_of(square, 40, 8).centre_C, 56.040684, 1e-6);
  EXPECT_NEAR(source_of(square, 80, 16).centre_C, 56.042701, 1e-6);
  EXPECT_NEAR(source_of(square, 160, 32).centre_C, 56.043209, 1e-6);
}

TEST(HeatExact, Case7ConvergesWithTheSquareOfTheCell) {
  // In the middle the order departs from 2 by the next term of the error, the square of the cell over the source. The
  // flux jumps at the rim, where the temperature goes with r log r: the error of the mean is h^2 log(1/h), whose
  // order is below 2 by 1 / log(source / h), 0.3 to 0.15 here.
  const SquareCase square{40, 10, {{2, even(150)}}, 50, 5000, 25};
  const SlabSeries series = slab_series({{{0, 0}, {40, 40}}, {{2, 150, 150}}, 5000});
  const Box source = geometry::box_around({20, 20}, 10, 10), centre{{20, 20}, {20, 20}};
  const double exact_centre_C = 25 + 50 * influence_K_per_W(series, source, centre);
  const double exact_mean_C = 25 + 50 * influence_K_per_W(series, source, source);
  EXPECT_NEAR(exact_centre_C, 56.04338, 1e-5);
  std::vector<double> centre_error, mean_error;
  for (const std::size_t cells : {20U, 40U, 80U}) {
    const Source found = source_of(square, cells, cells / 5);
    centre_error.push_back(std::abs(found.centre_C - exact_centre_C));
    mean_error.push_back(std::abs(found.mean_C - exact_mean_C));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(std::log2(centre_error[i] / centre_error[i + 1]), 2, 0.1);
    EXPECT_NEAR(std::log2(mean_error[i] / mean_error[i + 1]), 1.85, 0.15);
  }
}

TEST(HeatExact, Case6SourceOnALidIsTheSeries) {
  struct Row {
    double film, mean, centre;
  };
  for (const Row& row :
       {Row{1000, 0.28434102, 0.32651782}, Row{5000, 0.11799281, 0.14848317}, Row{20000, 0.05210850, 0.06772163}}) {
    const SquareCase square{80, 25, {{2, even(390)}}, 1, row.film, 0};
    const Source coarse = source_of(square, 64, 4), fine = source_of(square, 128, 8);
    EXPECT_LT(std::abs(fine.mean_C - row.mean), 0.31 * std::abs(coarse.mean_C - row.mean)); // an order of 1.7
    EXPECT_NEAR(extrapolated(coarse.mean_C, fine.mean_C), row.mean, 1e-4 * row.mean);
    EXPECT_NEAR(extrapolated(coarse.centre_C, fine.centre_C), row.centre, 2e-5 * row.centre);
  }
}

TEST(HeatExact, Case7cThreeLayersAreTheSeries) {
  const SquareCase square{50, 25, {{0.775, even(120)}, {0.05, even(4)}, {3, even(390)}}, 500, 2e4, 30};
  const Source coarse = source_of(square, 50, 6), fine = source_of(square, 100, 12);
  EXPECT_NEAR(extrapolated(coarse.centre_C, fine.centre_C), 75.33545, 1e-3);
}

/// Mean of the cells around the corner (i, j) of the lower face.
double corner_C(const std::vector<CellFaceTemperature>& faces, std::size_t cells_x, std::size_t i, std::size_t j) {
  return (faces[i - 1 + cells_x * (j - 1)].temperature_C + faces[i + cells_x * (j - 1)].temperature_C +
          faces[i - 1 + cells_x * j].temperature_C + faces[i + cells_x * j].temperature_C) /
         4;
}

TEST(HeatExact, Case7bEccentricSourceIsTheSeries) {
  struct Found {
    double centre_C, corner_C, far_C;
  };
  const auto solve = [](std::size_t cells) { // a millimetre
    auto problem =
        plate(divided({0, 60}, 60 * cells), divided({0, 40}, 40 * cells), {{3, even(390)}}, 4 * cells, 8000, 40);
    HeatSystem system = heat_system(std::move(problem));
    const HeatLoad load = on_bottom({{10, 12}, {30, 24}}, 200);
    const HeatFlow flow = heat_flow(system, std::span(&load, 1), {1e-11, 200});
    const auto faces = bottom_face_temperatures(system, std::span(&load, 1), flow, 0);
    return Found{corner_C(faces, 60 * cells, 20 * cells, 18 * cells),
                 corner_C(faces, 60 * cells, 10 * cells, 12 * cells), faces.back().temperature_C};
  };
  const Found coarse = solve(1), fine = solve(2);
  EXPECT_NEAR(extrapolated(coarse.centre_C, fine.centre_C), 73.407382, 1e-3);
  EXPECT_NEAR(extrapolated(coarse.corner_C, fine.corner_C), 59.814503, 1e-2); // the flux jumps there
  EXPECT_NEAR(extrapolated(coarse.far_C, fine.far_C), 42.127547, 1e-3);
}

TEST(HeatExact, OrthotropicLayersUnderASourceBetweenThePlanesAreTheSeries) {
  // The source's rims lie inside cells of 0.5 mm: its heat is moved by at most h^2/8 of its width of 9 mm, 0.4 %, and
  // the temperatures by that times a slope of one source width in ten.
  const std::vector<PlateLayer> layers = {{1, {200, 200, 20}}, {0.5, {1, 1, 5}}, {2, even(390)}};
  const Slab slab{{{0, 0}, {40, 30}}, {{1, 200, 20}, {0.5, 1, 5}, {2, 390, 390}}, 10000};
  const Box source{{7.13, 9.31}, {16.21, 20.07}}, observer{{20, 5}, {30, 25}};
  auto problem = plate(divided({0, 40}, 80), divided({0, 30}, 60), layers, 6, 10000, 0);
  HeatSystem system = heat_system(std::move(problem));
  const HeatLoad load = on_bottom(source, 1);
  const HeatFlow flow = heat_flow(system, std::span(&load, 1), {1e-11, 200});
  EXPECT_NEAR(flow.power_W, 1, 1e-12);
  const auto faces = bottom_face_temperatures(system, std::span(&load, 1), flow, 0);
  double sum = 0, all = 0;
  for (std::size_t j = 0; j < 60; ++j)
    for (std::size_t i = 0; i < 80; ++i) {
      all += faces[i + 80 * j].temperature_C / 4800;
      if (i >= 40 && i < 60 && j >= 10 && j < 50)
        sum += faces[i + 80 * j].temperature_C / 800;
    }
  const SlabSeries series = slab_series(slab);
  const double far = influence_K_per_W(series, source, observer);
  const double everywhere = influence_K_per_W(series, source, slab.outline);
  EXPECT_NEAR(sum, far, 1e-3 * far);
  EXPECT_NEAR(all, everywhere, 1e-3 * everywhere);
}

TEST(HeatExact, EachAxisHasItsOwnConductivity) {
  // Twice as long with four times the conductivity along x, and as long again with a quarter along y: the same
  // temperatures, because a face takes the same heat for its area.
  const Box source{{3, 2}, {8, 6}}, stretched{{6, 1}, {16, 3}};
  auto plain = plate(divided({0, 12}, 12), divided({0, 10}, 10), {{2, even(40)}}, 4, 5000, 20);
  auto turned = plate(divided({0, 24}, 12), divided({0, 5}, 10), {{2, {160, 10, 40}}}, 4, 5000, 20);
  HeatSystem first = heat_system(plain), second = heat_system(turned);
  const HeatLoad one = on_bottom(source, 20), other = on_bottom(stretched, 20);
  const auto expected = heat_flow(first, std::span(&one, 1), tight).temperature_C;
  const auto found = heat_flow(second, std::span(&other, 1), tight).temperature_C;
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t c = 0; c < found.size(); ++c)
    EXPECT_NEAR(found[c], expected[c], 1e-9);
}

} // namespace
} // namespace beachfront::thermal
