// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/compare_files.hpp"

#include "study/compare_plot.hpp"
#include "study/input_error.hpp"
#include "study/write_file.hpp"

#include <ostream>
#include <system_error>

namespace beachfront::study {

namespace fs = std::filesystem;

void make_comparison_folder(const fs::path& folder) {
  std::error_code error;
  for (const char* name : {"comparison.csv", "comparison.json", "comparison.svg", "report.html"})
    if (fs::is_directory(folder / name, error))
      throw InputError({(folder / name).string(), 0, 0}, "", "is a folder where a result would be written");
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    throw InputError({folder.string(), 0, 0}, "", "cannot be made a folder for the results");
}

std::vector<fs::path> write_comparison(const fs::path& folder, const Comparison& comparison) {
  make_comparison_folder(folder);
  write_file(folder / "comparison.csv", [&](std::ostream& out) { write_comparison_csv(out, comparison); });
  write_file(folder / "comparison.json",
             [&](std::ostream& out) { out << comparison_json(comparison).dump(2) << '\n'; });
  write_file(folder / "comparison.svg", [&](std::ostream& out) { write_comparison_svg(out, comparison); });
  return {folder / "comparison.csv", folder / "comparison.json", folder / "comparison.svg"};
}

} // namespace beachfront::study
