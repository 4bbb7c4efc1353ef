// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a second process off a store.
#pragma once

#include <filesystem>

namespace beachfront::study {

/// Holds FILE.lock while it lives; the kernel lets go of it when the process is killed. It only saves double work:
/// adding a design is harmless from two processes, so a file system that cannot lock is no reason to stop. Throws
/// InputError when another process holds it.
struct StoreLock {
  explicit StoreLock(const std::filesystem::path& store);
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;
  ~StoreLock();

  std::filesystem::path path;
  int descriptor = -1;
};

} // namespace beachfront::study
