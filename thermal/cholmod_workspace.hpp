// SPDX-License-Identifier: GPL-3.0-or-later
// CHOLMOD set up for matrices that come in their order, factorised in dense blocks on one thread.
#pragma once

#include "thermal/library_threads.hpp"

#include <suitesparse/cholmod.h>

#include <span>
#include <vector>

namespace beachfront::thermal {

struct CholmodWorkspace {
  CholmodWorkspace() {
    cholmod_start(&common);
    common.nmethods = 1;
    common.method[0].ordering = CHOLMOD_NATURAL;
    common.postorder = 0;
    common.supernodal = CHOLMOD_SUPERNODAL;
    common.print = 0;
  }
  ~CholmodWorkspace() { cholmod_finish(&common); }
  CholmodWorkspace(const CholmodWorkspace&) = delete;
  CholmodWorkspace& operator=(const CholmodWorkspace&) = delete;
  cholmod_common common;
  OneThreadLibraries alone;
};

/// A lower triangle by columns as CHOLMOD sees it, a pattern without values. CHOLMOD writes to none of it.
cholmod_sparse lower_triangle(const std::vector<int>& start, const std::vector<int>& row,
                              const double* value = nullptr);

/// Fills `order` with METIS' nested dissection, post-ordered; false without memory. One call at a time runs.
bool dissect(cholmod_sparse& graph, std::span<int> order, cholmod_common& common);

} // namespace beachfront::thermal
