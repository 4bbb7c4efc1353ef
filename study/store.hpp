// SPDX-License-Identifier: GPL-3.0-or-later
// What a sweep has solved so far: one SQLite file, a transaction for a few designs at a time.
//
// A rollback journal with synchronous=FULL: a design that was added stays added after kill -9 or a power cut. One file
// holds everything, also on a network file system, where a write-ahead log does not work; `-journal` and `.lock` beside
// it are there only while a sweep runs, or after it was killed. Table `meta` (key, value) says which sweep, table
// `designs` (point, hash, parameters, status, rule, message, screened_by, figures, results) what came out, with the
// results as texts of result_texts.hpp, table `stages` (stage, asked, found) what was saved on the way.
//
//   Store store = Store::create(folder / "results.sqlite", identity);     // or Store::resume
//   store.add({point, hash, parameters, Status::ok, "", "", results});
//   store.for_each([](const StoredDesign& design) { ... });               // in the order of the points
//
//   sqlite3 results.sqlite "SELECT point, json_extract(figures, '$.\"link.worst_margin_dB\"') FROM designs"
#pragma once

#include "study/evaluate.hpp"
#include "study/stage_use.hpp"
#include "study/text_members.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

/// What must agree for results to stand beside one another.
struct Identity {
  std::string tool_version;
  std::string sweep;       ///< YAML of everything that decides the points and their order
  std::string base_design; ///< YAML of the resolved base design
  std::string sweep_hash;
  std::string base_hash;
  std::int64_t points = 0; ///< of the whole sweep
};

enum class Status { ok, infeasible, error };
std::string to_string(Status status);

struct StoredDesign {
  std::int64_t point = 0; ///< place in the sweep's order, from 0
  std::string hash;       ///< of the resolved design; empty when it could not be resolved
  Json parameters;        ///< path -> value
  Status status = Status::ok;
  std::string rule;    ///< the first one that an infeasible design breaks
  std::string message; ///< why not ok
  std::string results; ///< text of results.json; empty on error and where screening spared the solve
  /// Path -> value of the figures kept beside the results, null where the design has no such figure.
  Json figures = Json::object();
  std::string screened_by = ""; ///< the rung that says infeasible (screening.hpp); with results: audited
  /// members() of the results, where they were found before the store asks for them.
  std::vector<TextMember> members = {};
};

/// Designs that a rung calls infeasible, and what the solve says of those that were solved all the same.
struct Screened {
  std::string rung;
  std::int64_t designs = 0;
  std::int64_t audited = 0;
  std::int64_t feasible = 0; ///< of the audited: must be none
};

/// What `for_each` fills: `results` are unpacked, several times the work of all the rest, or left empty.
enum class Reading { all, without_results };

/// Number of designs by status.
struct Counts {
  std::int64_t ok = 0;
  std::int64_t infeasible = 0;
  std::int64_t error = 0;
  std::int64_t done() const { return ok + infeasible + error; }
};

/// What keeps the results of one identity from standing beside those of another, a line each; empty when they agree.
std::vector<std::string> differences(const Identity& was, const Identity& now);

/// Throws InputError with the first of these differences.
void require_same_sweep(const std::filesystem::path& file, const Identity& was, const Identity& now);

/// Designs that break the same rule, or fail with the same message.
struct Reason {
  Status status = Status::error;
  std::string rule; ///< empty of failures
  std::int64_t designs = 0;
  std::int64_t first = 0; ///< point of the first of them
  std::string message;    ///< of the first of them
};

/// An open store. Throws InputError when the file is no store, is damaged or in use, and DiskFull. One thread at a time
/// may use it; any number of processes may read while one writes.
class Store {
public:
  /// A new file for this sweep. Throws InputError when there is one already.
  static Store create(const std::filesystem::path& file, const Identity& identity);
  /// To go on writing. A file that was killed before its first transaction is begun anew. Throws InputError when
  /// another process writes to it, and naming each difference when it belongs to another sweep, base design or tool
  /// version.
  static Store resume(const std::filesystem::path& file, const Identity& identity);
  /// To look at, also while another process writes.
  static Store read(const std::filesystem::path& file);
  /// The same, once all of it was read and found undamaged: about a second a gigabyte.
  static Store read_whole(const std::filesystem::path& file);

  /// Adds designs in one transaction, on the disk when this returns. A point that is there already stays. After an
  /// exception none of them is there.
  void add(const std::vector<StoredDesign>& designs, const std::vector<StageUse>& stages = {});
  void add(const StoredDesign& design);

  Identity identity() const;
  /// Of the designs whose points lie below: those of a search follow those of the sweep.
  Counts counts(std::int64_t below = std::numeric_limits<std::int64_t>::max()) const;
  /// The most frequent reasons of designs that are not ok, most frequent first.
  std::vector<Reason> reasons(std::int64_t most) const;
  /// The points that are there, ascending.
  std::vector<std::int64_t> points() const;
  /// The design of a point.
  std::optional<StoredDesign> at(std::int64_t point) const;
  /// A design with this hash that was solved, at whatever point.
  std::optional<StoredDesign> find(const std::string& hash) const;
  /// The hashes of the designs that were resolved.
  std::vector<std::string> hashes() const;
  /// By rung, the one that spares most first.
  std::vector<Screened> screened() const;
  /// Of all runs together.
  std::vector<StageUse> stages() const;
  /// Every design in the order of the points, one in memory at a time.
  void for_each(const std::function<void(const StoredDesign&)>& visit, Reading reading = Reading::all) const;

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

private:
  struct Connection;
  explicit Store(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

} // namespace beachfront::study
