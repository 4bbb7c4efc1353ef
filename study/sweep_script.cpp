// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_script.hpp"

#include "study/input_error.hpp"
#include "study/spelling.hpp"

#include <fmt/format.h>

#include <vector>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

/// A word of the shell that stands for exactly this text.
std::string shell_word(const std::string& text) {
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

/// A string of Python that stands for exactly this text.
std::string python_string(const std::string& text) {
  std::string out = "\"";
  for (const char c : text)
    out += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
  return out + '"';
}

std::string doubled(const std::string& text, char special) {
  std::string out;
  for (const char c : text)
    out += std::string(c == special ? 2 : 1, c);
  return out;
}

/// What all commands of a job share, as words of the shell.
struct Words {
  explicit Words(const SweepJob& job)
      : folder(shell_word(fs::absolute(job.folder).lexically_normal().string())),
        sweep(shell_word(fs::absolute(job.sweep).lexically_normal().string())), program(shell_word(job.program)) {
    if (!job.library.empty())
      program += " --library " + shell_word(fs::absolute(job.library).lexically_normal().string());
    options = job.fidelity.empty() ? "" : " --fidelity " + shell_word(job.fidelity);
  }
  std::string folder;
  std::string sweep;
  std::string program; ///< with the options that stand before the command
  std::string options; ///< those after it
};

std::string headline(const SweepJob& job, const char* where) {
  return fmt::format("# {}: {} designs in {} {} {}.", job.sweep.filename().string(), job.points, job.shards,
                     job.shards == 1 ? "shard" : "shards", where);
}

std::string merge_command(const Words& words) {
  return fmt::format("{} sweep merge {} -o {}{}", words.program, words.sweep, words.folder, words.options);
}

/// A task that was interrupted (75) or killed (137: by the kernel for its memory, or by a hand) goes back into the
/// queue. afterany and not afterok: designs that failed are rows too, and merge itself says what is missing.
constexpr const char* slurm_text = R"(#!/bin/bash
{headline}
# Run it where sbatch is: bash FILE [options of sbatch, as --partition=long --time=4:00:00]
# Everything may be killed and submitted again at any time: what is solved stays solved.
set -euo pipefail
mkdir -p {folder}/log

array=$(sbatch --parsable --job-name={name} --array=1-{shards} --cpus-per-task={threads} --requeue --signal=TERM@60 \
  --open-mode=append --output={log}/%A_%a.txt "$@" <<'TASK'
#!/bin/bash
export OMP_NUM_THREADS="$SLURM_CPUS_PER_TASK"
srun --ntasks=1 --cpus-per-task="$SLURM_CPUS_PER_TASK" \
  {program} --threads "$SLURM_CPUS_PER_TASK" \
  sweep run {sweep} -o {folder}{options} --shard "$SLURM_ARRAY_TASK_ID/{shards}" --resume
code=$?
if [ $code -eq 75 ] || [ $code -eq 137 ]; then # interrupted or killed: back into the queue, five times at most
  [ "${{SLURM_RESTART_COUNT:-0}}" -ge 5 ] || scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_$SLURM_ARRAY_TASK_ID"
fi
exit $code
TASK
)
array=${{array%%;*}} # without the name of the cluster

merge=$(sbatch --parsable --job-name={merge_name} --dependency=afterany:"$array" --cpus-per-task=1 \
  --output={log}/%j_merge.txt "$@" <<'MERGE'
#!/bin/bash
{merge}
MERGE
)
echo "shards: job $array; merge: job ${{merge%%;*}}; logs: "{folder}/log
)";

std::string slurm_script(const SweepJob& job) {
  const Words words(job);
  const std::string name = "beachfront-" + job.sweep.stem().string();
  return fmt::format(slurm_text, fmt::arg("headline", headline(job, "as a job array of Slurm")),
                     fmt::arg("folder", words.folder), fmt::arg("name", shell_word(name)),
                     fmt::arg("merge_name", shell_word(name + "-merge")), fmt::arg("shards", job.shards),
                     fmt::arg("threads", job.threads),
                     fmt::arg("log", doubled(words.folder + "/log", '%')), // % begins a field in a name of sbatch
                     fmt::arg("program", words.program), fmt::arg("sweep", words.sweep),
                     fmt::arg("options", words.options), fmt::arg("merge", merge_command(words)));
}

constexpr const char* parallel_text = R"(#!/bin/bash
{headline}
# Run it: bash FILE [options of parallel, as --jobs 16 or --sshloginfile hosts; the hosts must see the same paths]
# Everything may be killed and run again at any time: what is solved stays solved.
set -uo pipefail
mkdir -p {folder}/log
jobs=$(($(nproc) / {threads}))

shard() {{
  OMP_NUM_THREADS={threads} {program} --threads {threads} \
    sweep run {sweep} -o {folder}{options} --shard "$1/{shards}" --resume >>{folder}/log/shard-"$1".txt 2>&1
}}
export -f shard
PARALLEL_SHELL=$(type -P bash) parallel --will-cite --jobs $((jobs > 1 ? jobs : 1)) --env shard --retries 2 \
  --joblog {folder}/log/parallel.tsv "$@" shard ::: $(seq {shards}) ||
  echo "shards with failed designs, or stopped: see "{folder}/log >&2

{merge}
)";

std::string parallel_script(const SweepJob& job) {
  const Words words(job);
  return fmt::format(parallel_text, fmt::arg("headline", headline(job, "under GNU parallel")),
                     fmt::arg("folder", words.folder), fmt::arg("threads", job.threads), fmt::arg("shards", job.shards),
                     fmt::arg("program", words.program), fmt::arg("sweep", words.sweep),
                     fmt::arg("options", words.options), fmt::arg("merge", merge_command(words)));
}

/// Exit code 3 of a shard is designs that failed: rows, not a reason to stop. Its table, which is there once it has all
/// its rows, is what the rule promises.
constexpr const char* snakemake_text = R"({headline}
# Run it: snakemake --snakefile FILE --cores all --keep-going
# Everything may be killed and run again at any time: what is solved stays solved.
SHARDS = {shards}
FOLDER = {folder}
SWEEP = {sweep}
COMMAND = {command}

rule merge:
    input:
        expand({shard_table}, i=range(1, SHARDS + 1))
    output:
        {table}
    shell:
        "{{COMMAND}} sweep merge {{SWEEP:q}} -o {{FOLDER:q}}{options}"

rule shard:
    output:
        {shard_table}
    threads: {threads}
    shell:
        "OMP_NUM_THREADS={{threads}} {{COMMAND}} --threads {{threads}} sweep run {{SWEEP:q}} -o {{FOLDER:q}}{options}"
        " --shard {{wildcards.i}}/{shards} --resume || [ $? -eq 3 ]"
)";

std::string snakefile(const SweepJob& job) {
  const Words words(job);
  const std::string folder = fs::absolute(job.folder).lexically_normal().string();
  if (folder.find_first_of("{}") != std::string::npos) {
    throw bad_value({"-o"}, "", fmt::format("'{}'", folder),
                    "a folder without { and }, which Snakemake reads as wildcards of a file name");
  }
  const std::string shard_table = python_string(fmt::format("{}/results-{{i}}-of-{}.csv", folder, job.shards));
  return fmt::format(snakemake_text, fmt::arg("headline", headline(job, "under Snakemake")),
                     fmt::arg("shards", job.shards), fmt::arg("threads", job.threads),
                     fmt::arg("folder", python_string(folder)),
                     fmt::arg("sweep", python_string(fs::absolute(job.sweep).lexically_normal().string())),
                     fmt::arg("command", python_string(words.program)), fmt::arg("shard_table", shard_table),
                     fmt::arg("table", python_string(folder + "/results.csv")), fmt::arg("options", words.options));
}

} // namespace

Engine read_engine(const std::string& name) {
  const std::vector<std::string> names = {"slurm", "parallel", "snakemake"};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name)
      return static_cast<Engine>(i);
  throw bad_value({"--engine"}, "", fmt::format("'{}'", name), "slurm, parallel or snakemake", nearest(name, names));
}

std::string sweep_script(const SweepJob& job, Engine engine) {
  switch (engine) {
  case Engine::slurm:
    return slurm_script(job);
  case Engine::parallel:
    return parallel_script(job);
  case Engine::snakemake:
    return snakefile(job);
  }
  return {};
}

} // namespace beachfront::study
