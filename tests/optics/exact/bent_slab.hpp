// SPDX-License-Identifier: GPL-3.0-or-later
// Exact leaky modes of a bent slab, in 34 digits: the loss keeps its own digits however small it is.
#pragma once

#include "exact/slab.hpp"

#include <complex>

namespace beachfront::optics::exact {

/// A core bent about an axis along its layers. The inner side is `cover_index`.
struct BentSlab {
  Slab slab;
  double radius_um = 0; ///< of the core's middle
};

struct BentMode {
  std::complex<double> effective_index; ///< nu / (k R); the imaginary part positive
  double loss_dB_per_cm = 0;            ///< along the core's middle
  double residual = 0;                  ///< of the last step in nu, relative to nu
};

/// Mode that joins the straight slab's mode `order` as the radius grows. Field::te has E along the axis. In each layer
/// the field obeys Bessel's equation r^2 F'' + r F' + (k^2 n^2 r^2 - nu^2) F = 0 of complex order nu; F and F' (TE) or
/// F'/n^2 (TM) go on at the walls; inside it is the solution that vanishes at r = 0, outside the outgoing one. Both are
/// found by Taylor steps in the direction in which they grow: outwards from deep inside, and towards the outer wall
/// along a ray from r in the upper half plane, where the outgoing wave is the one that vanishes. Losses under 1e-28
/// dB/cm are rounding. Throws std::domain_error where no mode is found near the straight one.
BentMode bent_slab_mode(const BentSlab& bend, double wavelength_um, Field field, int order = 0);

/// n^2 = n_b^2 + (n_peak^2 - n_b^2) exp(-((r - R)/half_width)^2), without walls.
struct BentGaussian {
  double background_index = 1;
  double peak_index = 1;
  double half_width_um = 0;
  double radius_um = 0;
};

/// Fundamental mode with E along the axis, in the same way; the profile's own Taylor series goes into the steps.
BentMode bent_gaussian_mode(const BentGaussian& bend, double wavelength_um);

} // namespace beachfront::optics::exact
