// SPDX-License-Identifier: GPL-3.0-or-later
// Implicit, error-controlled time steps of an ion balance.
#pragma once

#include "optics/ion_exchange_balance.hpp"

namespace beachfront::optics {

struct SteppingReport {
  int steps = 0;             ///< taken, not counting those refused
  double surface_current_V = 0; ///< AppliedPotential::surface_current_V, mean over time
  bool finished = true;      ///< false: the steps became so small that nothing moved
};

/// Runs one step of a recipe. Rosenbrock-W scheme ROS34PW2 of third order, L-stable, with an embedded one of second:
/// Rang and Angermann, BIT 45, 761 (2005). `tolerance` is what one step may do wrong to a fraction, relative to the
/// largest present.
SteppingReport run_step(const ExchangeCells& cells, const ExchangeConditions& conditions, double tolerance,
                        IonState& state);

} // namespace beachfront::optics
