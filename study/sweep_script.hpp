// SPDX-License-Identifier: GPL-3.0-or-later
// A sweep as a job of a batch system: text that is run as it stands, on any machine that sees the same paths.
//
//   SweepJob job;
//   job.program = "/opt/beachfront/bin/beachfront";
//   job.sweep = "/home/me/sweeps/x.yaml";
//   job.folder = "/scratch/me/x-results";
//   job.shards = 20;
//   std::string text = sweep_script(job, Engine::slurm);      // bash x.sh submits it
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace beachfront::study {

enum class Engine {
  slurm,     ///< a job array and a job that merges, submitted by the script
  parallel,  ///< GNU parallel on this machine or, over ssh, on several
  snakemake, ///< a Snakefile with the rules shard and merge
};

/// "slurm", "parallel", "snakemake". Throws InputError.
Engine read_engine(const std::string& name);

struct SweepJob {
  std::string program; ///< absolute path
  std::filesystem::path sweep;
  std::filesystem::path folder;  ///< of the results
  std::filesystem::path library; ///< as --library; empty: not given
  std::string fidelity;          ///< as --fidelity; empty: not given
  std::int64_t points = 0;       ///< of the sweep, for the comment
  std::int64_t shards = 1;
  int threads = 1; ///< of each shard
};

/// The script. Paths are made absolute and quoted. Each shard runs with --resume, so that a job may be killed, put back
/// into the queue and run again at any time; the last step merges. Throws
/// InputError for a folder that the engine cannot name.
std::string sweep_script(const SweepJob& job, Engine engine);

} // namespace beachfront::study
