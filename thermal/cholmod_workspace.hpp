// SPDX-License-Identifier: GPL-3.0-or-later
// CHOLMOD set up for matrices that come in their order, factorised in dense blocks on one thread.
#pragma once

#include "thermal/library_threads.hpp"

#include <suitesparse/cholmod.h>

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

} // namespace beachfront::thermal
