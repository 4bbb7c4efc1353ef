// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/library_threads.hpp"

#include <mutex>
#include <omp.h>

// OpenBLAS' own; another BLAS has not got it. Its variant without threads may not be called from several threads at
// once (Debian builds it without locks), so that setup installs the variant with threads.
extern "C" void openblas_set_num_threads(int) __attribute__((weak));

namespace beachfront::thermal {

namespace {

std::mutex guard;
int users = 0;
int levels_before = 0;

} // namespace

OneThreadLibraries::OneThreadLibraries() {
  const std::lock_guard<std::mutex> lock(guard);
  if (users++ > 0)
    return;
  levels_before = omp_get_max_active_levels();
  omp_set_max_active_levels(0);
  if (openblas_set_num_threads != nullptr)
    openblas_set_num_threads(1);
}

OneThreadLibraries::~OneThreadLibraries() {
  const std::lock_guard<std::mutex> lock(guard);
  if (--users == 0)
    omp_set_max_active_levels(levels_before);
}

} // namespace beachfront::thermal
