// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/read_table.hpp"

#include "study/number_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

namespace beachfront::study {

namespace {

struct Row {
  double x_um, y_um, index;
  int line;
};

std::vector<Row> read_rows(const std::filesystem::path& file, const Value& file_name) {
  constexpr std::uintmax_t largest_bytes = 64U << 20U;
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error) || std::filesystem::file_size(file, error) > largest_bytes)
    throw file_name.error(file.string(), "a CSV file of at most 64 MB");
  std::ifstream stream(file);
  if (!stream)
    throw file_name.error(file.string(), "a CSV file that can be read");
  std::string line;
  std::getline(stream, line);
  if (!line.empty() && line.back() == '\r')
    line.pop_back();
  if (line != "x_um,y_um,index")
    throw bad_value({file.string(), 1, 1}, "header", "'" + line + "'", "x_um,y_um,index");
  std::vector<Row> rows;
  for (int number = 2; std::getline(stream, line); ++number) {
    if (line.empty() || line == "\r")
      continue;
    double values[3] = {};
    int used = 0;
    if (std::sscanf(line.c_str(), "%lf,%lf,%lf%n", &values[0], &values[1], &values[2], &used) != 3 ||
        line.find_first_not_of(" \r", static_cast<std::size_t>(used)) != std::string::npos ||
        !std::all_of(std::begin(values), std::end(values), [](double v) { return std::isfinite(v); }))
      throw bad_value({file.string(), number, 1}, "line", "'" + line + "'", "three finite numbers: x_um,y_um,index");
    rows.push_back({values[0], values[1], values[2], number});
  }
  if (rows.empty())
    throw bad_value({file.string(), 2, 1}, "table", "no point", "a grid of at least 2 x 2 points");
  return rows;
}

std::vector<double> distinct(const std::vector<Row>& rows, double Row::*coordinate) {
  std::vector<double> values;
  for (const Row& row : rows)
    values.push_back(row.*coordinate);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

} // namespace

optics::TableProfile read_table(const Value& file_name, const std::filesystem::path& design, double background_index) {
  const std::filesystem::path file = design.parent_path() / file_name.text();
  const std::vector<Row> rows = read_rows(file, file_name);
  optics::TableProfile table;
  table.x_um = distinct(rows, &Row::x_um);
  table.y_um = distinct(rows, &Row::y_um);
  std::map<std::pair<double, double>, const Row*> points;
  for (const Row& row : rows)
    if (const auto [old, added] = points.insert({{row.y_um, row.x_um}, &row}); !added)
      throw bad_value({file.string(), row.line, 1}, "table",
                      fmt::format("point ({}, {}) a second time", row.x_um, row.y_um),
                      fmt::format("each point once; it stands in line {} already", old->second->line));
  for (double y_um : table.y_um)
    for (double x_um : table.x_um) {
      const auto point = points.find({y_um, x_um});
      if (point == points.end())
        throw bad_value({file.string(), 0, 0}, "table", fmt::format("no point at ({}, {})", x_um, y_um),
                        "a full grid: every x_um with every y_um");
      table.delta_n.push_back(point->second->index - background_index);
    }
  return table;
}

} // namespace beachfront::study
