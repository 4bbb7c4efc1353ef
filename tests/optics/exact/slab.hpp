// SPDX-License-Identifier: GPL-3.0-or-later
// Exact modes of layered and separable guides, written for the tests and for nothing else.
#pragma once

#include <vector>

namespace beachfront::optics::exact {

enum class Field { te, tm }; ///< E along the layers, H along the layers

/// One core between two half spaces. x = 0 at the cover, x = thickness at the substrate.
struct Slab {
  double cover_index = 1;
  double core_index = 1;
  double substrate_index = 1;
  double thickness_um = 0;
};

/// Effective index of mode `order`, to rounding; 0 where the mode is cut off. Root of
/// kappa t - m pi - atan(p_s gamma_s / kappa) - atan(p_c gamma_c / kappa), p = 1 (TE) or eps_core/eps (TM).
double slab_index(const Slab& slab, double wavelength_um, Field field, int order);

/// Ey (TE) or Hy (TM) of that mode at x, 1 at its maximum in the core.
double slab_field(const Slab& slab, double wavelength_um, Field field, int order, double x_um);

/// Two equal symmetric TE slabs, `gap_um` of cladding between their faces.
struct Supermodes {
  double even_index = 0;
  double odd_index = 0;
  double coupling_length_mm = 0; ///< lambda / (2 (N_even - N_odd))
};

/// Each supermode is a root of its own; the splitting keeps its digits because both are solved for N^2 - N_alone^2.
Supermodes slab_coupler(double core_index, double cladding_index, double thickness_um, double gap_um,
                        double wavelength_um);

/// n^2 = n_s^2 + D sech^2(x/d), n_peak^2 = n_s^2 + D: effective index of mode `order`, TE.
double sech2_index(double background_index, double peak_index, double width_um, double wavelength_um, int order);

/// n^2 = n_1^2 (1 - 2 delta (x/a)^2) without end: TE.
double parabola_index(double axis_index, double delta, double a_um, double wavelength_um, int order);

/// Waist (1/e of the field) of the parabola's ground mode.
double parabola_waist_um(double axis_index, double delta, double a_um, double wavelength_um);

/// Scalar, n^2 = n_s^2 + D (sech^2(x/a) + sech^2(y/b)), D = peak_index^2 - n_s^2.
double sech2_index_2d(double background_index, double peak_index, double a_um, double b_um, double wavelength_um,
                      int order_x, int order_y);

/// Scalar, n^2 = n_1^2 (1 - 2 delta ((x/a_x)^2 + (y/a_y)^2)).
double parabola_index_2d(double axis_index, double delta, double ax_um, double ay_um, double wavelength_um, int order_x,
                         int order_y);

} // namespace beachfront::optics::exact
