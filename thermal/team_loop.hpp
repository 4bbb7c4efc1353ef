// SPDX-License-Identifier: GPL-3.0-or-later
// A loop whose turns the threads of the team that calls it share as tasks; outside a team one thread does them all.
#pragma once

#include <cstddef>
#include <exception>
#include <vector>

namespace beachfront::thermal {

/// work(0) to work(count - 1), in any order; throws what the first of them threw.
template <class Work>
void for_each_in_team(std::size_t count, const Work& work) {
  std::vector<std::exception_ptr> failed(count);
#pragma omp taskloop default(shared) grainsize(1)
  for (std::size_t n = 0; n < count; ++n) {
    try {
      work(n);
    } catch (...) {
      failed[n] = std::current_exception();
    }
  }
  for (const std::exception_ptr& failure : failed)
    if (failure)
      std::rethrow_exception(failure);
}

/// A team of `threads` for the loops that work() calls; throws what it threw.
template <class Work>
void in_team([[maybe_unused]] int threads, const Work& work) {
  std::exception_ptr failed;
#pragma omp parallel num_threads(threads)
#pragma omp single
  {
    try {
      work();
    } catch (...) {
      failed = std::current_exception();
    }
  }
  if (failed)
    std::rethrow_exception(failed);
}

} // namespace beachfront::thermal
