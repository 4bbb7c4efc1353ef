// SPDX-License-Identifier: GPL-3.0-or-later
// A package's way from the birth of its substrate through its assembly steps to a state, as a ringed plate that gains
// bodies. Every step is linear; states are sums of increments.
#pragma once

#include "thermal/package.hpp"
#include "thermal/ring_plan.hpp"
#include "thermal/stack.hpp"
#include "thermal/warpage.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::thermal {

/// Temperatures of the parts in a state.
struct PartTemperatures {
  double dies_C = 0;
  double engines_C = 0;
  double under_dies_C = 0;
  double under_engines_C = 0;
  double bare_C = 0;
};
PartTemperatures uniform(double temperature_C);

/// One step in which no material passes its glass transition and no body joins.
struct Increment {
  std::vector<Ring> rings; ///< layers in the order: plies, then joint and body where a ring has one
  RingedPlate plate;
};

/// From the birth of the substrate to one state.
struct AssemblyPath {
  RingPlan plan;
  std::vector<Ply> plies;
  std::vector<Increment> increments;
  std::size_t engines_joined_at = 0; ///< first increment with engines; increments.size() without
};

/// Why the assembly cannot be followed; nothing if it can.
std::optional<std::string> assembly_fault(const Package& package);

/// From the birth of the substrate to the state. Lid and board do not take part. Dies act as one body with the material
/// and thickness of the largest die, engines with those of the first. Needs assembly_fault() empty.
///
/// A modulus changes at the glass transition and stresses follow increment by increment, so that heating back through
/// it gives the first state again; no creep, no cure shrinkage.
AssemblyPath follow_assembly(const Package& package, const PartTemperatures& state);

/// Deflection of the state relative to the plan's centre, z up.
double deflection_um(const AssemblyPath& path, double radius_mm);

/// Change of curvature since the increment `since`.
Curvatures curvatures(const AssemblyPath& path, double radius_mm, std::size_t since = 0);

/// In-plane stress in the state: `layer` counts from the bottom of the zone's stack (plies, joint, body), `height` runs
/// from 0 at the layer's bottom face to 1 at its top. A body gathers stress from when it is joined. In a layer of the
/// engine ring above the plies this is the smeared stress, engine's times engaged share.
PlateStress stress_MPa(const AssemblyPath& path, std::size_t zone, std::size_t layer, double radius_mm, double height);

} // namespace beachfront::thermal
