// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/package_state.hpp"

#include "study/threads.hpp"

#include <stdexcept>
#include <utility>

namespace beachfront::study {

PreparedPackage prepare_package(const Design& design, const thermal::Package& package) {
  PreparedPackage prepared;
  if (!design.fields)
    return prepared;
  prepared.violations = thermal::uncovered_sources(package);
  if (!prepared.violations.empty()) // told before a minute of assembly
    return prepared;
  try {
    prepared.model.fields =
        std::make_shared<thermal::PackageFields>(thermal::prepare_fields(package, *design.fields, usable_threads(0)));
  } catch (const std::invalid_argument& error) {
    prepared.violations.push_back(
        {"package_mesh",
         "package",
         {},
         0,
         0,
         "",
         std::string("the package cannot be solved in three dimensions (fidelity.mesh): ") + error.what()});
  }
  return prepared;
}

PackageTurn solve_turn(PackageModel& model, const thermal::Package& package) {
  PackageTurn turn;
  if (model.fields) {
    model.operation = thermal::operate(*model.fields, package);
    turn.temperatures = model.operation.heat.temperatures;
    turn.engines = model.operation.engines;
    return turn;
  }
  turn.temperatures = thermal::mean_temperatures(package, *model.lid);
  turn.engines = thermal::solve_engine_shifts(package, turn.temperatures, model.plate);
  return turn;
}

PackageFigures solve_figures(PackageModel& model, const thermal::Package& package, const PackageTurn& turn) {
  if (!model.fields) {
    thermal::Temperatures temperatures = thermal::solve_temperature(package, *model.lid);
    thermal::Mechanics mechanics = thermal::solve_mechanics(package, temperatures, model.plate);
    return {std::move(temperatures), std::move(mechanics)};
  }
  PackageFigures figures{turn.temperatures, thermal::field_mechanics(*model.fields, package, model.operation)};
  if (turn.temperatures.violations.empty())
    figures.temperatures.resistance_K_per_W = thermal::thermal_resistance_K_per_W(model.fields->heat, package);
  return figures;
}

} // namespace beachfront::study
