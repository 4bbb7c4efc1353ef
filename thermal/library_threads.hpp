// SPDX-License-Identifier: GPL-3.0-or-later
// CHOLMOD and the BLAS below it on one thread: this program runs designs and factorisations side by side, and sums
// shall not depend on the number of threads.
#pragma once

namespace beachfront::thermal {

/// While one of these lives, CHOLMOD's parallel regions have one thread, and so has OpenBLAS from the first on. CHOLMOD
/// opens a team of four for every dense block, whose threads spin while they wait: on a busy machine fifty times
/// slower. Regions of this program that start meanwhile have one thread as well, which changes their time alone.
class OneThreadLibraries {
public:
  OneThreadLibraries();
  ~OneThreadLibraries();
  OneThreadLibraries(const OneThreadLibraries&) = delete;
  OneThreadLibraries& operator=(const OneThreadLibraries&) = delete;
};

} // namespace beachfront::thermal
