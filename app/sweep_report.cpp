// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.hpp"
#include "app/fidelity.hpp"
#include "study/sweep_analysis.hpp"

#include <fmt/core.h>

#include <iostream>
#include <memory>

namespace beachfront::app {
namespace {

struct Options {
  std::filesystem::path sweep;
  std::filesystem::path folder;
  std::string fidelity;
  bool json = false;
};

int report(const Options& options, const Globals& globals) {
  const study::SweepPlan plan = study::load_sweep(options.sweep, globals.library, fidelity_settings(options.fidelity));
  const std::filesystem::path folder =
      options.folder.empty() ? std::filesystem::path(options.sweep.stem().string() + "-results") : options.folder;
  const study::Json analysis = study::analyse_sweep(plan, folder);
  if (options.json) {
    std::cout << analysis.dump(2) << '\n';
    return good;
  }
  study::print_analysis(std::cout, analysis);
  std::cout << study::analysis_file(folder).string() << '\n';
  return good;
}

} // namespace

void add_sweep_report(CLI::App& sweep, const Globals& globals, Run& run) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      sweep.add_subcommand("report", "Answers: the best designs, what rejects, what matters, the yield");
  command->add_option("SWEEP", options->sweep, "Sweep file, with its constraints and objectives")->required();
  command->add_option("-o,--output", options->folder, "Folder of the results (default: SWEEP's name and -results)");
  command->add_option("--fidelity", options->fidelity, "As the sweep was run with");
  command->add_flag("--json", options->json, "Print analysis.json on stdout instead of the tables");
  command->callback([&globals, &run, options] { run = [&globals, options] { return report(*options, globals); }; });
}

} // namespace beachfront::app
