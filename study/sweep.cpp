// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep.hpp"

#include "study/shard.hpp"
#include "study/sweep_csv.hpp"
#include "study/sweep_order.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

constexpr const char* store_name = "results.sqlite";

} // namespace

void prepare_folder(const SweepRun& run) {
  std::error_code error;
  fs::create_directories(run.folder, error);
  if (error || !fs::is_directory(run.folder)) {
    throw InputError({run.folder.string()}, "",
                     fmt::format("no folder for the results can be made there ({})", error.message()));
  }
  if (fs::exists(run.folder / run.store_name)) {
    if (!run.resume) {
      throw InputError({run.folder.string()}, "",
                       "holds the results of a sweep; go on with --resume, or take another folder with -o");
    }
    return;
  }
  fs::directory_iterator entries(run.folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    if (run.store_name == store_name && shard_of(name)) {
      throw InputError({run.folder.string()}, "",
                       fmt::format("holds a shard of a sweep ('{}'); join the shards with sweep merge, go on with "
                                   "--shard, or take another folder with -o",
                                   name));
    }
    if (!of_a_sweep(name)) { // other shards; a run killed at its very start leaves a lock
      throw InputError(
          {run.folder.string()}, "",
          fmt::format("is not empty ('{}' is there) and holds no sweep; take another folder with -o", name));
    }
  }
  if (error)
    throw InputError({run.folder.string()}, "", fmt::format("cannot be read ({})", error.message()));
}

namespace {

/// The points asked for that have no row.
std::vector<std::int64_t> missing_points(const SweepPlan& plan, const SweepRun& run, const Store& store) {
  std::vector<std::int64_t> asked = run.points;
  if (asked.empty()) {
    asked.resize(static_cast<std::size_t>(plan.size));
    std::iota(asked.begin(), asked.end(), 0);
  }
  const std::vector<std::int64_t> done = store.points();
  std::vector<std::int64_t> missing;
  std::set_difference(asked.begin(), asked.end(), done.begin(), done.end(), std::back_inserter(missing));
  return missing;
}

} // namespace

fs::path store_file(const fs::path& folder) {
  return folder / store_name;
}

Store sweep_store(const SweepPlan& plan, const fs::path& folder) {
  const fs::path file = store_file(folder);
  if (!fs::exists(file) && !shard_stores(folder).empty())
    throw InputError({file.string()}, "",
                     "there are stores of shards, not of the whole; join them with sweep merge, --partial for those "
                     "that there are so far");
  Store store = Store::read(file);
  const Identity was = store.identity();
  require_same_sweep(file, was, identity(plan, was.tool_version));
  return store;
}

fs::path csv_file(const fs::path& folder) {
  return folder / "results.csv";
}

SweepOutcome run_sweep(const SweepPlan& plan, const Evaluate& evaluate, const SweepRun& run) {
  prepare_folder(run);
  Store store = Store::resume(run.folder / run.store_name, identity(plan, run.tool_version));
  const SolvingOrder order = solving_order(plan, missing_points(plan, run, store));
  Progress progress;
  progress.total = run.points.empty() ? plan.size : static_cast<std::int64_t>(run.points.size());
  progress.counts = store.counts(plan.size);
  progress.earlier = progress.counts.done();

  bool outputs_checked = false;
  RunRules rules;
  rules.threads = run.threads;
  rules.fail_fast = run.fail_fast;
  rules.stop = run.stop;
  rules.figures = kept_figures(plan);
  rules.solved = [&](const StoredDesign& design, const Json& results) {
    if (outputs_checked || design.status != Status::ok || results.is_null())
      return;
    check_outputs(plan, results);
    outputs_checked = true;
  };
  rules.stored = [&](const StoredDesign& design, const RunOutcome& so_far) {
    Counts& counts = progress.counts;
    ++(design.status == Status::ok           ? counts.ok
       : design.status == Status::infeasible ? counts.infeasible
                                             : counts.error);
    progress.reused = so_far.reused;
    progress.stages = so_far.stages;
    if (run.progress)
      run.progress(progress);
  };
  const Batch batch{
      order.points.size(),
      [&](std::size_t i) {
        const std::int64_t point = order.points[i];
        return Candidate{point, point_values(plan, point), [&plan, point] { return point_design(plan, point); }};
      },
      [&](std::size_t i) { return order.groups[i]; }};
  std::vector<KeptStages> kept;
  const RunOutcome ran = run_designs(store, batch, evaluate, rules, kept);

  constexpr std::int64_t reasons_shown = 5;
  const SweepOutcome outcome{progress, ran.complete, store.reasons(reasons_shown), store.screened(), ran.failed_fast};
  if (run.table && missing_points(plan, {}, store).empty()) // beside them there may be rows of a search
    write_file(csv_file(run.folder), [&](std::ostream& out) { write_csv(out, plan, store); });
  return outcome;
}

} // namespace beachfront::study
