// SPDX-License-Identifier: GPL-3.0-or-later
// Rows on their way to the disk: a thread of its own writes them in groups, so that who solves does not wait for it.
//
//   StoreWriter writer(store, [](const StoredDesign& row) { ++done; });   // row is on the disk now
//   writer.add(row, stages);                                              // from any thread
//   writer.finish();                                                      // all are on the disk, or why not
#pragma once

#include "study/store.hpp"

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace beachfront::study {

/// A row is written at most 50 ms and a commit after it came, with all that came meanwhile. At most 64 rows wait: then
/// `add` waits too. The store belongs to this until it is finished.
class StoreWriter {
public:
  /// `stored` is called by the writing thread for each row that is on the disk, in the order in which they came.
  StoreWriter(Store& store, std::function<void(const StoredDesign&)> stored);
  StoreWriter(const StoreWriter&) = delete;
  StoreWriter& operator=(const StoreWriter&) = delete;
  /// Writes what waits; a failure is not told.
  ~StoreWriter();

  /// Does nothing once writing has failed.
  void add(StoredDesign row, const std::vector<StageUse>& stages);
  /// A row with this hash, on the disk or on its way there.
  std::optional<StoredDesign> find(const std::string& hash);
  bool failed();
  /// Waits until all is on the disk. Throws what the store or `stored` threw.
  void finish();

private:
  void write();
  void write_group();
  void end();

  Store& store_;
  std::function<void(const StoredDesign&)> stored_;
  std::mutex lock_;       ///< of all below
  std::mutex store_lock_; ///< of the store; taken first where both are
  std::condition_variable came_, went_;
  std::vector<StoredDesign> waiting_, writing_;
  std::vector<StageUse> stages_;
  std::exception_ptr failure_;
  bool ending_ = false;
  std::thread thread_; ///< last: it uses the rest
};

} // namespace beachfront::study
