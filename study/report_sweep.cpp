// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_sweep.hpp"

#include "study/design_pages.hpp"
#include "study/report_page.hpp"
#include "study/store.hpp"
#include "study/sweep.hpp"
#include "study/write_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fmt/format.h>
#include <set>

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

std::string sweep_report(const SweepPlan& plan, const SweepTable& table, const Json& analysis,
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
                     {"base", plan.base.file},
                     {"fidelity", fidelity},
                     {"analysis", analysis},
                     {"parameters", std::move(parameters)},
                     {"figures", table.figures},
                     {"designs", table.rows.size()},
                     {"every", every > 1 ? every : 1},
                     {"file", plan.file},
                     {"pages", pages},
                     {"rows", std::move(rows)}};
  return report_page(name, {"points.js", "sweep.js"}, data);
}

fs::path write_sweep_report(const fs::path& folder, const SweepPlan& plan, const Json& analysis,
                            const std::string& fidelity) {
  const SweepTable table = read_sweep_table(plan, Store::read(store_file(folder)));
  const fs::path file = folder / "report.html";
  write_file(file, sweep_report(plan, table, analysis, fidelity, points_with_page(folder)));
  return file;
}

} // namespace beachfront::study
