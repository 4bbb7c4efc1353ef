// SPDX-License-Identifier: GPL-3.0-or-later
// What many uncertain inputs together do to a figure that is known at its middle and with each input at its ends.
#pragma once

#include "study/distribution.hpp"

#include <cstddef>
#include <vector>

namespace beachfront::study {

/// A figure with one input at its low end, its own value and its high end, all others at theirs.
struct InputResponse {
  Triangular input;
  double at_low = 0, at_mode = 0, at_high = 0;
};

struct Spread {
  double p5 = 0, p95 = 0;     ///< 5 % of all samples lie below, and above
  std::vector<double> shares; ///< of the variance, as the inputs; they add up to 1 unless nothing varies
};

/// The figure as a sum: its middle, and for each input the parabola through its three points (a line where an end is
/// the middle). This is the first order of a cut high-dimensional model representation (Rabitz and Alis, J. Math. Chem.
/// 25, 197, 1999): exact for figures that are sums of functions of one input each, and leaving out what two inputs do
/// only together. The shares are then exact first-order Sobol indices. Sampled by a Latin hypercube.
Spread spread(const std::vector<InputResponse>& responses, double middle, std::size_t samples);

/// The same at samples drawn before: a column an input, as samples_of() gives them, at least one row.
Spread spread(const std::vector<InputResponse>& responses, double middle,
              const std::vector<std::vector<double>>& values);

/// Values of each input, the same in every run.
std::vector<std::vector<double>> samples_of(const std::vector<Triangular>& inputs, std::size_t samples);

} // namespace beachfront::study
