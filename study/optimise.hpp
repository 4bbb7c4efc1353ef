// SPDX-License-Identifier: GPL-3.0-or-later
// The best designs of a sweep file: a search over its parameters for its objectives within its constraints. Each
// evaluation is a row of the folder's store, after those of the sweep itself.
//
//   SweepPlan plan = load_sweep("designs/sweeps/x.yaml", {});
//   OptimiseRun run;
//   run.folder = "x-results";
//   OptimiseOutcome outcome = optimise(plan, evaluate, run);   // x-results/results.sqlite and results.csv
#pragma once

#include "study/search.hpp"
#include "study/sweep.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace beachfront::study {

struct OptimiseRun {
  std::filesystem::path folder;
  bool resume = false;
  int threads = 1;
  std::string tool_version;
  std::int64_t evaluations = 1000; ///< designs of the whole search with those of earlier runs; whole generations
  std::size_t population = 20;     ///< designs of a generation, a multiple of 4, at least 8
  std::uint64_t seed = 1;
  std::function<bool()> stop;                    ///< as in SweepRun
  std::function<void(const Progress&)> progress; ///< as in SweepRun, of the search alone
};

struct OptimiseOutcome {
  bool complete = false;        ///< else stopped before its last evaluation
  bool exhausted = false;       ///< ended because many generations brought no new design
  std::int64_t evaluations = 0; ///< rows of the search
  std::int64_t solved = 0;      ///< of these, added by this run
  std::int64_t reused = 0;      ///< of these, had the same resolved design as another row
  std::int64_t start = 0;       ///< designs of the sweep that the search started from
};

/// What a row is worth, with its results where they are at hand (else its text of them is read): its objectives as
/// costs, and by how much it misses being good. A design that the solve calls infeasible misses by one to two for each
/// rule broken, one that breaks constraints by up to one for each: r/(1 + r) with r the excess as a share of the limit
/// (of a limit of 0, in the unit of the figure). A row that failed, or has no figure for a goal, misses by infinitely
/// much.
Judged judge_row(const SweepGoals& goals, const StoredDesign& row, const Json& results = {});

/// Searches (search.hpp). The store is that of the sweep, `point` counts on after the sweep's last. Good rows of the
/// sweep that are there start the search, and one that was interrupted goes on where it stood: the same file, seed,
/// population and sweep rows give the same results.csv for any number of threads and of interruptions. Drawn parameters
/// are searched by their quantiles, choices by their places; each needs both its ends. Throws InputError as run_sweep
/// does, and when there is no objective, the mode is list, a distribution has no end on one side, and where a row of
/// the store is no row of this search: another seed, population or start.
OptimiseOutcome optimise(const SweepPlan& plan, const Evaluate& evaluate, const OptimiseRun& run);

} // namespace beachfront::study
