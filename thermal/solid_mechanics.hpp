// SPDX-License-Identifier: GPL-3.0-or-later
// All figures of a package at full fidelity: conduction and thermo-elasticity in three dimensions on one mesh.
#pragma once

#include "thermal/mechanics.hpp"
#include "thermal/package_heat.hpp"
#include "thermal/solid.hpp"

#include <optional>

namespace beachfront::thermal {

struct FieldRules {
  GridRules grid;
  double joint_average_mm = 0.5; ///< strip at a joint's edge over which shear and peel are averaged
};

/// What is solved once for a package, whatever heat is in it: the mesh, the conduction's multigrid, every assembly step
/// and the factor of the finished package.
struct PackageFields {
  FieldRules rules;
  PackageHeat heat;
  SolidPath solid;
  std::optional<SolidState> operating; ///< of the last solve
};

/// Needs assembly_fault() and body_faults() empty (std::invalid_argument).
PackageFields prepare_fields(const Package& package, const FieldRules& rules, int threads);

/// The package in operation with the heat it has now.
struct FieldOperation {
  PackageTemperature heat;
  std::vector<PortShift> engines; ///< movement against the glass below, at the ports, since joined; as Package::engines
};

/// Temperatures, then the solid brought to them: what the loop needs. std::runtime_error with the residual when the
/// solid's equations are not solved to 1e-6.
FieldOperation operate(PackageFields& fields, const Package& package);

/// The figures of solve_mechanics from the solid, in room, idle and the operation solved last:
/// - warpage from the lower face; coplanarity over the plane that fits best;
/// - greatest principal stresses 0.5 mm or more inside the edges of dies, engines and glass;
/// - joint shear and peel as means over the strip of the rules, worst of all edges and corners;
/// - balls by the movement of their pads between idle and operation against a board that expands freely;
/// - glass edges by the tension along them in their outer 0.5 mm.
/// The lid takes part where the assembly joins it.
Mechanics field_mechanics(const PackageFields& fields, const Package& package, const FieldOperation& operation);

} // namespace beachfront::thermal
