// SPDX-License-Identifier: GPL-3.0-or-later
// The answers of a sweep, from the rows of its store: which designs no other beats, what rejects designs, what each
// figure hangs on, and how many of the designs that a process makes are good.
//
//   Json answers = analyse_sweep(plan, folder);      // writes folder/analysis.json
//   print_analysis(std::cout, answers);
#pragma once

#include "study/sweep_table.hpp"

#include <filesystem>
#include <iosfwd>
#include <vector>

namespace beachfront::study {

/// The content of analysis.json (docs/sweeps.md, section Answers, says what each key is). Rows of a search, whose
/// points lie beyond the plan's, are ranked with all others; shares of a variance, yields and responses are of the
/// plan's rows, because a search gathers where designs are good. The same rows give the same bytes; seeds of intervals
/// are the plan's.
Json analyse(const SweepPlan& plan, const SweepTable& table, const std::vector<Reason>& reasons);

/// analysis.json in the folder of a sweep.
std::filesystem::path analysis_file(const std::filesystem::path& folder);

/// Reads the store in the folder and writes analysis.json beside it, from the designs that are there. Returns what was
/// written. Throws InputError when there is no store, when it is of another sweep or base design, and as check_outputs
/// does. The version of the tool that solved the rows does not matter.
Json analyse_sweep(const SweepPlan& plan, const std::filesystem::path& folder);

/// Tables and bars, at most 100 columns wide, as long as names of figures and parameters are at most 60 characters.
void print_analysis(std::ostream& out, const Json& analysis);

} // namespace beachfront::study
