// SPDX-License-Identifier: GPL-3.0-or-later
// What lies beyond a bent guide: plain layers, in which each mode of the depth tunnels and then radiates on its own.
#pragma once

#include "optics/product_modes.hpp"
#include "optics/spectral_line.hpp"

#include <complex>

namespace beachfront::optics {

/// Each mode of the layers along y continued outwards from the end of the guide, for a given beta^2. The continuation
/// runs to the caustic and from there along a line turned into the complex plane, on which outgoing waves decay (a
/// perfectly matched layer of constant stretch; Im beta < 0 for fields exp(i (w t - beta z))).
struct Outgoing {
  Eigen::VectorXcd impedance_per_um; ///< of each mode: r du/dx = -impedance u
  Eigen::VectorXcd content_um;       ///< integral of u^2/r beyond the end, for u = 1 there
  Eigen::VectorXd nodes_um;          ///< up to where the line turns
  Eigen::MatrixXcd fields;           ///< u there, (node, mode)
};

/// `start_um` is the end of the guide, `turn_um` at or beyond the caustic, `length_um` that of the turned part.
struct OutgoingPath {
  double start_um = 0, turn_um = 0, length_um = 0;
  double longest_element_um = 0; ///< before the turn
};

Outgoing outgoing_modes(const LineModes& along_y, std::complex<double> beta2_per_um2, double radius_um,
                        const OutgoingPath& path);

} // namespace beachfront::optics
