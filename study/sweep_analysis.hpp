// SPDX-License-Identifier: GPL-3.0-or-later
// The answers of a sweep, from the rows of its store: which designs no other beats, what rejects designs, what each
// figure hangs on, and how many of the designs that a process makes are good.
//
//   SweepTable table = read_sweep_table(plan, store);
//   Json answers = analyse(plan, table, store.reasons(100), RowOrigin::plan); // the content of analysis.json
//   print_analysis(std::cout, answers);
#pragma once

#include "study/sweep_table.hpp"

#include <iosfwd>
#include <vector>

namespace beachfront::study {

/// Where the rows come from: shares of a variance and yields need samples that were drawn as the plan says.
enum class RowOrigin { plan, search };

/// The content of analysis.json (docs/sweeps.md, section Answers, says what each key is). The same rows give the same
/// bytes; seeds of intervals are the plan's.
Json analyse(const SweepPlan& plan, const SweepTable& table, const std::vector<Reason>& reasons, RowOrigin origin);

/// Tables and bars, at most 100 columns wide, as long as names of figures and parameters are at most 60 characters.
void print_analysis(std::ostream& out, const Json& analysis);

} // namespace beachfront::study
