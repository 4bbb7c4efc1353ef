// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/glass.hpp"

#include <cmath>

namespace beachfront::optics {

std::optional<double> refractive_index(const Dispersion& dispersion, double wavelength_um) {
  double n2 = dispersion.constant_index * dispersion.constant_index;
  if (!dispersion.terms.empty()) {
    const double l2 = wavelength_um * wavelength_um;
    n2 = 1 + dispersion.offset;
    for (const auto& term : dispersion.terms) {
      const bool squared = dispersion.form == SellmeierForm::squared_resonances;
      n2 += term.strength * l2 / (l2 - (squared ? term.resonance : term.resonance * term.resonance));
    }
  }
  if (!std::isfinite(n2) || n2 < 1)
    return std::nullopt;
  return std::sqrt(n2);
}

namespace {
constexpr double gas_constant_J_per_molK = 8.314462618; // exact in the SI
constexpr double zero_celsius_K = 273.15;
} // namespace

double diffusivity_um2_per_min(const Arrhenius& law, double temperature_C) {
  constexpr double um2_per_min_in_m2_per_s = 60e12;
  const double kelvin = temperature_C + zero_celsius_K;
  return um2_per_min_in_m2_per_s * law.D0_m2_per_s *
         std::exp(-1e3 * law.activation_energy_kJ_per_mol / (gas_constant_J_per_molK * kelvin));
}

double diffusivity_um2_per_min(const IonDiffusion& ion, double temperature_C) {
  return diffusivity_um2_per_min(Arrhenius{ion.D0_m2_per_s, ion.activation_energy_kJ_per_mol}, temperature_C);
}

double mobility_ratio(const IonDiffusion& ion, double temperature_C) {
  return ion.sodium ? diffusivity_um2_per_min(ion, temperature_C) / diffusivity_um2_per_min(*ion.sodium, temperature_C)
                    : ion.mobility_ratio;
}

double haven_voltage(const IonDiffusion& ion, double temperature_C) {
  constexpr double faraday_C_per_mol = 96485.33212;
  return ion.haven_ratio * gas_constant_J_per_molK * (temperature_C + zero_celsius_K) / faraday_C_per_mol;
}

double surface_fraction_of(const MeltEquilibrium& melt, double mole_fraction) {
  const double odds = std::pow(melt.K * mole_fraction / (1 - mole_fraction), 1 / melt.n);
  return odds < 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds);
}

} // namespace beachfront::optics
