// SPDX-License-Identifier: GPL-3.0-or-later
// What optics knows of a glass: refractive index, silver diffusion, response to heat and stress.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace beachfront::optics {

/// How a data sheet writes the resonances of the Sellmeier sum n^2 = 1 + offset + sum of B L^2/(L^2 - C).
enum class SellmeierForm {
  squared_resonances, ///< C is given, in um^2 (SCHOTT)
  resonances,         ///< sqrt(C) is given, in um (formula 1 of refractiveindex.info)
};

struct SellmeierTerm {
  double strength = 0;  ///< B
  double resonance = 0; ///< C in um^2 or its root in um, as the form says
};

/// Refractive index against wavelength. Without terms the index is `constant_index` at every wavelength.
struct Dispersion {
  double constant_index = 0;
  SellmeierForm form = SellmeierForm::squared_resonances;
  double offset = 0;
  std::vector<SellmeierTerm> terms;
};

/// Inter-diffusion of an incoming ion A with the sodium of the glass, D_A = D0 exp(-Ea/RT), and the temperatures
/// between which the data were taken.
struct IonDiffusion {
  double D0_m2_per_s = 0;
  double activation_energy_kJ_per_mol = 0;
  double mobility_ratio = 1; ///< M = D_A/D_Na
  double min_temperature_C = 0;
  double max_temperature_C = 0;
};

struct Glass {
  std::string name;
  bool ion_exchangeable = false; ///< has mobile alkali; alkali-free glass cannot be ion-exchanged
  Dispersion dispersion;
  std::optional<IonDiffusion> silver; ///< Ag+ for Na+
  double thermo_optic_per_K = 0;      ///< dn/dT
  double stress_optic_per_TPa = 0;    ///< C1 - C2 in 1e-12/Pa: n_TE - n_TM = C * biaxial stress
};

/// Refractive index at a vacuum wavelength; nothing if the dispersion gives no real index above 1 there.
std::optional<double> refractive_index(const Dispersion& dispersion, double wavelength_um);

/// D_A at a temperature in um^2/min, the unit in which recipes are written.
double diffusivity_um2_per_min(const IonDiffusion& ion, double temperature_C);

} // namespace beachfront::optics
