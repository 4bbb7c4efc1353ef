// SPDX-License-Identifier: GPL-3.0-or-later
// What the subcommands of `sweep` share; each has a file of its own.
#pragma once

#include "app/command.hpp"
#include "study/sweep_plan.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::app {

/// What may stand on the command line; a subcommand reads what it has declared.
struct SweepOptions {
  std::filesystem::path sweep;
  std::filesystem::path folder;
  std::string fidelity;
  std::string shard; ///< "i/N"
  bool resume = false;
  bool fail_fast = false;
  bool json = false;
  std::vector<std::filesystem::path> from; ///< of merge
  bool partial = false;                    ///< of merge
  std::vector<std::string> formats;        ///< of export
  std::string engine;                      ///< of script
  std::int64_t shards = 0;                 ///< of script; 0: chosen
  std::filesystem::path to;                ///< of script; empty: stdout
  std::optional<std::string> designs;      ///< of report: which get one of their own
};

struct SweepCommand {
  const char* name;
  const char* sentence;
  int (*action)(const SweepOptions&, const Globals&);
};

/// The subcommand with the options that all of them take.
CLI::App* add_sweep_command(CLI::App& sweep, const SweepCommand& command, const Globals& globals, Run& run,
                            const std::shared_ptr<SweepOptions>& options);

void add_sweep_status(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options);
void add_sweep_report(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options);
void add_sweep_merge(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options);
void add_sweep_export(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options);
void add_sweep_script(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options);

study::SweepPlan load_sweep(const SweepOptions& options, const Globals& globals);
std::filesystem::path folder_of(const SweepOptions& options);
/// The command that goes on with a sweep. `shard`: "i/N", or empty.
std::string resume_command(const SweepOptions& options, const std::string& shard);
/// As stores have it: version and commit.
std::string tool_version();
/// What is told of a sweep, finished or not.
struct Summary {
  std::int64_t total = 0;
  study::Counts counts;
  std::vector<study::Reason> reasons;
  std::vector<study::Screened> screened;
  std::vector<study::StageUse> stages;
};
study::Json summary_json(const Summary& summary);
void print_summary(const Summary& summary);
/// A rung that rejects what is feasible is a fault of ours: told on stderr whatever else is printed. False then.
bool screening_holds(const std::vector<study::Screened>& rungs);

/// The first ten: "3, 5, 6 and 12 more".
std::string list_text(const std::vector<std::int64_t>& numbers);

} // namespace beachfront::app
