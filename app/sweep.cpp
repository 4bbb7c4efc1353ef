// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fidelity.hpp"
#include "app/long_run.hpp"
#include "app/sweep_command.hpp"
#include "study/run_shard.hpp"
#include "study/threads.hpp"
#include "study/version.hpp"

#include <fmt/format.h>

#include <memory>

namespace beachfront::app {

study::SweepPlan load_sweep(const SweepOptions& options, const Globals& globals) {
  return study::load_sweep(options.sweep, globals.library, fidelity_settings(options.fidelity));
}

std::filesystem::path folder_of(const SweepOptions& options) {
  return options.folder.empty() ? std::filesystem::path(options.sweep.stem().string() + "-results") : options.folder;
}

std::string resume_command(const SweepOptions& options, const std::string& shard) {
  return fmt::format("beachfront sweep run {} -o {}{}{} --resume", options.sweep.string(), folder_of(options).string(),
                     options.fidelity.empty() ? "" : " --fidelity " + options.fidelity,
                     shard.empty() ? "" : " --shard " + shard);
}

std::string tool_version() {
  return fmt::format("{} ({})", study::version(), study::git_commit());
}

namespace {

int report(const study::SweepOutcome& outcome, const study::Shard& shard, const std::filesystem::path& folder,
           const SweepOptions& options) {
  const study::Progress& progress = outcome.progress;
  const Summary summary{progress.total, progress.counts, outcome.reasons, outcome.screened, progress.stages};
  if (options.json) {
    study::Json document = summary_json(summary);
    document["complete"] = outcome.complete;
    document["earlier"] = progress.earlier;
    document["reused"] = progress.reused;
    fmt::print("{}\n", document.dump(2));
  } else {
    print_summary(summary);
    if (progress.earlier + progress.reused > 0)
      fmt::print("{} were there before, {} have the design of another point\n", progress.earlier, progress.reused);
    fmt::print("{}\n", (folder / (study::shard_name(shard) + (outcome.complete ? ".csv" : ".sqlite"))).string());
  }
  const bool sound = screening_holds(outcome.screened);
  if (!outcome.complete) {
    fmt::print(stderr, "stopped{}; go on with: {}\n", outcome.failed_fast ? " at a design that failed" : "",
               resume_command(options, options.shard));
    return outcome.failed_fast ? failed : interrupted;
  }
  return progress.counts.error > 0 || !sound ? failed : good; // infeasible designs are results, failed ones are not
}

int run_points(const SweepOptions& options, const Globals& globals) {
  const study::SweepPlan plan = load_sweep(options, globals);
  const study::Shard shard = options.shard.empty() ? study::Shard{} : study::read_shard(options.shard);
  Meter meter;
  study::SweepRun run;
  run.folder = folder_of(options);
  run.resume = options.resume;
  run.fail_fast = options.fail_fast;
  run.threads = study::usable_threads(globals.threads);
  run.tool_version = tool_version();
  run.stop = [] { return stop_asked(); };
  run.progress = [&meter](const study::Progress& progress) { meter.show(progress); };
  const auto solved = [&plan](const study::Tree& design, study::KeptStages& kept) {
    return study::evaluate(design, kept, plan.screening);
  };
  stop_at_signals();
  return run_metered(meter, [&] {
    const study::SweepOutcome outcome = study::run_shard(plan, solved, run, shard);
    meter.clear();
    return report(outcome, shard, run.folder, options);
  });
}

} // namespace

CLI::App* add_sweep_command(CLI::App& sweep, const SweepCommand& command, const Globals& globals, Run& run,
                            const std::shared_ptr<SweepOptions>& options) {
  CLI::App* added = sweep.add_subcommand(command.name, command.sentence);
  added->add_option("SWEEP", options->sweep, "Sweep file")->required();
  added->add_option("-o,--output", options->folder, "Folder of the results (default: SWEEP's name and -results)");
  added->add_option("--fidelity", options->fidelity, "fast or full, for every discipline that has the model");
  added->callback([&globals, &run, options, action = command.action] {
    run = [&globals, options, action] { return action(*options, globals); };
  });
  return added;
}

void add_sweep(CLI::App& program, const Globals& globals, Run& run) {
  auto options = std::make_shared<SweepOptions>();
  CLI::App* sweep = program.add_subcommand("sweep", "Many designs from one");
  sweep->require_subcommand(1);
  CLI::App* start =
      add_sweep_command(*sweep, {"run", "Solve every design of the sweep", run_points}, globals, run, options);
  start->add_flag("--resume", options->resume, "Go on where an earlier run of the same sweep stopped");
  start->add_flag("--fail-fast", options->fail_fast, "Stop at the first design that fails, with exit code 3");
  start->add_option("--shard", options->shard, "i/N: the i-th of N parts, into a store of its own");
  start->add_flag("--json", options->json, "Print one JSON document on stdout");
  for (auto add : {add_sweep_status, add_sweep_report, add_sweep_merge, add_sweep_export, add_sweep_script})
    add(*sweep, globals, run, options);
}

} // namespace beachfront::app
