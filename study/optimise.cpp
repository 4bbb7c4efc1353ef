// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/optimise.hpp"

#include "study/figures.hpp"
#include "study/sweep_csv.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace beachfront::study {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// 0 to 1 for an excess over a limit; over a limit of 0, in units of the figure.
double share(double excess, double limit) {
  const double relative = std::abs(excess) / (limit == 0 ? 1 : std::abs(limit));
  return relative / (1 + relative);
}

double broken_rules(const Json& results) {
  double sum = 0;
  if (const auto violations = find_figure(results, "violations"))
    for (const Json& violation : *violations) {
      const auto found = find_number(violation, "found"), required = find_number(violation, "required");
      sum += 1 + (found && required ? share(*found - *required, *required) : 0);
    }
  return std::max(sum, 1.0); // also of a design that was spared the solve
}

/// A figure of a row; empty where the design has none.
std::optional<double> figure_of(const StoredDesign& row, const std::string& path) {
  const auto kept = row.figures.find(path);
  if (kept == row.figures.end())
    return find_number(Json::parse(row.results), path);
  return kept->is_number() ? std::optional(kept->get<double>()) : std::nullopt;
}

void check_searchable(const SweepPlan& plan, const OptimiseRun& run) {
  if (plan.goals.objectives.empty())
    throw missing_key({plan.file}, "objectives", "at least one figure to be made better");
  if (plan.mode == SweepMode::list)
    throw InputError({plan.file}, "mode", "parameters of a list change together; a search needs another mode");
  for (const Parameter& parameter : plan.parameters)
    if (parameter.distribution && !bounded(*parameter.distribution))
      throw bad_value(parameter.mark, parameter.path, "a distribution without an end on one side",
                      "limited by low and high for a search");
  if (run.population < 8 || run.population % 4 != 0)
    throw InputError({"--population"}, "", "must be a multiple of 4, at least 8");
}

/// Where a point of the sweep lies in the unit cube.
std::vector<double> coordinates(const SweepPlan& plan, std::int64_t point) {
  std::vector<double> at = unit_point(plan, point);
  if (!at.empty())
    return at;
  at.resize(plan.parameters.size());
  auto rest = static_cast<std::size_t>(point);
  for (std::size_t i = at.size(); i-- > 0;) { // of a grid: the middle of a value's share
    const std::size_t count = plan.parameters[i].values.size();
    at[i] = (static_cast<double>(rest % count) + 0.5) / static_cast<double>(count);
    rest /= count;
  }
  return at;
}

/// A row that an earlier run left.
struct Earlier {
  std::string parameters;
  Judged judged;
};

/// One search over one store.
struct Optimiser {
  const SweepPlan& plan;
  const Evaluate& evaluate;
  const OptimiseRun& run;
  Store store;
  std::vector<Evaluated> known = {};            ///< rows of the sweep
  std::map<std::int64_t, Earlier> earlier = {}; ///< rows of the search, by point
  std::map<std::string, Judged> answers = {};   ///< by what was set, as text: no design is solved twice
  int idle = 0;                                 ///< generations in succession that brought no new design
  std::vector<KeptStages> kept = {};
  OptimiseOutcome outcome = {};
  Progress progress = {};
  bool checked = false; ///< that the goals and outputs are figures

  void read_rows();
  void count(Status status);
  void keep(const StoredDesign& row, const Json& results);
  bool solve(const std::vector<std::vector<double>>& points, const std::vector<std::int64_t>& missing);
  std::vector<Judged> judge(const std::vector<std::vector<double>>& points);
};

void Optimiser::read_rows() {
  store.for_each([&](const StoredDesign& row) {
    const Judged judged = judge_row(plan.goals, row);
    if (row.point < plan.size) {
      known.push_back({coordinates(plan, row.point), judged});
      answers[row.parameters.dump()] = judged;
    } else {
      earlier[row.point] = {row.parameters.dump(), judged};
      count(row.status);
    }
  });
  outcome.start = static_cast<std::int64_t>(known.size());
  progress.total = run.evaluations;
  progress.earlier = static_cast<std::int64_t>(earlier.size());
}

void Optimiser::count(Status status) {
  Counts& counts = progress.counts;
  ++(status == Status::ok ? counts.ok : status == Status::infeasible ? counts.infeasible : counts.error);
}

void Optimiser::keep(const StoredDesign& row, const Json& results) {
  answers[row.parameters.dump()] = judge_row(plan.goals, row, results);
  if (row.status == Status::ok && !results.is_null() && !checked) {
    check_outputs(plan, results);
    checked = true;
  }
}

/// Solves `points`, which are to have the rows `missing`; whether all have been.
bool Optimiser::solve(const std::vector<std::vector<double>>& points, const std::vector<std::int64_t>& missing) {
  const Batch batch{points.size(), [&](std::size_t k) {
                      const std::vector<double>& at = points[k];
                      return Candidate{missing[k], values_at(plan, at), [this, &at] { return design_at(plan, at); }};
                    }};
  RunRules rules;
  rules.threads = run.threads;
  rules.stop = run.stop;
  rules.figures = kept_figures(plan);
  rules.solved = [this](const StoredDesign& row, const Json& results) { keep(row, results); };
  rules.stored = [this](const StoredDesign& row, const RunOutcome&) {
    count(row.status);
    if (run.progress)
      run.progress(progress);
  };
  const RunOutcome ran = run_designs(store, batch, evaluate, rules, kept);
  outcome.solved += ran.solved;
  outcome.reused += ran.reused;
  return ran.complete;
}

std::vector<Judged> Optimiser::judge(const std::vector<std::vector<double>>& points) {
  constexpr int most_idle = 20;
  if (outcome.evaluations >= run.evaluations || idle == most_idle)
    return {};
  std::vector<std::string> names;
  std::vector<std::vector<double>> unsolved;
  std::vector<std::int64_t> missing;
  std::int64_t next = plan.size + outcome.evaluations;
  for (const std::vector<double>& at : points) {
    names.push_back(values_at(plan, at).dump());
    if (!answers.emplace(names.back(), Judged{}).second)
      continue;
    const auto found = earlier.find(next);
    if (found == earlier.end()) {
      unsolved.push_back(at);
      missing.push_back(next);
    } else if (found->second.parameters == names.back()) {
      answers[names.back()] = found->second.judged;
    } else {
      throw InputError({run.folder.string()}, "",
                       fmt::format("its design {} is of a search with another seed, population or start; take another "
                                   "folder, or the numbers of that search",
                                   next));
    }
    ++next;
  }
  if (!solve(unsolved, missing))
    return {};
  idle = next == plan.size + outcome.evaluations ? idle + 1 : 0;
  outcome.evaluations = next - plan.size;
  outcome.exhausted = idle == most_idle;
  std::vector<Judged> judged;
  for (const std::string& name : names)
    judged.push_back(answers[name]);
  return judged;
}

} // namespace

Judged judge_row(const SweepGoals& goals, const StoredDesign& row, const Json& results) {
  if (row.status == Status::error)
    return {{}, infinite};
  if (row.status == Status::infeasible)
    return {{}, broken_rules(results.is_null() && !row.results.empty() ? Json::parse(row.results) : results)};
  Judged out;
  for (const Constraint& constraint : goals.constraints) {
    const std::optional<double> value = figure_of(row, constraint.figure);
    if (!value)
      return {{}, infinite};
    out.violation += share(excess(constraint, *value), *value < constraint.min ? constraint.min : constraint.max);
  }
  for (const Objective& objective : goals.objectives) {
    const std::optional<double> value = figure_of(row, objective.figure);
    if (!value)
      return {{}, infinite};
    out.costs.push_back(cost(objective, *value));
  }
  return out;
}

OptimiseOutcome optimise(const SweepPlan& plan, const Evaluate& evaluate, const OptimiseRun& run) {
  check_searchable(plan, run);
  SweepRun folder;
  folder.folder = run.folder;
  folder.resume = run.resume;
  prepare_folder(folder);
  Optimiser optimiser{plan, evaluate, run, Store::resume(store_file(run.folder), identity(plan, run.tool_version))};
  optimiser.read_rows();
  SearchRules rules{plan.parameters.size(), plan.goals.objectives.size()};
  rules.evaluations = std::numeric_limits<std::int64_t>::max(); // the judge counts designs, and ends the search
  rules.population = run.population;
  rules.seed = run.seed;
  search(rules, optimiser.known, [&](const auto& points) { return optimiser.judge(points); });
  OptimiseOutcome& outcome = optimiser.outcome;
  outcome.complete = outcome.exhausted || outcome.evaluations >= run.evaluations;
  if (outcome.complete)
    write_file(csv_file(run.folder), [&](std::ostream& out) { write_csv(out, plan, optimiser.store); });
  return outcome;
}

} // namespace beachfront::study
