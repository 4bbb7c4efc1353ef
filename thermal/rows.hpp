// SPDX-License-Identifier: GPL-3.0-or-later
// Loops over the rows of a grid on several threads, and sums that do not depend on how many there are.
#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

namespace beachfront::thermal {

/// As many threads as help: a loop over fewer cells than this is over before a second thread has woken up.
inline int threads_worth(std::size_t cells, int threads) {
  return cells < 20000 ? 1 : threads;
}

/// Calls body(row) for every row.
template <typename Body>
void for_rows(std::size_t rows, int threads, const Body& body) {
#pragma omp parallel for schedule(static) num_threads(threads)
  for (std::size_t row = 0; row < rows; ++row)
    body(row);
}

/// The sum of body(row), added up in the order of the rows.
template <typename Body>
double sum_over_rows(std::size_t rows, int threads, const Body& body) {
  std::vector<double> sums(rows);
  for_rows(rows, threads, [&](std::size_t row) { sums[row] = body(row); });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

} // namespace beachfront::thermal
