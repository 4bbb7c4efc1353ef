// SPDX-License-Identifier: GPL-3.0-or-later
// report.html of a sweep: its answers as pictures, and every design to sort, filter and pick from.
#pragma once

#include "study/evaluate.hpp"
#include "study/store.hpp"
#include "study/sweep_plan.hpp"
#include "study/sweep_table.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {

/// The bytes that the rows of a page may take; with scripts and answers it then stays below 5 MB.
inline constexpr std::size_t most_row_bytes = 3'500'000;

/// `store`: of the store that the table was read from. `analysis` as analysis.json has it. `fidelity` is what the sweep
/// was run with, empty for the design's own: it goes into the command that solves a point again. `with_page`: the
/// points whose own reports stand in designs/ beside the page, which links to them. Figures have six digits, parameters
/// all. Where the rows would take more than `row_bytes`, the page holds the front, the points with a report and every
/// k-th other row, and says so.
std::string sweep_report(const SweepPlan& plan, const SweepTable& table, const Identity& store, const Json& analysis,
                         const std::string& fidelity, const std::vector<std::int64_t>& with_page = {},
                         std::size_t row_bytes = most_row_bytes);

/// Writes it as report.html beside the store in the folder of a sweep, with links to the reports that
/// write_design_pages() left there. Returns the file. Throws as Store::read() and write_file().
std::filesystem::path write_sweep_report(const std::filesystem::path& folder, const SweepPlan& plan,
                                         const Json& analysis, const std::string& fidelity);

} // namespace beachfront::study
