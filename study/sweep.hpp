// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the points of a sweep and keeps them: designs side by side on threads, each on the disk when it is finished.
//
//   SweepPlan plan = load_sweep("designs/sweeps/x.yaml", {});
//   SweepRun run;
//   run.folder = "x-results";
//   SweepOutcome outcome = run_sweep(plan, evaluate, run);   // x-results/results.sqlite and, when complete,
//   results.csv
#pragma once

#include "study/run_designs.hpp"
#include "study/store.hpp"
#include "study/sweep_plan.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace beachfront::study {

struct Progress {
  std::int64_t total = 0;       ///< of the points asked for
  std::int64_t earlier = 0;     ///< were in the store before this run
  std::int64_t reused = 0;      ///< had the same resolved design as another point
  Counts counts;                ///< of all in the store
  std::vector<StageUse> stages; ///< of this run; empty where they are not counted
};

struct SweepRun {
  std::filesystem::path folder;
  bool resume = false;
  int threads = 1;
  std::string tool_version;
  /// Asked before each design; once it says yes, designs in flight are finished and no further one is begun.
  std::function<bool()> stop;
  /// Called after each design, once it is on the disk; by one thread at a time.
  std::function<void(const Progress&)> progress;
  std::vector<std::int64_t> points;          ///< of the plan, ascending, to run; empty for all
  std::string store_name = "results.sqlite"; ///< in the folder, in which several processes may each have one
  bool table = true;                         ///< results.csv, once every point of the plan is in this store
  bool fail_fast = false;                    ///< after a design that failed no further one is begun
};

struct SweepOutcome {
  Progress progress;
  bool complete = false;       ///< else stopped before every point asked for had its row
  std::vector<Reason> reasons; ///< the most frequent ones why designs are infeasible or failed
  std::vector<Screened> screened;
  bool failed_fast = false; ///< stopped by a design that failed
};

/// File names in the folder of a sweep.
std::filesystem::path store_file(const std::filesystem::path& folder);
std::filesystem::path csv_file(const std::filesystem::path& folder);

/// The store in the folder, of any version of the program: what it solved stays what it solved. Throws InputError where
/// there is none, or shards alone, and for the store of another sweep or base design.
Store sweep_store(const SweepPlan& plan, const std::filesystem::path& folder);

/// Makes the folder of a run where it is missing. Only `resume` goes on in one that holds the store, and a folder with
/// other things in it is left alone: throws InputError.
void prepare_folder(const SweepRun& run);

/// Runs what is not in the store yet. A design whose values contradict one another, whose solver fails or whose results
/// hold a figure that is no finite number is a row with status error and its reason. results.csv, written
/// when every point is there, is the same bytes for any number of threads and of interruptions.
/// Throws InputError when the folder is not empty (without `resume`), when its store is of another sweep, design or
/// tool version, and when an output is no figure: then what was solved is kept; DiskFull; and what passes through from
/// `evaluate` only when memory ran out.
SweepOutcome run_sweep(const SweepPlan& plan, const Evaluate& evaluate, const SweepRun& run);

} // namespace beachfront::study
