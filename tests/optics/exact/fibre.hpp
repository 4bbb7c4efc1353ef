// SPDX-License-Identifier: GPL-3.0-or-later
// Exact modes of the step fibre: scalar (LP) and full vector (HE, EH, TE, TM).
#pragma once

namespace beachfront::optics::exact {

struct StepFibre {
  double core_index = 1;
  double cladding_index = 1;
  double core_radius_um = 0;
};

double v_number(const StepFibre& fibre, double wavelength_um);

/// Effective index of LP_lm, l from 0, m from 1; 0 where it is cut off. Root of U J_{l+1} K_l - W K_{l+1} J_l.
double lp_index(const StepFibre& fibre, double wavelength_um, int l, int m);

/// Radial field of LP_lm; J_l(U r/a) in the core.
double lp_field(const StepFibre& fibre, double wavelength_um, int l, int m, double r_um);

/// Of LP01: diameter where the intensity falls to 1/e^2, Petermann's second diameter, (int I)^2 / int I^2.
struct SpotSize {
  double diameter_um = 0;
  double petermann_diameter_um = 0;
  double effective_area_um2 = 0;
};

SpotSize lp01_spot(const StepFibre& fibre, double wavelength_um);

enum class FibreMode { he, eh, te, tm }; ///< te and tm have order 0

/// Full-vector effective index, nu from 1 for HE and EH; 0 where cut off. With x = J'/(U J), y = K'/(W K):
/// (x + y)(n1^2 x + n2^2 y) = nu^2 N^2 (1/U^2 + 1/W^2)^2, its lower root x for HE, the upper for EH.
double fibre_index(const StepFibre& fibre, double wavelength_um, FibreMode sort, int nu, int m);

/// Radial parts of HE_1m: E_r cos, E_phi sin, Z0 H_r sin, Z0 H_phi cos; the mode is polarised along phi = 0.
struct VectorField {
  double e_r = 0, e_phi = 0, h_r = 0, h_phi = 0;
};

VectorField he1_field(const StepFibre& fibre, double wavelength_um, double effective_index, double r_um);

/// Of HE11, with the power flow as the intensity: 1/e^2 diameters along and across the polarisation, effective area.
struct VectorSpot {
  double diameter_along_um = 0;
  double diameter_across_um = 0;
  double effective_area_um2 = 0;
};

VectorSpot he11_spot(const StepFibre& fibre, double wavelength_um);

} // namespace beachfront::optics::exact
