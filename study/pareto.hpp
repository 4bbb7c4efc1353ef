// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a design good and which designs no other beats.
//
//   std::vector<std::vector<double>> costs = ...;                  // a row a design, smaller is better throughout
//   std::vector<std::size_t> front = non_dominated(costs);
//   double volume = hypervolume(rows_of(costs, front), reference_point(rows_of(costs, front)));
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

/// Limits of a figure, both allowed.
struct Constraint {
  std::string figure; ///< path in results.json
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
};

/// How far a value lies outside, in the unit of the figure; 0 within the limits.
double excess(const Constraint& constraint, double value);

enum class Goal {
  minimise,
  maximise,
  least_magnitude, ///< towards zero from either side: warpage and shifts have signs
};

struct Objective {
  std::string figure; ///< path in results.json
  Goal goal = Goal::minimise;
  /// The worst value that the hypervolume counts; by the front's own extent where empty.
  std::optional<double> reference;
};

/// The value as something to be made small: its negative where the goal is to maximise, its magnitude where that is the
/// goal; rounded to 6e-11 of it. Applied twice, the value (the magnitude).
double cost(const Objective& objective, double value);

/// The most objectives a hypervolume is asked of: its time grows as a power of the points that rises with each of them.
inline constexpr std::size_t most_objectives = 6;

/// A row of costs, smaller is better throughout; all rows of one set are equally long and finite.
using Costs = std::vector<double>;

/// Not worse in anything and better in something.
bool dominates(const Costs& a, const Costs& b);

/// Indices, ascending, of the rows that no other dominates; equal rows are all in. Takes rows x front x objectives
/// steps (at two objectives rows x log rows).
std::vector<std::size_t> non_dominated(const std::vector<Costs>& rows);

std::vector<Costs> rows_of(const std::vector<Costs>& rows, const std::vector<std::size_t>& indices);

/// The worst of the front in each objective and a tenth of the front's extent beyond it; a tenth of the worst's
/// magnitude beyond it (0.1 of a zero) where the front has no extent. At least one row.
Costs reference_point(const std::vector<Costs>& front);

/// The volume between the rows and the reference that at least one row dominates, in the product of the objectives'
/// units: exact (pagmo: a sweep for two and three objectives, WFG beyond). A row that does not beat the reference in
/// every objective adds nothing. Throws std::invalid_argument beyond most_objectives.
double hypervolume(const std::vector<Costs>& rows, const Costs& reference);

/// At most `count` indices of a front that stand for all of it: the best in each objective first, then always the row
/// farthest from those chosen, by the greatest difference in units of the front's extents. In the order of choice.
std::vector<std::size_t> spread_over(const std::vector<Costs>& front, std::size_t count);

} // namespace beachfront::study
