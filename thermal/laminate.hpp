// SPDX-License-Identifier: GPL-3.0-or-later
// Classical laminate theory of isotropic layers, bonded without slip, free to expand and bend.
// Same answer as Timoshenko (1925) for two layers and Hsueh (J. Appl. Mech. 70, 151, 2003) for any number; the stress
// near a free edge (within about a laminate thickness) is not in it. Small deflection: high by about 4 % when the bow
// is as large as the thickness.
#pragma once

#include <span>

namespace beachfront::thermal {

/// A layer during one step: its modulus in that step and the strain it would take if free (expansion positive).
struct ElasticLayer {
  double thickness_um = 0;
  double youngs_modulus_GPa = 0;
  double poisson_ratio = 0;
  double thermal_strain = 0;
};

/// What happens across the width: nothing (a narrow beam), no strain (a long strip), the same as along (a plate).
enum class Constraint { beam, plane_strain, equibiaxial };

/// Strain of the bottom face of the stack and its curvature; strain(z) = bottom_strain + z x curvature, z up from the
/// bottom. Positive curvature: the top fibres are the longer ones, a dome.
struct Bending {
  double bottom_strain = 0;
  double curvature_per_mm = 0;
};

/// Layers from the bottom up. At least one must have stiffness.
Bending free_bending(std::span<const ElasticLayer> layers, Constraint constraint);

/// In-plane stress of a layer at height z above the bottom of the stack.
double stress_MPa(const ElasticLayer& layer, Constraint constraint, const Bending& bending, double z_um);

/// Elastic energy a plate area holds after it has bent freely.
double elastic_energy_J_per_m2(std::span<const ElasticLayer> layers, Constraint constraint);

/// Stiffness and thermal resultants of a plate of these layers, about the bottom of the stack (z = 0):
/// N_r = a11 e_r + a12 e_t + b11 k_r + b12 k_t - n_thermal, and M likewise with b and d.
struct PlateStiffness {
  double a11_N_per_mm = 0, a12_N_per_mm = 0;
  double b11_N = 0, b12_N = 0;
  double d11_N_mm = 0, d12_N_mm = 0;
  double n_thermal_N_per_mm = 0;
  double m_thermal_N = 0;
};
PlateStiffness plate_stiffness(std::span<const ElasticLayer> layers);

/// One isotropic plate in place of a laminate: same membrane stiffness and Poisson ratio, free strain and bending
/// stiffness about its neutral plane (in the form D of an equibiaxial plate, E h^3 / (12 (1 - nu))).
struct EffectivePlate {
  double thickness_um = 0;
  double youngs_modulus_GPa = 0;
  double poisson_ratio = 0;
  double free_strain = 0; ///< of the mid-plane after free bending
  double flexural_rigidity_N_mm = 0;
};
EffectivePlate effective_plate(std::span<const ElasticLayer> layers);

double thickness_um(std::span<const ElasticLayer> layers);

} // namespace beachfront::thermal
