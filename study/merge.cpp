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
#include <fmt/ranges.h>

#include <algorithm>
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
  std::vector<std::string> lines = differences(store.identity(), identity);
  if (!lines.empty()) {
    constexpr std::size_t shown = 10;
    const std::size_t more = lines.size() - std::min(shown, lines.size());
    lines.resize(lines.size() - more);
    refuse(file, fmt::format("is of another sweep and cannot be merged; nothing was written:\n  {}{}",
                             fmt::join(lines, "\n  "), more > 0 ? fmt::format("\n  and {} more", more) : ""));
  }
  return store.points();
}

/// SQL that is true where a design of `part` has a column with another value than that of the same point in `main`.
std::string unequal(const Database& database) {
  Statement columns(database, "SELECT name FROM pragma_table_info('designs')");
  std::vector<std::string> tests;
  while (columns.step())
    tests.push_back(fmt::format("part.designs.{0} IS NOT main.designs.{0}", columns.text(0)));
  return fmt::format("{}", fmt::join(tests, " OR "));
}

/// Which store each point came from.
using Origins = std::vector<const fs::path*>;

void take(const Database& database, const fs::path& file, const Origins& origins) {
  {
    Statement attach(database, "ATTACH ?1 AS part");
    const std::string name = file.string();
    attach.bind(1, name);
    attach.step();
  }
  {
    Statement other(database, "SELECT point FROM part.designs JOIN main.designs USING(point) WHERE " +
                                  unequal(database) + " ORDER BY point LIMIT 1");
    if (other.step()) {
      const std::int64_t point = other.integer(0);
      refuse(file, fmt::format("design {} has other results than in '{}'; keep the store that you trust, nothing was "
                               "written",
                               point, origins.at(static_cast<std::size_t>(point))->string()));
    }
  }
  database.run("INSERT INTO main.designs SELECT * FROM part.designs "
               "WHERE point NOT IN (SELECT point FROM main.designs) ORDER BY point");
  database.run("DETACH part");
}

/// All designs of the files in one new store. Its bytes hang on the order of the files.
void gather(const fs::path& to, const std::vector<fs::path>& files, const Identity& identity, MergeOutcome& outcome) {
  Store::create(to, identity);
  const Database database(to, Opening::existing);
  database.run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF"); // it is lost with the process anyway
  Origins origins(static_cast<std::size_t>(identity.points), nullptr);
  for (const fs::path& file : files) {
    const std::vector<std::int64_t> points = inspect(file, identity);
    take(database, file, origins);
    for (const std::int64_t point : points) {
      const fs::path*& origin = origins.at(static_cast<std::size_t>(point));
      outcome.in_several += origin ? 1 : 0;
      origin = origin ? origin : &file;
    }
  }
  for (std::size_t point = 0; point < origins.size(); ++point)
    if (!origins[point])
      outcome.missing.push_back(static_cast<std::int64_t>(point));
}

/// The same store written anew in the order of its points: bytes that hang on its content alone.
void write_in_order(const fs::path& from, const fs::path& to) {
  const Database database(from, Opening::existing);
  Statement copy(database, "VACUUM INTO ?1");
  const std::string name = to.string();
  copy.bind(1, name);
  copy.step();
}

MergeOutcome merge_files(const SweepPlan& plan, const Merge& merge, const std::vector<fs::path>& files) {
  const fs::path target = store_file(merge.folder);
  const StoreLock lock(target);
  const Scratch gathered(target.string() + ".gathered");
  const Scratch ordered(target.string() + ".merged");

  MergeOutcome outcome;
  outcome.stores = files.size();
  gather(gathered.path, files, identity(plan, merge.tool_version), outcome);
  {
    constexpr std::int64_t reasons_shown = 5;
    const Store store = Store::read(gathered.path);
    outcome.counts = store.counts();
    outcome.reasons = store.reasons(reasons_shown);
  }
  if (!outcome.missing.empty() && !merge.partial)
    return outcome;

  write_in_order(gathered.path, ordered.path);
  if (outcome.missing.empty()) {
    const Store store = Store::read(ordered.path);
    write_file(csv_file(merge.folder), [&](std::ostream& out) { write_csv(out, plan, store); });
  }
  for (const char* ending : {"-journal", "-wal", "-shm"}) // of the store that goes away
    fs::remove(target.string() + ending);
  give_name(ordered.path, target);
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
    throw DiskFull(fmt::format("{}: no space left on the disk; nothing was changed, free some space (about three times "
                               "that of the stores) and merge again",
                               merge.folder.string()));
  }
}

} // namespace beachfront::study
