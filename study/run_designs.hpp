// SPDX-License-Identifier: GPL-3.0-or-later
// Solves designs side by side on threads; each is a row of a store when it is finished. What sweeps and searches share.
//
//   Store store = Store::resume(folder / "results.sqlite", identity);
//   Batch batch{trees.size(), [&](std::size_t i) {
//     return Candidate{first + i, parameters[i], [&trees, i] { return trees[i]; }};
//   }};
//   std::vector<KeptStages> kept;                                   // goes on to the next batch
//   RunOutcome outcome = run_designs(store, batch, evaluate, rules, kept);
#pragma once

#include "study/kept_stages.hpp"
#include "study/store.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace beachfront::study {

/// One resolved design to the content of its results.json, as evaluate.hpp has it: with the same bytes whatever `kept`
/// holds. Called on several threads at once, each with stages of its own. A document may name the rung that rejects the
/// design: "screened_by" where it then was not solved, "audited_for" where it was.
using Evaluate = std::function<Json(const Tree&, KeptStages& kept)>;

/// A design to solve, and what names its row.
struct Candidate {
  std::int64_t point = 0;
  Json parameters;              ///< path -> value
  std::function<Tree()> design; ///< resolved; an InputError is a row with status error
};

/// Candidates in the order in which they are begun, each made on the thread that solves it: a million need no memory.
struct Batch {
  std::size_t size = 0;
  std::function<Candidate(std::size_t)> candidate;
  /// Candidates beside one another with the same group share costly stages: one thread takes them. May be empty.
  std::function<std::uint64_t(std::size_t)> group = {};
};

struct RunOutcome {
  std::int64_t solved = 0;           ///< rows added
  std::int64_t reused = 0;           ///< of these, had the same resolved design as another row
  std::vector<StageUse> stages = {}; ///< asked for by these rows
  bool complete = false;             ///< every candidate has its row
  bool failed_fast = false;          ///< ended by a design that failed
};

struct RunRules {
  int threads = 1;
  bool fail_fast = false; ///< after a design that failed no further one is begun
  /// Asked before each design; once it says yes, designs in flight are finished and no further one is begun.
  std::function<bool()> stop = {};
  /// With the results of a design when it is solved, not yet on the disk; by one thread at a time. What it throws ends
  /// the run, the design's row kept. Results are null where the design failed or is that of another row.
  std::function<void(const StoredDesign&, const Json& results)> solved = {};
  /// After each design, once it is on the disk; by one thread at a time, in the order in which they finish.
  std::function<void(const StoredDesign&, const RunOutcome& so_far)> stored = {};
  std::vector<std::string> figures = {}; ///< paths (figures.hpp) of StoredDesign::figures
};

/// A design whose values contradict one another, whose solver fails or whose results hold a figure that is no finite
/// number is a row with status error and its reason. `kept` gets one element a thread and may be handed on to the next
/// batch. Throws what the store throws, with every row that was told to `stored` in it, and std::bad_alloc.
RunOutcome run_designs(Store& store, const Batch& batch, const Evaluate& evaluate, const RunRules& rules,
                       std::vector<KeptStages>& kept);

} // namespace beachfront::study
