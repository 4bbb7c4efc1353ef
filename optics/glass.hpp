// SPDX-License-Identifier: GPL-3.0-or-later
// What optics knows of a glass: refractive index, diffusion of ions, response to heat and stress.
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

/// How a melt fills the sites at the surface: ln[x/(1-x)] = n ln[c0/(1-c0)] - ln K, x the mole fraction of the incoming
/// ion in the melt (Rothmund and Kornfeld).
struct MeltEquilibrium {
  double K = 1;
  double n = 1;
};

/// D = D0 exp(-Ea/RT).
struct Arrhenius {
  double D0_m2_per_s = 0;
  double activation_energy_kJ_per_mol = 0;
};

/// Inter-diffusion of an incoming ion A with the sodium of the glass, D_A = D0 exp(-Ea/RT), and the temperatures
/// between which the data were taken.
struct IonDiffusion {
  double D0_m2_per_s = 0;
  double activation_energy_kJ_per_mol = 0;
  double mobility_ratio = 1; ///< M = D_A/D_Na
  double min_temperature_C = 0;
  double max_temperature_C = 0;
  double haven_ratio = 1;              ///< H = D_A/(mobility kT/q); 1 is an ideal ion, soda-lime glasses have 0.17 to 0.36
  std::optional<Arrhenius> sodium = std::nullopt;     ///< D_Na with its own activation energy; M then follows the temperature
  std::optional<MeltEquilibrium> melt = std::nullopt; ///< for recipes that give the melt and not the surface fraction
};

/// Data of one incoming ion in a glass.
struct GlassIon {
  std::string symbol; ///< as the recipe names it: Ag, K ...
  IonDiffusion diffusion;
};

struct Glass {
  std::string name;
  bool ion_exchangeable = false; ///< has mobile alkali; alkali-free glass cannot be ion-exchanged
  Dispersion dispersion;
  std::vector<GlassIon> ions;      ///< that can come in for sodium
  double thermo_optic_per_K = 0;      ///< dn/dT
  double stress_optic_per_TPa = 0;    ///< C1 - C2 in 1e-12/Pa: n_TE - n_TM = C * biaxial stress
};

/// Refractive index at a vacuum wavelength; nothing if the dispersion gives no real index above 1 there.
std::optional<double> refractive_index(const Dispersion& dispersion, double wavelength_um);

/// D at a temperature in um^2/min, the unit in which recipes are written.
double diffusivity_um2_per_min(const Arrhenius& law, double temperature_C);

/// D_A of the incoming ion.
double diffusivity_um2_per_min(const IonDiffusion& ion, double temperature_C);

/// M = D_A/D_Na at a temperature: of both laws if sodium has its own, else the constant ratio.
double mobility_ratio(const IonDiffusion& ion, double temperature_C);

/// H kT/q in V: the voltage against which an applied one counts.
double haven_voltage(const IonDiffusion& ion, double temperature_C);

/// The share of sites c0 that a melt of a mole fraction between 0 and 1 fills.
double surface_fraction_of(const MeltEquilibrium& melt, double mole_fraction);

} // namespace beachfront::optics
