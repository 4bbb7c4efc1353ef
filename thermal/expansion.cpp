// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/expansion.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double per_ppm = 1e-6;
constexpr double kelvin_at_0_C = 273.15;

/// Antiderivative of the law of Okada and Tokumaru, J. Appl. Phys. 56, 314 (1984); ppm, temperature in K.
double okada_tokumaru_integral_ppm(double temperature_K) {
  constexpr double rate = 5.88e-3;
  const double saturating = 3.725 * (temperature_K + std::exp(-rate * (temperature_K - 124)) / rate);
  return saturating + 5.548e-4 * temperature_K * temperature_K / 2;
}

struct Strains {
  double below_tg = 0;
  double above_tg = 0;
};

Strains split_at_transition(const geometry::Material& material, double from_C, double to_C) {
  const double below = material.cte_ppm_per_K * per_ppm;
  if (!material.glass_transition_C)
    return {below * (to_C - from_C), 0};
  const double transition_C = *material.glass_transition_C;
  const double above = material.cte_above_tg_ppm_per_K.value_or(material.cte_ppm_per_K) * per_ppm;
  const double glassy_K = std::min(to_C, transition_C) - std::min(from_C, transition_C);
  const double rubbery_K = std::max(to_C, transition_C) - std::max(from_C, transition_C);
  return {below * glassy_K, above * rubbery_K};
}

} // namespace

double thermal_strain(const geometry::Material& material, double from_C, double to_C) {
  if (material.cte_law == geometry::CteLaw::okada_tokumaru)
    return per_ppm *
           (okada_tokumaru_integral_ppm(to_C + kelvin_at_0_C) - okada_tokumaru_integral_ppm(from_C + kelvin_at_0_C));
  const Strains strains = split_at_transition(material, from_C, to_C);
  return strains.below_tg + strains.above_tg;
}

double thermal_strain_z(const geometry::Material& material, double from_C, double to_C) {
  if (!material.cte_z_ppm_per_K)
    return thermal_strain(material, from_C, to_C);
  geometry::Material across = material;
  across.cte_law = geometry::CteLaw::constant;
  across.cte_ppm_per_K = *material.cte_z_ppm_per_K;
  across.cte_above_tg_ppm_per_K = material.cte_z_above_tg_ppm_per_K;
  return thermal_strain(across, from_C, to_C);
}

double youngs_modulus_GPa(const geometry::Material& material, double temperature_C) {
  const bool rubbery = material.glass_transition_C && temperature_C > *material.glass_transition_C;
  return rubbery ? material.youngs_modulus_above_tg_GPa.value_or(material.youngs_modulus_GPa)
                 : material.youngs_modulus_GPa;
}

double secant_of(const geometry::Material& material, double below, double above, double from_C, double to_C) {
  const Strains strains = split_at_transition(material, from_C, to_C);
  const double total = strains.below_tg + strains.above_tg;
  if (!material.glass_transition_C || above == below || total == 0)
    return material.glass_transition_C && from_C > *material.glass_transition_C ? above : below;
  if (strains.above_tg == 0)
    return below;
  if (strains.below_tg == 0)
    return above;
  return (below * strains.below_tg + above * strains.above_tg) / total;
}

double secant_modulus_GPa(const geometry::Material& material, double from_C, double to_C) {
  const double below = material.youngs_modulus_GPa;
  return secant_of(material, below, material.youngs_modulus_above_tg_GPa.value_or(below), from_C, to_C);
}

} // namespace beachfront::thermal
