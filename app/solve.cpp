// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/solve.hpp"
#include "app/command.hpp"
#include "app/fidelity.hpp"
#include "app/terminal.hpp"
#include "study/design.hpp"
#include "study/intervals.hpp"
#include "study/outputs.hpp"
#include "study/report.hpp"
#include "study/results.hpp"
#include "study/summary.hpp"
#include "study/threads.hpp"
#include "study/uncertain_inputs.hpp"

#include <fmt/core.h>

#include <memory>

namespace beachfront::app {

namespace {

struct Options {
  std::string design;
  std::filesystem::path folder;
  std::vector<std::string> settings;
  std::string fidelity;
  bool json = false;
};

int solve_design(const Options& options, const Globals& globals) {
  std::vector<std::string> settings = options.settings;
  for (const study::Setting& setting : fidelity_settings(options.fidelity))
    settings.push_back(setting.path + "=" + setting.value);
  const study::Tree tree = study::open_design(options.design, globals.library, settings);
  const study::Design design = study::read_design(tree);
  study::uncertain_inputs(tree); // its faults are told before the work, not after
  study::KeptStages kept;
  const study::Solution solution = study::solve(design, kept);
  study::Json results = study::results_json(design, solution);
  study::add_intervals(results, tree, kept, study::usable_threads(globals.threads));

  // With --json alone nothing is written: the document on stdout is the result.
  const bool write = !options.json || !options.folder.empty();
  const std::filesystem::path folder = study::output_folder(options.folder, design);
  std::vector<std::filesystem::path> files;
  if (write) {
    files = study::write_outputs(folder, options.design, design, solution, results);
    files.push_back(study::write_design_report(folder, tree, design, solution, results));
  }
  if (options.json)
    fmt::print("{}\n", results.dump(2));
  else
    fmt::print("{}", study::summary(results, files, terminal_style()));
  return solution.feasible() ? good : infeasible;
}

} // namespace

void add_solve(CLI::App& program, const Globals& globals, Run& run) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("solve", "Lay out and solve a design");
  command->add_option("DESIGN", options->design, "Design file")->required();
  command->add_option("-o,--output", options->folder, "Folder for the results (default: NAME-out)");
  command->add_option("--set", options->settings, "path=value, overrides one value")->type_size(1);
  command->add_option("--fidelity", options->fidelity, "fast or full, for every discipline that has the model");
  command->add_flag("--json", options->json, "Print results.json on stdout; writes files only with -o");
  command->callback(
      [&globals, &run, options] { run = [&globals, options] { return solve_design(*options, globals); }; });
}

} // namespace beachfront::app
