// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep_command.hpp"
#include "study/report_sweep.hpp"
#include "study/sweep_analysis.hpp"

#include <iostream>

namespace beachfront::app {
namespace {

int report(const SweepOptions& options, const Globals& globals) {
  const std::filesystem::path folder = folder_of(options);
  const study::SweepPlan plan = load_sweep(options, globals);
  const study::Json analysis = study::analyse_sweep(plan, folder);
  const std::filesystem::path page = study::write_sweep_report(folder, plan, analysis, options.fidelity);
  if (options.json) {
    std::cout << analysis.dump(2) << '\n';
    return good;
  }
  study::print_analysis(std::cout, analysis);
  std::cout << study::analysis_file(folder).string() << '\n' << page.string() << '\n';
  return good;
}

} // namespace

void add_sweep_report(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options) {
  CLI::App* command =
      add_sweep_command(sweep, {"report", "The best designs, what rejects the others, what matters, the yield", report},
                        globals, run, options);
  command->add_flag("--json", options->json, "Print analysis.json on stdout instead of the tables");
}

} // namespace beachfront::app
