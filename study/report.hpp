// SPDX-License-Identifier: GPL-3.0-or-later
// report.html: one file for the reader who decides, opened without a network. docs/report.md shows it.
#pragma once

#include "study/evaluate.hpp"
#include "study/solve.hpp"
#include "study/tree.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace beachfront::study {

/// The report of a solved design: figures with their intervals, layout, maps of temperature and warpage, the link's
/// ledger, power and cost against other optics, the loop, and every value that went in with its source. `results` as
/// results.json has it. The same bytes for the same input: no date, no path.
std::string design_report(const Tree& resolved, const Design& design, const Solution& solution, const Json& results);

/// A design's place in a sweep, whose report stands in the folder above.
struct PlaceInSweep {
  std::string sweep; ///< name
  std::int64_t point = 0;
  Json parameters;     ///< name -> value
  std::string differs; ///< from what the sweep stored, a sentence; empty where nothing does
};

/// The same, with what the sweep set and a link to its report.
std::string design_report(const Tree& resolved, const Design& design, const Solution& solution, const Json& results,
                          const PlaceInSweep& place);

/// Writes it as report.html into the folder, which must be there. Returns the file. Throws like write_file().
std::filesystem::path write_design_report(const std::filesystem::path& folder, const Tree& resolved,
                                          const Design& design, const Solution& solution, const Json& results);

} // namespace beachfront::study
