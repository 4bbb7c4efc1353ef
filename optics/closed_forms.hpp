// SPDX-License-Identifier: GPL-3.0-or-later
// Bends and pairs of slabs and round step fibres, for which radiation and coupling have closed forms. They check the
// general lateral_tail, and serve where a guide is given as its equivalent fibre.
#pragma once

namespace beachfront::optics {

/// Marcuse's closed form for the fundamental TE mode of a symmetric slab of thickness h, dB/cm.
double marcuse_slab_bend_loss_dB_per_cm(double core_index, double cladding_index, double thickness_um,
                                        double wavelength_um, double effective_index, double radius_mm);

/// A step fibre and its LP01 mode.
struct StepFibre {
  double core_index = 0;
  double cladding_index = 0;
  double core_radius_um = 0;
  double wavelength_um = 0;
  double effective_index = 0; ///< of LP01
};

/// Marcuse's closed form for LP01 (J. Opt. Soc. Am. 66, 216 (1976)), dB/m.
double marcuse_fibre_bend_loss_dB_per_m(const StepFibre& fibre, double radius_mm);

/// Coupling coefficient of two equal step fibres at a centre distance, 1/mm:
/// C = sqrt(2 Delta)/a * U^2/V^3 * K0(W d/a)/K1(W)^2 (Snyder and Love, chapter 29).
double fibre_pair_coupling_per_mm(const StepFibre& fibre, double distance_um);

} // namespace beachfront::optics
