// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/outputs.hpp"

#include "geometry/gdsii.hpp"
#include "geometry/lyp.hpp"
#include "geometry/names.hpp"
#include "geometry/svg.hpp"
#include "study/input_error.hpp"
#include "study/number_text.hpp"
#include "study/version.hpp"
#include "study/write_file.hpp"

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
  for (const char* name : {"results.json", "run.json", "layout.gds", "layout.lyp", "layout.svg", "routes.csv"})
    if (fs::is_directory(folder / name, error))
      throw InputError({(folder / name).string(), 0, 0}, "", "is a folder where a result would be written");
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    throw InputError({folder.string(), 0, 0}, "", "cannot be made a folder for the results");
}

void write_routes(std::ostream& stream, const Solution& solution) {
  stream << "net,engine,kind,connector,fibre,length_mm,min_radius_mm,propagation_dB,bends_dB,joints_dB,crossings_dB,"
            "loss_dB,delay_ps\n";
  for (std::size_t i = 0; i < solution.layout.guides.size(); ++i) {
    const geometry::Guide& guide = solution.layout.guides[i];
    const double radius_mm = geometry::min_radius_mm(guide.path);
    stream << fmt::format("{},{},{},{},{},{},{}", guide.net, geometry::engine_name(guide.engine),
                          geometry::kind_name(guide.kind), geometry::connector_name(guide.connector), guide.fibre,
                          geometry::length_mm(guide.path), std::isinf(radius_mm) ? "" : fmt::format("{}", radius_mm));
    if (i < solution.routes.size()) {
      const optics::RouteLoss& route = solution.routes[i];
      stream << fmt::format(",{},{},{},{},{},{}\n", route.propagation_dB, route.bends_dB, route.joints_dB,
                            route.crossings_dB, route.total_dB, route.delay_ps);
    } else {
      stream << ",,,,,,\n";
    }
  }
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
                                   const std::vector<std::string>& formats) {
  make_folder(folder);
  std::vector<fs::path> files;
  const auto write = [&](const char* name, const std::function<void(std::ostream&)>& writer) {
    write_file(folder / name, writer);
    files.push_back(folder / name);
  };
  for (const std::string& format : formats) {
    if (format == "gds") {
      geometry::GdsOptions options;
      options.top_cell = design.name;
      write("layout.gds", [&](std::ostream& stream) {
        geometry::write_gdsii(stream, design.package, solution.rules, solution.layout, options);
      });
      write("layout.lyp", geometry::write_lyp);
    } else if (format == "svg") {
      write("layout.svg", [&](std::ostream& stream) {
        geometry::write_svg(stream, design.package, solution.rules, solution.layout);
      });
    } else if (format == "csv") {
      write("routes.csv", [&](std::ostream& stream) { write_routes(stream, solution); });
    }
  }
  return files;
}

std::vector<fs::path> write_outputs(const fs::path& folder, const fs::path& design_file, const Design& design,
                                    const Solution& solution, const Json& results) {
  std::vector<fs::path> files = write_layout(folder, design, solution, {"gds", "svg", "csv"});
  const auto write_json = [&](const char* name, const Json& json) {
    write_file(folder / name, json.dump(2) + "\n");
    files.push_back(folder / name);
  };
  write_json("run.json", run_json(design_file));
  write_json("results.json", results);
  return files;
}

} // namespace beachfront::study
