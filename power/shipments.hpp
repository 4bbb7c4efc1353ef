// SPDX-License-Identifier: GPL-3.0-or-later
// The power of all transceivers that a year's shipments add, and when it reaches a target at constant growth.
#pragma once

#include <optional>

namespace beachfront::power {

/// Defaults: 23 million modules in 2024 (Cignal AI); 8.7 W each makes the published 200 MW (derived); growth 60 % a
/// year as of 800G modules in 2025; target 2 GW.
struct Shipments {
  int first_year = 2024;
  double modules_million = 23;
  double module_W = 8.7;
  double growth_per_year = 0.6; ///< of the power: modules and watts together
  double target_MW = 2000;
};

/// Power of the modules shipped in `first_year`.
double shipped_MW(const Shipments& shipments);

/// Power of the modules shipped in `year`, grown at the constant rate.
double shipped_MW(const Shipments& shipments, int year);

/// First year whose shipments draw the target; empty when that takes more than a century.
std::optional<int> target_year(const Shipments& shipments);

/// Constant yearly growth that takes one power to another. Both powers and the time must be positive.
double growth_needed(double from_MW, double to_MW, double years);

} // namespace beachfront::power
