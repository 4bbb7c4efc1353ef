// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_sweep.hpp"

#include "study/design_pages.hpp"
#include "study/report_page.hpp"
#include "study/store.hpp"
#include "study/sweep.hpp"
#include "study/tree_json.hpp"
#include "study/version.hpp"
#include "study/write_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fmt/format.h>
#include <set>
#include <system_error>

namespace beachfront::study {

namespace {

namespace fs = std::filesystem;

Json six_digits(double value) {
  return std::isfinite(value) ? Json(std::strtod(fmt::format("{:.6g}", value).c_str(), nullptr)) : Json(nullptr);
}

/// {name, bundled, linked: [{path, factor, offset}], choices: {shown: value}}: what a script needs to write the
/// settings of a point. A linked key without a factor takes the value as it is.
Json parameter_json(const Parameter& parameter, const ParameterColumn& column, const SweepTable& table) {
  Json linked = Json::array();
  for (const LinkedKey& key : parameter.linked) {
    linked.push_back({{"path", key.path}});
    if (key.linear) {
      linked.back()["factor"] = key.factor;
      linked.back()["offset"] = key.offset;
    }
  }
  Json choices = Json::object();
  for (std::size_t row = 0; !column.numeric && row < table.rows.size(); ++row)
    choices[column.choices[row]] = table.rows[row].parameters.value(column.name, Json(nullptr));
  return {{"name", column.name}, {"bundled", parameter.bundled}, {"linked", linked}, {"choices", choices}};
}

/// Without "..", where that is the same file: a link to a folder may stand before it.
std::string plain_path(const std::string& file) {
  const fs::path plain = fs::path(file).lexically_normal();
  std::error_code failed;
  return fs::equivalent(file, plain, failed) ? plain.string() : file;
}

/// What the base design has at a path: a number, a word, the name of a library entry, or nothing.
Json base_value(const SweepPlan& plan, const std::string& path) {
  const std::optional<Value> at = plan.base.root().find(path);
  if (!at)
    return nullptr;
  if (at->node->kind == NodeKind::scalar)
    return to_json(*at->node);
  const Entry* name = at->node->find("name");
  return name && name->value.kind == NodeKind::scalar ? to_json(name->value) : Json(nullptr);
}

/// What a reviewer needs to judge how the answers came out, and to have them again: `definition` is the sweep file
/// without its base, constraints, objectives and outputs, defaults written out.
Json provenance_json(const SweepPlan& plan, const Identity& store, const std::string& fidelity) {
  Json in_base = Json::array();
  for (const Parameter& parameter : plan.parameters)
    in_base.push_back(parameter.bundled ? Json(nullptr) : base_value(plan, parameter.path));
  Json levels = Json::object();
  for (const char* discipline : {"optics", "geometry", "thermal"})
    if (const std::optional<Value> level = plan.base.root().find(std::string("fidelity.") + discipline))
      levels[discipline] = to_json(*level->node);
  Json objectives = Json::array();
  for (const Objective& objective : plan.goals.objectives) {
    objectives.push_back({{"figure", objective.figure}, {"goal", to_string(objective.goal)}});
    if (objective.reference)
      objectives.back()["reference"] = *objective.reference;
  }
  return {{"definition", to_json(plan.definition.node)},
          {"objectives", objectives},
          {"in_base", in_base},
          {"outputs", plan.outputs},
          {"planned", store.points},
          {"fidelity", fidelity},
          {"levels", levels},
          {"solved_by", store.tool_version},
          {"page_by", fmt::format("{} ({})", version(), git_commit())},
          {"sweep_hash", store.sweep_hash},
          {"base_hash", store.base_hash},
          {"sweep_file", plain_path(plan.file)},
          {"base_file", plain_path(plan.base.file)},
          {"sweep", store.sweep},
          {"base", store.base_design}};
}

/// [point, status, good, parameters..., figures...]
Json row_json(const SweepTable& table, const std::vector<ParameterColumn>& columns, std::size_t row, bool good) {
  const SweepRow& design = table.rows[row];
  Json list = Json::array({design.point, to_string(design.status), good ? 1 : 0});
  for (const ParameterColumn& column : columns)
    if (column.numeric)
      list.push_back(std::isfinite(column.numbers[row]) ? Json(column.numbers[row]) : Json(nullptr));
    else
      list.push_back(column.choices[row]);
  for (const double figure : design.figures)
    list.push_back(six_digits(figure));
  return list;
}

/// Of the points, those that are in the table.
std::vector<std::int64_t> in_table(const std::vector<std::int64_t>& points, const SweepTable& table) {
  std::vector<std::int64_t> there;
  for (const SweepRow& row : table.rows) // ascending
    if (std::binary_search(points.begin(), points.end(), row.point))
      there.push_back(row.point);
  return there;
}

std::set<std::int64_t> front_points(const Json& analysis) {
  std::set<std::int64_t> points;
  if (analysis.contains("front"))
    for (const Json& design : analysis.at("front"))
      points.insert(design.at("point").get<std::int64_t>());
  return points;
}

} // namespace

std::string sweep_report(const SweepPlan& plan, const SweepTable& table, const Identity& store, const Json& analysis,
                         const std::string& fidelity, const std::vector<std::int64_t>& with_page,
                         std::size_t row_bytes) {
  const std::vector<ParameterColumn> columns = parameter_columns(plan, table);
  const std::vector<bool> good = good_rows(plan.goals, table);
  const std::vector<std::int64_t> pages = in_table(with_page, table);
  std::set<std::int64_t> kept = front_points(analysis); // whatever the size
  kept.insert(pages.begin(), pages.end());

  Json parameters = Json::array();
  for (std::size_t i = 0; i < columns.size(); ++i)
    parameters.push_back(parameter_json(plan.parameters[i], columns[i], table));
  Json rows = Json::array();
  std::size_t bytes = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    rows.push_back(row_json(table, columns, row, good[row]));
    bytes += rows.back().dump(-1, ' ', false, Json::error_handler_t::replace).size() + 1;
  }
  const std::size_t every = (bytes + row_bytes - 1) / row_bytes;
  if (every > 1) {
    Json some = Json::array();
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      if (row % every == 0 || kept.contains(table.rows[row].point))
        some.push_back(std::move(rows[row]));
    rows = std::move(some);
  }
  const std::string name = fs::path(plan.file).stem().string();
  const Json data = {{"report", "sweep"},
                     {"name", name},
                     {"base", plain_path(plan.base.file)},
                     {"fidelity", fidelity},
                     {"analysis", analysis},
                     {"parameters", std::move(parameters)},
                     {"figures", table.figures},
                     {"designs", table.rows.size()},
                     {"every", every > 1 ? every : 1},
                     {"file", plain_path(plan.file)},
                     {"provenance", provenance_json(plan, store, fidelity)},
                     {"pages", pages},
                     {"rows", std::move(rows)}};
  return report_page(name, {"points.js", "provenance.js", "sweep.js"}, data);
}

fs::path write_sweep_report(const fs::path& folder, const SweepPlan& plan, const Json& analysis,
                            const std::string& fidelity) {
  const Store store = Store::read(store_file(folder));
  const SweepTable table = read_sweep_table(plan, store);
  const fs::path file = folder / "report.html";
  write_file(file, sweep_report(plan, table, store.identity(), analysis, fidelity, points_with_page(folder)));
  return file;
}

} // namespace beachfront::study
