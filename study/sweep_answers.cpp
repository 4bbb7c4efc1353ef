// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_answers.hpp"

#include "study/response.hpp"
#include "study/sensitivity.hpp"
#include "study/yield.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace beachfront::study {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// A figure of every point of the plan, NaN where the store has no row or the row no figure.
std::vector<double> by_point(const SweepPlan& plan, const SweepTable& table, const std::string& figure) {
  std::vector<double> values(static_cast<std::size_t>(plan.size), none);
  const std::size_t place = place_of(table, figure);
  for (const SweepRow& row : table.rows)
    values[static_cast<std::size_t>(row.point)] = row.figures[place];
  return values;
}

bool varies(const std::vector<double>& values) {
  const auto known = [](double value) { return std::isfinite(value); };
  const auto first = std::find_if(values.begin(), values.end(), known);
  return std::any_of(first, values.end(), [&](double value) {
    return std::isfinite(value) && std::abs(value - *first) > 1e-12 * std::abs(*first);
  });
}

Json estimate_json(const Estimate& estimate) {
  return {{"value", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}

Json sobol_json(const SweepPlan& plan, const std::vector<double>& values) {
  const SobolIndices found = sobol_indices(values, plan.parameters.size(), plan.sampler.seed);
  if (!found.varies)
    return {};
  Json out = {{"method", "sobol_indices"},
              {"samples", found.basis.used},
              {"left_out", found.basis.left_out},
              {"mean", found.mean},
              {"standard_deviation", std::sqrt(found.variance)},
              {"parameters", Json::array()}};
  for (std::size_t i = 0; i < plan.parameters.size(); ++i)
    out["parameters"].push_back({{"parameter", plan.parameters[i].path},
                                 {"first_order", estimate_json(found.parameters[i].first)},
                                 {"total", estimate_json(found.parameters[i].total)}});
  return out;
}

std::vector<std::vector<double>> unit_points(const SweepPlan& plan) {
  std::vector<std::vector<double>> points;
  for (std::int64_t point = 0; point < plan.size; ++point)
    points.push_back(unit_point(plan, point));
  return points;
}

Json morris_json(const SweepPlan& plan, const std::vector<std::vector<double>>& points,
                 const std::vector<double>& values) {
  const Morris found = elementary_effects(points, values, plan.sampler.seed);
  if (found.basis.used == 0)
    return {};
  Json out = {{"method", "elementary_effects"},
              {"samples", found.basis.used},
              {"left_out", found.basis.left_out},
              {"parameters", Json::array()}};
  for (std::size_t i = 0; i < plan.parameters.size(); ++i) {
    const ElementaryEffects& effects = found.parameters[i];
    out["parameters"].push_back({{"parameter", plan.parameters[i].path},
                                 {"mu", effects.mu},
                                 {"mu_star", estimate_json(effects.mu_star)},
                                 {"sigma", effects.sigma}});
  }
  return out;
}

std::vector<ValueGroup> groups(const ParameterColumn& column) {
  return column.numeric ? groups_of(column.numbers) : groups_of(column.choices);
}

/// Of a parameter that is a number; a choice between two counts as 0 and 1. Empty where there is no order.
std::vector<double> ordered_column(const ParameterColumn& column) {
  if (column.numeric)
    return column.numbers;
  const std::vector<ValueGroup> choices = groups_of(column.choices);
  if (choices.size() > 2)
    return {};
  std::vector<double> numbers(column.choices.size(), none);
  for (const ValueGroup& choice : choices)
    for (const std::size_t place : choice.places)
      numbers[place] = choice.from;
  return numbers;
}

/// Of plain samples and grids: what is between groups, and a line through all of it.
Json regression_json(const SweepPlan& plan, const std::vector<ParameterColumn>& columns,
                     const std::vector<double>& values) {
  std::vector<std::vector<double>> ordered;
  std::vector<std::size_t> place(columns.size()); // of a column in `ordered`, from 1
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::vector<double> numbers = ordered_column(columns[i]);
    if (numbers.empty())
      continue;
    ordered.push_back(std::move(numbers));
    place[i] = ordered.size();
  }
  const Regression found = regression(ordered, values, plan.sampler.seed);
  Json out = {{"method", "regression"}, {"samples", found.basis.used}, {"left_out", found.basis.left_out}};
  if (found.linear.determined)
    out["r2"] = found.linear.r2;
  if (found.ranks.determined)
    out["rank_r2"] = found.ranks.r2;
  out["parameters"] = Json::array();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::vector<std::vector<std::size_t>> places;
    for (ValueGroup& group : groups(columns[i]))
      places.push_back(std::move(group.places));
    if (is_sampled(plan.mode) && found.basis.used < 2 * places.size())
      return {}; // groups of one tell nothing of what lies within them
    Json parameter = {{"parameter", columns[i].name},
                      {"share_alone", variance_between(places, values, is_sampled(plan.mode))}};
    if (place[i] > 0 && found.linear.determined)
      parameter["coefficient"] = estimate_json(found.linear.coefficients[place[i] - 1]);
    if (place[i] > 0 && found.ranks.determined)
      parameter["rank_coefficient"] = estimate_json(found.ranks.coefficients[place[i] - 1]);
    out["parameters"].push_back(std::move(parameter));
  }
  return out;
}

/// Rows that are samples of the whole plan: all of them, but of saltelli the sets A and B alone.
std::vector<std::size_t> independent_rows(const SweepPlan& plan, const SweepTable& table) {
  const auto size = static_cast<std::int64_t>(plan.parameters.size()) + 2;
  std::vector<std::size_t> places;
  for (std::size_t k = 0; k < table.rows.size(); ++k)
    if (plan.mode != SweepMode::saltelli || table.rows[k].point % size < 2)
      places.push_back(k);
  return places;
}

Json tightened_json(const Parameter& parameter, const ParameterColumn& column, const std::vector<std::size_t>& solved,
                    const std::vector<bool>& good) {
  std::vector<double> values;
  for (const std::size_t place : solved)
    values.push_back(column.numbers[place]);
  const Tightened then = yield_if(good, weights_if_halved(*parameter.distribution, values));
  return {{"parameter", parameter.path},
          {"share", then.share},
          {"gain", {{"value", then.gain}, {"low", then.gain_low}, {"high", then.gain_high}}},
          {"effective_samples", then.effective_samples}};
}

Json bin_json(const ResponsePoint& at, bool numeric) {
  Json bin = numeric ? Json{{"from", at.group.from}, {"to", at.group.to}} : Json{{"choice", at.group.choice}};
  bin.update({{"designs", at.designs}, {"median", at.median}, {"p5", at.p5}, {"p95", at.p95}});
  return bin;
}

} // namespace

Json sensitivities_json(const SweepPlan& plan, const SweepTable& table) {
  Json all = Json::array();
  if (plan.mode == SweepMode::list)
    return all;
  const std::vector<ParameterColumn> columns = parameter_columns(plan, table);
  const bool morris = plan.mode == SweepMode::morris;
  const std::vector<std::vector<double>> points = morris ? unit_points(plan) : std::vector<std::vector<double>>{};
  for (const std::string& figure : table.figures) {
    const std::vector<double> values = by_point(plan, table, figure);
    if (!varies(values))
      continue;
    Json found = plan.mode == SweepMode::saltelli ? sobol_json(plan, values)
                 : morris                         ? morris_json(plan, points, values)
                                                  : regression_json(plan, columns, figure_column(table, figure));
    if (found.is_null())
      continue;
    Json element = {{"figure", figure}};
    element.update(found);
    all.push_back(std::move(element));
  }
  return all;
}

Json yield_json(const SweepPlan& plan, const SweepTable& table, const std::vector<bool>& good) {
  if (!is_sampled(plan.mode) || plan.mode == SweepMode::morris) // morris visits corners, not what a line makes
    return {};
  std::vector<std::size_t> solved;
  std::vector<bool> of_solved;
  std::size_t failed = 0;
  for (const std::size_t place : independent_rows(plan, table)) {
    if (table.rows[place].status == Status::error) {
      ++failed;
      continue;
    }
    solved.push_back(place);
    of_solved.push_back(good[place]);
  }
  if (solved.empty())
    return {};
  const Yield now = yield_of(of_solved);
  Json out = {{"samples", now.samples}, {"good", now.good}, {"failed_left_out", failed},
              {"share", now.share},     {"low", now.low},   {"high", now.high}};
  std::vector<Json> tightened;
  const std::vector<ParameterColumn> columns = parameter_columns(plan, table);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (plan.parameters[i].distribution && columns[i].numeric)
      tightened.push_back(tightened_json(plan.parameters[i], columns[i], solved, of_solved));
  std::stable_sort(tightened.begin(), tightened.end(),
                   [](const Json& a, const Json& b) { return a["gain"]["value"] > b["gain"]["value"]; });
  out["if_halved"] = tightened;
  return out;
}

Json responses_json(const SweepPlan& plan, const SweepTable& table) {
  const std::vector<ParameterColumn> columns = parameter_columns(plan, table);
  std::vector<std::vector<ValueGroup>> grouped;
  for (const ParameterColumn& column : columns)
    grouped.push_back(groups(column));
  Json all = Json::array();
  for (const std::string& figure : table.figures) {
    const std::vector<double> values = figure_column(table, figure);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      Json bins = Json::array();
      for (const ResponsePoint& at : response(grouped[i], values))
        bins.push_back(bin_json(at, columns[i].numeric));
      if (!bins.empty())
        all.push_back({{"figure", figure}, {"parameter", columns[i].name}, {"bins", std::move(bins)}});
    }
  }
  return all;
}

} // namespace beachfront::study
