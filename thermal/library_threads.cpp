// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/library_threads.hpp"

#include <suitesparse/SuiteSparse_config.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <mutex>
#include <omp.h>

// OpenBLAS' own; another BLAS has not got it. Its variant without threads may not be called from several threads at
// once (Debian builds it without locks), so that setup installs the variant with threads.
extern "C" void openblas_set_num_threads(int) __attribute__((weak));

namespace beachfront::thermal {

namespace {

// OpenBLAS' kernels sum in an order that depends on how their operands are aligned, and that on what a thread allocated
// before: CHOLMOD's blocks are aligned alike, so that the same input gives the same bytes.
constexpr std::size_t alignment = 64;

void* aligned(std::size_t bytes) {
  return std::aligned_alloc(alignment, (std::max<std::size_t>(bytes, 1) + alignment - 1) / alignment * alignment);
}
void* aligned_zeros(std::size_t count, std::size_t size) {
  void* block = aligned(count * size);
  if (block != nullptr)
    std::memset(block, 0, count * size);
  return block;
}
void* aligned_again(void* block, std::size_t bytes) {
  void* grown = aligned(bytes);
  if (grown != nullptr && block != nullptr) {
    std::memcpy(grown, block, std::min(bytes, malloc_usable_size(block)));
    std::free(block);
  }
  return grown;
}

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
  SuiteSparse_config.malloc_func = aligned;
  SuiteSparse_config.calloc_func = aligned_zeros;
  SuiteSparse_config.realloc_func = aligned_again;
  SuiteSparse_config.free_func = std::free;
}

OneThreadLibraries::~OneThreadLibraries() {
  const std::lock_guard<std::mutex> lock(guard);
  if (--users == 0)
    omp_set_max_active_levels(levels_before);
}

} // namespace beachfront::thermal
