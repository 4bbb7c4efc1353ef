// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/shard.hpp"

#include "study/input_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <utility>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

/// A whole number, digits only.
std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool digits = !text.empty() && text.front() != '-' && end == text.data() + text.size();
  return digits && error == std::errc() ? std::optional(number) : std::nullopt;
}

std::optional<Shard> shard_from(std::string_view text, std::string_view between) {
  const std::size_t at = text.find(between);
  if (at == std::string_view::npos)
    return std::nullopt;
  const std::optional<std::int64_t> number = whole(text.substr(0, at));
  const std::optional<std::int64_t> of = whole(text.substr(at + between.size()));
  if (!number || !of || *number < 1 || *number > *of || *of > most_shards)
    return std::nullopt;
  return Shard{*number, *of};
}

/// SplitMix64: a well mixed number from a counter, the same everywhere. G. Steele, D. Lea, C. Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014, doi:10.1145/2660193.2660195.
struct SplitMix {
  std::uint64_t state = 0;
  std::uint64_t next() {
    state += 0x9e3779b97f4a7c15;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
};

/// Which shard each block of a round belongs to.
std::vector<std::int64_t> shuffled_shards(std::int64_t of, std::int64_t round) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(of));
  std::iota(order.begin(), order.end(), std::int64_t{1});
  SplitMix random{static_cast<std::uint64_t>(round)};
  for (std::size_t left = order.size(); left > 1; --left)
    std::swap(order[left - 1], order[random.next() % left]);
  return order;
}

/// Calls visit(shard number, first point, end of its points) for every block of a sweep.
template <class Visit>
void for_each_block(std::int64_t size, std::int64_t of, const Visit& visit) {
  constexpr std::int64_t blocks_a_shard = 16;
  const std::int64_t block = std::max<std::int64_t>(1, size / (of * blocks_a_shard));
  std::int64_t first = 0;
  for (std::int64_t round = 0; first < size; ++round) {
    for (const std::int64_t number : shuffled_shards(of, round)) {
      if (first < size)
        visit(number, first, std::min(size, first + block));
      first += block;
    }
  }
}

/// How many points each shard has, the first at [0].
std::vector<std::int64_t> shard_sizes(std::int64_t size, std::int64_t of) {
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(of));
  for_each_block(size, of, [&](std::int64_t number, std::int64_t first, std::int64_t end) {
    sizes[static_cast<std::size_t>(number - 1)] += end - first;
  });
  return sizes;
}

} // namespace

Shard read_shard(const std::string& text) {
  const std::optional<Shard> shard = shard_from(text, "/");
  if (!shard) {
    throw bad_value({"--shard"}, "", fmt::format("'{}'", text),
                    fmt::format("i/N with 1 <= i <= N <= {}, as 2/8", most_shards));
  }
  return *shard;
}

std::vector<std::int64_t> shard_points(std::int64_t size, const Shard& shard) {
  std::vector<std::int64_t> points;
  for_each_block(size, shard.of, [&](std::int64_t number, std::int64_t first, std::int64_t end) {
    for (std::int64_t point = first; number == shard.number && point < end; ++point)
      points.push_back(point);
  });
  return points;
}

std::string shard_name(const Shard& shard) {
  return shard.of == 1 ? "results" : fmt::format("results-{}-of-{}", shard.number, shard.of);
}

std::optional<Shard> shard_of(std::string_view file_name) {
  constexpr std::string_view before = "results-";
  constexpr std::string_view after = ".sqlite";
  if (!file_name.starts_with(before) || !file_name.ends_with(after) || file_name.size() < before.size() + after.size())
    return std::nullopt;
  file_name.remove_prefix(before.size());
  file_name.remove_suffix(after.size());
  return shard_from(file_name, "-of-");
}

std::vector<ShardStore> shard_stores(const fs::path& folder) {
  std::vector<ShardStore> stores;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (const std::optional<Shard> shard = shard_of(entry->path().filename().string()))
      stores.push_back({*shard, entry->path()});
  std::sort(stores.begin(), stores.end(), [](const ShardStore& a, const ShardStore& b) {
    return std::pair(a.shard.of, a.shard.number) < std::pair(b.shard.of, b.shard.number);
  });
  return stores;
}

bool of_a_sweep(std::string_view file_name) {
  if (file_name == "log" || file_name == "results.csv" || file_name.starts_with("results.sqlite") ||
      file_name.starts_with("designs."))
    return true;
  if (file_name == "analysis.json" || file_name == "report.html" || file_name == "designs")
    return true; // what was made of the shards so far
  if (file_name.starts_with(".beachfront-") || file_name.starts_with(".nfs"))
    return true;                               // being written, or removed while open on a network file system
  const std::size_t dot = file_name.find('.'); // -journal, .lock and the like follow the store's name
  if (dot == std::string_view::npos)
    return false;
  const std::string_view ending = file_name.substr(dot);
  return (ending == ".csv" || ending.starts_with(".sqlite")) &&
         shard_of(fmt::format("{}.sqlite", file_name.substr(0, dot))).has_value();
}

namespace {

void add(Counts& sum, const Counts& counts) {
  sum.ok += counts.ok;
  sum.infeasible += counts.infeasible;
  sum.error += counts.error;
}

void add(std::vector<Screened>& sum, const std::vector<Screened>& rungs) {
  for (const Screened& rung : rungs) {
    const auto same = std::find_if(sum.begin(), sum.end(), [&](const Screened& one) { return one.rung == rung.rung; });
    if (same == sum.end()) {
      sum.push_back(rung);
      continue;
    }
    same->designs += rung.designs;
    same->audited += rung.audited;
    same->feasible += rung.feasible;
  }
}

/// As Store::reasons() orders and groups them.
std::vector<Reason> most_frequent(const std::vector<Reason>& all, std::int64_t most) {
  std::map<std::pair<Status, std::string>, Reason> groups;
  for (const Reason& reason : all) {
    const auto [at, fresh] =
        groups.try_emplace({reason.status, reason.rule.empty() ? '!' + reason.message : reason.rule}, reason);
    Reason& sum = at->second;
    if (fresh)
      continue;
    sum.designs += reason.designs;
    if (reason.first < sum.first) {
      sum.first = reason.first;
      sum.message = reason.message;
    }
  }
  std::vector<Reason> reasons;
  for (const auto& [key, reason] : groups)
    reasons.push_back(reason);
  std::sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
    return a.designs != b.designs ? a.designs > b.designs : a.first < b.first;
  });
  reasons.resize(std::min(reasons.size(), static_cast<std::size_t>(most)));
  return reasons;
}

ShardSummary summarize(const std::vector<ShardStore>& stores, std::int64_t most_reasons) {
  ShardSummary summary;
  summary.of = stores.front().shard.of;
  std::vector<Reason> reasons;
  std::vector<std::int64_t> sizes; // known once a store has told the sweep's size
  auto next = stores.begin();
  for (std::int64_t number = 1; number <= summary.of; ++number) {
    if (next == stores.end() || next->shard.number != number) {
      summary.missing.push_back(number);
      continue;
    }
    try {
      const Store store = Store::read(next->file);
      const Counts counts = store.counts();
      summary.points = store.identity().points;
      add(summary.counts, counts);
      add(summary.screened, store.screened());
      add_up(summary.stages, store.stages());
      if (sizes.empty())
        sizes = shard_sizes(summary.points, summary.of);
      if (counts.done() < sizes.at(static_cast<std::size_t>(number - 1)))
        summary.incomplete.push_back(number);
      for (Reason& reason : store.reasons(summary.points))
        reasons.push_back(std::move(reason));
    } catch (const InputError& error) {
      summary.unreadable.push_back(error.what());
      summary.missing.push_back(number);
    }
    ++next;
  }
  summary.reasons = most_frequent(reasons, most_reasons);
  return summary;
}

} // namespace

std::vector<ShardSummary> summarize_shards(const fs::path& folder, std::int64_t most_reasons) {
  std::vector<ShardSummary> summaries;
  const std::vector<ShardStore> stores = shard_stores(folder);
  for (auto first = stores.begin(); first != stores.end();) {
    const auto last =
        std::find_if(first, stores.end(), [&](const ShardStore& store) { return store.shard.of != first->shard.of; });
    summaries.push_back(summarize({first, last}, most_reasons));
    first = last;
  }
  return summaries;
}

} // namespace beachfront::study
