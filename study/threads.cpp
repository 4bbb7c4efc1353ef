// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/threads.hpp"

#include <omp.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace beachfront::study {

int usable_threads(int asked) {
  if (asked > 0)
    return asked;
  if (std::getenv("OMP_NUM_THREADS"))
    return std::max(1, omp_get_max_threads());
  int threads = omp_get_num_procs(); // knows the affinity mask
  for (const char* name : {"SLURM_CPUS_PER_TASK", "NSLOTS"}) {
    const char* written = std::getenv(name);
    const std::string_view text = written ? written : "";
    int granted = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), granted);
    if (parsed.ec == std::errc() && granted > 0)
      threads = std::min(threads, granted);
  }
  return std::max(1, threads);
}

} // namespace beachfront::study
