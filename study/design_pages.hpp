// SPDX-License-Identifier: GPL-3.0-or-later
// Reports of single designs beside the report of their sweep: each design is solved again from what the store holds,
// and held to what the store says of it.
//
//   DesignPages made = write_design_pages(plan, folder, {3, 17}, run);     // folder/designs/3.html and 17.html
#pragma once

#include "study/regress.hpp"
#include "study/sweep.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace beachfront::study {

struct PageRun {
  int threads = 1;
  std::string tool_version;
  /// Asked before each design; once it says yes, designs in flight are finished and no further one is begun.
  std::function<bool()> stop = {};
  /// Called after each design, by one thread at a time.
  std::function<void(const Progress&)> progress = {};
};

struct DesignPage {
  std::int64_t point = 0;
  std::filesystem::path file;
  std::string differs; ///< what the store says otherwise, a sentence; empty when the figures are those of the store
};

struct DesignWithoutPage {
  std::int64_t point = 0;
  std::string reason;
};

/// Both in the order in which the points were given.
struct DesignPages {
  std::vector<DesignPage> pages;
  std::vector<DesignWithoutPage> without; ///< designs that failed in the sweep, or fail now
  bool complete = true;                   ///< else stopped before the last one
};

/// The file of a point's report in the folder of a sweep.
std::filesystem::path design_page_file(const std::filesystem::path& folder, std::int64_t point);

/// The points whose reports are in the folder of a sweep, ascending.
std::vector<std::int64_t> points_with_page(const std::filesystem::path& folder);

/// Writes the reports of points that have a row in the store of the folder. A design is solved at the fidelity of the
/// sweep, without intervals. Where a figure is another than in the store by more than goldens are allowed
/// (regress.hpp), the report and the outcome say so. The same bytes for any number of threads. Throws InputError,
/// before a design is solved, when the parameters of a point make another design than the store has (an entry of the
/// library was changed) or when the folder cannot be made; DiskFull, with the reports so far in it.
DesignPages write_design_pages(const SweepPlan& plan, const std::filesystem::path& folder,
                               const std::vector<std::int64_t>& points, const PageRun& run);

} // namespace beachfront::study
