// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/store_lock.hpp"

#include "study/database.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace beachfront::study {

StoreLock::StoreLock(const std::filesystem::path& store) : path(store.string() + ".lock") {
  descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(descriptor);
    refuse(store, "another process is running this sweep; wait for it, or take another folder");
  }
}

StoreLock::~StoreLock() {
  if (descriptor >= 0) {
    ::unlink(path.c_str());
    ::close(descriptor);
  }
}

} // namespace beachfront::study
