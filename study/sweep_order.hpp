// SPDX-License-Identifier: GPL-3.0-or-later
// The order in which the points of a sweep are solved: those that share costly stages beside one another, whatever the
// order of their rows.
#pragma once

#include "study/sweep_plan.hpp"

#include <cstdint>
#include <vector>

namespace beachfront::study {

struct SolvingOrder {
  std::vector<std::int64_t> points;
  std::vector<std::uint32_t> groups; ///< as points; equal where modes, layout and assembly are the same
};

/// Sorts points by the parameters that reach the modes, then those that reach the layout, the assembly, the cooling and
/// the loop; points that agree in all of these stay in their order. What a parameter reaches is found from its path.
SolvingOrder solving_order(const SweepPlan& plan, const std::vector<std::int64_t>& points);

} // namespace beachfront::study
