// SPDX-License-Identifier: GPL-3.0-or-later
// Modes of graded slabs: the exponential one exactly, any smooth one by shooting at 1e-13.
#pragma once

#include "exact/slab.hpp"

#include <functional>

namespace beachfront::optics::exact {

/// eps = eps_0 + d_eps exp(-x/d) below a cover: TE effective index of mode `order`; 0 where cut off. From
/// J_p'(zeta)/J_p(zeta) = -q/(k sqrt(d_eps)), zeta = 2 k d sqrt(d_eps), p = 2 d sqrt(beta^2 - k^2 eps_0) (Conwell
/// 1973).
double exponential_index(double eps_0, double d_eps, double depth_um, double cover_index, double wavelength_um,
                         int order);

/// A smooth index at x > 0 (nothing narrower than 5 nm: the steps would miss it), falling to background_index at
/// far_um.
struct GradedSlab {
  std::function<double(double x_um)> index;
  double background_index = 1;
  double cover_index = 0; ///< of x < 0; 0: no surface, the profile is even in x and goes on at -x
  double meet_um = 1;     ///< where both shots meet: near the highest index, not at 0
  double far_um = 40;
};

/// Shoots the angle of (F, p F'), p = 1 (TE) or 1/n^2 (TM), from both ends to the meeting point with Fehlberg's method
/// of eighth order; its mode number cannot be missed. 0 where cut off.
double graded_index(const GradedSlab& slab, double wavelength_um, Field field, int order);

} // namespace beachfront::optics::exact
