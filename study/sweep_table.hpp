// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a sweep as numbers: what the answers of a sweep are made from.
#pragma once

#include "study/store.hpp"
#include "study/sweep_plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

struct SweepRow {
  std::int64_t point = 0;
  Status status = Status::ok;
  Json parameters;             ///< name -> value
  std::vector<double> figures; ///< as SweepTable::figures; NaN where the design has none
};

struct SweepTable {
  std::vector<std::string> figures; ///< paths of objectives, then constraints, then outputs, each once
  std::vector<SweepRow> rows;       ///< ascending by point
};

/// Every row of a store. Figures are those that the sweep file names (the headline figures where it names no outputs);
/// of the outputs only those that are a number in at least one row. Throws InputError as check_outputs does.
SweepTable read_sweep_table(const SweepPlan& plan, const Store& store);

/// Place of a figure in SweepTable::figures. It must be there.
std::size_t place_of(const SweepTable& table, const std::string& figure);

/// A figure of every row, in the order of the rows.
std::vector<double> figure_column(const SweepTable& table, const std::string& figure);

/// The values of a parameter, in the order of the rows: numbers, or else choices by a name.
struct ParameterColumn {
  std::string name;
  bool numeric = false;
  std::vector<double> numbers;      ///< of a numeric one
  std::vector<std::string> choices; ///< of another: a word as it stands, a library entry by its name, else as JSON
};

/// Of every parameter, in the order of the sweep file.
std::vector<ParameterColumn> parameter_columns(const SweepPlan& plan, const SweepTable& table);

/// Of each row, whether it is ok and keeps to every constraint; a figure that it does not have breaks its constraint.
std::vector<bool> good_rows(const SweepGoals& goals, const SweepTable& table);

} // namespace beachfront::study
