// SPDX-License-Identifier: GPL-3.0-or-later
// Temperature and stress of the package, by the fidelity that the design asks for: prepared once, solved in every turn
// of the loop.
#pragma once

#include "study/design.hpp"
#include "thermal/mechanics.hpp"
#include "thermal/solid_mechanics.hpp"
#include "thermal/temperature.hpp"

#include <memory>
#include <vector>

namespace beachfront::study {

struct PackageModel {
  std::shared_ptr<thermal::PackageFields> fields; ///< full fidelity; empty at fast
  /// Fast; a stage of its own, because it hangs on other inputs.
  std::shared_ptr<const thermal::PreparedTemperature> lid;
  thermal::PreparedMechanics plate;
  thermal::FieldOperation operation; ///< of the last turn, at full fidelity
};

/// Full fidelity meshes the package and follows its assembly here. What cannot be meshed or held is a violation, and
/// the model then has no fields.
struct PreparedPackage {
  PackageModel model;
  std::vector<geometry::Violation> violations;
};
PreparedPackage prepare_package(const Design& design, const thermal::Package& package);

/// What the loop needs of the package with the heat it has now.
struct PackageTurn {
  thermal::Temperatures temperatures;      ///< fast: the means alone
  std::vector<thermal::PortShift> engines; ///< empty when not solved
};
PackageTurn solve_turn(PackageModel& model, const thermal::Package& package);

/// All figures of the package with the heat of the last turn.
struct PackageFigures {
  thermal::Temperatures temperatures;
  thermal::Mechanics mechanics;
};
PackageFigures solve_figures(PackageModel& model, const thermal::Package& package, const PackageTurn& turn);

} // namespace beachfront::study
