// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/store_writer.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace beachfront::study {
namespace {

constexpr std::size_t most_rows = 64;                        // 5 MB of results
constexpr auto longest_wait = std::chrono::milliseconds(50); // a few commits' time, and short for who kills us

const StoredDesign* row_of(const std::vector<StoredDesign>& rows, const std::string& hash) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const StoredDesign& row) { return row.hash == hash; });
  return at == rows.end() ? nullptr : &*at;
}

} // namespace

StoreWriter::StoreWriter(Store& store, std::function<void(const StoredDesign&)> stored)
    : store_(store), stored_(std::move(stored)), thread_([this] { write(); }) {}

StoreWriter::~StoreWriter() {
  end();
}

void StoreWriter::add(StoredDesign row, const std::vector<StageUse>& stages) {
  row.members = members(row.results); // here, because the writing thread is one for all who solve
  std::unique_lock guard(lock_);
  went_.wait(guard, [this] { return waiting_.size() < most_rows || failure_; });
  if (failure_)
    return;
  waiting_.push_back(std::move(row));
  add_up(stages_, stages);
  came_.notify_one();
}

std::optional<StoredDesign> StoreWriter::find(const std::string& hash) {
  const std::lock_guard no_write(store_lock_); // else the row may leave one place before it is in the other
  {
    const std::lock_guard guard(lock_);
    const StoredDesign* row = row_of(waiting_, hash);
    row = row ? row : row_of(writing_, hash);
    if (row)
      return *row;
  }
  return store_.find(hash);
}

bool StoreWriter::failed() {
  const std::lock_guard guard(lock_);
  return failure_ != nullptr;
}

void StoreWriter::end() {
  {
    const std::lock_guard guard(lock_);
    ending_ = true;
    came_.notify_one();
  }
  if (thread_.joinable())
    thread_.join();
}

void StoreWriter::finish() {
  end();
  if (failure_)
    std::rethrow_exception(failure_);
}

/// Rows that wait go to the disk and are told.
void StoreWriter::write_group() {
  std::vector<StageUse> stages;
  {
    const std::lock_guard guard(lock_);
    writing_ = std::move(waiting_);
    waiting_.clear();
    stages = std::exchange(stages_, {});
    went_.notify_all();
  }
  {
    const std::lock_guard in_use(store_lock_);
    store_.add(writing_, stages); // nobody else changes `writing_`
  }
  if (stored_)
    for (const StoredDesign& row : writing_)
      stored_(row);
  const std::lock_guard guard(lock_);
  writing_.clear();
}

void StoreWriter::write() {
  try {
    for (bool last = false; !last;) {
      {
        std::unique_lock guard(lock_);
        came_.wait(guard, [this] { return !waiting_.empty() || ending_; });
        came_.wait_for(guard, longest_wait, [this] { return waiting_.size() >= most_rows || ending_; });
        last = ending_;
      }
      write_group();
    }
  } catch (...) {
    const std::lock_guard guard(lock_);
    failure_ = std::current_exception();
    went_.notify_all();
  }
}

} // namespace beachfront::study
