// SPDX-License-Identifier: GPL-3.0-or-later
// What the temperature of a guide in operation does to its index, its contrast, the size of its mode and its joint with
// the fibre.
#pragma once

#include "optics/waveguide.hpp"

namespace beachfront::optics {

/// Temperature for which the indices of glasses and the profiles of recipes are given.
inline constexpr double index_reference_C = 20;

struct GuideInOperation {
  double temperature_C = index_reference_C;
  double index_change = 0;        ///< of the glass and, to first order, of the effective index
  double contrast_change = 0;     ///< relative
  double mode_size_change = 0;    ///< relative, of both mode field diameters
  double edge_loss_change_dB = 0; ///< at each passage between guide and fibre
};

/// Relative change of the contrast per kelvin. With the Lorentz-Lorenz relation (n^2-1)/(n^2+2) = P the glass's dn/dT
/// is a relative change e = (dn/dT) 6n/((n^2-1)(n^2+2)) of P; ions exchanged in it whose share of P changes alike move
/// the contrast by e [1 + (n^2-1)(n^2+2)/(6n) (4n/(n^2+2) - 1/n)]. That they do change alike is assumed: no measurement
/// of dn/dT of exchanged against bare glass was found. 1/K.
double contrast_change_per_K(double index, double thermo_optic_per_K);

/// d ln(mode field diameter)/d ln(contrast), at or below 0. The scalar mode of a fixed profile hangs on contrast and
/// wavelength through contrast/wavelength^2 alone, so it is -1/2 d ln(diameter)/d ln(wavelength), from the shortest and
/// the longest of the solved wavelengths; -1/4, that of a parabolic profile, where there is only one.
double mode_size_exponent(const WaveguideFigures& figures);

/// Of a solved guide with a mode, all of it at one temperature. To first order in the change; a Gaussian of the mode's
/// diameters against the fibre's. Within 100 K and for dn/dT up to that of silica the joint changes by some 1e-3 dB;
/// bends, crosstalk and scattering, which change as little as the contrast, are left at their reference.
GuideInOperation guide_in_operation(const Waveguide& guide, const WaveguideFigures& figures, double temperature_C);

/// The figures with mode field diameters and effective index as in operation.
WaveguideFigures in_operation(WaveguideFigures figures, const GuideInOperation& operation);

} // namespace beachfront::optics
