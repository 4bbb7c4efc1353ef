// SPDX-License-Identifier: GPL-3.0-or-later
// End-fire coupling of modes and what misalignment costs; crosstalk between parallel guides.
#pragma once

#include "optics/mode.hpp"

namespace beachfront::optics {

/// A Gaussian mode, circular or elliptical.
struct GaussianMode {
  double mode_field_diameter_x_um = 0;
  double mode_field_diameter_y_um = 0;
};

/// How two facing modes miss each other. Tilts are angles between the axes in the medium of the joint.
struct Misalignment {
  double offset_x_um = 0;
  double offset_y_um = 0;
  double tilt_x_mrad = 0;
  double tilt_y_mrad = 0;
  double gap_um = 0;
  double medium_index = 1; ///< of what fills the gap and in which the tilts are measured
};

/// Power lost between two Gaussian modes, exact in the paraxial limit for any mixture of mismatch, offset, tilt and
/// gap; without a gap per axis 2ab/(a^2+b^2) exp[-2d^2/(a^2+b^2)] exp[-2(pi n tilt/lambda)^2 a^2 b^2/(a^2+b^2)] (Joyce
/// and DeLoach, Appl. Opt. 23, 4187 (1984)). Reflection is not included.
double gaussian_coupling_loss_dB(const GaussianMode& one, const GaussianMode& other, const Misalignment& miss,
                                 double wavelength_um);

/// The same between a guide's separable mode, integrated cell by cell, and a Gaussian mode; offsets count from the
/// place of best overlap.
double mode_coupling_loss_dB(const GuidedMode& mode, const GaussianMode& other, const Misalignment& miss);

/// Reflection at normal incidence, -10 log10[1 - ((n1-n2)/(n1+n2))^2].
double fresnel_loss_dB(double index_1, double index_2);

/// Coherent crosstalk 20 log10 sin(C L) of two equal parallel guides, as the largest over the length: 0 dB from the
/// first full transfer on. Negative dB of the input power.
double crosstalk_dB(double coupling_per_mm, double length_mm);

/// Length of full transfer, pi/(2C); C must be above 0.
double coupling_length_mm(double coupling_per_mm);

} // namespace beachfront::optics
