// SPDX-License-Identifier: GPL-3.0-or-later
// From watts at the chip to watts at the meter, and to energy a year.
#pragma once

namespace beachfront::power {

/// What a watt at the load draws on top of itself. One set for every alternative of a comparison: the ratio between
/// alternatives does not depend on it.
struct Facility {
  double pue = 1.2;                       ///< facility over IT power, >= 1. Assumed; survey mean 1.56 (Uptime 2024),
                                          ///< direct liquid cooling 1.16 (1.06 to 1.28)
  double fan_fraction = 0.05;             ///< fan power over load, >= 0. Recalled, no clean source: 0.05 to 0.10 with
                                          ///< air, below 0.02 with liquid
  double conversion_loss_fraction = 0.08; ///< of the box's input, lost in supplies and regulators, in [0, 1). From a
                                          ///< public closed-form 102.4T model, which takes 0.05 to 0.12
};

/// The watts that a load draws besides itself.
struct Overhead {
  double fans_W = 0;
  double conversion_W = 0;
  double facility_W = 0; ///< chillers, pumps, distribution: (PUE - 1) of the box's input
  double total_W() const { return fans_W + conversion_W + facility_W; }
};

/// Overhead of `load_W` >= 0. Fans are fed through the same supplies, so that
/// load + overhead = load (1 + fans) PUE / (1 - conversion loss).
/// Throws std::invalid_argument when a fraction is outside the range of Facility.
Overhead overhead(double load_W, const Facility& facility);

/// The closed-form facility power of a public 102.4T switch-side model, P = n p / (1 - loss) (1 + cooling), with
/// `load_W` = n p for n modules of p watts each. Equal to load + overhead when 1 + cooling = (1 + fans) PUE.
double facility_power_W(double load_W, double conversion_loss_fraction, double cooling_fraction);

/// Energy of a year of 8,760 h at `power_W` during the fraction `utilisation` of it.
double energy_per_year_MWh(double power_W, double utilisation);

} // namespace beachfront::power
