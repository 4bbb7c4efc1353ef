// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/store.hpp"

#include "study/database.hpp"
#include "study/difference.hpp"
#include "study/result_texts.hpp"
#include "study/store_lock.hpp"
#include "study/yaml.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <utility>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

constexpr int application_id = 0x62666e74; // "bfnt", so that file(1) and we know our own stores
constexpr int store_format = 2;            // goes up when the tables change

constexpr const char* tables = R"(
  CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE designs(
    point INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    parameters TEXT NOT NULL,
    status TEXT NOT NULL CHECK(status IN ('ok', 'infeasible', 'error')),
    rule TEXT NOT NULL,
    message TEXT NOT NULL,
    screened_by TEXT NOT NULL,
    figures TEXT NOT NULL,
    results TEXT NOT NULL);
  CREATE INDEX designs_by_hash ON designs(hash);
  CREATE INDEX designs_by_status ON designs(status);
  CREATE TABLE stages(stage TEXT PRIMARY KEY, asked INTEGER NOT NULL, found INTEGER NOT NULL) WITHOUT ROWID;)";

Status status_from(const std::string& text) {
  return text == "ok" ? Status::ok : text == "infeasible" ? Status::infeasible : Status::error;
}

} // namespace

std::string to_string(Status status) {
  constexpr std::array<const char*, 3> names = {"ok", "infeasible", "error"};
  return names[static_cast<std::size_t>(status)];
}

namespace {

/// Tables and identity of a new store, in one transaction.
void begin(const Database& database, const Identity& identity) {
  database.run(fmt::format("BEGIN IMMEDIATE; PRAGMA application_id={}; PRAGMA user_version={}; {}{}", application_id,
                           store_format, tables, result_texts_table));
  const std::array<std::pair<std::string, std::string>, 6> rows = {{
      {"tool_version", identity.tool_version},
      {"sweep_hash", identity.sweep_hash},
      {"base_hash", identity.base_hash},
      {"sweep", identity.sweep},
      {"base_design", identity.base_design},
      {"points", std::to_string(identity.points)},
  }};
  Statement put(database, "INSERT INTO meta(key, value) VALUES(?1, ?2)");
  for (const auto& [key, text] : rows) {
    put.bind(1, key);
    put.bind(2, text);
    put.step();
    put.reset();
  }
  database.run("COMMIT");
}

/// Ours, and of a format we read.
void inspect(const Database& database) {
  if (database.value("PRAGMA application_id") != std::to_string(application_id))
    refuse(database.file, "is no store of a sweep");
  const std::string format = database.value("PRAGMA user_version");
  if (format != std::to_string(store_format))
    refuse(database.file, fmt::format("was written in store format {}, this version reads {}", format, store_format));
}

/// Whole to the last page. Reads all of it, about a second a gigabyte.
void examine(const Database& database) {
  const std::string page = database.value("PRAGMA page_size");
  if (fs::file_size(database.file) % std::strtoull(page.c_str(), nullptr, 10) != 0) // SQLite takes the rest for zeros
    refuse_damaged(database.file, "its last page is cut off");
  const std::string health = database.value("PRAGMA quick_check(1)");
  if (health != "ok")
    refuse_damaged(database.file, health);
}

} // namespace

struct Store::Connection {
  /// To read.
  explicit Connection(const fs::path& file) : database(file, Opening::existing) { inspect(database); }
  /// To write.
  Connection(const fs::path& file, const Identity& identity) : lock(file), database(file, Opening::create) {
    database.run("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL");
    if (database.value("SELECT count(*) FROM sqlite_master") == "0")
      begin(database, identity);
    inspect(database);
    examine(database);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    insert.reset(); // a statement would hold the journal
    count.reset();
    find.reset();
    texts.reset();
    if (lock) {
      try {
        database.run("PRAGMA journal_mode=DELETE"); // takes the empty journal away
      } catch (const std::exception&) {             // it may as well stay
      }
    }
  }

  std::optional<StoreLock> lock; // declared first: let go after the database is closed; a reader has none
  Database database;
  std::optional<Statement> insert, count, find;
  std::optional<ResultTexts> texts{std::in_place, database};
};

Store::Store(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::create(const fs::path& file, const Identity& identity) {
  if (fs::exists(file))
    refuse(file, "is there already");
  return resume(file, identity);
}

std::vector<std::string> differences(const Identity& was, const Identity& now) {
  std::vector<std::string> lines;
  if (was.tool_version != now.tool_version)
    lines.push_back(fmt::format("tool version: was {}, now {}", was.tool_version, now.tool_version));
  const auto add = [&lines](const char* what, const std::string& before, const std::string& after) {
    for (const std::string& line : differences(parse_tree(before, what).node, parse_tree(after, what).node))
      lines.push_back(fmt::format("{} {}", what, line));
  };
  if (was.sweep_hash != now.sweep_hash)
    add("sweep:", was.sweep, now.sweep);
  if (was.base_hash != now.base_hash)
    add("base design:", was.base_design, now.base_design);
  return lines;
}

void require_same_sweep(const fs::path& file, const Identity& was, const Identity& now) {
  std::vector<std::string> lines = differences(was, now);
  if (lines.empty())
    return;
  const bool version_alone = was.sweep_hash == now.sweep_hash && was.base_hash == now.base_hash;
  constexpr std::size_t shown = 10;
  const std::size_t more = lines.size() - std::min(shown, lines.size());
  lines.resize(lines.size() - more);
  refuse(file,
         fmt::format("{}:\n  {}{}",
                     version_alone ? "was filled by another version of the program, whose figures may differ; "
                                     "take another folder, or go on with that version"
                                   : "holds the results of another sweep; take another folder, or undo the change",
                     fmt::join(lines, "\n  "), more > 0 ? fmt::format("\n  and {} more", more) : ""));
}

Store Store::resume(const fs::path& file, const Identity& identity) {
  Store store(std::make_unique<Connection>(file, identity));
  require_same_sweep(file, store.identity(), identity);
  return store;
}

Store Store::read(const fs::path& file) {
  if (!fs::exists(file))
    refuse(file, "there is no such store; has the sweep been run?");
  return Store(std::make_unique<Connection>(file));
}

Store Store::read_whole(const fs::path& file) {
  Store store = read(file);
  examine(store.connection_->database);
  return store;
}

namespace {

void insert_design(Statement& insert, ResultTexts& texts, const StoredDesign& design) {
  const std::string parameters = design.parameters.dump();
  const std::string status = to_string(design.status);
  const std::string figures = design.figures.dump();
  const std::string results =
      texts.put(design.results, design.members.empty() ? members(design.results) : design.members);
  insert.bind(1, design.point);
  insert.bind(2, design.hash);
  insert.bind(3, parameters);
  insert.bind(4, status);
  insert.bind(5, design.rule);
  insert.bind(6, design.message);
  insert.bind(7, design.screened_by);
  insert.bind(8, figures);
  insert.bind(9, results);
  insert.step();
  insert.reset();
}

void count_stage(Statement& count, const StageUse& use) {
  count.bind(1, use.stage);
  count.bind(2, use.asked);
  count.bind(3, use.found);
  count.step();
  count.reset();
}

} // namespace

void Store::add(const StoredDesign& design) {
  add(std::vector{design});
}

void Store::add(const std::vector<StoredDesign>& designs, const std::vector<StageUse>& stages) {
  Connection& to = *connection_;
  if (!to.insert) {
    to.insert.emplace(to.database, "INSERT INTO designs(point, hash, parameters, status, rule, message, screened_by, "
                                   "figures, results) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
                                   "ON CONFLICT(point) DO NOTHING");
    to.count.emplace(to.database, "INSERT INTO stages(stage, asked, found) VALUES(?1, ?2, ?3) ON CONFLICT(stage) DO "
                                  "UPDATE SET asked = asked + excluded.asked, found = found + excluded.found");
  }
  to.database.run("BEGIN IMMEDIATE");
  try {
    for (const StoredDesign& design : designs)
      insert_design(*to.insert, *to.texts, design);
    for (const StageUse& use : stages)
      count_stage(*to.count, use);
    to.database.run("COMMIT");
  } catch (...) {
    to.insert.reset(); // what is bound is gone
    to.count.reset();
    to.texts.emplace(to.database); // it may remember what is now undone
    to.database.undo();
    throw;
  }
}

Identity Store::identity() const {
  Statement all(connection_->database, "SELECT key, value FROM meta");
  std::map<std::string, std::string> meta;
  while (all.step())
    meta[all.text(0)] = all.text(1);
  return {meta["tool_version"], meta["sweep"],     meta["base_design"],
          meta["sweep_hash"],   meta["base_hash"], std::strtoll(meta["points"].c_str(), nullptr, 10)};
}

Counts Store::counts(std::int64_t below) const {
  Statement all(connection_->database, "SELECT status, count(*) FROM designs WHERE point < ?1 GROUP BY status");
  all.bind(1, below);
  Counts counts;
  while (all.step()) {
    const Status status = status_from(all.text(0));
    (status == Status::ok           ? counts.ok
     : status == Status::infeasible ? counts.infeasible
                                    : counts.error) = all.integer(1);
  }
  return counts;
}

std::vector<Reason> Store::reasons(std::int64_t most) const {
  // With min(), SQLite takes the bare columns from the row of the minimum.
  Statement all(connection_->database,
                "SELECT status, rule, count(*) AS n, min(point) AS first, message FROM designs WHERE status <> 'ok' "
                "GROUP BY status, rule, CASE rule WHEN '' THEN message ELSE '' END ORDER BY n DESC, first LIMIT ?1");
  all.bind(1, most);
  std::vector<Reason> reasons;
  while (all.step())
    reasons.push_back({status_from(all.text(0)), all.text(1), all.integer(2), all.integer(3), all.text(4)});
  return reasons;
}

std::vector<std::int64_t> Store::points() const {
  Statement all(connection_->database, "SELECT point FROM designs ORDER BY point");
  std::vector<std::int64_t> points;
  while (all.step())
    points.push_back(all.integer(0));
  return points;
}

namespace {

constexpr const char* columns =
    "SELECT point, hash, parameters, status, rule, message, results, figures, screened_by FROM designs ";

StoredDesign design_of(const Statement& row, ResultTexts* texts) {
  return {row.integer(0),
          row.text(1),
          Json::parse(row.text(2)),
          status_from(row.text(3)),
          row.text(4),
          row.text(5),
          texts ? texts->get(row.text(6)) : "",
          Json::parse(row.text(7)),
          row.text(8)};
}

} // namespace

std::optional<StoredDesign> Store::at(std::int64_t point) const {
  Statement one(connection_->database, std::string(columns) + "WHERE point = ?1");
  one.bind(1, point);
  return one.step() ? std::optional(design_of(one, &*connection_->texts)) : std::nullopt;
}

std::optional<StoredDesign> Store::find(const std::string& hash) const {
  if (!connection_->find)
    connection_->find.emplace(connection_->database, std::string(columns) + "WHERE hash = ?1 ORDER BY point LIMIT 1");
  Statement& find = *connection_->find;
  find.bind(1, hash);
  std::optional<StoredDesign> found;
  if (find.step())
    found = design_of(find, &*connection_->texts);
  find.reset();
  return found;
}

std::vector<std::string> Store::hashes() const {
  Statement all(connection_->database, "SELECT DISTINCT hash FROM designs WHERE hash <> ''");
  std::vector<std::string> hashes;
  while (all.step())
    hashes.push_back(all.text(0));
  return hashes;
}

std::vector<Screened> Store::screened() const {
  Statement all(connection_->database,
                "SELECT screened_by, count(*) AS n, sum(results <> ''), sum(status = 'ok') FROM designs "
                "WHERE screened_by <> '' GROUP BY screened_by ORDER BY n DESC, screened_by");
  std::vector<Screened> rungs;
  while (all.step())
    rungs.push_back({all.text(0), all.integer(1), all.integer(2), all.integer(3)});
  return rungs;
}

std::vector<StageUse> Store::stages() const {
  Statement all(connection_->database, "SELECT stage, asked, found FROM stages ORDER BY stage");
  std::vector<StageUse> uses;
  while (all.step())
    uses.push_back({all.text(0), all.integer(1), all.integer(2)});
  return uses;
}

void Store::for_each(const std::function<void(const StoredDesign&)>& visit, Reading reading) const {
  Statement all(connection_->database, std::string(columns) + "ORDER BY point");
  ResultTexts* texts = reading == Reading::all ? &*connection_->texts : nullptr;
  while (all.step())
    visit(design_of(all, texts));
}

} // namespace beachfront::study
