// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep_command.hpp"
#include "study/merge.hpp"
#include "study/shard.hpp"
#include "study/sweep.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

namespace beachfront::app {
namespace {

/// Which shards to run for the points that are missing, where the folder's shards tell.
void print_missing(const study::MergeOutcome& outcome, const SweepOptions& options) {
  fmt::print(stderr, "{} designs are missing: {}\n", outcome.missing.size(), list_text(outcome.missing));
  const std::filesystem::path folder = folder_of(options);
  for (const study::ShardSummary& shards : study::summarize_shards(folder, 0)) {
    if (!shards.missing.empty())
      fmt::print(stderr, "  of {} shards without a store: {}\n", shards.of, list_text(shards.missing));
    if (!shards.incomplete.empty())
      fmt::print(stderr, "  of {} shards with designs to solve: {}\n", shards.of, list_text(shards.incomplete));
  }
}

int merge(const SweepOptions& options, const Globals& globals) {
  const study::SweepPlan plan = load_sweep(options, globals);
  study::Merge merge;
  merge.folder = folder_of(options);
  merge.from = options.from;
  merge.partial = options.partial;
  merge.tool_version = tool_version();
  study::MergeOutcome outcome;
  try {
    outcome = study::merge_stores(plan, merge);
  } catch (const study::DiskFull& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return interrupted;
  }
  if (!outcome.missing.empty())
    print_missing(outcome, options);
  if (!outcome.written) {
    fmt::print(stderr, "nothing was written; run them with: {}, or merge what is there with --partial\n",
               resume_command(options, "i/N"));
    return interrupted;
  }
  const Summary summary{
      plan.size, outcome.counts, outcome.reasons, {}, {}}; // the stores that were merged tell the rest
  if (options.json) {
    study::Json document = summary_json(summary);
    document["stores"] = outcome.stores;
    document["in_several"] = outcome.in_several;
    document["complete"] = outcome.missing.empty();
    fmt::print("{}\n", document.dump(2));
    return good;
  }
  print_summary(summary);
  fmt::print("from {} stores; {} designs were in more than one\n{}\n", outcome.stores, outcome.in_several,
             (outcome.missing.empty() ? study::csv_file(merge.folder) : study::store_file(merge.folder)).string());
  return good;
}

} // namespace

void add_sweep_merge(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options) {
  CLI::App* command =
      add_sweep_command(sweep, {"merge", "Join the stores of shards into one", merge}, globals, run, options);
  command->add_option("FILE", options->from,
                      "Stores, or folders with stores (default: shards in the folder of the results)");
  command->add_flag("--partial", options->partial, "Write results.sqlite although designs are missing");
  command->add_flag("--json", options->json, "Print one JSON document on stdout");
}

} // namespace beachfront::app
