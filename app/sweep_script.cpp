// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_script.hpp"
#include "app/sweep_command.hpp"
#include "study/input_error.hpp"
#include "study/shard.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::app {
namespace {

/// Where this program is, as every machine that runs the job must find it.
std::string this_program() {
  return std::filesystem::read_symlink("/proc/self/exe").string();
}

int write_script(const SweepOptions& options, const Globals& globals) {
  const study::Engine engine = study::read_engine(options.engine);
  const study::SweepPlan plan = load_sweep(options, globals);
  const std::int64_t most = std::min(plan.size, study::most_shards);
  if (options.shards > most)
    throw study::bad_value({"--shards"}, "", std::to_string(options.shards),
                           fmt::format("no more than the points of the sweep: {}", most));
  study::SweepJob job;
  job.program = this_program();
  job.sweep = options.sweep;
  job.folder = folder_of(options);
  job.library = globals.library;
  job.fidelity = options.fidelity;
  job.points = plan.size;
  constexpr std::int64_t usual_shards = 10;
  job.shards = options.shards > 0 ? options.shards : std::min(usual_shards, most);
  job.threads = globals.threads > 0 ? globals.threads : 1;
  const std::string script = study::sweep_script(job, engine);
  if (options.to.empty())
    fmt::print("{}", script);
  else
    study::write_file(options.to, script);
  return good;
}

} // namespace

void add_sweep_script(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options) {
  CLI::App* command = add_sweep_command(sweep, {"script", "Write the sweep as a job of a batch system", write_script},
                                        globals, run, options);
  command->add_option("--engine", options->engine, "slurm, parallel or snakemake")->required();
  command->add_option("--shards", options->shards, "Parts the sweep is cut into (default: 10), with --threads each")
      ->check(CLI::Range(std::int64_t{1}, study::most_shards));
  command->add_option("--to", options->to, "File to write (default: stdout)");
}

} // namespace beachfront::app
