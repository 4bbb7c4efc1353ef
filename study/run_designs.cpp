// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/run_designs.hpp"

#include "study/figures.hpp"
#include "study/hash.hpp"
#include "study/input_error.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <atomic>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

namespace beachfront::study {
namespace {

/// What all threads share; used under the lock.
struct Shared {
  Store& store;
  const RunRules& rules;
  RunOutcome outcome;
  std::exception_ptr failure;
  std::mutex lock;
};

/// Fills status, message and results of a design that was resolved.
void solve_into(StoredDesign& out, const Evaluate& evaluate, const Tree& design, KeptStages& kept) {
  const Json results = evaluate(design, kept);
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

std::optional<StoredDesign> solved_before(Shared& shared, const std::string& hash) {
  const std::lock_guard guard(shared.lock);
  return shared.store.find(hash);
}

void keep(Shared& shared, const StoredDesign& design, bool reused) {
  const std::lock_guard guard(shared.lock);
  shared.store.add(design);
  ++shared.outcome.solved;
  shared.outcome.reused += reused ? 1 : 0;
  if (shared.rules.stored)
    shared.rules.stored(design);
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

Status run_candidate(Shared& shared, const Evaluate& evaluate, Candidate candidate, KeptStages& kept) {
  StoredDesign out;
  out.point = candidate.point;
  out.parameters = std::move(candidate.parameters);
  Tree design;
  std::optional<StoredDesign> before;
  or_error(out, [&] {
    design = candidate.design();
    out.hash = hash_text(design.root());
  });
  if (out.status != Status::error)
    before = solved_before(shared, out.hash);
  if (before) {
    out.status = before->status;
    out.rule = before->rule;
    out.message = before->message;
    out.results = before->results;
  } else if (out.status != Status::error) {
    or_error(out, [&] { solve_into(out, evaluate, design, kept); });
  }
  keep(shared, out, before.has_value());
  return out.status;
}

} // namespace

RunOutcome run_designs(Store& store, const Batch& batch, const Evaluate& evaluate, const RunRules& rules,
                       std::vector<KeptStages>& kept) {
  kept.resize(std::max(kept.size(), static_cast<std::size_t>(rules.threads)));
  Shared shared{store, rules, {}, {}, {}};
  std::atomic<bool> halted{false};
#pragma omp parallel for schedule(dynamic, 1) num_threads(rules.threads)
  for (std::size_t i = 0; i < batch.size; ++i) {
    if (halted || (rules.stop && rules.stop()))
      continue;
    try {
      const Status status =
          run_candidate(shared, evaluate, batch.candidate(i), kept[static_cast<std::size_t>(omp_get_thread_num())]);
      if (status == Status::error && rules.fail_fast)
        halted = true;
    } catch (...) { // must not leave the parallel region
      const std::lock_guard guard(shared.lock);
      if (!shared.failure)
        shared.failure = std::current_exception();
      halted = true;
    }
  }
  if (shared.failure)
    std::rethrow_exception(shared.failure);
  shared.outcome.complete = shared.outcome.solved == static_cast<std::int64_t>(batch.size);
  return shared.outcome;
}

} // namespace beachfront::study
