// SPDX-License-Identifier: GPL-3.0-or-later
// A sweep in N parts that know nothing of one another: which points are whose, and what their files are called.
//
//   Shard shard = read_shard("2/8");
//   shard_points(10'000, shard);           // 1250 of them, ascending
//   shard_name(shard);                     // results-2-of-8: .sqlite is its store, .csv its table when it is complete
#pragma once

#include "study/store.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

struct Shard {
  std::int64_t number = 1; ///< from 1
  std::int64_t of = 1;
};

/// The most shards one sweep may be cut into.
inline constexpr std::int64_t most_shards = 100'000;

/// "i/N" with 1 <= i <= N <= most_shards. Throws InputError.
Shard read_shard(const std::string& text);

/// The points of a shard of a sweep of `size` points, ascending. Points are dealt like cards: blocks of consecutive
/// points, about 16 blocks a shard, one block to each shard in turn, the order of the shards shuffled anew each round.
/// Blocks, because consecutive points share what is solved once; shuffled, so that no shard always meets the same value
/// of a parameter (k % N would, where N divides the number of values) and with it the slow designs. The numbers of
/// points of two shards differ by at most one block. The same on every machine.
std::vector<std::int64_t> shard_points(std::int64_t size, const Shard& shard);

/// "results-2-of-8"; "results" where there is one shard.
std::string shard_name(const Shard& shard);

/// The shard whose store a file name belongs to ("results-2-of-8.sqlite"); empty of any other name.
std::optional<Shard> shard_of(std::string_view file_name);

struct ShardStore {
  Shard shard;
  std::filesystem::path file;
};

/// The stores of shards in a folder, by N and number; none where there is no such folder.
std::vector<ShardStore> shard_stores(const std::filesystem::path& folder);

/// Whether a folder that holds this may belong to a sweep: stores, tables, reports, what SQLite and a lock leave
/// beside them, and the logs of a batch system.
bool of_a_sweep(std::string_view file_name);

/// How far the shards of one N are.
struct ShardSummary {
  std::int64_t of = 1;
  std::int64_t points = 0; ///< of the whole sweep
  Counts counts;
  std::vector<Reason> reasons;          ///< the most frequent ones
  std::vector<std::int64_t> missing;    ///< shards without a store, ascending
  std::vector<std::int64_t> incomplete; ///< shards with a store and points to solve, ascending
  std::vector<std::string> unreadable;  ///< a message each; such a shard counts as missing
  std::vector<Screened> screened;
  std::vector<StageUse> stages;
};

/// A summary for each N that stores in the folder have.
std::vector<ShardSummary> summarize_shards(const std::filesystem::path& folder, std::int64_t most_reasons);

} // namespace beachfront::study
