// SPDX-License-Identifier: GPL-3.0-or-later
// What a guide with stress in it does to the polarisation of the light it feeds.
#pragma once

#include <span>

namespace beachfront::optics {

/// A piece of a guide over which the birefringence and its axes are taken as constant.
struct BirefringentSection {
  double length_mm = 0;
  double birefringence = 0;  ///< difference of the principal indices
  double axis_angle_rad = 0; ///< of the principal axes against the surface
};

struct PolarizationTransfer {
  double crossed_share = 0;       ///< of the power, that arrives polarised across what was launched
  double delay_difference_ps = 0; ///< of the two principal polarisations: sum of |birefringence| L/c
};

/// Light launched along the surface (TE) through the sections in their order, by the product of their Jones matrices.
/// One uniform section of retardation d = 2 pi birefringence L/wavelength gives sin^2(2 angle) sin^2(d/2). The delay is
/// that of the phase birefringence: the wavelength dependence of the birefringence is not known to it.
PolarizationTransfer polarization_transfer(std::span<const BirefringentSection> sections, double wavelength_um);

/// Loss of an engine that takes one polarisation only: -10 lg(1 - share). 60 dB at most.
double polarization_loss_dB(double crossed_share);

} // namespace beachfront::optics
