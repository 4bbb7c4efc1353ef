// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep.hpp"
#include "app/command.hpp"
#include "app/fidelity.hpp"
#include "study/threads.hpp"
#include "study/version.hpp"
#include "study/write_file.hpp"

#include <fmt/core.h>

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>

namespace beachfront::app {

namespace {

struct Options {
  std::filesystem::path sweep;
  std::filesystem::path folder;
  std::string fidelity;
  bool resume = false;
  bool fail_fast = false;
  bool json = false;
};

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

double found_percent(const std::vector<study::StageUse>& stages) {
  study::StageUse all;
  for (const study::StageUse& use : stages) {
    all.asked += use.asked;
    all.found += use.found;
  }
  return all.asked > 0 ? 100 * static_cast<double>(all.found) / static_cast<double>(all.asked) : 0;
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
    fmt::print(stderr, "\r\x1b[K{}/{} designs, {:.3g}/s, {} left, {} infeasible, {} failed, {:.0f} % of stages known",
               progress.counts.done(), progress.total, rate, duration_text(left / rate), progress.counts.infeasible,
               progress.counts.error, found_percent(progress.stages));
  }
  void clear() const {
    if (terminal)
      fmt::print(stderr, "\r\x1b[K");
  }
};

study::SweepPlan load(const Options& options, const Globals& globals) {
  return study::load_sweep(options.sweep, globals.library, fidelity_settings(options.fidelity));
}

std::filesystem::path folder_of(const Options& options) {
  return options.folder.empty() ? std::filesystem::path(options.sweep.stem().string() + "-results") : options.folder;
}

std::string tool_version() {
  return fmt::format("{} ({})", study::version(), study::git_commit());
}

/// What is told of a sweep, finished or not.
struct Summary {
  std::int64_t total = 0;
  study::Counts counts;
  std::vector<study::Reason> reasons;
  std::vector<study::Screened> screened;
  std::vector<study::StageUse> stages;
};

study::Json summary_json(const Summary& summary) {
  study::Json reasons = study::Json::array(), screened = study::Json::array(), stages = study::Json::array();
  for (const study::Reason& reason : summary.reasons)
    reasons.push_back({{"status", to_string(reason.status)},
                       {"rule", reason.rule},
                       {"designs", reason.designs},
                       {"first", reason.first},
                       {"message", reason.message}});
  for (const study::Screened& rung : summary.screened)
    screened.push_back({{"rung", rung.rung},
                        {"designs", rung.designs},
                        {"audited", rung.audited},
                        {"feasible_after_all", rung.feasible}});
  for (const study::StageUse& use : summary.stages)
    stages.push_back({{"stage", use.stage}, {"asked", use.asked}, {"found", use.found}});
  const study::Counts& counts = summary.counts;
  return {{"designs", summary.total},        {"done", counts.done()},      {"ok", counts.ok},
          {"infeasible", counts.infeasible}, {"failed", counts.error},     {"reasons", std::move(reasons)},
          {"screened", std::move(screened)}, {"stages", std::move(stages)}};
}

void print_screened(const std::vector<study::Screened>& rungs) {
  for (const study::Screened& rung : rungs)
    fmt::print("  {} screened by {}{}\n", rung.designs, rung.rung,
               rung.audited > 0
                   ? fmt::format(", {} of them solved all the same: {} feasible", rung.audited, rung.feasible)
                   : "");
}

void print_stages(const std::vector<study::StageUse>& stages) {
  std::string line;
  for (const study::StageUse& use : stages)
    line += fmt::format("{}{} {} of {}", line.empty() ? "" : ", ", use.stage, use.asked - use.found, use.asked);
  if (!line.empty())
    fmt::print("solved by stage: {}\n", line);
}

void print_summary(const Summary& summary) {
  const study::Counts& counts = summary.counts;
  fmt::print("{} of {} designs: {} ok, {} infeasible, {} failed\n", counts.done(), summary.total, counts.ok,
             counts.infeasible, counts.error);
  for (const study::Reason& reason : summary.reasons) {
    const bool failed_ones = reason.status == study::Status::error;
    fmt::print("  {} {}{}, first design {}: {}\n", reason.designs, failed_ones ? "failed" : "break ", reason.rule,
               reason.first, reason.message);
  }
  print_screened(summary.screened);
  print_stages(summary.stages);
}

/// A rung that rejects what is feasible is a fault of ours: told on stderr whatever else is printed.
bool screening_holds(const std::vector<study::Screened>& rungs) {
  bool holds = true;
  for (const study::Screened& rung : rungs)
    if (rung.feasible > 0) {
      fmt::print(
          stderr,
          "error: screening is wrong: the rung '{}' rejected {} of {} audited designs that are feasible; run the "
          "sweep again in another folder with screening: {{rungs: none}}, and report this\n",
          rung.rung, rung.feasible, rung.audited);
      holds = false;
    }
  return holds;
}

int report(const study::SweepOutcome& outcome, const std::filesystem::path& folder, const Options& options) {
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
    fmt::print("{}\n", (outcome.complete ? study::csv_file(folder) : study::store_file(folder)).string());
  }
  const bool sound = screening_holds(outcome.screened);
  if (!outcome.complete) {
    fmt::print(stderr, "stopped{}; go on with: beachfront sweep run {} -o {} --resume\n",
               outcome.failed_fast ? " at a design that failed" : "", options.sweep.string(), folder.string());
    return outcome.failed_fast ? failed : interrupted;
  }
  return progress.counts.error > 0 || !sound ? failed : good; // infeasible designs are results, failed ones are not
}

int run_points(const Options& options, const Globals& globals) {
  const study::SweepPlan plan = load(options, globals);
  Meter meter;
  study::SweepRun run;
  run.folder = folder_of(options);
  run.resume = options.resume;
  run.fail_fast = options.fail_fast;
  run.threads = study::usable_threads(globals.threads);
  run.tool_version = tool_version();
  run.stop = [] { return stop_asked.load(); };
  run.progress = [&meter](const study::Progress& progress) { meter.show(progress); };
  const auto solved = [&plan](const study::Tree& design, study::KeptStages& kept) {
    return study::evaluate(design, kept, plan.screening);
  };
  stop_at_signals();
  try {
    const study::SweepOutcome outcome = study::run_sweep(plan, solved, run);
    meter.clear();
    return report(outcome, run.folder, options);
  } catch (const study::DiskFull& error) {
    meter.clear();
    fmt::print(stderr, "error: {}\n", error.what());
    return interrupted;
  } catch (...) {
    meter.clear();
    throw;
  }
}

int show_status(const Options& options, const Globals& globals) {
  const study::Store store = study::Store::read(study::store_file(folder_of(options)));
  const study::Identity identity = store.identity();
  const Summary summary{identity.points, store.counts(), store.reasons(5), store.screened(), store.stages()};
  if (options.json)
    fmt::print("{}\n", summary_json(summary).dump(2));
  else
    print_summary(summary);
  screening_holds(summary.screened);
  for (const std::string& line : study::differences(identity, study::identity(load(options, globals), tool_version())))
    fmt::print(stderr, "cannot be resumed as it stands: {}\n", line);
  return good;
}

} // namespace

void add_sweep(CLI::App& program, const Globals& globals, Run& run) {
  auto options = std::make_shared<Options>();
  CLI::App* sweep = program.add_subcommand("sweep", "Many designs from one");
  sweep->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, int (*action)(const Options&, const Globals&)) {
    CLI::App* command = sweep->add_subcommand(name, what);
    command->add_option("SWEEP", options->sweep, "Sweep file")->required();
    command->add_option("-o,--output", options->folder, "Folder of the results (default: SWEEP's name and -results)");
    command->add_option("--fidelity", options->fidelity, "fast or full, for every discipline that has the model");
    command->add_flag("--json", options->json, "Print one JSON document on stdout");
    command->callback(
        [&globals, &run, options, action] { run = [&globals, options, action] { return action(*options, globals); }; });
    return command;
  };
  CLI::App* start = add("run", "Solve every design of the sweep", run_points);
  start->add_flag("--resume", options->resume, "Go on where an earlier run of the same sweep stopped");
  start->add_flag("--fail-fast", options->fail_fast, "Stop at the first design that fails, with exit code 3");
  add("status", "How far a sweep is", show_status);
}

} // namespace beachfront::app
