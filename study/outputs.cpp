// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/outputs.hpp"

#include "geometry/dxf.hpp"
#include "geometry/gdsii.hpp"
#include "geometry/lyp.hpp"
#include "geometry/lyrdb.hpp"
#include "geometry/oasis.hpp"
#include "geometry/svg.hpp"
#include "study/field_tables.hpp"
#include "study/input_error.hpp"
#include "study/lane_table.hpp"
#include "study/layout_geojson.hpp"
#include "study/route_table.hpp"
#include "study/rule_text.hpp"
#include "study/version.hpp"
#include "study/write_file.hpp"
#include "thermal/vtu.hpp"

#include <fmt/core.h>

#include <chrono>
#include <ctime>
#include <unistd.h>

namespace beachfront::study {

namespace {

namespace fs = std::filesystem;

void make_folder(const fs::path& folder) {
  std::error_code error;
  // Looked at before anything is written, so that no run leaves half of its files.
  for (const char* name :
       {"results.json", "run.json", "layout.gds", "layout.lyp", "layout.lyrdb", "layout.oas", "layout.dxf",
        "layout.svg", "layout.geojson", "routes.csv", "corridors.csv", "fields.vtu", "temperature.csv",
        "thermal_resistance.csv", "guide_stress.csv", "lanes.csv", "lasers.csv", "report.html"})
    if (fs::is_directory(folder / name, error))
      throw InputError({(folder / name).string(), 0, 0}, "", "is a folder where a result would be written");
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    throw InputError({folder.string(), 0, 0}, "", "cannot be made a folder for the results");
}

Json run_json(const fs::path& design_file) {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  return {{"design_file", fs::absolute(design_file).string()},
          {"date", fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                               utc.tm_hour, utc.tm_min, utc.tm_sec)},
          {"host", host},
          {"tool_version", version()},
          {"git_commit", git_commit()}};
}

bool has_fields(const Solution& solution) {
  return solution.point && solution.point->fields && solution.point->fields->operating;
}

} // namespace

fs::path output_folder(const fs::path& asked, const Design& design) {
  if (!asked.empty())
    return asked;
  // The name of a design is not trusted to choose a place outside this folder.
  std::string name = design.name;
  for (char& c : name)
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' ')
      c = '_';
  return (name.starts_with('.') ? "_" + name : name) + "-out";
}

std::vector<fs::path> write_layout(const fs::path& folder, const Design& design, const Solution& solution,
                                   const std::vector<std::string>& formats, double facet_tolerance_nm) {
  make_folder(folder);
  const geometry::Drawing drawing =
      geometry::draw(design.package, solution.rules, solution.layout, solution.verification.crossings);
  geometry::GridOptions options;
  options.top_cell = design.name;
  options.facet_tolerance_nm = facet_tolerance_nm;

  std::vector<fs::path> files;
  const auto write = [&](const char* name, const std::function<void(std::ostream&)>& writer) {
    write_file(folder / name, writer);
    files.push_back(folder / name);
  };
  using Stream = std::ostream;
  for (const std::string& format : formats) {
    if (format == "gds") {
      write("layout.gds", [&](Stream& stream) { geometry::write_gdsii(stream, drawing, options); });
      write("layout.lyp", [&](Stream& stream) { geometry::write_lyp(stream, drawing); });
    } else if (format == "oas") {
      write("layout.oas", [&](Stream& stream) { geometry::write_oasis(stream, drawing, options); });
    } else if (format == "dxf") {
      write("layout.dxf", [&](Stream& stream) { geometry::write_dxf(stream, drawing, facet_tolerance_nm); });
    } else if (format == "svg") {
      write("layout.svg", [&](Stream& stream) {
        geometry::write_svg(stream, design.package, solution.rules, solution.layout, solution.verification.crossings);
      });
    } else if (format == "geojson") {
      write("layout.geojson",
            [&](Stream& stream) { stream << layout_geojson(design.package, solution).dump() << '\n'; });
    } else if (format == "lyrdb") {
      write("layout.lyrdb",
            [&](Stream& stream) { geometry::write_lyrdb(stream, design.name, solution.violations, rule_text); });
    } else if (format == "csv") {
      write("routes.csv", [&](Stream& stream) { write_route_table(stream, solution); });
      write("corridors.csv", [&](Stream& stream) { write_corridor_table(stream, solution); });
      if (solution.point) {
        write("lanes.csv", [&](Stream& stream) { write_lane_table(stream, solution.point->link); });
        write("lasers.csv", [&](Stream& stream) { write_laser_table(stream, solution.point->link); });
      }
      if (solution.point && !solution.point->temperatures.resistance_K_per_W.empty())
        write("thermal_resistance.csv", [&](Stream& stream) { write_resistance_table(stream, *solution.point); });
      if (has_fields(solution))
        write("temperature.csv", [&](Stream& stream) { write_temperature_map(stream, *solution.point); });
      if (!solution.guide_stress.empty())
        write("guide_stress.csv", [&](Stream& stream) { write_guide_stress_table(stream, solution); });
    } else if (format == "vtu") {
      if (!has_fields(solution))
        throw InputError({design.name, 0, 0}, "fidelity.thermal",
                         "must be full for a .vtu: the fast models have no fields (or the design could not be solved)");
      write("fields.vtu", [&](Stream& stream) {
        thermal::write_vtu(stream, solution.point->fields->solid, *solution.point->fields->operating,
                           solution.point->operation.heat.image_cell_C);
      });
    }
  }
  return files;
}

std::vector<fs::path> write_outputs(const fs::path& folder, const fs::path& design_file, const Design& design,
                                    const Solution& solution, const Json& results) {
  std::vector<std::string> formats = {"gds", "lyrdb", "svg", "csv"};
  if (has_fields(solution))
    formats.push_back("vtu");
  std::vector<fs::path> files = write_layout(folder, design, solution, formats);
  const auto write_json = [&](const char* name, const Json& json) {
    write_file(folder / name, json.dump(2) + "\n");
    files.push_back(folder / name);
  };
  write_json("run.json", run_json(design_file));
  write_json("results.json", results);
  return files;
}

} // namespace beachfront::study
