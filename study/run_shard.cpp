// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/run_shard.hpp"

#include "study/input_error.hpp"
#include "study/sweep_csv.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

namespace beachfront::study {

SweepOutcome run_shard(const SweepPlan& plan, const Evaluate& evaluate, SweepRun run, const Shard& shard) {
  if (shard.of == 1)
    return run_sweep(plan, evaluate, run);
  if (shard.of > plan.size) {
    throw bad_value({"--shard"}, "", fmt::format("{} shards", shard.of),
                    fmt::format("no more than the points of the sweep: {}", plan.size));
  }
  run.points = shard_points(plan.size, shard);
  run.store_name = shard_name(shard) + ".sqlite";
  run.table = false;
  const SweepOutcome outcome = run_sweep(plan, evaluate, run);
  if (outcome.complete) {
    const Store store = Store::read(run.folder / run.store_name);
    write_file(run.folder / (shard_name(shard) + ".csv"), [&](std::ostream& out) { write_csv(out, plan, store); });
  }
  return outcome;
}

} // namespace beachfront::study
