// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a solved design.
#pragma once

#include "study/evaluate.hpp"
#include "study/solve.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {

/// The folder asked for, or NAME-out in the current one (slashes and control characters of the name become _).
std::filesystem::path output_folder(const std::filesystem::path& asked, const Design& design);

/// Writes results.json, layout.gds with layout.lyp and layout.lyrdb, layout.svg, routes.csv and run.json (what may
/// differ from run to run: date, host, paths), at full thermal fidelity fields.vtu, temperature.csv and
/// guide_stress.csv, lanes.csv, lasers.csv, into the folder, which is made if it is missing. Each file is there whole
/// or not at all. Returns the files written. Throws like write_file().
std::vector<std::filesystem::path> write_outputs(const std::filesystem::path& folder,
                                                 const std::filesystem::path& design_file, const Design& design,
                                                 const Solution& solution, const Json& results);

/// Every format that write_layout() knows; vtu needs full thermal fidelity.
inline const std::vector<std::string> layout_formats = {"gds", "oas", "dxf", "svg", "geojson", "csv", "lyrdb", "vtu"};

/// The layout alone, in some of `layout_formats`. The facets of GDSII, OASIS and (for
/// clothoids) DXF stand off the curves by at most the tolerance; GeoJSON has its own.
std::vector<std::filesystem::path> write_layout(const std::filesystem::path& folder, const Design& design,
                                                const Solution& solution, const std::vector<std::string>& formats,
                                                double facet_tolerance_nm = 10);

} // namespace beachfront::study
