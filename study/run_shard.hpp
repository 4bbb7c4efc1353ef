// SPDX-License-Identifier: GPL-3.0-or-later
// One shard of a sweep: its points into a store and, when complete, a table of its own.
#pragma once

#include "study/shard.hpp"
#include "study/sweep.hpp"

namespace beachfront::study {

/// run_sweep() for the points of a shard, into FOLDER/results-i-of-N.sqlite and, when each of them has its row,
/// results-i-of-N.csv. Any number of shards may run at once in one folder, on one machine or several. Throws as
/// run_sweep() does, and InputError when there are more shards than points.
SweepOutcome run_shard(const SweepPlan& plan, const Evaluate& evaluate, SweepRun run, const Shard& shard);

} // namespace beachfront::study
