// SPDX-License-Identifier: GPL-3.0-or-later
// Which designs of a sweep get a report of their own, in the words of the command line.
//
//   DesignChoice choice = read_design_choice("best:20");
//   std::vector<std::int64_t> points = chosen_points(choice, plan.goals, analysis, store);
#pragma once

#include "study/store.hpp"
#include "study/sweep_goals.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace beachfront::study {

/// The twelve of a front that stand for all of it.
inline constexpr std::size_t few_designs = 12;
/// A front with more designs than this is not taken as a whole unless its number is given: a report is some 1 MB.
inline constexpr std::size_t many_designs = 60;

struct DesignChoice {
  std::vector<std::int64_t> points; ///< named one by one, as they were written; empty: from the front
  bool whole_front = false;
  std::size_t most = few_designs; ///< else at most as many, spread over the front
};

/// `best`, `best:K`, `front`, or numbers of points with commas between them. Throws InputError for anything else.
DesignChoice read_design_choice(const std::string& words);

/// The points, each once: of the front by the first objective, else in the order of the words. Of the front, the best
/// in each objective, then always the one farthest from those chosen (spread_over of pareto.hpp); `best` is what
/// analysis.json calls representatives. Throws InputError when there is no front, when it has more than many_designs
/// and all of it is asked for, and for a point that has no row in the store.
std::vector<std::int64_t> chosen_points(const DesignChoice& choice, const SweepGoals& goals, const Json& analysis,
                                        const Store& store);

} // namespace beachfront::study
