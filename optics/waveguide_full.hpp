// SPDX-License-Identifier: GPL-3.0-or-later
// A guide at full fidelity: what solve_waveguide does where fidelity is full.
#pragma once

#include "optics/waveguide.hpp"

namespace beachfront::optics {

/// Fills modes, losses, rules and polarisation from the profile at the first wavelength. The profile's background index
/// is set anew for each wavelength. Figures that cannot be had are named in `absent`.
void fill_full_figures(const Waveguide& guide, IndexProfile profile, WaveguideFigures& figures);

/// Group index of a glass: n - lambda dn/dlambda.
double glass_group_index(const Dispersion& dispersion, double wavelength_um);

/// n_TE - n_TM and its parts from the shape's own value and the stress, in the frame of its principal axes:
///   n_x - n_y = shape + C (s_xx - s_yy), coupling 2 C s_xy, C = C1 - C2 (docs/facts/optics.md section 4).
struct Birefringence {
  double shape = 0;
  double stress = 0;       ///< C (s_xx - s_yy), with the sign of n_TE - n_TM
  double total = 0;        ///< difference of the principal indices, with the sign of n_TE - n_TM
  double rotation_deg = 0; ///< of the principal axes against the surface
};
Birefringence birefringence(double shape, const GuideStress& stress, double stress_optic_per_TPa);

} // namespace beachfront::optics
