// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_export.hpp"
#include "app/sweep_command.hpp"

#include <fmt/format.h>

namespace beachfront::app {
namespace {

int export_designs(const SweepOptions& options, const Globals& globals) {
  const study::SweepPlan plan = load_sweep(options, globals);
  const study::SweepExport done = study::export_sweep(plan, folder_of(options), options.formats);
  for (const std::filesystem::path& file : done.files)
    fmt::print("{}\n", file.string());
  if (done.designs < plan.size)
    fmt::print(stderr, "{} of {} designs; the others are not solved yet\n", done.designs, plan.size);
  if (done.solved_by != tool_version())
    fmt::print(stderr, "solved by beachfront {}, this is {}\n", done.solved_by, tool_version());
  return good;
}

} // namespace

void add_sweep_export(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options) {
  CLI::App* command = add_sweep_command(sweep, {"export", "Write the designs as a table or as JSON", export_designs},
                                        globals, run, options);
  command->add_option("--format", options->formats, "csv, jsonl (with the whole results), or both: csv,jsonl")
      ->required()
      ->delimiter(',');
}

} // namespace beachfront::app
