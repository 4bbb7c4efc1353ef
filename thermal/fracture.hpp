// SPDX-License-Identifier: GPL-3.0-or-later
// Splitting of a glass core in its own plane under the shrinkage of its build-up, and the stress round copper vias.
#pragma once

#include "thermal/laminate.hpp"

#include "geometry/material.hpp"

#include <span>

namespace beachfront::thermal {

/// Steady-state energy release rate of a long crack that splits the stack at height `split_z_um`: energy of the whole
/// less that of the two parts, each free to bend (Suo and Hutchinson's steady state, plane strain). Cracks longer than
/// the core is thick reach it; one a third of the core long may exceed it by up to 8 % under a thin build-up; a short
/// flaw drives less (`splitting.hpp`; at 1.2 mm glass with 0.2 mm build-up 3 % at 5 um, 20 % at 35 um, 65 % at 150 um).
/// The split may lie inside a layer; outside the stack the rate is 0.
double splitting_J_per_m2(std::span<const ElasticLayer> layers, double split_z_um);

/// Energy release rate at a stress intensity: K^2 (1 - nu^2) / E. With K_Ic the limit of fast fracture, with the design
/// stress intensity that of slow crack growth over the life.
double release_rate_limit_J_per_m2(double stress_intensity_MPa_sqrt_m, double youngs_modulus_GPa, double poisson_ratio);

/// Radial stress at the wall of a metal via in an infinite plate of glass, plane stress (Lame); the hoop stress in the
/// glass is its negative there and falls with (radius / distance)^2. Positive radial pulls the via off on cooling.
/// Elastic and near a face; `via_stress.hpp` has the inside of the core, about 1.5 times as much, and yield.
double via_radial_stress_MPa(const geometry::Material& metal, const geometry::Material& glass, double from_C,
                             double to_C);

} // namespace beachfront::thermal
