// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of analysis.json that need more than a look at each row. Every row of the table is a point of the plan.
#pragma once

#include "study/sweep_table.hpp"

#include <vector>

namespace beachfront::study {

/// A list, an element a figure: what it hangs on, by the method that the plan's points are made for. A figure that does
/// not vary, or has too few rows, is left out.
Json sensitivities_json(const SweepPlan& plan, const SweepTable& table);

/// The share of good designs and what it would be with each spread halved; null of a plan that does not sample.
Json yield_json(const SweepPlan& plan, const SweepTable& table, const std::vector<bool>& good);

/// A list, an element a figure and parameter: how one follows the other.
Json responses_json(const SweepPlan& plan, const SweepTable& table);

} // namespace beachfront::study
