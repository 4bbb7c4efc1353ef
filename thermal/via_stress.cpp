// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/via_stress.hpp"

#include "thermal/expansion.hpp"

#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double MPa_per_GPa = 1e3;

double mismatch(const geometry::Material& metal, const geometry::Material& glass, double from_C, double to_C) {
  return thermal_strain(metal, from_C, to_C) - thermal_strain(glass, from_C, to_C);
}

/// Hoop strain of a hole's wall in glass per radial stress at the wall.
double wall_compliance_per_MPa(const geometry::Material& glass) {
  return (1 + glass.poisson_ratio) / (glass.youngs_modulus_GPa * MPa_per_GPa);
}

ViaStress of_wall(double radial_MPa, double axial_MPa, bool yields) {
  return {radial_MPa, -radial_MPa, axial_MPa, yields};
}

/// Plane-strain form of the metal against the wall, the metal's length held by the glass.
ViaStress elastic_inside(double e, double nu, double wall_per_MPa, double strain) {
  const double radial = -(1 + nu) * strain / ((1 + nu) * (1 - 2 * nu) / e + wall_per_MPa);
  return of_wall(radial, 2 * nu * radial - e * strain, false);
}

/// Beyond yield: the deviator has the yield stress and the metal keeps its plastic volume, so the sum of its strains is
/// elastic.
ViaStress plastic_inside(double e, double nu, double wall_per_MPa, double strain, double yield_MPa) {
  const double deviator = std::copysign(yield_MPa, -strain);
  const double bulk_per_MPa = (1 - 2 * nu) / e;
  const double radial = (-3 * strain - bulk_per_MPa * deviator) / (3 * bulk_per_MPa + 2 * wall_per_MPa);
  return of_wall(radial, radial + deviator, true);
}

double shear_modulus(const geometry::Material& m) {
  return m.youngs_modulus_GPa / (2 * (1 + m.poisson_ratio));
}

/// Kolosov's constant.
double kolosov(const geometry::Material& m, ViaDepth depth) {
  return depth == ViaDepth::face ? (3 - m.poisson_ratio) / (1 + m.poisson_ratio) : 3 - 4 * m.poisson_ratio;
}

} // namespace

ViaStress via_stress(const geometry::Material& metal, const geometry::Material& glass, ViaDepth depth, double from_C,
                     double to_C) {
  const double strain = mismatch(metal, glass, from_C, to_C);
  const double e = metal.youngs_modulus_GPa * MPa_per_GPa, nu = metal.poisson_ratio;
  const double wall_per_MPa = wall_compliance_per_MPa(glass);
  if (depth == ViaDepth::face)
    return of_wall(-strain / ((1 - nu) / e + wall_per_MPa), 0, false);
  return elastic_inside(e, nu, wall_per_MPa, strain);
}

ViaStress via_stress(const geometry::Material& metal, const geometry::Material& glass, ViaDepth depth, double from_C,
                     double to_C, double yield_MPa) {
  const ViaStress elastic = via_stress(metal, glass, depth, from_C, to_C);
  // Von Mises of (radial, radial, axial), whose hoop and radial stress are equal inside the metal.
  if (std::abs(elastic.radial_MPa - elastic.via_axial_MPa) <= yield_MPa)
    return elastic;
  if (depth == ViaDepth::face)
    return of_wall(std::copysign(yield_MPa, elastic.radial_MPa), 0, true);
  return plastic_inside(metal.youngs_modulus_GPa * MPa_per_GPa, metal.poisson_ratio, wall_compliance_per_MPa(glass),
                        mismatch(metal, glass, from_C, to_C), yield_MPa);
}

WallStress wall_stress(const geometry::Material& metal, const geometry::Material& glass, ViaDepth depth,
                       PrincipalInPlane far) {
  // Inside the via the stress is even: `mean` and `deviator` times cos(2 angle) across the wall, from continuity of
  // traction and displacement of the two parts of the far field.
  const double stiffness = shear_modulus(glass) / shear_modulus(metal);
  const double kappa = kolosov(glass, depth), kappa_via = kolosov(metal, depth);
  const double far_mean = (far.greater_MPa + far.lesser_MPa) / 2;
  const double far_deviator = (far.greater_MPa - far.lesser_MPa) / 2;
  const double mean = far_mean * (kappa + 1) / (2 + (kappa_via - 1) * stiffness);
  const double deviator = far_deviator * (kappa + 1) / (kappa + stiffness);
  return {2 * far_mean - mean + std::abs(4 * far_deviator - 3 * deviator), mean + deviator};
}

double hole_hoop_MPa(PrincipalInPlane far) {
  return 3 * far.greater_MPa - far.lesser_MPa;
}

WallStress wall_stress(const ViaStress& own, const WallStress& package) {
  return {own.hoop_MPa + package.hoop_MPa, own.radial_MPa + package.radial_MPa};
}

} // namespace beachfront::thermal
