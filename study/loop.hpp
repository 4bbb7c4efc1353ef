// SPDX-License-Identifier: GPL-3.0-or-later
// The loop that makes the figures one: light lost is laser power, laser power is heat, heat bends and shifts, and what
// is shifted loses light.
#pragma once

#include "study/light_and_heat.hpp"
#include "study/package_state.hpp"

#include <optional>
#include <vector>

namespace beachfront::study {

/// The second point at which the loop stands still, and never stays: heat beyond it runs away.
struct RunAway {
  double heat_factor = 0;        ///< heat of all engines there, over the heat at the operating point
  double engine_C = 0;           ///< mean of the hottest engine there
  double laser_electrical_W = 0; ///< there
  double margin_K = 0;           ///< from the operating point to there, mean of the hottest engine
};

struct ClosedLoop {
  OperatingPoint point;
  int iterations = 0;
  std::vector<double> residuals; ///< largest relative change of laser power and engine heat, of each iteration
  bool converged = false;
  /// The chain gone through once, from aligned engines at ambient temperature: what closing the loop is measured
  /// against. At full thermal fidelity without temperature and stress.
  OperatingPoint open_chain;
  std::optional<RunAway> run_away;
};

/// What is found of the open chain.
enum class OpenChain { all_figures, light_alone };

/// Repeats light, heat, temperature, warpage and shift until laser power and engine heat change by less than the
/// design's tolerance. The start is the aligned package with its engines at `start_C`, the ambient's if not given. From
/// below, the lowest fixed point is found where there are several: lasers ask for more the steeper the hotter they are,
/// and the extrapolation along the dominant direction (vector Aitken, every third iteration) then stays below it.
/// A point that has not converged says so. `model` is prepared for the chain's package.
ClosedLoop close_loop(const Chain& chain, PackageModel& model, std::optional<double> start_C = {},
                      OpenChain open = OpenChain::all_figures);

/// Light and heat of a package whose temperatures cannot be solved, for the reason given.
ClosedLoop unsolved_loop(const Chain& chain, const std::vector<geometry::Violation>& reasons);

} // namespace beachfront::study
