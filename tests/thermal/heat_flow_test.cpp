// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/heat_flow.hpp"

#include "heat_cases.hpp"

#include <Eigen/Dense>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace beachfront::thermal {
namespace {

using geometry::Box;

constexpr HeatTolerance tight{1e-12, 200};

/// Two stacks with a gap under a lid, on a substrate: 0 substrate, 1 and 2 dies, 3 thermal interface, 4 lid. Widths
/// differ from cell to cell, conductivities by 650.
HeatProblem package() {
  HeatProblem problem;
  Grid& grid = problem.grid;
  grid.x_mm = {-20, -15, -12, -10, -9, -8.8, -5, -1, 0, 0.5, 1, 4, 7, 9, 9.3, 10, 14, 20};
  grid.y_mm = {-18, -11, -8, -7.9, -4, 0, 1, 3, 8, 8.5, 12, 18};
  grid.z_mm = {0, 0.3, 1.0, 1.3, 1.4, 1.8, 2.1, 2.15, 3, 4.15};
  problem.conductivity = {{30, 30, 0.6}, {120, 120, 120}, {68, 68, 68}, {4, 4, 4}, {390, 390, 390}};
  const auto inside = [](double low, double high, double from, double to) { return low >= from && high <= to; };
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const double west = grid.x_mm[i], east = grid.x_mm[i + 1];
        const bool across = inside(grid.y_mm[j], grid.y_mm[j + 1], -8, 8);
        const bool first = across && inside(west, east, -12, 1), second = across && inside(west, east, 4, 10);
        int body = no_body;
        if (k < 3)
          body = 0;
        else if (k < 6 && (first || second))
          body = first ? 1 : 2;
        else if (k == 6 && (first || second))
          body = 3;
        else if (k > 6)
          body = 4;
        grid.body.push_back(body);
      }
  problem.contacts = {{3, 4, 2}, {0, 1, 5}};
  problem.cooled = {{4, true, 2e4, 35}, {0, false, 50, 45}};
  return problem;
}

std::vector<HeatLoad> package_loads() {
  return {{1, HeatSite::bottom_face, {{-12, -8}, {1, 8}}, 120},
          {1, HeatSite::bottom_face, {{-9.5, -3.3}, {-2.2, 2.7}}, 80},
          {2, HeatSite::volume, {{4.4, -7}, {9.9, 7.5}}, 30}};
}

HeatFlow solve(const HeatProblem& problem, const std::vector<HeatLoad>& loads, const HeatTolerance& tolerance = tight,
               int threads = 1) {
  HeatSystem system = heat_system(problem, threads);
  return heat_flow(system, loads, tolerance);
}

void expect_same(const std::vector<double>& found, const std::vector<double>& expected, double within) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t c = 0; c < found.size(); ++c)
    if (std::isnan(expected[c]))
      EXPECT_TRUE(std::isnan(found[c])) << c;
    else
      EXPECT_NEAR(found[c], expected[c], within) << c;
}

/// Those of the cells that a body fills.
std::vector<double> in_bodies(std::vector<double> temperature_C) {
  std::erase_if(temperature_C, [](double t) { return std::isnan(t); });
  return temperature_C;
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "not refused";
}

std::string refusal(const HeatProblem& problem) {
  return refusal([&] { heat_system(problem); });
}

TEST(HeatFlow, WhatGoesInComesOut) {
  const HeatFlow flow = solve(package(), package_loads(), {});
  ASSERT_TRUE(flow.converged);
  EXPECT_NEAR(flow.power_W, 230, 1e-10);
  EXPECT_NEAR(flow.cooled_W[0] + flow.cooled_W[1], 230, 230e-8);
  EXPECT_LT(std::abs(flow.imbalance), 1e-8);
  EXPECT_GT(flow.cooled_W[0], 200);
}

TEST(HeatFlow, DenseEliminationFindsTheSameOnRandomBodies) {
  // Every cell one of three bodies or empty; whatever lies open upwards is cooled, so nothing floats.
  std::mt19937 random(7);
  HeatProblem problem;
  Grid& grid = problem.grid;
  grid.x_mm = {0, 1, 1.5, 4, 4.2, 6};
  grid.y_mm = {0, 2, 2.1, 3, 5};
  grid.z_mm = {0, 0.05, 1, 1.2, 1.5, 3};
  for (std::size_t c = 0; c < grid.cells(); ++c)
    grid.body.push_back(static_cast<int>(random() % 4) - 1);
  problem.conductivity = {{1, 2, 3}, {50, 40, 30}, {400, 300, 200}};
  problem.contacts = {{0, 1, 7}, {2, 1, 3}};
  problem.cooled = {{0, true, 1e3, 10}, {1, true, 2e3, 20}, {2, true, 3e3, 40}, {1, false, 500, 60}};
  std::vector<HeatLoad> loads;
  const auto n = static_cast<Eigen::Index>(grid.cells());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(n);
  const auto size_m = [&](int axis, std::size_t at) {
    const std::vector<double>& planes = axis == 0 ? grid.x_mm : axis == 1 ? grid.y_mm : grid.z_mm;
    return 1e-3 * (planes[at + 1] - planes[at]);
  };
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const std::size_t cell = grid.cell(i, j, k);
        const int body = grid.body[cell];
        if (body == no_body)
          continue;
        const auto row = static_cast<Eigen::Index>(cell);
        matrix(row, row) -= 1;
        const auto conductivity = [&](int of, int axis) {
          const Conductivity& c = problem.conductivity[static_cast<std::size_t>(of)];
          return axis == 0 ? c.x_W_per_mK : axis == 1 ? c.y_W_per_mK : c.z_W_per_mK;
        };
        const std::size_t at[3] = {i, j, k}, counts[3] = {grid.cells_x(), grid.cells_y(), grid.cells_z()};
        const std::size_t step[3] = {1, counts[0], counts[0] * counts[1]};
        for (int axis = 0; axis < 3; ++axis) {
          const double area_m2 =
              size_m((axis + 1) % 3, at[(axis + 1) % 3]) * size_m((axis + 2) % 3, at[(axis + 2) % 3]);
          const double own_m2K_per_W = size_m(axis, at[axis]) / 2 / conductivity(body, axis);
          for (const bool next : {false, true}) {
            const bool rim = next ? at[axis] + 1 == counts[axis] : at[axis] == 0;
            const std::size_t other = next ? cell + step[axis] : cell - step[axis];
            if (!rim && grid.body[other] != no_body) {
              double m2K_per_W = own_m2K_per_W + size_m(axis, next ? at[axis] + 1 : at[axis] - 1) / 2 /
                                                     conductivity(grid.body[other], axis);
              for (const Contact& contact : problem.contacts)
                if (axis == 2 && contact.lower_body == (next ? body : grid.body[other]) &&
                    contact.upper_body == (next ? grid.body[other] : body))
                  m2K_per_W += 1e-6 * contact.mm2K_per_W;
              matrix(row, row) += area_m2 / m2K_per_W;
              matrix(row, static_cast<Eigen::Index>(other)) -= area_m2 / m2K_per_W;
            } else if (axis == 2) {
              for (const CooledFace& face : problem.cooled)
                if (face.body == body && face.top == next) {
                  const double conductance = area_m2 / (own_m2K_per_W + 1 / face.heat_transfer_W_per_m2K);
                  matrix(row, row) += conductance;
                  right(row) += conductance * face.coolant_C;
                }
            }
          }
        }
        const Box outline{{grid.x_mm[i], grid.y_mm[j]}, {grid.x_mm[i + 1], grid.y_mm[j + 1]}};
        const bool alone = [&] { // a body's only cell in this column takes a load
          for (std::size_t other = 0; other < grid.cells_z(); ++other)
            if (other != k && grid.body[grid.cell(i, j, other)] == body)
              return false;
          return true;
        }();
        if (alone) {
          loads.push_back({body, HeatSite::volume, outline, 0.1 * static_cast<double>(cell % 7)});
          right(row) += loads.back().power_W;
        }
      }
  const Eigen::VectorXd expected = matrix.fullPivLu().solve(right);
  const HeatFlow flow = solve(problem, loads, {1e-13, 200});
  ASSERT_TRUE(flow.converged);
  for (std::size_t c = 0; c < grid.cells(); ++c)
    if (grid.body[c] == no_body)
      EXPECT_TRUE(std::isnan(flow.temperature_C[c]));
    else
      EXPECT_NEAR(flow.temperature_C[c], expected(static_cast<Eigen::Index>(c)), 1e-8);
}

TEST(HeatFlow, AMirroredDesignHasTheMirroredField) {
  HeatProblem mirrored = package();
  Grid& grid = mirrored.grid;
  const Grid plain = grid;
  for (std::size_t i = 0; i < grid.x_mm.size(); ++i)
    grid.x_mm[i] = -plain.x_mm[plain.x_mm.size() - 1 - i];
  const auto image = [&](const auto& values, auto& images) {
    for (std::size_t k = 0; k < grid.cells_z(); ++k)
      for (std::size_t j = 0; j < grid.cells_y(); ++j)
        for (std::size_t i = 0; i < grid.cells_x(); ++i)
          images[grid.cell(i, j, k)] = values[grid.cell(grid.cells_x() - 1 - i, j, k)];
  };
  image(plain.body, grid.body);
  auto loads = package_loads();
  for (HeatLoad& load : loads)
    load.outline = {{-load.outline.max.x_mm, load.outline.min.y_mm}, {-load.outline.min.x_mm, load.outline.max.y_mm}};
  const auto plain_C = solve(package(), package_loads()).temperature_C;
  std::vector<double> expected_C(plain_C.size());
  image(plain_C, expected_C);
  expect_same(solve(mirrored, loads).temperature_C, expected_C, 1e-8);
}

TEST(HeatFlow, AQuarterOfASymmetricDesignIsTheWhole) {
  const auto half_mm = divided({0, 3, 8, 10}, 2);
  std::vector<double> whole_mm;
  for (std::size_t i = half_mm.size(); i-- > 1;)
    whole_mm.push_back(-half_mm[i]);
  whole_mm.insert(whole_mm.end(), half_mm.begin(), half_mm.end());
  const std::vector<PlateLayer> layers = {{1, {20, 20, 2}}, {1, {100, 100, 100}}};
  auto quarter = plate(half_mm, half_mm, layers, 2, 1e4, 25);
  quarter.grid.half_x = quarter.grid.half_y = true;
  const auto whole = plate(whole_mm, whole_mm, layers, 2, 1e4, 25);
  // One load over both planes, one pair of images along x, each over the plane y = 0.
  const std::vector<HeatLoad> loads = {on_bottom({{-3, -2.5}, {3, 2.5}}, 40),
                                       {1, HeatSite::volume, {{4, -1}, {7.7, 1}}, 8},
                                       {1, HeatSite::volume, {{-7.7, -1}, {-4, 1}}, 8}};
  const HeatFlow part = solve(quarter, loads), all = solve(whole, loads);
  EXPECT_NEAR(part.power_W, 14, 1e-12);
  EXPECT_NEAR(all.cooled_W[0], 4 * part.cooled_W[0], 1e-8);
  const std::size_t cells = half_mm.size() - 1;
  for (std::size_t k = 0; k < 4; ++k)
    for (std::size_t j = 0; j < cells; ++j)
      for (std::size_t i = 0; i < cells; ++i)
        EXPECT_NEAR(part.temperature_C[quarter.grid.cell(i, j, k)],
                    all.temperature_C[whole.grid.cell(cells + i, cells + j, k)], 1e-8);
}

TEST(HeatFlow, ThreadsDoNotChangeAByte) {
  // Large enough for the solver to share the work.
  const std::vector<PlateLayer> layers = {{1, {60, 60, 1}}, {0.1, {4, 4, 4}}, {2, {390, 390, 390}}};
  auto problem = plate(divided({0, 7, 30}, 32), divided({0, 11, 29}, 32), layers, 2, 2e4, 35);
  for (std::size_t j = 10; j < 40; ++j) // a hole
    for (std::size_t i = 50; i < 65; ++i)
      for (std::size_t k = 2; k < 4; ++k)
        problem.grid.body[problem.grid.cell(i, j, k)] = no_body;
  const std::vector<HeatLoad> loads = {on_bottom({{1, 2}, {22.22, 17.7}}, 300)};
  const HeatFlow one = solve(problem, loads, {}, 1);
  for (const int threads : {2, 3}) {
    const HeatFlow many = solve(problem, loads, {}, threads);
    ASSERT_EQ(many.temperature_C.size(), one.temperature_C.size());
    EXPECT_EQ(
        std::memcmp(many.temperature_C.data(), one.temperature_C.data(), one.temperature_C.size() * sizeof(double)), 0);
    EXPECT_EQ(many.relative_residual, one.relative_residual);
    EXPECT_EQ(many.cooled_W, one.cooled_W);
  }
}

TEST(HeatFlow, OneSystemServesManyLoadsAndTheyAdd) {
  HeatSystem system = heat_system(package());
  const auto loads = package_loads();
  const HeatFlow none = heat_flow(system, {}, tight);
  std::vector<double> sum = none.temperature_C;
  for (const HeatLoad& load : loads) {
    const auto alone = heat_flow(system, std::span(&load, 1), tight).temperature_C;
    for (std::size_t c = 0; c < sum.size(); ++c)
      sum[c] += alone[c] - none.temperature_C[c];
  }
  expect_same(heat_flow(system, loads, tight).temperature_C, sum, 1e-8);
}

TEST(HeatFlow, ALoadCutAtThePlanesIsTheSameLoad) {
  const Box outline{{-9.5, -3.3}, {-2.2, 2.7}};
  std::vector<HeatLoad> pieces;
  const std::vector<double> x_mm = {-9.5, -9, -8.8, -5, -2.2}, y_mm = {-3.3, 0, 1, 2.7};
  for (std::size_t j = 0; j + 1 < y_mm.size(); ++j)
    for (std::size_t i = 0; i + 1 < x_mm.size(); ++i) {
      const Box piece{{x_mm[i], y_mm[j]}, {x_mm[i + 1], y_mm[j + 1]}};
      pieces.push_back({1, HeatSite::bottom_face, piece, 80 * piece.area_mm2() / outline.area_mm2()});
    }
  const HeatLoad whole{1, HeatSite::bottom_face, outline, 80};
  expect_same(solve(package(), {whole}).temperature_C, solve(package(), pieces).temperature_C, 1e-8);
}

TEST(HeatFlow, WithoutHeatEverythingIsAsWarmAsTheCoolant) {
  HeatProblem problem = package();
  problem.cooled[1].coolant_C = 35;
  const HeatFlow flow = solve(problem, {});
  ASSERT_TRUE(flow.converged);
  for (const double t : in_bodies(flow.temperature_C))
    EXPECT_NEAR(t, 35, 1e-12);
  EXPECT_NEAR(flow.cooled_W[0], 0, 1e-10);
}

TEST(HeatFlow, HeatFlowsFromTheWarmCoolantToTheCold) {
  const HeatFlow flow = solve(package(), {});
  EXPECT_LT(flow.cooled_W[1], 0);
  EXPECT_NEAR(flow.cooled_W[0], -flow.cooled_W[1], 1e-9);
  EXPECT_LT(std::abs(flow.imbalance), 1e-8);
  for (const double t : in_bodies(flow.temperature_C))
    EXPECT_TRUE(t > 35 && t < 45) << t;
}

TEST(HeatFlow, MoreHeatIsNowhereColder) {
  auto loads = package_loads();
  const auto before = in_bodies(solve(package(), loads).temperature_C);
  loads[2].power_W += 5;
  const auto after = in_bodies(solve(package(), loads).temperature_C);
  for (std::size_t c = 0; c < before.size(); ++c)
    EXPECT_GT(after[c], before[c]);
}

TEST(HeatFlow, BodiesReportTheirMeanAndTheirMaximum) {
  HeatSystem system = heat_system(package());
  const HeatFlow flow = heat_flow(system, package_loads());
  double volume = 0, sum = 0, most = 0;
  const Grid& grid = system.problem.grid;
  for (std::size_t k = 3; k < 6; ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i)
        if (const std::size_t cell = grid.cell(i, j, k); grid.body[cell] == 1) {
          const double part =
              (grid.x_mm[i + 1] - grid.x_mm[i]) * (grid.y_mm[j + 1] - grid.y_mm[j]) * (grid.z_mm[k + 1] - grid.z_mm[k]);
          volume += part;
          sum += part * flow.temperature_C[cell];
          most = std::max(most, flow.temperature_C[cell]);
        }
  const BodyTemperature die = body_temperature(system, flow, 1);
  EXPECT_NEAR(volume, 13 * 16 * 0.8, 1e-9);
  EXPECT_NEAR(die.mean_C, sum / volume, 1e-9);
  EXPECT_EQ(die.max_C, most);
  EXPECT_GT(bottom_face_temperature(system, package_loads(), flow, 1).mean_C, die.mean_C);
  EXPECT_THROW(body_temperature(system, flow, 9), std::invalid_argument);
}

TEST(HeatFlow, WithoutConvergenceThereAreNoTemperatures) {
  const HeatFlow flow = solve(package(), package_loads(), {1e-10, 2});
  EXPECT_FALSE(flow.converged);
  EXPECT_TRUE(flow.temperature_C.empty());
  EXPECT_TRUE(flow.cooled_W.empty());
  ASSERT_EQ(flow.relative_residual.size(), 3U);
  EXPECT_EQ(flow.relative_residual[0], 1);
  EXPECT_GT(flow.relative_residual[2], 1e-10);
}

TEST(HeatFlow, APartWithoutCoolantFloatsAndIsNamed) {
  HeatProblem problem = package();
  problem.cooled = {{0, false, 50, 45}}; // still holds all: the lid hangs on the dies
  EXPECT_NO_THROW(heat_system(problem));
  for (int& body : problem.grid.body)
    if (body == 3)
      body = no_body;
  try {
    heat_system(problem);
    FAIL() << "not refused";
  } catch (const FloatsThermally& floating) {
    EXPECT_THAT(floating.bodies, testing::ElementsAre(4));
    EXPECT_THAT(floating.what(), testing::HasSubstr("floats thermally"));
  }
  problem.cooled = {{4, true, 2e4, 35}};
  try {
    heat_system(problem);
    FAIL() << "not refused";
  } catch (const FloatsThermally& floating) {
    EXPECT_THAT(floating.bodies, testing::ElementsAre(0, 1, 2));
  }
  problem.cooled = {};
  EXPECT_THROW(heat_system(problem), FloatsThermally);
}

TEST(HeatFlow, AnEdgeInCommonDoesNotHold) {
  // Two cells of one layer that share an edge only.
  HeatProblem problem;
  problem.grid = {{0, 1, 2}, {0, 1, 2}, {0, 1}, {0, no_body, no_body, 1}};
  problem.conductivity = {{1, 1, 1}, {1, 1, 1}};
  problem.cooled = {{0, true, 100, 20}};
  EXPECT_THAT(refusal(problem), testing::HasSubstr("body 1"));
  problem.grid.body[1] = 1;
  EXPECT_EQ(refusal(problem), "not refused");
}

TEST(HeatFlow, WrongInputIsNamed) {
  const auto with = [](const std::function<void(HeatProblem&)>& change) {
    HeatProblem problem = package();
    change(problem);
    return refusal(problem);
  };
  using testing::HasSubstr;
  EXPECT_THAT(with([](HeatProblem& p) { p.conductivity[2].y_W_per_mK = 0; }), HasSubstr("body 2: conductivity 0"));
  EXPECT_THAT(with([](HeatProblem& p) { p.conductivity[1].z_W_per_mK = -3; }), HasSubstr("body 1: conductivity -3"));
  EXPECT_THAT(with([](HeatProblem& p) { p.conductivity[0].x_W_per_mK = NAN; }), HasSubstr("body 0: conductivity"));
  EXPECT_THAT(with([](HeatProblem& p) { p.conductivity.pop_back(); }), HasSubstr("body 4"));
  EXPECT_THAT(with([](HeatProblem& p) { p.contacts[1].mm2K_per_W = -1; }), HasSubstr("contact 1"));
  EXPECT_THAT(with([](HeatProblem& p) { p.contacts[0].upper_body = 12; }), HasSubstr("body 12"));
  EXPECT_THAT(with([](HeatProblem& p) { p.cooled[0].heat_transfer_W_per_m2K = 0; }), HasSubstr("cooled face 0"));
  EXPECT_THAT(with([](HeatProblem& p) { p.cooled[1].body = 7; }), HasSubstr("body 7"));
  EXPECT_THAT(with([](HeatProblem& p) { p.cooled[1].coolant_C = NAN; }), HasSubstr("cooled face 1"));
  EXPECT_THAT(with([](HeatProblem& p) { p.cooled.push_back({4, true, 5, 5}); }), HasSubstr("top of body 4"));
  EXPECT_THAT(with([](HeatProblem& p) { p.cooled.push_back({3, true, 5, 5}); }), HasSubstr("exposed"));
  EXPECT_THAT(with([](HeatProblem& p) { p.grid.body.pop_back(); }), HasSubstr("cells"));
  EXPECT_THAT(with([](HeatProblem& p) { p.grid.y_mm[3] = p.grid.y_mm[2]; }), HasSubstr("y planes"));
}

TEST(HeatFlow, LoadsOffTheirBodyAreRefused) {
  HeatSystem system = heat_system(package());
  const auto with = [&](const HeatLoad& load) { return refusal([&] { heat_flow(system, std::span(&load, 1)); }); };
  using testing::HasSubstr;
  EXPECT_THAT(with({9, HeatSite::volume, {{0, 0}, {1, 1}}, 1}), HasSubstr("body 9"));
  EXPECT_THAT(with({1, HeatSite::volume, {{0, 0}, {2, 1}}, 1}), HasSubstr("of its 2 mm2, 1 mm2 lie on body 1"));
  EXPECT_THAT(with({1, HeatSite::volume, {{0, 0}, {0, 1}}, 1}), HasSubstr("no outline"));
  EXPECT_THAT(with({4, HeatSite::volume, {{-50, -1}, {-49, 1}}, 1}), HasSubstr("0 mm2 lie"));
  EXPECT_THAT(with({4, HeatSite::volume, {{0, 0}, {1, 1}}, NAN}), HasSubstr("no power"));
}

/// Each cell cut into n along each axis.
HeatProblem refined(const HeatProblem& coarse, std::size_t n) {
  HeatProblem fine = coarse;
  fine.grid.x_mm = divided(coarse.grid.x_mm, n);
  fine.grid.y_mm = divided(coarse.grid.y_mm, n);
  fine.grid.z_mm = divided(coarse.grid.z_mm, n);
  fine.grid.body.resize(fine.grid.cells());
  for (std::size_t k = 0; k < fine.grid.cells_z(); ++k)
    for (std::size_t j = 0; j < fine.grid.cells_y(); ++j)
      for (std::size_t i = 0; i < fine.grid.cells_x(); ++i)
        fine.grid.body[fine.grid.cell(i, j, k)] = coarse.grid.body[coarse.grid.cell(i / n, j / n, k / n)];
  return fine;
}

TEST(HeatFlow, IterationsHardlyGrowWithTheGrid) {
  // Without coarse grids they would double with each halving of the cells.
  std::vector<std::size_t> iterations;
  for (const std::size_t cells : {12U, 24U, 48U, 96U}) {
    const auto across_mm = divided({0, 10}, cells);
    auto problem = plate(across_mm, across_mm, {{0.5, {60, 60, 1}}, {0.1, {4, 4, 4}}, {1, {390, 390, 390}}}, 3, 1e3, 0);
    for (std::size_t c = 0; c < problem.grid.cells(); ++c) // a slit through all but the lid
      if (c % cells >= cells / 3 && c % cells < cells / 2 && problem.grid.body[c] < 2)
        problem.grid.body[c] = no_body;
    const HeatFlow flow = solve(problem, {on_bottom({{0, 0}, {3, 4}}, 10)}, {1e-8, 100});
    ASSERT_TRUE(flow.converged);
    iterations.push_back(flow.relative_residual.size() - 1);
  }
  EXPECT_LE(iterations.back(), iterations.front() + 6);
}

TEST(HeatFlow, NarrowCellsBesideWideOnesAreSolvedToo) {
  // Neighbours of up to 1:25 along both axes.
  const HeatFlow flow = solve(refined(package(), 4), package_loads(), {1e-8, 60});
  EXPECT_TRUE(flow.converged);
}

} // namespace
} // namespace beachfront::thermal
