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

void check_outputs(const SweepPlan& plan, const Json& results) {
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

  bool checked = false;
  store.for_each([&](const StoredDesign& design) {
    const Json results = design.results.empty() ? Json::object() : Json::parse(design.results);
    if (design.status == Status::ok && !checked) {
      check_outputs(plan, results);
      checked = true;
    }
    out << design.point;
    for (const auto& [path, value] : design.parameters.items())
      out << ',' << figure_cell(value);
    out << ',' << to_string(design.status) << ',' << csv_cell(design.message);
    for (const std::string& path : paths) {
      const std::optional<Json> value = find_figure(results, path);
      out << ',' << (value ? figure_cell(*value) : "");
    }
    out << '\n';
  });
}

} // namespace beachfront::study
