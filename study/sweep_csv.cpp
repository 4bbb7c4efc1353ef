// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_csv.hpp"

#include "study/csv_cell.hpp"

#include "study/figures.hpp"
#include "study/headlines.hpp"
#include "study/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string_view>

namespace beachfront::study {
std::string figure_cell(const Json& value) {
  if (value.is_string())
    return csv_cell(value.get<std::string>());
  return csv_cell(value.is_number_float() ? print_number(value.get<double>()) : value.dump());
}

std::vector<std::string> table_figures(const SweepPlan& plan) {
  std::vector<std::string> paths = plan.outputs;
  if (paths.empty())
    for (const Headline& headline : headlines())
      paths.push_back(headline.path);
  return paths;
}

namespace {

bool has_results(const StoredDesign& design) {
  return design.status != Status::error && design.screened_by.empty();
}

std::optional<Json> kept_figure(const StoredDesign& design, const std::string& path) {
  const auto at = design.figures.find(path);
  return at == design.figures.end() || at->is_null() ? std::nullopt : std::optional<Json>(*at);
}

} // namespace

std::vector<std::string> kept_figures(const SweepPlan& plan) {
  std::vector<std::string> paths;
  const auto add = [&paths](const std::string& path) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end())
      paths.push_back(path);
  };
  for (const Headline& headline : headlines())
    add(headline.path);
  for (const std::string& path : plan.outputs)
    add(path);
  for (const Constraint& constraint : plan.goals.constraints)
    add(constraint.figure);
  for (const Objective& objective : plan.goals.objectives)
    add(objective.figure);
  return paths;
}

void check_outputs(const SweepPlan& plan, const Json& results) {
  check_goals(plan.goals, results);
  for (std::size_t i = 0; i < plan.outputs.size(); ++i) {
    if (known_figure(results, plan.outputs[i]))
      continue;
    const std::string near = nearest_figure(results, plan.outputs[i]);
    InputError error({plan.file}, fmt::format("outputs[{}]", i),
                     fmt::format("found '{}'; must be a figure of results.json{}; what was solved is kept: correct the "
                                 "outputs and run again with --resume",
                                 plan.outputs[i], near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
    error.found = plan.outputs[i];
    error.nearest = near;
    throw error;
  }
}

void write_csv(std::ostream& out, const SweepPlan& plan, const Store& store) {
  const std::vector<std::string> paths = table_figures(plan);
  out << "index";
  for (const Parameter& parameter : plan.parameters)
    out << ',' << csv_cell(parameter.path);
  out << ",status,message";
  for (const std::string& path : paths)
    out << ',' << csv_cell(path);
  out << '\n';

  // A sweep file may name other outputs than those that its rows keep beside their results.
  bool kept = true;
  std::string first_ok; // hash of the first design that is ok
  const auto look = [&](const StoredDesign& design) {
    const auto is_kept = [&](const std::string& path) { return design.figures.contains(path); };
    kept = kept && (!has_results(design) || std::all_of(paths.begin(), paths.end(), is_kept));
    if (first_ok.empty() && design.status == Status::ok)
      first_ok = design.hash;
  };
  store.for_each(look, Reading::without_results);
  if (!first_ok.empty())
    check_outputs(plan, Json::parse(store.find(first_ok).value().results));

  const auto row = [&](const StoredDesign& design) {
    const Json results = kept || design.results.empty() ? Json::object() : Json::parse(design.results);
    out << design.point;
    for (const auto& [path, value] : design.parameters.items())
      out << ',' << figure_cell(value);
    out << ',' << to_string(design.status) << ',' << csv_cell(design.message);
    for (const std::string& path : paths) {
      const std::optional<Json> value = kept ? kept_figure(design, path) : find_figure(results, path);
      out << ',' << (value ? figure_cell(*value) : "");
    }
    out << '\n';
  };
  store.for_each(row, kept ? Reading::without_results : Reading::all);
}

} // namespace beachfront::study
