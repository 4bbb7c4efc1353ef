// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/optimise.hpp"
#include "app/fidelity.hpp"
#include "app/long_run.hpp"
#include "app/sweep_command.hpp"
#include "study/sweep_analysis.hpp"
#include "study/threads.hpp"

#include <fmt/core.h>

#include <iostream>
#include <memory>

namespace beachfront::app {
namespace {

struct Options {
  std::filesystem::path sweep;
  std::string fidelity;
  bool json = false;
  study::OptimiseRun run;
};

study::Json search_json(const study::OptimiseOutcome& outcome) {
  return {{"complete", outcome.complete}, {"exhausted", outcome.exhausted}, {"evaluations", outcome.evaluations},
          {"solved", outcome.solved},     {"reused", outcome.reused},       {"start", outcome.start}};
}

void print_search(const study::OptimiseOutcome& outcome) {
  fmt::print("search: {} designs, {} of them by this run", outcome.evaluations, outcome.solved);
  if (outcome.start > 0)
    fmt::print("; it started from {} of the sweep", outcome.start);
  fmt::print("{}\n", outcome.exhausted ? "; ended because nothing new came up" : "");
}

int report(const study::SweepPlan& plan, const study::OptimiseOutcome& outcome, const Options& options) {
  study::Json analysis = study::analyse_sweep(plan, options.run.folder);
  const bool found = !analysis["front"].empty();
  if (options.json) {
    analysis["search"] = search_json(outcome);
    std::cout << analysis.dump(2) << '\n';
  } else {
    print_search(outcome);
    std::fflush(stdout); // before what goes through the stream
    study::print_analysis(std::cout, analysis);
    std::cout << study::analysis_file(options.run.folder).string() << '\n';
  }
  if (!outcome.complete) {
    fmt::print(stderr, "stopped; go on with the same command and --resume\n");
    return interrupted;
  }
  return found ? good : infeasible;
}

int search(Options& options, const Globals& globals) {
  const study::SweepPlan plan = study::load_sweep(options.sweep, globals.library, fidelity_settings(options.fidelity));
  study::OptimiseRun& run = options.run;
  if (run.folder.empty())
    run.folder = options.sweep.stem().string() + "-results";
  run.threads = study::usable_threads(globals.threads);
  run.tool_version = tool_version();
  Meter meter;
  run.stop = stop_asked;
  run.progress = [&meter](const study::Progress& progress) { meter.show(progress); };
  const auto solve = [](const study::Tree& design, study::KeptStages& kept) { return study::evaluate(design, kept); };
  stop_at_signals();
  return run_metered(meter, [&] {
    const study::OptimiseOutcome outcome = study::optimise(plan, solve, run);
    meter.clear();
    return report(plan, outcome, options);
  });
}

} // namespace

void add_optimise(CLI::App& program, const Globals& globals, Run& run) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("optimise", "Search a sweep's parameters for the best designs");
  command->add_option("SWEEP", options->sweep, "Sweep file with objectives, and constraints if any")->required();
  command->add_option("-o,--output", options->run.folder, "Folder of the results (default: SWEEP's name and -results)");
  command->add_option("--evaluations", options->run.evaluations, "Designs to solve (default: 1000)")
      ->check(CLI::Range(1, 1000000));
  command->add_option("--population", options->run.population, "Designs of a generation, a multiple of 4 (default: 20)")
      ->check(CLI::Range(8, 10000));
  command->add_option("--seed", options->run.seed, "Another number searches another way (default: 1)");
  command->add_option("--fidelity", options->fidelity, "fast or full, for every discipline that has the model");
  command->add_flag("--resume", options->run.resume,
                    "Go on with an interrupted search, or start from the designs of a sweep");
  command->add_flag("--json", options->json, "Print one JSON document on stdout");
  command->callback([&globals, &run, options] { run = [&globals, options] { return search(*options, globals); }; });
}

} // namespace beachfront::app
