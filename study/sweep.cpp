// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep.hpp"

#include "study/figures.hpp"
#include "study/sweep_csv.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <new>
#include <optional>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

constexpr const char* store_name = "results.sqlite";

/// The folder, made where it is missing. Only --resume goes on in one that holds a store; neither touches a folder with
/// other things in it.
void prepare_folder(const SweepRun& run) {
  std::error_code error;
  fs::create_directories(run.folder, error);
  if (error || !fs::is_directory(run.folder)) {
    throw InputError({run.folder.string()}, "",
                     fmt::format("no folder for the results can be made there ({})", error.message()));
  }
  if (fs::exists(store_file(run.folder))) {
    if (!run.resume) {
      throw InputError({run.folder.string()}, "",
                       "holds the results of a sweep; go on with --resume, or take another folder with -o");
    }
    return;
  }
  fs::directory_iterator entries(run.folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    if (!name.starts_with(store_name)) { // a run killed at its very start leaves a lock
      throw InputError(
          {run.folder.string()}, "",
          fmt::format("is not empty ('{}' is there) and holds no sweep; take another folder with -o", name));
    }
  }
  if (error)
    throw InputError({run.folder.string()}, "", fmt::format("cannot be read ({})", error.message()));
}

/// Fills status, message and results of a design that was resolved.
void solve_into(StoredDesign& out, const Evaluate& evaluate, const Tree& design) {
  const Json results = evaluate(design);
  const std::string bad = non_finite_figure(results);
  if (!bad.empty())
    throw std::runtime_error(fmt::format("internal: {} is no finite number", bad));
  const bool feasible = results.at("feasible").get<bool>();
  out.status = feasible ? Status::ok : Status::infeasible;
  if (!feasible) {
    out.rule = find_figure(results, "violations[0].rule").value_or("").get<std::string>();
    out.message = first_violation(results);
  }
  out.results = results.dump();
}

/// What all threads share; every member is used under the lock.
struct Shared {
  const SweepPlan& plan;
  const SweepRun& run;
  Store store;
  Progress progress;
  bool outputs_checked = false;
  std::exception_ptr failure;
  std::mutex lock;
};

std::optional<StoredDesign> solved_before(Shared& shared, const std::string& hash) {
  const std::lock_guard guard(shared.lock);
  return shared.store.find(hash);
}

void keep(Shared& shared, const StoredDesign& design, bool reused) {
  const std::lock_guard guard(shared.lock);
  shared.store.add(design);
  Counts& counts = shared.progress.counts;
  ++(design.status == Status::ok ? counts.ok : design.status == Status::infeasible ? counts.infeasible : counts.error);
  shared.progress.reused += reused ? 1 : 0;
  if (shared.run.progress)
    shared.run.progress(shared.progress);
  if (design.status == Status::ok && !shared.outputs_checked) {
    check_outputs(shared.plan, Json::parse(design.results));
    shared.outputs_checked = true;
  }
}

/// Runs what belongs to one design; its failure is a result.
void or_error(StoredDesign& out, const std::function<void()>& step) {
  const auto failed = [&out](std::string message) {
    out.status = Status::error;
    out.message = std::move(message);
  };
  try {
    step();
  } catch (const std::bad_alloc&) {
    throw; // of this machine and moment, not of the design
  } catch (const InputError& error) {
    failed(problem(error));
  } catch (const std::exception& error) {
    failed(error.what());
  }
}

void run_point(Shared& shared, const Evaluate& evaluate, std::int64_t point) {
  StoredDesign out;
  out.point = point;
  out.parameters = point_values(shared.plan, point);
  Tree design;
  or_error(out, [&] {
    design = point_design(shared.plan, point);
    out.hash = hash_text(design.root());
  });
  if (out.status == Status::error) {
    keep(shared, out, false);
    return;
  }
  const std::optional<StoredDesign> before = solved_before(shared, out.hash);
  if (before) {
    out.status = before->status;
    out.rule = before->rule;
    out.message = before->message;
    out.results = before->results;
  } else {
    or_error(out, [&] { solve_into(out, evaluate, design); });
  }
  keep(shared, out, before.has_value());
}

std::vector<std::int64_t> missing_points(const SweepPlan& plan, const Store& store) {
  const std::vector<std::int64_t> done = store.points();
  std::vector<std::int64_t> missing;
  auto next = done.begin();
  for (std::int64_t point = 0; point < plan.size; ++point)
    if (next != done.end() && *next == point)
      ++next;
    else
      missing.push_back(point);
  return missing;
}

} // namespace

fs::path store_file(const fs::path& folder) {
  return folder / store_name;
}

fs::path csv_file(const fs::path& folder) {
  return folder / "results.csv";
}

SweepOutcome run_sweep(const SweepPlan& plan, const Evaluate& evaluate, const SweepRun& run) {
  prepare_folder(run);
  Shared shared{plan, run, Store::resume(store_file(run.folder), identity(plan, run.tool_version)), {}, false, {}, {}};
  const std::vector<std::int64_t> points = missing_points(plan, shared.store);
  shared.progress.total = plan.size;
  shared.progress.counts = shared.store.counts();
  shared.progress.earlier = shared.progress.counts.done();

  std::atomic<bool> halted{false};
#pragma omp parallel for schedule(dynamic, 1) num_threads(run.threads)
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (halted || (run.stop && run.stop()))
      continue;
    try {
      run_point(shared, evaluate, points[i]);
    } catch (...) { // must not leave the parallel region
      const std::lock_guard guard(shared.lock);
      if (!shared.failure)
        shared.failure = std::current_exception();
      halted = true;
    }
  }
  if (shared.failure)
    std::rethrow_exception(shared.failure);

  constexpr std::int64_t reasons_shown = 5;
  SweepOutcome outcome{shared.progress, shared.progress.counts.done() == plan.size,
                       shared.store.reasons(reasons_shown)};
  if (outcome.complete)
    write_file(csv_file(run.folder), [&](std::ostream& out) { write_csv(out, plan, shared.store); });
  return outcome;
}

} // namespace beachfront::study
