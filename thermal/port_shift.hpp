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

/// In the plane, along each axis: (free strain of engine - of substrate)/k sinh(k d)/cosh(k l), with d from the
/// engine's centre to the ports, l half the engine and k from the shear lag of its joint (`slip_um`): a joint without
/// stiffness gives strain x d, a stiff one strain / k at the edge. The joint is the engine's attach, elastic. Across
/// it: the substrate under the engine bends by (radial, tangential) curvature since the engine was joined, the engine
/// stays plane: z = curvature d^2 / 2, tilt = curvature x d. That bounds a compliant joint from above and counts a
/// stiff joint, which bends the engine along, too high. The curvature is that of the ringed plate where the engine's
/// centre lies, with engines smeared over their ring. No rotation about z: the model is symmetric round the package.
PortShift port_shift(const Package& package, const Engine& engine, const AssemblyPath& path, double attach_C,
                     double engine_C, double substrate_C);

} // namespace beachfront::thermal
