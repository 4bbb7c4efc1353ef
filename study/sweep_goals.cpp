// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_goals.hpp"

#include "study/figures.hpp"
#include "study/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::study {
namespace {

Constraint constraint(const Value& written) {
  Constraint out{written.text("figure")};
  out.min = written.optional_number("min").value_or(out.min);
  out.max = written.optional_number("max").value_or(out.max);
  if (!written.has("min") && !written.has("max"))
    throw written.error("neither min nor max", "a limit: one of them or both");
  if (out.min > out.max)
    throw written.at("min").error(print_number(out.min), fmt::format("at most the max of {}", print_number(out.max)));
  return out;
}

Objective objective(const Value& written) {
  Objective out{written.text("figure"), Goal::minimise, written.optional_number("reference")};
  for (const Goal goal : {Goal::maximise, Goal::least_magnitude})
    if (written.is("goal", to_string(goal)))
      out.goal = goal;
  return out;
}

const char* kind_of(const Json& value) {
  return value.is_boolean() ? "a flag" : value.is_string() ? "a text" : value.is_array() ? "a list" : "a block";
}

void check_figure(const std::string& figure, const Mark& mark, const std::string& path, const Json& results) {
  const std::optional<Json> value = find_figure(results, figure);
  if (value ? value->is_number() : known_figure(results, figure))
    return;
  const std::string near = nearest_figure(results, figure);
  throw bad_value(mark, path, value ? fmt::format("'{}', which is {}", figure, kind_of(*value)) : "'" + figure + "'",
                  "a number of results.json", near == figure ? "" : near,
                  "what was solved is kept: correct the sweep file and run again with --resume.");
}

} // namespace

std::string to_string(Goal goal) {
  return goal == Goal::minimise ? "minimise" : goal == Goal::maximise ? "maximise" : "least_magnitude";
}

SweepGoals read_goals(const Value& sweep) {
  SweepGoals goals;
  for (const Value& written : sweep.items("constraints")) {
    goals.constraints.push_back(constraint(written));
    goals.constraint_marks.push_back(written.at("figure").node->mark);
  }
  for (const Value& written : sweep.items("objectives")) {
    const Objective read = objective(written);
    const bool twice = std::any_of(goals.objectives.begin(), goals.objectives.end(),
                                   [&](const Objective& other) { return other.figure == read.figure; });
    if (twice)
      throw written.at("figure").error(fmt::format("'{}', which is an objective already", read.figure), "given once");
    goals.objectives.push_back(read);
    goals.objective_marks.push_back(written.at("figure").node->mark);
  }
  return goals;
}

void check_goals(const SweepGoals& goals, const Json& results) {
  for (std::size_t i = 0; i < goals.constraints.size(); ++i)
    check_figure(goals.constraints[i].figure, goals.constraint_marks[i], fmt::format("constraints[{}].figure", i),
                 results);
  for (std::size_t i = 0; i < goals.objectives.size(); ++i)
    check_figure(goals.objectives[i].figure, goals.objective_marks[i], fmt::format("objectives[{}].figure", i),
                 results);
}

} // namespace beachfront::study
