// SPDX-License-Identifier: GPL-3.0-or-later
// What a sweep has solved, for other programs.
//
//   export_sweep(plan, "x-results", {"csv", "jsonl"}, tool_version);     // x-results/designs.csv and designs.jsonl
#pragma once

#include "study/sweep_plan.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {

struct SweepExport {
  std::vector<std::filesystem::path> files;
  std::int64_t designs = 0; ///< in each of them; fewer than the sweep has while it is not complete
  std::string solved_by;    ///< version of the program that filled the store
};

/// Writes FOLDER/designs.FORMAT from FOLDER/results.sqlite, a line a design in the order of the points; each file is
/// there whole or not at all, and the same bytes for the same designs.
/// csv: index, parameters, status, rule, message and the figures that the sweep file names as outputs (the headline
/// figures where it names none). jsonl: the same keys and `results`, the whole of results.json (null where there is
/// none).
/// Throws InputError for another format (parquet: with the command that makes it of designs.csv), a store that is
/// missing or of another sweep or base design, an output that is no figure; DiskFull.
SweepExport export_sweep(const SweepPlan& plan, const std::filesystem::path& folder,
                         const std::vector<std::string>& formats);

} // namespace beachfront::study
