// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep_command.hpp"
#include "study/shard.hpp"
#include "study/sweep.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace beachfront::app {

std::string list_text(const std::vector<std::int64_t>& numbers) {
  constexpr std::size_t shown = 10;
  std::string text = fmt::format(
      "{}",
      fmt::join(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(std::min(shown, numbers.size())), ", "));
  return numbers.size() > shown ? fmt::format("{} and {} more", text, numbers.size() - shown) : text;
}

namespace {

Summary summary_of(const study::ShardSummary& shards) {
  return {shards.points, shards.counts, shards.reasons, shards.screened, shards.stages};
}

study::Json shards_json(const study::ShardSummary& shards) {
  study::Json document = summary_json(summary_of(shards));
  document["shards"] = shards.of;
  document["missing"] = shards.missing;
  document["incomplete"] = shards.incomplete;
  return document;
}

void print_shards(const study::ShardSummary& shards) {
  fmt::print("{} shards: ", shards.of);
  print_summary(summary_of(shards));
  if (!shards.missing.empty())
    fmt::print("  without a store: shard {}\n", list_text(shards.missing));
  if (!shards.incomplete.empty())
    fmt::print("  with designs to solve: shard {}\n", list_text(shards.incomplete));
  for (const std::string& message : shards.unreadable)
    fmt::print(stderr, "{}\n", message);
}

void warn_of_differences(const study::Identity& stored, const study::Identity& now) {
  for (const std::string& line : study::differences(stored, now))
    fmt::print(stderr, "cannot be resumed as it stands: {}\n", line);
}

/// Of the one store where there is one, and of the shards.
int show_status(const SweepOptions& options, const Globals& globals) {
  const std::filesystem::path folder = folder_of(options);
  const std::vector<study::ShardSummary> shards = study::summarize_shards(folder, 5);
  const study::Identity now = study::identity(load_sweep(options, globals), tool_version());
  study::Json document = study::Json::object();
  if (shards.empty() || std::filesystem::exists(study::store_file(folder))) {
    const study::Store store = study::Store::read(study::store_file(folder));
    const std::int64_t points = store.identity().points;
    const Summary summary{points, store.counts(points), store.reasons(5), store.screened(), store.stages()};
    const std::int64_t searched = store.counts().done() - summary.counts.done();
    document = summary_json(summary);
    document["searched"] = searched;
    if (!options.json)
      print_summary(summary);
    if (!options.json && searched > 0)
      fmt::print("and {} designs of a search\n", searched);
    screening_holds(summary.screened);
    warn_of_differences(store.identity(), now);
  }
  for (const study::ShardSummary& each : shards) {
    document["shards"].push_back(shards_json(each));
    if (!options.json)
      print_shards(each);
    screening_holds(each.screened);
  }
  if (options.json)
    fmt::print("{}\n", document.dump(2));
  return good;
}

} // namespace

void add_sweep_status(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options) {
  CLI::App* command = add_sweep_command(sweep, {"status", "How far a sweep is", show_status}, globals, run, options);
  command->add_flag("--json", options->json, "Print one JSON document on stdout");
}

} // namespace beachfront::app
