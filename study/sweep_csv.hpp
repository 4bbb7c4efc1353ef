// SPDX-License-Identifier: GPL-3.0-or-later
// A store as a table.
#pragma once

#include "study/store.hpp"
#include "study/sweep_plan.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace beachfront::study {

/// results.csv: one row a design in the order of the points: index, parameters, status, message, figures. A figure that
/// a design does not have is an empty cell, a list or map is JSON text. Throws InputError as check_outputs does.
void write_csv(std::ostream& out, const SweepPlan& plan, const Store& store);

/// The figures that a row keeps beside its results: the headline figures and what the sweep file names.
std::vector<std::string> kept_figures(const SweepPlan& plan);

/// Throws InputError, naming the nearest figure, when an output of the sweep is no figure of a design that is ok, or a
/// constraint or objective is no number of it.
void check_outputs(const SweepPlan& plan, const Json& results);

/// The figures that a table of the sweep has: its outputs, or the headline figures where it names none.
std::vector<std::string> table_figures(const SweepPlan& plan);

/// A parameter or figure as a cell of a table.
std::string figure_cell(const Json& value);

} // namespace beachfront::study
