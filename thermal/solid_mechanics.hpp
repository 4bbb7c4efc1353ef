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

struct SolvedFields {
  PackageTemperature heat;
  Mechanics mechanics;
};

/// Temperatures with the heat that the package has now, and the figures of solve_mechanics from the solid:
/// - warpage from the lower face; coplanarity over the plane that fits best;
/// - greatest principal stresses 0.5 mm or more inside the edges of dies, engines and glass;
/// - joint shear and peel as means over the strip of the rules, worst of all edges and corners;
/// - movement of each engine against the glass below it, at its ports, since it was joined;
/// - balls by the movement of their pads between idle and operation against a board that expands freely;
/// - glass edges by the tension along them in their outer 0.5 mm.
/// The lid takes part where the assembly joins it.
SolvedFields solve_fields(PackageFields& fields, const Package& package);

} // namespace beachfront::thermal
