// SPDX-License-Identifier: GPL-3.0-or-later
// What is read off the field of one vector mode.
#pragma once

#include "optics/guided_modes.hpp"

namespace beachfront::optics {

/// Fills polarisation, group index, sizes and the printed fields of a mode whose section, magnetic field, wavelength
/// and effective index are set. `group_minus_phase_index` of the glass is that of the whole profile.
void fill_figures(VectorMode& mode, double group_minus_phase_index, double background_index, double peak_index);

/// A quantity at the nodes of a section at any place, 0 outside; mirror planes continue it evenly.
double value_at(const Section& section, const Eigen::MatrixXd& at_nodes, double x_um, double y_um);

/// Integral over the whole plane of a quantity at the points: mirrored halves count.
double integral(const Section& section, const Eigen::ArrayXXd& at_points);

} // namespace beachfront::optics
