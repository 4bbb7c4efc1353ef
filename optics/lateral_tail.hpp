// SPDX-License-Identifier: GPL-3.0-or-later
// What a guide's field does far to its side: it radiates in a bend and couples to a neighbour.
#pragma once

#include "optics/mode.hpp"

#include <vector>

namespace beachfront::optics {

/// The field beside the guide, in plain glass, as a sum over waves along the depth,
///   psi(x, y) = integral of A(q) u_q(y) exp(-g_q |x|) dq,  g_q^2 = g^2 + q^2,  g^2 = beta^2 - k^2 n_glass^2,
/// with the amplitudes from the guide's own sources, A(q) = 1/(2 g_q) * integral of k^2 (n^2 - n_glass^2) psi u_q
/// exp(g_q x), which is exact for an exact psi. u_q are plane waves, or, below a cover of lower index, standing waves
/// that continue evanescently into it. The separable field supplies psi; its own tail, which has a wrong decay, is not
/// used.
struct LateralTail {
  double beta_per_um = 0;
  double decay_per_um = 0; ///< g
  double reference_um = 0; ///< amplitudes are those at |x| = reference_um, beside the guide, lest they overflow
  std::vector<double> q_per_um;
  std::vector<double> weight;      ///< of each q, with the measure of the waves
  std::vector<double> right_power; ///< |A|^2 towards +x
  std::vector<double> left_power;  ///< |A|^2 towards -x
  std::vector<double> cross_power; ///< A(+x) A(-x)*, for a neighbour of the same kind
};

LateralTail lateral_tail(const IndexProfile& profile, const GuidedMode& mode);

/// Radiation of a guide bent with a radius to its axis, towards the leakier of its two sides, in dB/cm:
///   2 alpha = integral of |A(q)|^2 (g_q/beta) exp(-2 g_q^3 R/(3 beta^2)) dq,
/// the method of Marcuse (J. Opt. Soc. Am. 66, 216 (1976)) for any cross-section: each wave of the straight guide's
/// tail goes on as an outgoing cylindrical wave. For a slab and a round fibre it is his closed forms
/// (closed_forms.hpp), and like them it reads 1.1 to 1.6 times high where the loss matters (docs/facts/optics.md 3.5),
/// which is 2 to 8 % in radius. The mode's error in decay adds to that: recipe A0 of docs/facts/optics.md section 7
/// reaches 0.017 dB/cm at 12.6 mm, 6 % below the published 13.4 to 13.7 mm. Scalar. Falls steadily with the radius.
/// Below smallest_guiding_radius_mm it only says that the light is lost.
double bend_loss_dB_per_cm(const LateralTail& tail, double radius_mm);

/// The radius at which the caustic, R (n_eff - n_glass)/n_glass from the axis, touches the edge of the mode.
double smallest_guiding_radius_mm(const GuidedMode& mode, double glass_index);

/// The radius at which the bend loses `budget_dB_per_cm`; never below `smallest_mm`.
double radius_for_loss_mm(const LateralTail& tail, double budget_dB_per_cm, double smallest_mm);

/// Coupling coefficient of two equal parallel guides at a centre distance along x, C in 1/mm: the field amplitude goes
/// over as sin(C z) (Snyder and Love, Optical Waveguide Theory, 1983, chapter 29). Weak coupling: the guides' profiles
/// must not overlap.
double coupling_per_mm(const LateralTail& tail, double distance_um);

} // namespace beachfront::optics
