// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fidelity.hpp"
#include "app/sweep_command.hpp"
#include "study/run_shard.hpp"
#include "study/threads.hpp"
#include "study/version.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>

namespace beachfront::app {

namespace {

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

/// The first Ctrl-C or SIGTERM finishes the designs in flight; a second one ends the program at once, which the store
/// survives as well.
void stop_at_signals() {
  struct sigaction action = {};
  action.sa_handler = [](int) { stop_asked = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

std::string duration_text(double seconds) {
  if (seconds < 100)
    return fmt::format("{:.0f} s", seconds);
  return seconds < 6000 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:.1f} h", seconds / 3600);
}

/// One line on the terminal, written over itself.
struct Meter {
  using Clock = std::chrono::steady_clock;
  Clock::time_point start = Clock::now();
  Clock::time_point shown = start;
  bool terminal = isatty(STDERR_FILENO) == 1;

  void show(const study::Progress& progress) {
    const Clock::time_point now = Clock::now();
    if (!terminal || now - shown < std::chrono::milliseconds(200))
      return;
    shown = now;
    const double seconds = std::chrono::duration<double>(now - start).count();
    const auto here = static_cast<double>(progress.counts.done() - progress.earlier);
    const double rate = here / seconds;
    const auto left = static_cast<double>(progress.total - progress.counts.done());
    fmt::print(stderr, "\r\x1b[K{}/{} designs, {:.3g}/s, {} left, {} infeasible, {} failed", progress.counts.done(),
               progress.total, rate, duration_text(left / rate), progress.counts.infeasible, progress.counts.error);
  }
  void clear() const {
    if (terminal)
      fmt::print(stderr, "\r\x1b[K");
  }
};

} // namespace

study::SweepPlan load_sweep(const SweepOptions& options, const Globals& globals) {
  return study::load_sweep(options.sweep, globals.library, fidelity_settings(options.fidelity));
}

std::filesystem::path folder_of(const SweepOptions& options) {
  return options.folder.empty() ? std::filesystem::path(options.sweep.stem().string() + "-results") : options.folder;
}

std::string tool_version() {
  return fmt::format("{} ({})", study::version(), study::git_commit());
}

study::Json summary_json(const study::Counts& counts, std::int64_t total, const std::vector<study::Reason>& reasons) {
  study::Json list = study::Json::array();
  for (const study::Reason& reason : reasons) {
    list.push_back({{"status", to_string(reason.status)},
                    {"rule", reason.rule},
                    {"designs", reason.designs},
                    {"first", reason.first},
                    {"message", reason.message}});
  }
  return {{"designs", total},       {"done", counts.done()},     {"ok", counts.ok}, {"infeasible", counts.infeasible},
          {"failed", counts.error}, {"reasons", std::move(list)}};
}

void print_summary(const study::Counts& counts, std::int64_t total, const std::vector<study::Reason>& reasons) {
  fmt::print("{} of {} designs: {} ok, {} infeasible, {} failed\n", counts.done(), total, counts.ok, counts.infeasible,
             counts.error);
  for (const study::Reason& reason : reasons) {
    const bool failed_ones = reason.status == study::Status::error;
    fmt::print("  {} {}{}, first design {}: {}\n", reason.designs, failed_ones ? "failed" : "break ", reason.rule,
               reason.first, reason.message);
  }
}

namespace {

int report(const study::SweepOutcome& outcome, const study::Shard& shard, const std::filesystem::path& folder,
           const SweepOptions& options) {
  const study::Progress& progress = outcome.progress;
  if (options.json) {
    study::Json document = summary_json(progress.counts, progress.total, outcome.reasons);
    document["complete"] = outcome.complete;
    document["earlier"] = progress.earlier;
    document["reused"] = progress.reused;
    fmt::print("{}\n", document.dump(2));
  } else {
    print_summary(progress.counts, progress.total, outcome.reasons);
    if (progress.earlier + progress.reused > 0)
      fmt::print("{} were there before, {} have the design of another point\n", progress.earlier, progress.reused);
    fmt::print("{}\n", (folder / (study::shard_name(shard) + (outcome.complete ? ".csv" : ".sqlite"))).string());
  }
  if (!outcome.complete) {
    fmt::print(stderr, "stopped; go on with: beachfront sweep run {} -o {}{} --resume\n", options.sweep.string(),
               folder.string(), options.shard.empty() ? "" : " --shard " + options.shard);
    return interrupted;
  }
  return progress.counts.error > 0 ? failed : good; // infeasible designs are results, failed ones are not
}

int run_points(const SweepOptions& options, const Globals& globals) {
  const study::SweepPlan plan = load_sweep(options, globals);
  const study::Shard shard = options.shard.empty() ? study::Shard{} : study::read_shard(options.shard);
  Meter meter;
  study::SweepRun run;
  run.folder = folder_of(options);
  run.resume = options.resume;
  run.threads = study::usable_threads(globals.threads);
  run.tool_version = tool_version();
  run.stop = [] { return stop_asked.load(); };
  run.progress = [&meter](const study::Progress& progress) { meter.show(progress); };
  const auto solved = [](const study::Tree& design, study::KeptStages& kept) { return study::evaluate(design, kept); };
  stop_at_signals();
  try {
    const study::SweepOutcome outcome = study::run_shard(plan, solved, run, shard);
    meter.clear();
    return report(outcome, shard, run.folder, options);
  } catch (const study::DiskFull& error) {
    meter.clear();
    fmt::print(stderr, "error: {}\n", error.what());
    return interrupted;
  } catch (...) {
    meter.clear();
    throw;
  }
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
  start->add_option("--shard", options->shard, "i/N: the i-th of N parts, into a store of its own");
  start->add_flag("--json", options->json, "Print one JSON document on stdout");
  for (auto add : {add_sweep_status, add_sweep_merge, add_sweep_export, add_sweep_script})
    add(*sweep, globals, run, options);
  add_sweep_report(*sweep, globals, run);
}

} // namespace beachfront::app
