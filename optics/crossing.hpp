// SPDX-License-Identifier: GPL-3.0-or-later
// What a guide loses where another of its kind crosses it in the same layer.
#pragma once

#include <string>
#include <vector>

namespace beachfront::optics {

struct CrossingPoint {
  double angle_deg = 0;
  double loss_dB = 0;
};

/// How crossings are charged. Defaults after docs/facts/optics.md 3.6: diffraction by the closed form, plus what
/// lithography and roughness add, so that a 90 degree crossing of a 5 um guide stays at the measured 0.019 dB.
struct CrossingModel {
  std::vector<CrossingPoint> table; ///< measured or computed diffraction loss, rising angles; empty: closed form
  double process_floor_dB = 0.012;  ///< added to either
  double smallest_angle_deg = 20;   ///< routing must not cross below
};

/// The guide that is crossed, and its mode.
struct CrossedGuide {
  double width_um = 0; ///< 1/e width of the index profile along x
  double waist_um = 0; ///< 2 sigma of intensity along x
  double effective_index = 0;
  double wavelength_um = 0;
};

/// Diffraction over the length L = W/sin(angle) on which the crossing guide (both drawn in one mask) takes the lateral
/// confinement away: 5 log10[1 + (L/2 z_R)^2] dB, z_R = pi n w^2/lambda. An upper bound: beam propagation gives 0.4 to
/// 0.75 of it between 5 and 90 degrees (docs/facts/optics.md 3.6).
double crossing_diffraction_dB(const CrossedGuide& guide, double angle_deg);

/// What is wrong with the table, or nothing.
std::string crossing_table_error(const CrossingModel& model);

/// Diffraction from the table if there is one (straight lines in the logarithms of loss and sine, held at the ends),
/// else from the closed form, plus the process floor. Angles beyond 90 degrees count as their supplement.
/// Throws std::invalid_argument for an angle that is not above 0 and below 180, and for a table out of order.
double crossing_loss_dB(const CrossingModel& model, const CrossedGuide& guide, double angle_deg);

} // namespace beachfront::optics
