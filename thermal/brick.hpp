// SPDX-License-Identifier: GPL-3.0-or-later
// The finite element of the solid: a brick of eight nodes with incompatible bending modes (Wilson, Taylor, Doherty and
// Ghaboussi 1973; Taylor, Beresford and Wilson, Int. J. Numer. Meth. Eng. 10, 1211, 1976). On the rectangular cells of
// this grid it passes the patch test and bends exactly, so that neither a thin layer nor a long cell locks. Its nine
// internal modes do not couple with one another there, so that they are eliminated in closed form.
#pragma once

#include <array>
#include <cstddef>

namespace beachfront::thermal {

/// Stiffness of an orthotropic material with its axes along the grid, MPa.
struct ElasticTensor {
  std::array<std::array<double, 3>, 3> normal{}; ///< normal stress along i per normal strain along j
  std::array<double, 3> shear{};                 ///< yz, xz, xy
};

/// Engineering constants, GPa. poisson: xy, xz, yz, contraction along the second axis over extension along the first.
struct ElasticConstants {
  std::array<double, 3> youngs_modulus_GPa{};
  std::array<double, 3> poisson{};
  std::array<double, 3> shear_modulus_GPa{}; ///< yz, xz, xy
};

/// std::invalid_argument unless the moduli are positive and the compliance is positive definite (an isotropic material:
/// Poisson's ratio above -1 and below 0.5).
ElasticTensor elastic_tensor(const ElasticConstants& constants);

/// Nodes of a brick count x fastest, then y, then z; unknowns are 3 x node + component.
using BrickMatrix = std::array<std::array<double, 24>, 24>;
using BrickVector = std::array<double, 24>;

using BrickSize = std::array<double, 3>; ///< along x, y, z, mm

/// What the stiffness of every brick of one material is made of. An entry between displacements along the same axis is
/// the sum over the axes q of along[q] x volume / size_q^2, one between i and j that of across x the size along the
/// third.
struct BrickForms {
  std::array<BrickMatrix, 3> along{};
  BrickMatrix across{};
};
BrickForms brick_forms(const ElasticTensor& tensor);
BrickMatrix brick_stiffness_N_per_mm(const BrickForms& forms, const BrickSize& size_mm);
BrickMatrix brick_stiffness_N_per_mm(const ElasticTensor& tensor, const BrickSize& size_mm);

/// Nodal forces of a free strain (along x, y, z) that the brick would take if it could.
BrickVector free_strain_forces_N(const ElasticTensor& tensor, const BrickSize& size_mm,
                                 const std::array<double, 3>& free_strain);

using Stress = std::array<double, 6>; ///< xx, yy, zz, yz, xz, xy, MPa

double greatest_principal_MPa(const Stress& stress);

/// Stress at a place inside; each local coordinate runs from -1 to 1.
Stress brick_stress_MPa(const ElasticTensor& tensor, const BrickSize& size_mm, const BrickVector& displacement_mm,
                        const std::array<double, 3>& free_strain, const std::array<double, 3>& local);

} // namespace beachfront::thermal
