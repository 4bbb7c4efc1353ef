// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/heat_flow.hpp"
#include "thermal/heat_loads.hpp"
#include "thermal/rows.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace beachfront::thermal {
namespace {

/// Four sums side by side: an order that does not depend on the machine's vectors.
double dot(const double* a, const double* b, std::size_t count) {
  double sum[4] = {0, 0, 0, 0};
  std::size_t c = 0;
  for (; c + 4 <= count; c += 4)
    for (std::size_t lane = 0; lane < 4; ++lane)
      sum[lane] += a[c + lane] * b[c + lane];
  for (; c < count; ++c)
    sum[0] += a[c] * b[c];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/// Heat that leaves the cells of one half of a layer. Built from differences, so that nothing is lost where neighbours
/// are nearly at one temperature.
void heat_out(const HeatMatrix<double>& matrix, const double* x, std::size_t begin, std::size_t count,
              std::ptrdiff_t to_east, std::ptrdiff_t to_west, const bool (&inside)[4], double* out_W) {
  const std::size_t layer = matrix.layout.layer_stride(), row = matrix.layout.row_stride();
  const double* own = x + begin;
  const double* east = matrix.east.data() + begin;
  const double* north = matrix.north.data() + begin;
  const double* up = matrix.up.data() + begin;
  const double* ground = matrix.ground.data() + begin;
  for (std::size_t i = 0; i < count; ++i) {
    const auto place = static_cast<std::ptrdiff_t>(i);
    out_W[i] = ground[i] * own[i] + east[i] * (own[i] - own[place + to_east]) +
               east[place + to_west] * (own[i] - own[place + to_west]);
  }
  const auto add = [&](bool there, const double* conductance, const double* other) {
    if (there)
      for (std::size_t i = 0; i < count; ++i)
        out_W[i] += conductance[i] * (own[i] - other[i]);
  };
  add(inside[0], up - layer, own - layer);
  add(inside[1], up, own + layer);
  add(inside[2], north - row, own - row);
  add(inside[3], north, own + row);
}

/// Heat that leaves each cell of a row, and its sum weighted by the temperatures.
double heat_out_of_row(const HeatMatrix<double>& matrix, const std::vector<double>& x, std::size_t j,
                       std::vector<double>& out_W) {
  const HeatLayout& layout = matrix.layout;
  const auto half = static_cast<std::ptrdiff_t>(layout.half);
  for (std::size_t k = 0; k < layout.layers; ++k) {
    const bool inside[4] = {k > 0, k + 1 < layout.layers, j > 0, j + 1 < layout.rows};
    const std::size_t begin = layout.at(0, j, k);
    heat_out(matrix, x.data(), begin, (layout.columns + 1) / 2, half, half - 1, inside, out_W.data() + begin);
    heat_out(matrix, x.data(), begin + layout.half, layout.columns / 2, 1 - half, -half, inside,
             out_W.data() + begin + layout.half);
  }
  const std::size_t begin = j * layout.row_stride();
  return dot(x.data() + begin, out_W.data() + begin, layout.row_stride());
}

struct Solution {
  std::vector<double> rise_K;
  std::vector<double> relative_residual;
  bool converged = false;
};

/// Conjugate gradients from zero under one multigrid cycle an iteration.
Solution conjugate_gradients(HeatSystem& system, std::vector<double> residual_W, const HeatTolerance& tolerance) {
  const HeatLayout layout = system.matrix.layout;
  const std::size_t row = layout.row_stride();
  const int threads = system.threads;
  const auto sum = [&](const auto& body) { return sum_over_rows(layout.rows, threads, body); };
  Solution solution{std::vector<double>(layout.size(), 0.0), {}, false};
  std::vector<double>& rise_K = solution.rise_K;
  std::vector<double> smoothed_K(layout.size(), 0.0), direction_K(layout.size(), 0.0), out_W(layout.size(), 0.0);
  const double sent_W =
      std::sqrt(sum([&](std::size_t j) { return dot(residual_W.data() + j * row, residual_W.data() + j * row, row); }));
  solution.relative_residual = {sent_W > 0 ? 1.0 : 0.0};
  double product = 0;
  for (int iteration = 0; solution.relative_residual.back() > tolerance.relative_residual; ++iteration) {
    if (iteration == tolerance.iterations || !std::isfinite(solution.relative_residual.back()))
      return solution;
    heat_cycle(system.multigrid, residual_W, smoothed_K, threads);
    const double last_product = product;
    product = sum([&](std::size_t j) { return dot(residual_W.data() + j * row, smoothed_K.data() + j * row, row); });
    const double turn = iteration > 0 ? product / last_product : 0;
    for_rows(layout.rows, threads, [&](std::size_t j) {
      for (std::size_t c = j * row; c < (j + 1) * row; ++c)
        direction_K[c] = smoothed_K[c] + turn * direction_K[c];
    });
    const double curvature = sum([&](std::size_t j) { return heat_out_of_row(system.matrix, direction_K, j, out_W); });
    const double step = product / curvature;
    const double left = sum([&](std::size_t j) {
      for (std::size_t c = j * row; c < (j + 1) * row; ++c) {
        rise_K[c] += step * direction_K[c];
        residual_W[c] -= step * out_W[c];
      }
      return dot(residual_W.data() + j * row, residual_W.data() + j * row, row);
    });
    solution.relative_residual.push_back(std::sqrt(left) / sent_W);
  }
  solution.converged = true;
  return solution;
}

/// The mean of the coolants, weighted by what they take: the temperature without loads when all are the same.
double mean_coolant_C(const HeatSystem& system) {
  double sum = 0, weight = 0;
  for (const HeatSystem::CooledCell& cell : system.cooled) {
    sum += cell.conductance_W_per_K * system.problem.cooled[cell.face].coolant_C;
    weight += cell.conductance_W_per_K;
  }
  return sum / weight;
}

void fill_temperatures(const HeatSystem& system, const Solution& solution, double reference_C, HeatFlow& flow) {
  const Grid& grid = system.problem.grid;
  flow.temperature_C.assign(grid.cells(), std::numeric_limits<double>::quiet_NaN());
  for_rows(grid.cells_y(), system.threads, [&](std::size_t j) {
    for (std::size_t k = 0; k < grid.cells_z(); ++k)
      for (std::size_t i = 0; i < grid.cells_x(); ++i)
        if (const std::size_t cell = grid.cell(i, j, k); grid.body[cell] != no_body)
          flow.temperature_C[cell] = reference_C + solution.rise_K[system.matrix.layout.at(i, j, k)];
  });
}

void balance(const HeatSystem& system, const HeatSources& sources, HeatFlow& flow) {
  flow.cooled_W = sources.straight_out_W;
  for (const HeatSystem::CooledCell& cell : system.cooled)
    flow.cooled_W[cell.face] +=
        cell.conductance_W_per_K * (flow.temperature_C[cell.cell] - system.problem.cooled[cell.face].coolant_C);
  double in_W = flow.power_W, lost_W = flow.power_W;
  for (const double out_W : flow.cooled_W) {
    in_W += std::max(0.0, -out_W);
    lost_W -= out_W;
  }
  flow.imbalance = in_W > 0 ? lost_W / in_W : 0;
}

} // namespace

HeatFlow heat_flow(HeatSystem& system, std::span<const HeatLoad> loads, const HeatTolerance& tolerance) {
  const HeatSources sources = heat_sources(system, loads);
  const double reference_C = mean_coolant_C(system);
  std::vector<double> load_W(system.matrix.layout.size(), 0.0);
  for (const HeatSources::Entry& entry : sources.entries)
    load_W[entry.place] += entry.power_W;
  for (const HeatSystem::CooledCell& cell : system.cooled)
    load_W[cell.place] += cell.conductance_W_per_K * (system.problem.cooled[cell.face].coolant_C - reference_C);
  const Solution solution = conjugate_gradients(system, std::move(load_W), tolerance);
  HeatFlow flow;
  flow.converged = solution.converged;
  flow.power_W = sources.power_W;
  flow.relative_residual = solution.relative_residual;
  if (!flow.converged)
    return flow;
  fill_temperatures(system, solution, reference_C, flow);
  balance(system, sources, flow);
  return flow;
}

} // namespace beachfront::thermal
