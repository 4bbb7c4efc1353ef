// SPDX-License-Identifier: GPL-3.0-or-later
// What bends, neighbours and crossings of a solved guide cost, and the routing rules that follow.
#pragma once

#include "optics/bend_curve.hpp"
#include "optics/guided_modes.hpp"
#include "optics/waveguide.hpp"

namespace beachfront::optics {

/// What one wavelength has given.
struct AtWavelength {
  double wavelength_um = 0;
  IndexProfile profile;
  GuidedModes modes;
  const VectorMode* te = nullptr; ///< fundamental of either polarisation, if guided
  const VectorMode* tm = nullptr;
  BendGuides scalar; ///< what pairs and crossings are made of
  BendGuides bends;  ///< the same with the vector modes' indices
};

/// The rows of bend_radii_mm at one wavelength.
void tabulate_bends(const Waveguide& guide, const AtWavelength& at, WaveguideFigures& figures);

/// The rows of gaps_um at one wavelength.
void tabulate_couplers(const Waveguide& guide, const AtWavelength& at, WaveguideFigures& figures);

/// Radius and pitch for the budgets at the worst of the wavelengths and polarisations.
void fill_rules(const Waveguide& guide, const std::vector<AtWavelength>& solved, WaveguideFigures& figures);

/// The rows of crossing_angles_deg, and the model's table where it is to come from fields.
void fill_crossings(const Waveguide& guide, const AtWavelength& at, CrossingModel& model, WaveguideFigures& figures);

} // namespace beachfront::optics
