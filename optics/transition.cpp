// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/transition.hpp"

#include <cmath>
#include <numbers>

namespace beachfront::optics {

double bend_shift_um(const LateralMode& mode, double curvature_per_mm) {
  const double k = 2 * std::numbers::pi / mode.wavelength_um;
  const double spread_um = k * mode.effective_index * mode.waist_um * mode.waist_um / 2; // the Rayleigh length
  return spread_um * spread_um * curvature_per_mm / 1e3;
}

double joint_loss_dB(const LateralMode& mode, double curvature_step_per_mm) {
  const double shift = bend_shift_um(mode, curvature_step_per_mm) / mode.waist_um;
  return 10 * std::numbers::log10e * shift * shift;
}

double straight_to_bend_loss_dB(const LateralMode& mode, double radius_mm) {
  return joint_loss_dB(mode, 1 / radius_mm);
}

double reversal_loss_dB(const LateralMode& mode, double first_radius_mm, double second_radius_mm) {
  return joint_loss_dB(mode, 1 / first_radius_mm + 1 / second_radius_mm);
}

} // namespace beachfront::optics
