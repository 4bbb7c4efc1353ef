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

double diffusivity_um2_per_min(const IonDiffusion& ion, double temperature_C) {
  constexpr double gas_constant_J_per_molK = 8.314462618; // exact in the SI
  constexpr double um2_per_min_in_m2_per_s = 60e12;
  const double kelvin = temperature_C + 273.15;
  return um2_per_min_in_m2_per_s * ion.D0_m2_per_s *
         std::exp(-1e3 * ion.activation_energy_kJ_per_mol / (gas_constant_J_per_molK * kelvin));
}

} // namespace beachfront::optics
