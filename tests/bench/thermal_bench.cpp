// SPDX-License-Identifier: GPL-3.0-or-later
// Times steady conduction in a whole package, set-up included, and sets a library's solver beside it.
//
//   thermal_bench [--cells N] [--threads N] [--repeat N] [--json] [--against]
//
// Without --cells: an eighth of a million to two million cells. --against adds Eigen's conjugate gradients under an
// incomplete Cholesky factor and under the diagonal, on one thread.
#include "bench.hpp"
#include "heat_package.hpp"
#include "thermal/heat_flow.hpp"

#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCore>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace beachfront::bench {
namespace {

constexpr double relative_residual = 1e-6;

struct Options {
  std::vector<std::size_t> cells = {125000, 250000, 500000, 1000000, 2000000};
  int threads = 2;
  int repeat = 5;
  bool json = false;
  bool against = false;
};

struct Row {
  std::string solver;
  std::size_t cells = 0, filled = 0;
  double wall_s = std::numeric_limits<double>::infinity(); ///< least of the repeats, set-up included
  double cpu_s = std::numeric_limits<double>::infinity();  ///< of all threads together, least of the repeats
  std::size_t iterations = 0;
  double imbalance = std::numeric_limits<double>::quiet_NaN();
  double die_max_C = std::numeric_limits<double>::quiet_NaN();
  double peak_MB = 0; ///< of the whole program so far
};

template <typename Solve>
void time_into(Row& row, int repeat, const Solve& solve) {
  for (int i = 0; i < repeat; ++i) {
    const double from_wall_s = wall_s(), from_cpu_s = cpu_s();
    solve();
    row.wall_s = std::min(row.wall_s, wall_s() - from_wall_s);
    row.cpu_s = std::min(row.cpu_s, cpu_s() - from_cpu_s);
  }
  row.peak_MB = peak_MB();
}

Row with_multigrid(const HeatPackage& package, const Options& options) {
  Row row{fmt::format("multigrid, {} threads", options.threads)};
  time_into(row, options.repeat, [&] {
    thermal::HeatSystem system = thermal::heat_system(package.problem, options.threads);
    const thermal::HeatFlow flow = thermal::heat_flow(system, package.loads, {relative_residual, 200});
    if (!flow.converged)
      throw std::runtime_error("conduction did not converge");
    row.iterations = flow.relative_residual.size() - 1;
    row.imbalance = flow.imbalance;
    row.die_max_C = thermal::bottom_face_temperature(system, package.loads, flow, package.loads.front().body).max_C;
  });
  return row;
}

/// The lower triangle over the cells that bodies fill, and one watt in all of the die.
struct Assembled {
  Eigen::SparseMatrix<double> lower;
  Eigen::VectorXd load_W;
};

Assembled assembled(const HeatPackage& package) {
  const thermal::HeatSystem system = thermal::heat_system(package.problem, 1);
  const thermal::Grid& grid = package.problem.grid;
  std::vector<int> unknown(grid.cells(), -1);
  int count = 0;
  for (std::size_t cell = 0; cell < grid.cells(); ++cell)
    if (grid.body[cell] != thermal::no_body)
      unknown[cell] = count++;
  std::vector<Eigen::Triplet<double>> entries;
  Eigen::VectorXd load_W = Eigen::VectorXd::Zero(count);
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const std::size_t cell = grid.cell(i, j, k), place = system.matrix.layout.at(i, j, k);
        if (unknown[cell] < 0)
          continue;
        load_W(unknown[cell]) = grid.body[cell] == package.loads.front().body ? 1 : 0;
        entries.emplace_back(unknown[cell], unknown[cell], system.matrix.ground[place]);
        const auto tie = [&](std::size_t other, double conductance) {
          if (conductance <= 0)
            return;
          entries.emplace_back(unknown[cell], unknown[cell], conductance);
          entries.emplace_back(unknown[other], unknown[other], conductance);
          entries.emplace_back(unknown[other], unknown[cell], -conductance);
        };
        tie(cell + 1, system.matrix.east[place]);
        tie(cell + grid.cells_x(), system.matrix.north[place]);
        tie(cell + grid.cells_x() * grid.cells_y(), system.matrix.up[place]);
      }
  Assembled result{{count, count}, load_W};
  result.lower.setFromTriplets(entries.begin(), entries.end());
  return result;
}

template <typename Preconditioner>
Row with_eigen(const std::string& name, const Assembled& problem, const Options& options) {
  Row row{name};
  time_into(row, std::min(options.repeat, 2), [&] {
    Eigen::ConjugateGradient<Eigen::SparseMatrix<double>, Eigen::Lower, Preconditioner> solver;
    solver.setTolerance(relative_residual);
    solver.setMaxIterations(20000);
    solver.compute(problem.lower);
    const Eigen::VectorXd rise_K = solver.solve(problem.load_W);
    row.iterations = static_cast<std::size_t>(solver.iterations());
  });
  return row;
}

std::vector<Row> run(const Options& options) {
  std::vector<Row> rows;
  for (const std::size_t cells : options.cells) {
    const HeatPackage package = heat_package(cells);
    const std::vector<int>& bodies = package.problem.grid.body;
    const auto add = [&](Row row) {
      row.cells = bodies.size();
      row.filled = bodies.size() - static_cast<std::size_t>(std::count(bodies.begin(), bodies.end(), thermal::no_body));
      rows.push_back(std::move(row));
    };
    add(with_multigrid(package, options));
    if (!options.against)
      continue;
    const Assembled problem = assembled(package);
    add(with_eigen<Eigen::IncompleteCholesky<double, Eigen::Lower>>("Eigen, incomplete Cholesky", problem, options));
    add(with_eigen<Eigen::DiagonalPreconditioner<double>>("Eigen, diagonal", problem, options));
  }
  return rows;
}

void print_table(const std::vector<Row>& rows) {
  fmt::print("{:28} {:>8} {:>8} {:>8} {:>8} {:>6} {:>10} {:>9} {:>8}\n", "solver", "cells", "filled", "wall s", "CPU s",
             "its", "imbalance", "die max C", "peak MB");
  for (const Row& row : rows)
    fmt::print("{:28} {:8} {:8} {:8.3f} {:8.3f} {:6} {:10.1e} {:9.4f} {:8.0f}\n", row.solver, row.cells, row.filled,
               row.wall_s, row.cpu_s, row.iterations, row.imbalance, row.die_max_C, row.peak_MB);
}

void print_json(const std::vector<Row>& rows) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Row& row : rows) {
    nlohmann::ordered_json entry = {{"solver", row.solver},  {"cells", row.cells}, {"filled", row.filled},
                                    {"wall_s", row.wall_s},  {"cpu_s", row.cpu_s}, {"iterations", row.iterations},
                                    {"peak_MB", row.peak_MB}};
    if (std::isfinite(row.die_max_C)) {
      entry["imbalance"] = row.imbalance;
      entry["die_max_C"] = row.die_max_C;
    }
    list.push_back(entry);
  }
  fmt::print("{}\n", list.dump(2));
}

Options options_of(int argc, char** argv) {
  Options options;
  const Option cells{"--cells", true, [&](const std::string& value) { options.cells = {std::stoul(value)}; }};
  read_options(argc, argv,
               {flag("--json", options.json), flag("--against", options.against), cells,
                count("--threads", options.threads), count("--repeat", options.repeat)},
               "thermal_bench [--cells N] [--threads N] [--repeat N] [--json] [--against]");
  return options;
}

} // namespace
} // namespace beachfront::bench

int main(int argc, char** argv) try {
  using namespace beachfront::bench;
  const Options options = options_of(argc, argv);
  const std::vector<Row> rows = run(options);
  options.json ? print_json(rows) : print_table(rows);
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 2;
}
