// SPDX-License-Identifier: GPL-3.0-or-later
// Glass transitions that lie near each other.
#pragma once

#include "thermal/package.hpp"

namespace beachfront::thermal {

/// The package with transitions nearer than this to the lowest of them at the mean of their temperatures, so that a
/// step is cut there once. Those of a lid's materials count where the assembly joins it.
Package with_merged_transitions(Package package, double same_K);

} // namespace beachfront::thermal
