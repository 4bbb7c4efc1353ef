// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/database.hpp"

#include "study/input_error.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <stdexcept>
#include <utility>

namespace beachfront::study {
namespace {

constexpr int patience_ms = 30000; // how long to wait for another process's transaction

[[noreturn]] void fail(const std::filesystem::path& file, int code, const std::string& said) {
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

} // namespace

void refuse(const std::filesystem::path& file, const std::string& problem) {
  throw InputError({file.string()}, "", problem);
}

void refuse_damaged(const std::filesystem::path& file, const std::string& damage) {
  refuse(file,
         fmt::format("is damaged ({}); restore it from a copy, or run the sweep again in another folder", damage));
}

Database::Database(const std::filesystem::path& path, Opening opening) : file(path) {
  const int flags = SQLITE_OPEN_READWRITE | (opening == Opening::create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  if (code != SQLITE_OK) {
    sqlite3_close_v2(std::exchange(handle, nullptr));
    fail(file, code, sqlite3_errstr(code));
  }
  sqlite3_busy_timeout(handle, patience_ms);
}

Database::~Database() {
  sqlite3_close_v2(handle);
}

void Database::run(const std::string& sql) const {
  check(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr));
}

std::string Database::value(const std::string& sql) const {
  Statement statement(*this, sql);
  return statement.step() ? statement.text(0) : "";
}

void Database::undo() const {
  if (sqlite3_get_autocommit(handle) == 0)
    sqlite3_exec(handle, "ROLLBACK", nullptr, nullptr, nullptr); // the failure before it is what is told
}

std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(handle);
}

void Database::check(int code) const {
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
    fail(file, code, sqlite3_errmsg(handle));
}

Statement::Statement(const Database& of, const std::string& sql) : database(of) {
  database.check(sqlite3_prepare_v2(database.handle, sql.c_str(), -1, &statement, nullptr));
}

Statement::~Statement() {
  sqlite3_finalize(statement);
}

void Statement::bind(int place, std::int64_t value) {
  database.check(sqlite3_bind_int64(statement, place, value));
}

void Statement::bind(int place, const std::string& text) {
  database.check(sqlite3_bind_text64(statement, place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind_blob(int place, const std::string& bytes) {
  database.check(sqlite3_bind_blob64(statement, place, bytes.data(), bytes.size(), SQLITE_STATIC));
}

void Statement::bind_null(int place) {
  database.check(sqlite3_bind_null(statement, place));
}

bool Statement::step() {
  const int code = sqlite3_step(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    const std::string said = sqlite3_errmsg(database.handle);
    sqlite3_reset(statement);
    fail(database.file, code, said);
  }
  return code == SQLITE_ROW;
}

void Statement::reset() {
  sqlite3_reset(statement);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement, column);
}

std::string Statement::text(int column) const {
  const bool blob = sqlite3_column_type(statement, column) == SQLITE_BLOB;
  const void* value = blob ? sqlite3_column_blob(statement, column) : sqlite3_column_text(statement, column);
  const auto* bytes = static_cast<const char*>(value);
  return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))) : "";
}

} // namespace beachfront::study
