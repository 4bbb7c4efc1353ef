// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/intervals.hpp"

#include "study/additive_response.hpp"
#include "study/design.hpp"
#include "study/figures.hpp"
#include "study/resolve.hpp"
#include "study/results.hpp"
#include "study/schema.hpp"
#include "study/uncertain_inputs.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <set>

namespace beachfront::study {

namespace {

/// What of a solved design the intervals look at.
struct Outcome {
  std::vector<std::optional<double>> figures; ///< as headlines()
  std::set<std::string> rules;                ///< broken
};

/// Of a design that contradicts itself: no figures.
const char* const contradiction = "wrong input";

Outcome outcome_of(const Json& results) {
  Outcome outcome;
  for (const Headline& headline : headlines())
    outcome.figures.push_back(find_number(results, headline.path));
  for (const Json& violation : results.at("violations"))
    outcome.rules.insert(violation.at("rule").get<std::string>());
  return outcome;
}

Outcome solved(const Tree& tree, KeptStages& kept) {
  const Design design = read_design(tree);
  return outcome_of(results_json(design, solve(design, kept)));
}

/// The stages of a design for one thread: a package is changed by being solved, so that each has its own. Fields in
/// three dimensions are left behind, no end of a range is solved on them.
KeptStages for_one_thread(KeptStages kept) {
  std::erase_if(kept.packages.results, [](const auto& one) { return one.second->model.fields != nullptr; });
  for (auto& [key, package] : kept.packages.results)
    package = std::make_shared<PreparedPackage>(*package);
  kept.operating_points_alone = true;
  return kept;
}

/// The designs at the ends of all ranges: low and high of each input in turn. An end at which the design contradicts
/// itself changes no figure, and is told.
std::vector<Outcome> at_the_ends(const Tree& tree, const std::vector<UncertainInput>& inputs, const KeptStages& kept,
                                 int threads) {
  std::vector<Outcome> outcomes(2 * inputs.size());
  std::exception_ptr failure;
  std::mutex lock;
#pragma omp parallel num_threads(threads)
  {
    const KeptStages nominal = for_one_thread(kept);
#pragma omp for schedule(dynamic, 1)
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      try {
        const UncertainInput& input = inputs[i / 2];
        const double end = i % 2 == 0 ? input.range.low : input.range.high;
        KeptStages own = nominal; // what belongs to one end only is not kept
        outcomes[i] = solved(resolve_with(tree, at_value(input, end), design_schema(), {}), own);
      } catch (const InputError&) {
        outcomes[i].rules = {contradiction};
      } catch (...) { // must not leave the parallel region
        const std::lock_guard guard(lock);
        if (!failure)
          failure = std::current_exception();
      }
  }
  if (failure)
    std::rethrow_exception(failure);
  return outcomes;
}

std::vector<Cause> greatest_causes(const std::vector<UncertainInput>& inputs, const std::vector<double>& shares) {
  std::vector<Cause> causes;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (shares[i] >= 0.01)
      causes.push_back({inputs[i].name, shares[i]});
  std::stable_sort(causes.begin(), causes.end(), [](const Cause& a, const Cause& b) { return a.share > b.share; });
  causes.resize(std::min<std::size_t>(causes.size(), 3));
  return causes;
}

Json intervals_json(const Intervals& intervals) {
  Json figures = Json::array();
  for (const Interval& interval : intervals.figures) {
    Json causes = Json::array();
    for (const Cause& cause : interval.causes)
      causes.push_back({{"input", cause.input}, {"share", cause.share}});
    figures.push_back({{"name", interval.headline.label},
                       {"path", interval.headline.path},
                       {"value", interval.value},
                       {"p5", interval.p5},
                       {"p95", interval.p95},
                       {"causes", causes}});
  }
  Json breaking = Json::array();
  for (const BreakingEnd& end : intervals.breaking)
    breaking.push_back({{"input", end.input}, {"at", end.at}, {"rule", end.rule}});
  return {{"samples", intervals.samples}, {"inputs", intervals.inputs}, {"figures", figures}, {"breaking", breaking}};
}

/// What differences of the fast models' figure count of the given one: as much in proportion, but for temperatures and
/// decibels, whose zero is arbitrary, and figures of another sign.
double to_given(const Headline& headline, double given, double middle) {
  return headline.against == Against::ratio && given * middle > 0 ? given / middle : 1;
}

} // namespace

Intervals intervals(const Tree& resolved, const Json& results, const KeptStages& kept, int threads) {
  Intervals found;
  const std::vector<UncertainInput> inputs = uncertain_inputs(resolved);
  found.inputs = inputs.size();
  found.samples = static_cast<std::size_t>(resolved.root().integer("uncertainty.samples"));
  const Tree fast = resolve_with(resolved, {{"fidelity.thermal", "fast"}}, design_schema(), {});
  KeptStages stages = for_one_thread(kept);
  const Outcome middle = solved(fast, stages);
  std::vector<Outcome> ends = at_the_ends(fast, inputs, stages, threads);
  for (Outcome& end : ends)
    if (end.rules.contains(contradiction))
      end.figures = middle.figures;
  const Outcome given = outcome_of(results);

  std::vector<Triangular> ranges;
  for (const UncertainInput& input : inputs)
    ranges.push_back(input.range);
  std::vector<std::vector<double>> values = samples_of(ranges, found.samples);
  if (values.empty())
    values.resize(1, std::vector<double>(found.samples)); // nothing varies
  for (std::size_t f = 0; f < headlines().size(); ++f) {
    const auto has = [f](const Outcome& outcome) { return outcome.figures[f].has_value(); };
    if (!has(given) || !has(middle) || !std::all_of(ends.begin(), ends.end(), has))
      continue;
    const double scale = to_given(headlines()[f], *given.figures[f], *middle.figures[f]);
    std::vector<InputResponse> responses;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      responses.push_back({inputs[i].range, scale * *ends[2 * i].figures[f], scale * *middle.figures[f],
                           scale * *ends[2 * i + 1].figures[f]});
    const Spread spread_of_figure = spread(responses, *given.figures[f], values);
    found.figures.push_back({headlines()[f], *given.figures[f], spread_of_figure.p5, spread_of_figure.p95,
                             greatest_causes(inputs, spread_of_figure.shares)});
  }
  for (std::size_t i = 0; i < ends.size(); ++i)
    for (const std::string& rule : ends[i].rules)
      if (!middle.rules.contains(rule))
        found.breaking.push_back(
            {inputs[i / 2].name, i % 2 == 0 ? inputs[i / 2].range.low : inputs[i / 2].range.high, rule});
  return found;
}

void add_intervals(Json& results, const Tree& resolved, const KeptStages& kept, int threads) {
  Json absent = results.at("absent");
  results.erase("absent"); // stays the last key
  if (resolved.root().integer("uncertainty.samples") == 0)
    absent["uncertainty"] = "uncertainty.samples is 0";
  else if (!results.contains("link"))
    absent["uncertainty"] = "the layout could not be built: see violations";
  else
    results["uncertainty"] = intervals_json(intervals(resolved, results, kept, threads));
  results["absent"] = std::move(absent);
}

} // namespace beachfront::study
