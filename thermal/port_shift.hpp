// SPDX-License-Identifier: GPL-3.0-or-later
// How far an engine's optical ports move against the guides or fibres they were aligned to.
#pragma once

#include "thermal/assembly.hpp"
#include "thermal/package.hpp"

#include <array>

namespace beachfront::thermal {

/// Of the port bank relative to its waveguides (or to a fibre array held by the substrate), since the engine was
/// joined. Shift along x, y, z of the package; rotation about those axes.
struct PortShift {
  std::array<double, 3> shift_um{};
  std::array<double, 3> rotation_mrad{};
  double pitch_error_um = 0; ///< of the outermost port along the bank, relative to the bank's centre
};

/// In the plane, along each axis: the shear of the joint's shear lag at the ports times the bond's own compliance
/// (`bond_slip_um`): a joint without stiffness gives (free strain of engine - of substrate) x distance from the
/// engine's centre, 1 um of epoxy nanometres. The joint is the engine's attach, elastic. Across it, on the line from
/// the engine's centre to its ports: the plate has bent since the engine was joined, and a stiff joint bends the engine
/// along; only within 1/beta of its edge, which carries no moment, it stays flat and opens the joint (`edge_opening`).
/// A joint too soft for that leaves the engine in the plane that touches the plate under its centre; the lesser of both
/// movements counts. Rotation about z and about the line to the ports are left out.
PortShift port_shift(const Package& package, const Engine& engine, const PlateAssembly& assembly,
                     const PlateField& since_joined, double attach_C, double engine_C, double substrate_C);

/// Highest less lowest place of a footprint against its mean plane.
double coplanarity_um(const PlateMesh& mesh, const PlateField& field, const geometry::Box& outline);

/// Along x and y, mean over a footprint; positive for a dome.
std::array<double, 2> mean_curvature_per_m(const PlateMesh& mesh, const PlateField& field,
                                           const geometry::Box& outline);

/// The substrate under an engine.
struct EngineSeat {
  double coplanarity_um = 0;               ///< when the engine is joined
  std::array<double, 2> curvature_per_m{}; ///< along x and y, in operation since the engine was joined
};

} // namespace beachfront::thermal
