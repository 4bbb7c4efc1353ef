// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/merge.hpp"

#include "study/database.hpp"
#include "study/input_error.hpp"
#include "study/shard.hpp"
#include "study/store_lock.hpp"
#include "study/sweep.hpp"
#include "study/sweep_csv.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

/// A store that is being made, with what SQLite and its lock leave beside it; gone when it leaves its scope, unless it
/// was given its name.
struct Scratch {
  explicit Scratch(fs::path file) : path(std::move(file)) { remove(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { remove(); }

  void remove() const {
    std::error_code ignored;
    for (const char* ending : {"", "-journal", "-wal", "-shm", ".lock"})
      fs::remove(path.string() + ending, ignored);
  }

  fs::path path;
};

void add_stores_of(const fs::path& folder, std::vector<fs::path>& out) {
  for (const ShardStore& shard : shard_stores(folder))
    out.push_back(shard.file);
  if (fs::exists(store_file(folder)))
    out.push_back(store_file(folder));
}

/// The files to read, each once. A file of no bytes is a run that was killed before it began.
std::vector<fs::path> sources(const Merge& merge) {
  std::vector<fs::path> files;
  for (const fs::path& from : merge.from) {
    const std::size_t before = files.size();
    if (!fs::is_directory(from))
      files.push_back(from);
    else
      add_stores_of(from, files);
    if (files.size() == before)
      refuse(from, "holds no store of a sweep");
  }
  if (merge.from.empty())
    add_stores_of(merge.folder, files);
  else if (fs::exists(store_file(merge.folder)))
    files.push_back(store_file(merge.folder));
  if (files.empty())
    refuse(merge.folder, "holds no store of a sweep; run the shards first: sweep run SWEEP --shard i/N");

  std::vector<fs::path> once;
  for (const fs::path& file : files) {
    std::error_code missing; // a file that is not there is told when it is read
    const bool empty = fs::file_size(file, missing) == 0 && !missing;
    const bool known = std::any_of(once.begin(), once.end(), [&](const fs::path& other) {
      std::error_code ignored;
      return other == file || fs::equivalent(other, file, ignored);
    });
    if (!empty && !known)
      once.push_back(file);
  }
  return once;
}

/// Throws InputError unless the store is whole and of this sweep. Returns its points.
std::vector<std::int64_t> inspect(const fs::path& file, const Identity& identity) {
  const Store store = Store::read_whole(file);
  require_same_sweep(file, store.identity(), identity);
  return store.points();
}

/// A point and the place of a store that has it in the list of files.
struct Find {
  std::int64_t point = 0;
  std::size_t file = 0;
  bool operator<(const Find& other) const { return std::pair(point, file) < std::pair(other.point, other.file); }
};

/// What all stores have, by points. Notes in the outcome which points are missing and which are there several times.
std::vector<Find> find_points(const std::vector<fs::path>& files, const Identity& identity, MergeOutcome& outcome) {
  std::vector<Find> finds;
  for (std::size_t i = 0; i < files.size(); ++i)
    for (const std::int64_t point : inspect(files[i], identity))
      finds.push_back({point, i});
  std::sort(finds.begin(), finds.end());
  auto at = finds.begin();
  for (std::int64_t point = 0; point < identity.points; ++point) {
    const auto first = at;
    while (at != finds.end() && at->point == point)
      ++at;
    if (at == first)
      outcome.missing.push_back(point);
    outcome.in_several += at - first > 1 ? 1 : 0;
  }
  return finds;
}

/// Stores that are read in turns, not more of them open than a process may have files.
struct Readers {
  const Store& open(const fs::path& file) {
    constexpr std::size_t most_open = 200;
    const auto known = stores.find(file);
    if (known != stores.end())
      return known->second;
    if (stores.size() == most_open)
      stores.clear(); // points come in blocks from one store, so this is rare
    return stores.emplace(file, Store::read(file)).first->second;
  }
  std::map<fs::path, Store> stores;
};

/// What was solved; not which figures the sweep file wanted beside it, which may change.
bool same(const StoredDesign& a, const StoredDesign& b) {
  return a.hash == b.hash && a.parameters == b.parameters && a.status == b.status && a.rule == b.rule &&
         a.message == b.message && a.results == b.results && a.screened_by == b.screened_by;
}

StoredDesign read_point(Readers& readers, const fs::path& file, std::int64_t point) {
  std::optional<StoredDesign> design = readers.open(file).at(point);
  if (!design)
    refuse(file, fmt::format("has lost design {} since it was opened", point));
  return std::move(*design);
}

/// A new store of all designs in the order of the points, and so with bytes that hang on its content alone.
void write_in_order(const fs::path& to, const std::vector<fs::path>& files, const std::vector<Find>& finds,
                    const Identity& identity) {
  constexpr std::size_t batch_size = 256; // a few megabytes
  Store store = Store::create(to, identity);
  Readers readers;
  std::vector<StoredDesign> batch;
  for (auto at = finds.begin(); at != finds.end();) {
    const auto first = at;
    const StoredDesign design = read_point(readers, files[first->file], first->point);
    for (++at; at != finds.end() && at->point == first->point; ++at) {
      if (same(design, read_point(readers, files[at->file], at->point)))
        continue;
      refuse(files[at->file], fmt::format("design {} has other results than in '{}'; keep the store that you trust, "
                                          "nothing was written",
                                          first->point, files[first->file].string()));
    }
    batch.push_back(design);
    if (batch.size() == batch_size || at == finds.end()) {
      store.add(batch);
      batch.clear();
    }
  }
}

MergeOutcome merge_files(const SweepPlan& plan, const Merge& merge, const std::vector<fs::path>& files) {
  const fs::path target = store_file(merge.folder);
  const StoreLock lock(target);
  MergeOutcome outcome;
  outcome.stores = files.size();
  const Identity sweep = identity(plan, merge.tool_version);
  const std::vector<Find> finds = find_points(files, sweep, outcome);
  if (!outcome.missing.empty() && !merge.partial)
    return outcome;

  const Scratch merged(target.string() + ".merged");
  write_in_order(merged.path, files, finds, sweep);
  {
    constexpr std::int64_t reasons_shown = 5;
    const Store store = Store::read(merged.path);
    outcome.counts = store.counts();
    outcome.reasons = store.reasons(reasons_shown);
    if (outcome.missing.empty())
      write_file(csv_file(merge.folder), [&](std::ostream& out) { write_csv(out, plan, store); });
  }
  for (const char* ending : {"-journal", "-wal", "-shm"}) // of the store that goes away
    fs::remove(target.string() + ending);
  give_name(merged.path, target);
  outcome.written = true;
  return outcome;
}

} // namespace

MergeOutcome merge_stores(const SweepPlan& plan, const Merge& merge) {
  const std::vector<fs::path> files = sources(merge);
  std::error_code error;
  fs::create_directories(merge.folder, error); // where it fails, the first file in it says why
  try {
    return merge_files(plan, merge, files);
  } catch (const DiskFull&) {
    throw DiskFull(fmt::format("{}: no space left on the disk; nothing was changed, free some space (about that of "
                               "all stores) and merge again",
                               merge.folder.string()));
  }
}

} // namespace beachfront::study
