// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_table.hpp"

#include "study/figures.hpp"
#include "study/headlines.hpp"
#include "study/sweep_csv.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace beachfront::study {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string> named_figures(const SweepPlan& plan) {
  std::vector<std::string> paths;
  const auto add = [&paths](const std::string& path) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end())
      paths.push_back(path);
  };
  for (const Objective& objective : plan.goals.objectives)
    add(objective.figure);
  for (const Constraint& constraint : plan.goals.constraints)
    add(constraint.figure);
  for (const std::string& output : plan.outputs)
    add(output);
  if (plan.outputs.empty())
    for (const Headline& headline : headlines())
      add(headline.path);
  return paths;
}

/// Outputs may be texts and flags: those are no columns of numbers.
void drop_outputs_without_numbers(SweepTable& table, const SweepGoals& goals) {
  for (std::size_t f = table.figures.size(); f-- > 0;) {
    const auto names_it = [&](const auto& goal) { return goal.figure == table.figures[f]; };
    const bool of_goal = std::any_of(goals.objectives.begin(), goals.objectives.end(), names_it) ||
                         std::any_of(goals.constraints.begin(), goals.constraints.end(), names_it);
    const bool any = std::any_of(table.rows.begin(), table.rows.end(),
                                 [f](const SweepRow& row) { return std::isfinite(row.figures[f]); });
    if (any || of_goal)
      continue;
    table.figures.erase(table.figures.begin() + static_cast<std::ptrdiff_t>(f));
    for (SweepRow& row : table.rows)
      row.figures.erase(row.figures.begin() + static_cast<std::ptrdiff_t>(f));
  }
}

/// {use: borofloat33} -> borofloat33.
std::string choice_name(const Json& value) {
  if (value.is_string())
    return value.get<std::string>();
  const auto use = value.is_object() ? value.find("use") : value.end();
  const bool entry = value.is_object() && value.size() == 1 && use != value.end() && use->is_string();
  return entry ? use->get<std::string>() : value.dump();
}

double number_or_none(const Json& figures, const std::string& path) {
  const auto at = figures.find(path);
  return at != figures.end() && at->is_number() ? at->get<double>() : none;
}

/// Path -> value, from the whole results.
Json found_figures(const StoredDesign& design, const std::vector<std::string>& paths) {
  Json figures = Json::object();
  if (design.results.empty())
    return figures;
  const Json results = Json::parse(design.results);
  for (const std::string& path : paths)
    if (const std::optional<double> value = find_number(results, path))
      figures[path] = *value;
  return figures;
}

} // namespace

SweepTable read_sweep_table(const SweepPlan& plan, const Store& store) {
  SweepTable table;
  table.figures = named_figures(plan);
  std::string first_ok; // hash
  bool kept = true;     // rows hold every figure beside their results: these need not be unpacked
  const auto add = [&](const StoredDesign& design, const Json& figures) {
    SweepRow row{design.point, design.status, design.parameters, {}};
    for (const std::string& path : table.figures)
      row.figures.push_back(number_or_none(figures, path));
    table.rows.push_back(std::move(row));
  };
  const auto read_kept = [&](const StoredDesign& design) {
    if (design.status == Status::ok && first_ok.empty())
      first_ok = design.hash;
    const bool has_results = design.status != Status::error && design.screened_by.empty();
    for (const std::string& path : table.figures)
      kept = kept && (!has_results || design.figures.contains(path));
    add(design, design.figures);
  };
  store.for_each(read_kept, Reading::without_results);
  if (const std::optional<StoredDesign> design = first_ok.empty() ? std::nullopt : store.find(first_ok))
    check_outputs(plan, Json::parse(design->results));
  if (!kept) {
    table.rows.clear();
    store.for_each([&](const StoredDesign& design) { add(design, found_figures(design, table.figures)); });
  }
  drop_outputs_without_numbers(table, plan.goals);
  return table;
}

std::size_t place_of(const SweepTable& table, const std::string& figure) {
  const auto at = std::find(table.figures.begin(), table.figures.end(), figure);
  return static_cast<std::size_t>(at - table.figures.begin());
}

std::vector<double> figure_column(const SweepTable& table, const std::string& figure) {
  const std::size_t place = place_of(table, figure);
  std::vector<double> column;
  column.reserve(table.rows.size());
  for (const SweepRow& row : table.rows)
    column.push_back(row.figures[place]);
  return column;
}

std::vector<ParameterColumn> parameter_columns(const SweepPlan& plan, const SweepTable& table) {
  std::vector<ParameterColumn> columns;
  for (const Parameter& parameter : plan.parameters) {
    ParameterColumn column{parameter.path, true, {}, {}};
    for (const SweepRow& row : table.rows)
      column.numeric =
          column.numeric && row.parameters.contains(parameter.path) && row.parameters.at(parameter.path).is_number();
    for (const SweepRow& row : table.rows) {
      const Json value = row.parameters.value(parameter.path, Json());
      if (column.numeric)
        column.numbers.push_back(value.get<double>());
      else
        column.choices.push_back(value.is_null() ? "" : choice_name(value));
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<bool> good_rows(const SweepGoals& goals, const SweepTable& table) {
  std::vector<bool> good;
  for (const SweepRow& row : table.rows) {
    good.push_back(row.status == Status::ok &&
                   std::all_of(goals.constraints.begin(), goals.constraints.end(), [&](const Constraint& constraint) {
                     const double value = row.figures[place_of(table, constraint.figure)];
                     return std::isfinite(value) && excess(constraint, value) == 0;
                   }));
  }
  return good;
}

} // namespace beachfront::study
