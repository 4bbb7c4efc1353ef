// SPDX-License-Identifier: GPL-3.0-or-later
// An SQLite file with errors in our words: InputError when the file is no database, is damaged, in use or may not be
// opened or written to; DiskFull; std::runtime_error for the rest.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace beachfront::study {

enum class Opening { create, existing };

struct Database {
  /// Writing is allowed with either: what a killed writer left half done must be rolled back before it can be read.
  Database(const std::filesystem::path& path, Opening opening);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  void run(const std::string& sql) const;
  /// First column of the first row; empty when there is none.
  std::string value(const std::string& sql) const;
  /// Rolls back, where a failure has not already done so.
  void undo() const;
  /// Of the row inserted last.
  std::int64_t last_row() const;
  /// Throws what an SQLite result code stands for, if it stands for an error.
  void check(int code) const;

  std::filesystem::path file;
  sqlite3* handle = nullptr;
};

/// A prepared statement; the database must outlive it. Places count from 1, columns from 0.
struct Statement {
  Statement(const Database& of, const std::string& sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  void bind(int place, std::int64_t value);
  void bind(int place, const std::string& text);       ///< the text must live until the statement is reset
  void bind_blob(int place, const std::string& bytes); ///< likewise
  void bind_null(int place);
  bool step();  ///< true while there is a row
  void reset(); ///< so that it can be bound and stepped again
  std::int64_t integer(int column) const;
  std::string text(int column) const; ///< or the bytes of a blob

  const Database& database;
  sqlite3_stmt* statement = nullptr;
};

/// Throws InputError: the file is of no use, and why.
[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& problem);
[[noreturn]] void refuse_damaged(const std::filesystem::path& file, const std::string& damage);

} // namespace beachfront::study
