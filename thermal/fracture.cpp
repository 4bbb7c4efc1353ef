// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/fracture.hpp"

#include "thermal/expansion.hpp"

#include <algorithm>
#include <vector>

namespace beachfront::thermal {

namespace {

constexpr double MPa_per_GPa = 1e3;

double energy_J_per_m2(std::span<const ElasticLayer> layers) {
  return elastic_energy_J_per_m2(layers, Constraint::plane_strain);
}

} // namespace

double splitting_J_per_m2(std::span<const ElasticLayer> layers, double split_z_um) {
  std::vector<ElasticLayer> below, above;
  double bottom_um = 0;
  for (ElasticLayer layer : layers) {
    const double full_um = layer.thickness_um;
    const double below_um = std::clamp(split_z_um - bottom_um, 0.0, full_um);
    bottom_um += full_um;
    layer.thickness_um = below_um;
    if (below_um > 0)
      below.push_back(layer);
    layer.thickness_um = full_um - below_um;
    if (below_um < full_um)
      above.push_back(layer);
  }
  if (below.empty() || above.empty())
    return 0;
  return energy_J_per_m2(layers) - energy_J_per_m2(below) - energy_J_per_m2(above);
}

double release_rate_limit_J_per_m2(double stress_intensity_MPa_sqrt_m, double youngs_modulus_GPa,
                                   double poisson_ratio) {
  constexpr double J_per_m2_per_MPa_m = 1e6;
  return stress_intensity_MPa_sqrt_m * stress_intensity_MPa_sqrt_m * (1 - poisson_ratio * poisson_ratio) /
         (youngs_modulus_GPa * MPa_per_GPa) * J_per_m2_per_MPa_m;
}

double via_radial_stress_MPa(const geometry::Material& metal, const geometry::Material& glass, double from_C,
                             double to_C) {
  const double mismatch = thermal_strain(metal, from_C, to_C) - thermal_strain(glass, from_C, to_C);
  const double compliance_per_MPa = (1 + glass.poisson_ratio) / (glass.youngs_modulus_GPa * MPa_per_GPa) +
                                    (1 - metal.poisson_ratio) / (metal.youngs_modulus_GPa * MPa_per_GPa);
  return -mismatch / compliance_per_MPa;
}

} // namespace beachfront::thermal
