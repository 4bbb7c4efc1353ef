// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/run_designs.hpp"

#include "study/figures.hpp"
#include "study/hash.hpp"
#include "study/input_error.hpp"
#include "study/store_writer.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <unordered_set>
#include <utility>

namespace beachfront::study {
namespace {

/// Candidates still to be begun, handed out in runs that shrink towards the end so that threads end together.
struct Work {
  const Batch& batch;
  std::size_t threads = 1;
  std::size_t next = 0;

  /// First and one past the last of a run; the same when there is none left. A run ends with a group where one ends
  /// soon.
  std::pair<std::size_t, std::size_t> take() {
    const std::size_t first = next;
    const std::size_t left = batch.size - first;
    const std::size_t share = std::min(left, left / (4 * threads) + 1);
    next = first + share;
    const std::size_t most = std::min(batch.size, first + 4 * share);
    while (batch.group && next > first && next < most && batch.group(next) == batch.group(next - 1))
      ++next;
    return {first, next};
  }
};

/// What all threads share.
struct Shared {
  const Batch& batch;
  const Evaluate& evaluate;
  const RunRules& rules;
  StoreWriter writer;
  std::mutex lock; ///< of all below
  Work work;
  std::unordered_set<std::string> hashes; ///< of designs that have their row or are about to
  RunOutcome outcome;
  std::exception_ptr failure;
  bool halted = false;
};

bool all_finite(const Json& value) {
  if (value.is_structured())
    return std::all_of(value.begin(), value.end(), all_finite);
  return !value.is_number_float() || std::isfinite(value.get<double>());
}

/// The text of a key, which is taken out of the document; empty without it.
std::string taken(Json& document, const char* key) {
  const auto at = document.find(key);
  if (at == document.end())
    return "";
  const std::string text = at->get<std::string>();
  document.erase(at);
  return text;
}

/// Fills what the results say into the row. Of a design that a rung rejected there are none to keep.
void take_results(StoredDesign& row, Json& results, const std::vector<std::string>& figures) {
  row.screened_by = taken(results, "audited_for");
  const std::string rejected_by = taken(results, "screened_by");
  if (!all_finite(results))
    throw std::runtime_error(fmt::format("internal: {} is no finite number", non_finite_figure(results)));
  const bool feasible = results.at("feasible").get<bool>();
  row.status = feasible ? Status::ok : Status::infeasible;
  if (!feasible) {
    row.rule = find_figure(results, "violations[0].rule").value_or("").get<std::string>();
    row.message = first_violation(results);
  }
  if (!rejected_by.empty()) {
    row.screened_by = rejected_by;
    return;
  }
  for (const std::string& path : figures)
    row.figures[path] = find_figure(results, path).value_or(nullptr);
  row.results = results.dump();
}

/// Runs what belongs to one design; its failure is a result.
template <typename Step>
void or_error(StoredDesign& row, const Step& step) {
  const auto failed = [&row](std::string message) {
    row.status = Status::error;
    row.message = std::move(message);
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

/// What the stages were asked for since.
std::vector<StageUse> since(const std::vector<StageUse>& before, const KeptStages& kept) {
  std::vector<StageUse> uses = stage_uses(kept);
  for (std::size_t i = 0; i < uses.size(); ++i) {
    uses[i].asked -= before[i].asked;
    uses[i].found -= before[i].found;
  }
  std::erase_if(uses, [](const StageUse& use) { return use.asked == 0; });
  return uses;
}

std::optional<StoredDesign> same_design(Shared& shared, const std::string& hash) {
  {
    const std::lock_guard guard(shared.lock);
    if (!shared.hashes.contains(hash))
      return std::nullopt;
  }
  return shared.writer.find(hash);
}

void finish(Shared& shared, StoredDesign row, const Json& results, const std::vector<StageUse>& stages, bool reused) {
  StoredDesign told; // what is told of it once it is handed on
  if (shared.rules.solved)
    told = row;
  const std::string hash = row.hash;
  {
    const std::lock_guard guard(shared.lock);
    ++shared.outcome.solved;
    shared.outcome.reused += reused ? 1 : 0;
    add_up(shared.outcome.stages, stages);
    if (row.status == Status::error && shared.rules.fail_fast)
      shared.halted = shared.outcome.failed_fast = true;
  }
  shared.writer.add(std::move(row), stages); // may wait
  const std::lock_guard guard(shared.lock);
  if (!hash.empty())
    shared.hashes.insert(hash);
  if (shared.rules.solved)
    shared.rules.solved(told, results);
}

void run_candidate(Shared& shared, std::size_t index, KeptStages& kept) {
  Candidate candidate = shared.batch.candidate(index);
  StoredDesign row;
  row.point = candidate.point;
  row.parameters = std::move(candidate.parameters);
  const std::vector<StageUse> before = stage_uses(kept);
  Tree design;
  Json results;
  std::optional<StoredDesign> same;
  or_error(row, [&] {
    design = candidate.design();
    row.hash = hash_text(design.root());
  });
  if (row.status != Status::error)
    same = same_design(shared, row.hash);
  if (same) {
    same->point = row.point;
    same->parameters = std::move(row.parameters);
    row = std::move(*same);
  } else if (row.status != Status::error) {
    or_error(row, [&] {
      results = shared.evaluate(design, kept);
      take_results(row, results, shared.rules.figures);
    });
  }
  finish(shared, std::move(row), results, since(before, kept), same.has_value());
}

/// What one thread does until nothing is left.
void run_thread(Shared& shared, KeptStages& kept) {
  const auto over = [&shared] {
    const std::lock_guard guard(shared.lock);
    return shared.halted || shared.writer.failed() || (shared.rules.stop && shared.rules.stop());
  };
  for (;;) {
    std::pair<std::size_t, std::size_t> run;
    {
      const std::lock_guard guard(shared.lock);
      run = shared.work.take();
    }
    if (run.first == run.second)
      return;
    for (std::size_t i = run.first; i < run.second; ++i) {
      if (over())
        return;
      run_candidate(shared, i, kept);
    }
  }
}

} // namespace

RunOutcome run_designs(Store& store, const Batch& batch, const Evaluate& evaluate, const RunRules& rules,
                       std::vector<KeptStages>& kept) {
  const auto threads = static_cast<std::size_t>(std::max(1, rules.threads));
  kept.resize(std::max(kept.size(), threads));
  const std::vector<std::string> hashes = store.hashes();
  Shared* all = nullptr;
  const auto tell = [&](const StoredDesign& row) {
    if (!rules.stored)
      return;
    RunOutcome so_far;
    {
      const std::lock_guard guard(all->lock);
      so_far = all->outcome;
    }
    rules.stored(row, so_far);
  };
  Shared shared{batch, evaluate, rules, StoreWriter(store, tell), {}, {batch, threads, 0}, {}, {}, {}, false};
  all = &shared; // before the first row
  shared.hashes.insert(hashes.begin(), hashes.end());
#pragma omp parallel num_threads(static_cast <int>(threads))
  {
    try {
      run_thread(shared, kept[static_cast<std::size_t>(omp_get_thread_num())]);
    } catch (...) { // must not leave the parallel region
      const std::lock_guard guard(shared.lock);
      if (!shared.failure)
        shared.failure = std::current_exception();
      shared.halted = true;
    }
  }
  shared.writer.finish();
  if (shared.failure)
    std::rethrow_exception(shared.failure);
  shared.outcome.complete = shared.outcome.solved == static_cast<std::int64_t>(batch.size);
  return shared.outcome;
}

} // namespace beachfront::study
