// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.hpp"
#include "study/design.hpp"
#include "study/outputs.hpp"
#include "study/report.hpp"
#include "study/results.hpp"
#include "study/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace beachfront::app {

namespace {

std::vector<std::string> export_formats() {
  std::vector<std::string> formats = study::layout_formats;
  formats.push_back("html");
  return formats;
}

} // namespace

void add_export(CLI::App& program, const Globals& globals, Run& run) {
  struct Options {
    std::string design;
    std::vector<std::string> formats;
    std::filesystem::path folder;
    std::vector<std::string> settings;
    double facet_tolerance_nm = 10;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("export", "Lay out a design and write the layout");
  command->add_option("DESIGN", options->design, "Design file")->required();
  command
      ->add_option("--format", options->formats,
                   fmt::format("{}; with commas", fmt::join(export_formats(), ", ")))
      ->delimiter(',')
      ->required()
      ->check(CLI::IsMember(export_formats()));
  command->add_option("-o,--output", options->folder, "Folder for the files (default: NAME-out)");
  command
      ->add_option("--facet-tolerance-nm", options->facet_tolerance_nm,
                   "How far facets may stand off a curve in gds, oas and dxf (default: 10)")
      ->check(CLI::Range(1.0, 10000.0));
  command->add_option("--set", options->settings, "path=value, overrides one value")->type_size(1);
  command->callback([&globals, &run, options] {
    run = [&globals, options] {
      const study::Tree tree = study::open_design(options->design, globals.library, options->settings);
      const study::Design design = study::read_design(tree);
      const study::Solution solution = study::solve(design);
      const std::filesystem::path folder = study::output_folder(options->folder, design);
      for (const auto& file :
           study::write_layout(folder, design, solution, options->formats, options->facet_tolerance_nm))
        fmt::print("{}\n", file.string());
      if (std::find(options->formats.begin(), options->formats.end(), "html") != options->formats.end())
        fmt::print(
            "{}\n",
            study::write_design_report(folder, tree, design, solution, study::results_json(design, solution)).string());
      return solution.feasible() ? good : infeasible;
    };
  });
}

} // namespace beachfront::app
