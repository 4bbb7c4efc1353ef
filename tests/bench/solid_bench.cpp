// SPDX-License-Identifier: GPL-3.0-or-later
// Times the elastic solid of a whole switch package with all its assembly steps, and writes the same equations for
// calculix_package.py.
//
//   solid_bench [--edge MM] [--largest MM] [--layer UM] [--threads N] [--core glass|organic] [--export FILE]
//              [--export-all FILE] [--solver whole|subdomains]
//
// The package: nine dies, sixteen engines on 1 um of epoxy, every build-up as one layer, a copper lid on films and a
// seal; quarter symmetric. --export writes planes, bodies and the last step (all bodies, lid's joining to room),
// --export-all every step. --solver times the finished package's cooling to room alone, on one thread.
#include "reference_package.hpp"
#include "thermal/solid_bodies.hpp"
#include "thermal/solid_figures.hpp"
#include "thermal/stiffness_pattern.hpp"

#include <Eigen/Dense>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <string>
#include <sys/resource.h>

namespace beachfront::bench {
namespace {

using namespace thermal;

double wall_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_s() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double peak_MB() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

Package lidded_package(const geometry::Material& core) {
  Package package = reference_package(core);
  package.engine_joint.thickness_um = 1;
  package.cooling.die_tim.material.flow_stress_MPa = 1;
  package.cooling.lid.foot_width_mm = 3;
  package.assembly.insert(package.assembly.end() - 1, {Joint::lid, 150});
  return package;
}

/// Engineering constants of a tensor, as CalculiX reads them.
nlohmann::json constants(const ElasticTensor& tensor) {
  Eigen::Matrix3d stiffness;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      stiffness(i, j) = tensor.normal[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] / 1e3;
  const Eigen::Matrix3d c = stiffness.inverse();
  return {{"E_GPa", {1 / c(0, 0), 1 / c(1, 1), 1 / c(2, 2)}},
          {"nu", {-c(0, 1) / c(0, 0), -c(0, 2) / c(0, 0), -c(1, 2) / c(1, 1)}},
          {"G_GPa", {tensor.shear[2] / 1e3, tensor.shear[1] / 1e3, tensor.shear[0] / 1e3}}};
}

/// The increments of all steps, or the one that ends at room, in the format of calculix_package.py.
nlohmann::json steps(const SolidPath& path, bool all) {
  const Grid& grid = path.grid;
  nlohmann::json json = {{"x_mm", grid.x_mm}, {"y_mm", grid.y_mm}, {"z_mm", grid.z_mm}, {"bodies", {}}, {"steps", {}}};
  constexpr int not_meshed = -1; // of the half that is not meshed
  std::vector<int> number(path.bodies.size(), not_meshed), cell(path.bodies.size(), not_meshed);
  for (std::size_t n = 0; n < grid.body.size(); ++n)
    if (grid.body[n] != no_body)
      cell[static_cast<std::size_t>(grid.body[n])] = static_cast<int>(n);
  for (std::size_t b = 0; b < path.bodies.size(); ++b) {
    if (cell[b] == not_meshed)
      continue;
    const Body& body = path.bodies[b];
    const geometry::Box& o = body.outline;
    number[b] = static_cast<int>(json["bodies"].size());
    json["bodies"].push_back({{"name", body.name},
                              {"box_mm",
                               {std::max(0.0, o.min.x_mm), o.max.x_mm, std::max(0.0, o.min.y_mm), o.max.y_mm,
                                body.bottom_mm, body.top_mm}}});
  }
  for (std::size_t i = 0; i < path.assembled; ++i) {
    if (!all && i != path.room.increments.back())
      continue;
    const SolidIncrement& increment = path.increments[i];
    nlohmann::json step = {{"present", {}}, {"material", {}}, {"free_strain", {}}};
    for (std::size_t b = 0; b < path.bodies.size(); ++b)
      if (number[b] != not_meshed && increment.tensors[b]) {
        step["present"].push_back(number[b]);
        step["material"].push_back(constants(*increment.tensors[b]));
        step["free_strain"].push_back(increment.free_strain[static_cast<std::size_t>(cell[b])]);
      }
    json["steps"].push_back(step);
  }
  return json;
}

int run_step(const GridRules& rules, const geometry::Material& core, StiffnessSolver solver) {
  const Package package = lidded_package(core);
  const Mesh meshed = mesh(package, rules);
  const Joined done{true, true, true, true, true, true};
  const TemperatureSpan span{150, package.operation.room_C};
  const Tensors all = tensors(package, meshed.bodies, done, span);
  FreeStrains strains(meshed.grid.cells());
  for (std::size_t cell = 0; cell < strains.size(); ++cell)
    if (const int body = meshed.grid.body[cell]; body != no_body)
      strains[cell] = free_strain(package, meshed.bodies[static_cast<std::size_t>(body)], done, span);
  std::array<double, 4> at{cpu_s(), 0, 0, 0};
  const auto pattern = stiffness_pattern(meshed.grid, all, nullptr, solver);
  at[1] = cpu_s();
  const Stiffness stiffness(meshed.grid, all, Parity::even, Parity::even, pattern);
  at[2] = cpu_s();
  std::vector<double> history;
  const auto solution = stiffness.solve(strains, &history);
  at[3] = cpu_s();
  const std::size_t corner = node(meshed.grid, meshed.grid.cells_x(), meshed.grid.cells_y(), 0);
  fmt::print("{} x {} x {} cells | {} | {:.2f} | {:.2f} | {:.2f} | {} | {:.0f} | {:.2f} s | peak {:.0f} MB | corner "
             "{:.4f} um\n",
             meshed.grid.cells_x(), meshed.grid.cells_y(), meshed.grid.cells_z(), stiffness.unknowns(), at[1] - at[0],
             at[2] - at[1], at[3] - at[2], history.size(), stiffness.factor_MB(), at[3] - at[0], peak_MB(),
             1e3 * (solution.displacement_mm[3 * corner + 2] - solution.displacement_mm[2]));
  return 0;
}

int run(const GridRules& rules, int threads, const geometry::Material& core, const std::string& file, bool all) {
  const Package package = lidded_package(core);
  double from_wall = wall_s(), from_cpu = cpu_s();
  const Mesh meshed = mesh(package, rules);
  SolidPath path = assemble_solid(package, meshed, threads);
  fmt::print("{} x {} x {} cells, {} unknowns, {} increments, {} factors of up to {:.0f} MB\n", path.grid.cells_x(),
             path.grid.cells_y(), path.grid.cells_z(), path.unknowns, path.increments.size(), path.factorisations,
             path.factor_MB);
  fmt::print("all steps: {:.2f} s wall, {:.2f} s CPU, peak {:.0f} MB\n", wall_s() - from_wall, cpu_s() - from_cpu,
             peak_MB());
  // Turns of a loop that converges: the dies' power settles, and so does the share that varies over the package.
  for (const double power : {1.0, 1.1, 1.09, 1.091}) {
    std::vector<double> cell_C(path.grid.cells(), 0.0);
    for (std::size_t cell = 0; cell < cell_C.size(); ++cell) {
      const double x = path.grid.x_mm[cell % path.grid.cells_x()] / path.grid.x_mm.back();
      cell_C[cell] = 40 + power * 40 * (1 - x * x) * (1 + 0.01 * power * x);
    }
    from_wall = wall_s();
    from_cpu = cpu_s();
    add_operating(path, {cell_C});
    fmt::print("a turn of the loop: {:.3f} s wall, {:.3f} s CPU\n", wall_s() - from_wall, cpu_s() - from_cpu);
  }

  from_wall = wall_s();
  from_cpu = cpu_s();
  const SolidIncrement& last = path.increments[path.room.increments.back()];
  const Stiffness stiffness(path.grid, last.tensors);
  std::vector<double> history;
  const auto solution = stiffness.solve(last.free_strain, &history);
  const auto lift_um = [&](std::size_t i, std::size_t j) {
    return 1e3 * (solution.displacement_mm[3 * node(path.grid, i, j, 0) + 2] - solution.displacement_mm[2]);
  };
  fmt::print("the last step alone: {:.2f} s wall, {:.2f} s CPU, {} iterations; corner {:.3f}, east edge {:.3f} um\n",
             wall_s() - from_wall, cpu_s() - from_cpu, history.size(),
             lift_um(path.grid.cells_x(), path.grid.cells_y()), lift_um(path.grid.cells_x(), 0));
  for (const SolidState& state : {path.room, *path.reflow})
    fmt::print("{}: corner {:.2f} um\n", state.name,
               bottom_deflection_um(path, state, package.substrate.outline.max) -
                   bottom_deflection_um(path, state, {0, 0}));
  if (!file.empty())
    std::ofstream(file) << steps(path, all).dump() << '\n';
  return 0;
}

} // namespace
} // namespace beachfront::bench

int main(int count, char** words) {
  using namespace beachfront;
  thermal::GridRules rules;
  rules.edge_mm = 1;
  rules.largest_mm = 6;
  rules.layer_um = 700;
  int threads = 2;
  geometry::Material core = thermal::alkali_glass();
  std::string file;
  bool all = false;
  auto solver = thermal::StiffnessSolver::by_size;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string option = words[i], value = words[i + 1];
    if (option == "--edge")
      rules.edge_mm = std::stod(value);
    else if (option == "--largest")
      rules.largest_mm = std::stod(value);
    else if (option == "--layer")
      rules.layer_um = std::stod(value);
    else if (option == "--threads")
      threads = std::stoi(value);
    else if (option == "--core")
      core = value == "organic" ? thermal::core_705g() : thermal::alkali_glass();
    else if (option == "--solver")
      solver = value == "whole" ? thermal::StiffnessSolver::whole : thermal::StiffnessSolver::subdomains;
    else if (option == "--export" || option == "--export-all") {
      file = value;
      all = option == "--export-all";
    }
  }
  if (solver != thermal::StiffnessSolver::by_size)
    return bench::run_step(rules, core, solver);
  return bench::run(rules, threads, core, file, all);
}
