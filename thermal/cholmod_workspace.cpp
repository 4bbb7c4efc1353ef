// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/cholmod_workspace.hpp"

#include <mutex>

namespace beachfront::thermal {

cholmod_sparse lower_triangle(const std::vector<int>& start, const std::vector<int>& row, const double* value) {
  cholmod_sparse seen{};
  seen.nrow = seen.ncol = start.size() - 1;
  seen.nzmax = row.size();
  seen.p = const_cast<int*>(start.data());
  seen.i = const_cast<int*>(row.data());
  seen.x = const_cast<double*>(value);
  seen.stype = -1;
  seen.itype = CHOLMOD_INT;
  seen.xtype = value == nullptr ? CHOLMOD_PATTERN : CHOLMOD_REAL;
  seen.dtype = CHOLMOD_DOUBLE;
  seen.sorted = seen.packed = 1;
  return seen;
}

bool dissect(cholmod_sparse& graph, std::span<int> order, cholmod_common& common) {
  // METIS seeds and draws from the C library's one generator: two at once would give neither its usual order.
  static std::mutex one_at_a_time;
  const std::lock_guard<std::mutex> lock(one_at_a_time);
  constexpr int post_ordered = 1;
  return cholmod_metis(&graph, nullptr, 0, post_ordered, order.data(), &common) != 0;
}

} // namespace beachfront::thermal
