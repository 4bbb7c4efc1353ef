// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_export.hpp"

#include "study/csv_cell.hpp"
#include "study/figures.hpp"
#include "study/input_error.hpp"
#include "study/spelling.hpp"
#include "study/sweep.hpp"
#include "study/sweep_csv.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

/// No library of Debian 12 writes Parquet; DuckDB reads our table as it is.
[[noreturn]] void refuse_parquet(const fs::path& folder) {
  throw InputError(
      {"--format"}, "",
      fmt::format("found 'parquet'; must be csv or jsonl. DuckDB makes it of the csv:\n"
                  "  duckdb -c \"COPY (SELECT * FROM read_csv('{0}.csv')) TO '{0}.parquet' (FORMAT parquet)\"",
                  (folder / "designs").string()));
}

void check_format(const std::string& format, const fs::path& folder) {
  if (format == "parquet")
    refuse_parquet(folder);
  if (format != "csv" && format != "jsonl") {
    throw bad_value({"--format"}, "", fmt::format("'{}'", format), "csv or jsonl",
                    nearest(format, {"csv", "jsonl", "parquet"}));
  }
}

/// The results of a row, checked once: a figure that no design can have is a slip in the sweep file.
struct Figures {
  explicit Figures(const SweepPlan& sweep) : plan(sweep), paths(table_figures(sweep)) {}

  std::vector<Json> of(const StoredDesign& design) {
    const Json results = design.results.empty() ? Json::object() : Json::parse(design.results);
    if (design.status == Status::ok && !checked) {
      check_outputs(plan, results);
      checked = true;
    }
    std::vector<Json> values;
    for (const std::string& path : paths)
      values.push_back(find_figure(results, path).value_or(Json()));
    return values;
  }

  const SweepPlan& plan;
  std::vector<std::string> paths;
  bool checked = false;
};

void write_table(std::ostream& out, const SweepPlan& plan, const Store& store) {
  Figures figures(plan);
  out << "index";
  for (const Parameter& parameter : plan.parameters)
    out << ',' << csv_cell(parameter.path);
  out << ",status,rule,message";
  for (const std::string& path : figures.paths)
    out << ',' << csv_cell(path);
  out << '\n';
  store.for_each([&](const StoredDesign& design) {
    out << design.point;
    for (const auto& [path, value] : design.parameters.items())
      out << ',' << figure_cell(value);
    out << ',' << to_string(design.status) << ',' << csv_cell(design.rule) << ',' << csv_cell(design.message);
    for (const Json& value : figures.of(design))
      out << ',' << (value.is_null() ? "" : figure_cell(value));
    out << '\n';
  });
}

void write_lines(std::ostream& out, const SweepPlan& plan, const Store& store) {
  Figures figures(plan);
  store.for_each([&](const StoredDesign& design) {
    Json line = {{"index", design.point}, {"parameters", design.parameters}, {"status", to_string(design.status)},
                 {"rule", design.rule},   {"message", design.message},       {"figures", Json::object()}};
    const std::vector<Json> values = figures.of(design);
    for (std::size_t i = 0; i < values.size(); ++i)
      line["figures"][figures.paths[i]] = values[i];
    std::string text = line.dump();
    text.pop_back(); // the results follow as they are stored
    out << text << ",\"results\":" << (design.results.empty() ? "null" : design.results) << "}\n";
  });
}

} // namespace

SweepExport export_sweep(const SweepPlan& plan, const fs::path& folder, const std::vector<std::string>& formats) {
  for (const std::string& format : formats)
    check_format(format, folder);
  const Store store = sweep_store(plan, folder);
  SweepExport done;
  done.designs = store.counts().done();
  done.solved_by = store.identity().tool_version;
  for (const std::string& format : formats) {
    const fs::path file = folder / ("designs." + format);
    write_file(file, [&](std::ostream& out) {
      format == "csv" ? write_table(out, plan, store) : write_lines(out, plan, store);
    });
    done.files.push_back(file);
  }
  return done;
}

} // namespace beachfront::study
