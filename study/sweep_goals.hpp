// SPDX-License-Identifier: GPL-3.0-or-later
// What the designs of a sweep are held to and ranked by, as its file says.
#pragma once

#include "study/evaluate.hpp"
#include "study/pareto.hpp"
#include "study/tree.hpp"

#include <string>
#include <vector>

namespace beachfront::study {

/// The word of the sweep file.
std::string to_string(Goal goal);

struct SweepGoals {
  std::vector<Constraint> constraints;
  std::vector<Objective> objectives;                   ///< at most most_objectives
  std::vector<Mark> constraint_marks, objective_marks; ///< of the figures' names in the sweep file
};

/// The blocks `constraints` and `objectives` of a resolved sweep file. Throws InputError for a constraint without a
/// limit or with the greater one first and a figure that is an objective twice.
SweepGoals read_goals(const Value& sweep);

/// Throws InputError, naming the nearest figure, when a constraint or an objective is no number of these results of a
/// design that is ok. What the results name as absent passes.
void check_goals(const SweepGoals& goals, const Json& results);

} // namespace beachfront::study
