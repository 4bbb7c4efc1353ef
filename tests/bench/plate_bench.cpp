// SPDX-License-Identifier: GPL-3.0-or-later
// Times the laminate plate of a package from nothing, through all its assembly steps to every mechanical figure.
//
//   plate_bench [--repeat N] [--figures]
//
// The package is that of designs/reference/102t-glass.yaml: nine dies, sixteen engines, a quarter of the plan, with its
// lid and without. CPU milliseconds of one thread, the least of the repeats. --figures prints figures to all digits.
#include "bench.hpp"
#include "reference_package.hpp"
#include "thermal/assembly.hpp"
#include "thermal/mechanics.hpp"
#include "thermal/temperature.hpp"

#include <fmt/core.h>

#include <cstdio>
#include <exception>
#include <limits>
#include <string>

namespace beachfront::bench {
namespace {

thermal::Package lidded_package() {
  thermal::Package package = thermal::reference_package(thermal::eagle_glass());
  package.cooling.lid.foot_width_mm = 3;
  package.cooling.lid.seal_thickness_um = 100;
  package.assembly.insert(package.assembly.end() - 1, {thermal::Joint::lid, 150});
  return package;
}

void print_figures(const thermal::Mechanics& m) {
  const auto print = [](const std::string& name, double value) { fmt::print("  {} {}\n", name, value); };
  print("reflow_um", m.reflow->corner_um);
  print("room_um", m.room->corner_um);
  print("idle_um", m.idle->corner_um);
  print("operating_um", m.operating ? m.operating->corner_um : 0);
  for (const thermal::StepWarpage& step : m.steps)
    print("step_um", step.warpage.edge_um);
  print("die_MPa", m.die_max_principal_MPa.value_or(0));
  print("glass_MPa", m.glass_max_principal_MPa.value_or(0));
  for (const thermal::PortShift& engine : m.engines)
    for (const double shift_um : engine.shift_um)
      print("shift_um", shift_um);
}

void time_package(const std::string& name, const thermal::Package& package, int repeat, bool figures) {
  const thermal::Temperatures temperatures = thermal::solve_temperature(package);
  double assembled_ms = std::numeric_limits<double>::infinity(), figures_ms = assembled_ms, turn_ms = assembled_ms;
  thermal::Mechanics mechanics;
  std::size_t equations = 0;
  for (int i = 0; i < repeat; ++i) {
    thermal::PreparedMechanics prepared;
    const double from_s = cpu_s();
    prepared.assembly = thermal::assemble_plate(package, true, true);
    const double assembled_s = cpu_s();
    mechanics = thermal::solve_mechanics(package, temperatures, prepared);
    const double solved_s = cpu_s();
    thermal::solve_engine_shifts(package, temperatures, prepared);
    assembled_ms = std::min(assembled_ms, 1e3 * (assembled_s - from_s));
    figures_ms = std::min(figures_ms, 1e3 * (solved_s - from_s));
    turn_ms = std::min(turn_ms, 1e3 * (cpu_s() - solved_s));
    equations = thermal::unknowns(*prepared.assembly->uppers[prepared.assembly->finished].system);
  }
  fmt::print("{:14} {:9} {:12.1f} {:12.1f} {:8.2f}\n", name, equations, assembled_ms, figures_ms, turn_ms);
  if (figures)
    print_figures(mechanics);
}

void run(int argc, char** argv) {
  int repeat = 5;
  bool figures = false;
  read_options(argc, argv, {count("--repeat", repeat), flag("--figures", figures)},
               "plate_bench [--repeat N] [--figures]");
  fmt::print("{:14} {:>9} {:>12} {:>12} {:>8}\n", "package", "unknowns", "assembled ms", "figures ms", "turn ms");
  thermal::Package without_lid = lidded_package();
  std::erase_if(without_lid.assembly, [](const thermal::AssemblyStep& s) { return s.joint == thermal::Joint::lid; });
  time_package("without a lid", without_lid, repeat, figures);
  time_package("lidded", lidded_package(), repeat, figures);
}

} // namespace
} // namespace beachfront::bench

int main(int argc, char** argv) try {
  beachfront::bench::run(argc, argv);
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 2;
}
