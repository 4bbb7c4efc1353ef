// SPDX-License-Identifier: GPL-3.0-or-later
// What a sudden change of curvature costs: the mode of a bend sits further out than that of a straight.
#pragma once

namespace beachfront::optics {

/// The mode across the plane of the bend, as the Gaussian of the same second moment.
struct LateralMode {
  double waist_um = 0; ///< 2 sigma of intensity along x
  double effective_index = 0;
  double wavelength_um = 0;
};

/// Outward shift of the mode in a bend, x0 = (k n w^2/2)^2 kappa (docs/facts/optics.md section 5): exact for a
/// parabolic profile, and with the second-moment waist within 4 % of the field solution for a Gaussian one at 13.7 mm.
double bend_shift_um(const LateralMode& mode, double curvature_per_mm);

/// Loss where the curvature jumps, 4.343 (x0/w)^2 dB with x0 of the jump: 1/R at a straight-to-bend joint,
/// 1/R1 + 1/R2 at a reversal, where it reads 10 % low. A lateral offset by x0 at the joint, or a clothoid, takes nearly
/// all of it away.
double joint_loss_dB(const LateralMode& mode, double curvature_step_per_mm);

double straight_to_bend_loss_dB(const LateralMode& mode, double radius_mm);
double reversal_loss_dB(const LateralMode& mode, double first_radius_mm, double second_radius_mm);

} // namespace beachfront::optics
