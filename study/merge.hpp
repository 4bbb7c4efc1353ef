// SPDX-License-Identifier: GPL-3.0-or-later
// The stores of a sweep's shards, wherever they were run, as one.
//
//   Merge merge;
//   merge.folder = "x-results";                                   // its shards' stores, as shard_stores() finds them
//   merge.tool_version = "0.1.0";
//   MergeOutcome outcome = merge_stores(plan, merge);             // x-results/results.sqlite and results.csv
#pragma once

#include "study/store.hpp"
#include "study/sweep_plan.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {

struct Merge {
  std::filesystem::path folder; ///< of the result; what it holds already is merged as well
  /// Stores, and folders whose stores are meant; empty for the shards' stores in `folder`.
  std::vector<std::filesystem::path> from;
  bool partial = false; ///< write the store although points are missing
  std::string tool_version;
};

struct MergeOutcome {
  std::size_t stores = 0;            ///< that were read
  Counts counts;                     ///< of the store that was written
  std::vector<Reason> reasons;       ///< the most frequent ones why designs are infeasible or failed
  std::vector<std::int64_t> missing; ///< points that no store has, ascending
  std::int64_t in_several = 0;       ///< points that more than one store has, the same in all
  bool written = false;              ///< results.sqlite; with no point missing results.csv too
};

/// Joins stores of any shards, in any order. results.sqlite has the same bytes whatever the shards, their order and
/// their threads were; results.csv has those of a run that was not cut into shards. Both are there whole or not at all,
/// and nothing is written while points are missing, unless `partial`.
/// Throws InputError when there is no store to merge, when one is damaged, in an unknown format, or of another sweep,
/// base design or tool version (each difference is named), when two stores have different results for a point, when
/// another process writes to the folder's results.sqlite, and when results.csv cannot be written; DiskFull. Then what
/// was there before is still there.
MergeOutcome merge_stores(const SweepPlan& plan, const Merge& merge);

} // namespace beachfront::study
