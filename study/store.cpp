// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/store.hpp"

#include "study/difference.hpp"
#include "study/input_error.hpp"
#include "study/yaml.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <utility>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

constexpr int application_id = 0x62666e74; // "bfnt", so that file(1) and we know our own stores
constexpr int store_format = 1;            // goes up when the tables change
constexpr int patience_ms = 30000;         // how long to wait for another process's transaction

constexpr const char* tables = R"(
  CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE designs(
    point INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    parameters TEXT NOT NULL,
    status TEXT NOT NULL CHECK(status IN ('ok', 'infeasible', 'error')),
    message TEXT NOT NULL,
    results TEXT NOT NULL);
  CREATE INDEX designs_by_hash ON designs(hash);
  CREATE INDEX designs_by_status ON designs(status);)";

Status status_from(const std::string& text) {
  return text == "ok" ? Status::ok : text == "infeasible" ? Status::infeasible : Status::error;
}

[[noreturn]] void refuse(const fs::path& file, const std::string& problem) {
  throw InputError({file.string()}, "", problem);
}

[[noreturn]] void refuse_damaged(const fs::path& file, const std::string& damage) {
  refuse(file,
         fmt::format("is damaged ({}); restore it from a copy, or run the sweep again in another folder", damage));
}

[[noreturn]] void fail(sqlite3* connection, const fs::path& file, int code) {
  const std::string said = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  switch (code & 0xff) { // the primary code; the rest is detail
  case SQLITE_FULL:
    throw DiskFull(fmt::format("{}: no space left on the disk; what was solved is kept, free some space and run again "
                               "with --resume",
                               file.string()));
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    refuse(file, "another process is using it");
  case SQLITE_NOTADB:
    refuse(file, "is no store of a sweep (no SQLite database)");
  case SQLITE_CORRUPT:
    refuse_damaged(file, said);
  case SQLITE_READONLY:
  case SQLITE_PERM:
    refuse(file, "may not be written to");
  case SQLITE_CANTOPEN:
    refuse(file, fmt::format("cannot be opened ({})", said));
  default:
    throw std::runtime_error(fmt::format("{}: {} (SQLite code {})", file.string(), said, code));
  }
}

/// A prepared statement; columns and parameters as the designs use them.
struct Statement {
  Statement(sqlite3* to, const fs::path& of, const char* sql) : connection(to), file(of) {
    const int code = sqlite3_prepare_v2(connection, sql, -1, &statement, nullptr);
    if (code != SQLITE_OK) {
      fail(connection, file, code);
    }
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement); }

  void bind(int place, std::int64_t value) { check(sqlite3_bind_int64(statement, place, value)); }
  /// The text must live until the statement was stepped.
  void bind(int place, const std::string& text) {
    check(sqlite3_bind_text64(statement, place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
  }
  /// True while there is a row.
  bool step() {
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
      sqlite3_reset(statement);
      fail(connection, file, code);
    }
    return code == SQLITE_ROW;
  }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement, column); }
  std::string text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))) : "";
  }
  void check(int code) const {
    if (code != SQLITE_OK) {
      fail(connection, file, code);
    }
  }

  sqlite3* connection;
  const fs::path& file;
  sqlite3_stmt* statement = nullptr;
};

/// Keeps a second sweep off the same store while this one lives; the kernel lets go of it when we are killed. It only
/// saves double work: `add` is harmless from two processes, so a file system that cannot lock is no reason to stop.
struct Lock {
  explicit Lock(const fs::path& store) : path(store.string() + ".lock") {
    descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      ::close(descriptor);
      refuse(store, "another process is running this sweep; wait for it, or take another folder");
    }
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() {
    if (descriptor >= 0) {
      ::unlink(path.c_str());
      ::close(descriptor);
    }
  }

  fs::path path;
  int descriptor = -1;
};

} // namespace

std::string to_string(Status status) {
  constexpr std::array<const char*, 3> names = {"ok", "infeasible", "error"};
  return names[static_cast<std::size_t>(status)];
}

struct Store::Connection {
  Connection(const fs::path& path, int flags) : file(path) {
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    if (code != SQLITE_OK) {
      sqlite3_close_v2(std::exchange(handle, nullptr));
      fail(nullptr, file, code);
    }
    sqlite3_busy_timeout(handle, patience_ms);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    insert.reset();
    find.reset();
    if (lock) { // takes the empty journal away
      sqlite3_exec(handle, "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr);
    }
    sqlite3_close_v2(handle);
  }

  void run(const std::string& sql) const {
    const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
      fail(handle, file, code);
    }
  }
  std::string value(const char* sql) const {
    Statement statement(handle, file, sql);
    return statement.step() ? statement.text(0) : "";
  }
  bool has_tables() const { return value("SELECT count(*) FROM sqlite_master") != "0"; }

  void begin(const Identity& identity) const {
    run(fmt::format("BEGIN IMMEDIATE; PRAGMA application_id={}; PRAGMA user_version={}; {}", application_id,
                    store_format, tables));
    Statement put(handle, file, "INSERT INTO meta(key, value) VALUES(?1, ?2)");
    const std::string points = std::to_string(identity.points);
    const std::array<std::pair<const char*, const std::string*>, 6> rows = {{
        {"tool_version", &identity.tool_version},
        {"sweep_hash", &identity.sweep_hash},
        {"base_hash", &identity.base_hash},
        {"sweep", &identity.sweep},
        {"base_design", &identity.base_design},
        {"points", &points},
    }};
    for (const auto& [key, text] : rows) {
      const std::string name = key;
      put.bind(1, name);
      put.bind(2, *text);
      put.step();
      sqlite3_reset(put.statement);
    }
    run("COMMIT");
  }

  /// Ours, and of a format we read.
  void inspect() const {
    if (value("PRAGMA application_id") != std::to_string(application_id)) {
      refuse(file, "is no store of a sweep");
    }
    const std::string format = value("PRAGMA user_version");
    if (format != std::to_string(store_format)) {
      refuse(file, fmt::format("was written in store format {}, this version reads {}", format, store_format));
    }
  }

  /// Whole to the last page. Reads all of it, about a second a gigabyte.
  void examine() const {
    const std::string page = value("PRAGMA page_size");
    if (fs::file_size(file) % std::strtoull(page.c_str(), nullptr, 10) != 0) { // SQLite takes the rest for zeros
      refuse_damaged(file, "its last page is cut off");
    }
    const std::string health = value("PRAGMA quick_check(1)");
    if (health != "ok") {
      refuse_damaged(file, health);
    }
  }

  void make_durable() const { run("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL;"); }

  fs::path file;
  std::optional<Lock> lock; // declared first: let go after the connection is closed
  sqlite3* handle = nullptr;
  std::optional<Statement> insert;
  std::optional<Statement> find;
};

Store::Store(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::create(const fs::path& file, const Identity& identity) {
  if (fs::exists(file)) {
    refuse(file, "is there already");
  }
  return resume(file, identity);
}

std::vector<std::string> differences(const Identity& was, const Identity& now) {
  std::vector<std::string> lines;
  if (was.tool_version != now.tool_version) {
    lines.push_back(fmt::format("tool version: was {}, now {}", was.tool_version, now.tool_version));
  }
  const auto add = [&lines](const char* what, const std::string& before, const std::string& after) {
    for (const std::string& line : differences(parse_tree(before, what).node, parse_tree(after, what).node)) {
      lines.push_back(fmt::format("{} {}", what, line));
    }
  };
  if (was.sweep_hash != now.sweep_hash) {
    add("sweep:", was.sweep, now.sweep);
  }
  if (was.base_hash != now.base_hash) {
    add("base design:", was.base_design, now.base_design);
  }
  return lines;
}

Store Store::resume(const fs::path& file, const Identity& identity) {
  auto connection = std::make_unique<Connection>(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  connection->lock.emplace(file);
  connection->make_durable();
  if (!connection->has_tables()) {
    connection->begin(identity);
  }
  connection->inspect();
  connection->examine();
  Store store(std::move(connection));
  std::vector<std::string> lines = differences(store.identity(), identity);
  if (!lines.empty()) {
    constexpr std::size_t shown = 10;
    const std::size_t more = lines.size() - std::min(shown, lines.size());
    lines.resize(lines.size() - more);
    refuse(file, fmt::format("holds the results of another sweep; take another folder, or undo the change:\n  {}{}",
                             fmt::join(lines, "\n  "), more > 0 ? fmt::format("\n  and {} more", more) : ""));
  }
  return store;
}

Store Store::read(const fs::path& file) {
  if (!fs::exists(file)) {
    refuse(file, "there is no such store; has the sweep been run?");
  }
  // Writing allowed all the same: what a killed writer left half done must be rolled back before it can be read.
  auto connection = std::make_unique<Connection>(file, SQLITE_OPEN_READWRITE);
  connection->inspect();
  return Store(std::move(connection));
}

void Store::add(const StoredDesign& design) {
  if (!connection_->insert) {
    connection_->insert.emplace(connection_->handle, connection_->file,
                                "INSERT INTO designs(point, hash, parameters, status, message, results) "
                                "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(point) DO NOTHING");
  }
  const std::string parameters = design.parameters.dump();
  const std::string status = to_string(design.status);
  Statement& insert = *connection_->insert;
  insert.bind(1, design.point);
  insert.bind(2, design.hash);
  insert.bind(3, parameters);
  insert.bind(4, status);
  insert.bind(5, design.message);
  insert.bind(6, design.results);
  insert.step(); // without BEGIN each statement is a transaction
  sqlite3_reset(insert.statement);
}

Identity Store::identity() const {
  Statement all(connection_->handle, connection_->file, "SELECT key, value FROM meta");
  std::map<std::string, std::string> meta;
  while (all.step()) {
    meta[all.text(0)] = all.text(1);
  }
  return {meta["tool_version"], meta["sweep"],     meta["base_design"],
          meta["sweep_hash"],   meta["base_hash"], std::strtoll(meta["points"].c_str(), nullptr, 10)};
}

Counts Store::counts() const {
  Statement all(connection_->handle, connection_->file, "SELECT status, count(*) FROM designs GROUP BY status");
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
  Statement all(connection_->handle, connection_->file,
                "SELECT status, message, count(*) AS n FROM designs WHERE status <> 'ok' GROUP BY status, message "
                "ORDER BY n DESC, min(point) LIMIT ?1");
  all.bind(1, most);
  std::vector<Reason> reasons;
  while (all.step()) {
    reasons.push_back({status_from(all.text(0)), all.text(1), all.integer(2)});
  }
  return reasons;
}

std::vector<std::int64_t> Store::points() const {
  Statement all(connection_->handle, connection_->file, "SELECT point FROM designs ORDER BY point");
  std::vector<std::int64_t> points;
  while (all.step()) {
    points.push_back(all.integer(0));
  }
  return points;
}

namespace {

constexpr const char* columns = "SELECT point, hash, parameters, status, message, results FROM designs ";

StoredDesign design_of(const Statement& row) {
  return {row.integer(0), row.text(1), Json::parse(row.text(2)), status_from(row.text(3)), row.text(4), row.text(5)};
}

} // namespace

std::optional<StoredDesign> Store::find(const std::string& hash) const {
  if (!connection_->find) {
    connection_->find.emplace(connection_->handle, connection_->file,
                              (std::string(columns) + "WHERE hash = ?1 ORDER BY point LIMIT 1").c_str());
  }
  Statement& find = *connection_->find;
  find.bind(1, hash);
  std::optional<StoredDesign> found;
  if (find.step()) {
    found = design_of(find);
  }
  sqlite3_reset(find.statement);
  return found;
}

void Store::for_each(const std::function<void(const StoredDesign&)>& visit) const {
  Statement all(connection_->handle, connection_->file, (std::string(columns) + "ORDER BY point").c_str());
  while (all.step()) {
    visit(design_of(all));
  }
}

} // namespace beachfront::study
