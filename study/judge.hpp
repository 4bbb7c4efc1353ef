// SPDX-License-Identifier: GPL-3.0-or-later
// What the figures mean for the design: violations make it infeasible, warnings are for the engineer to weigh.
#pragma once

#include "study/solve.hpp"

namespace beachfront::study {

/// Gathers the violations and warnings of every discipline into the solution and adds the limits of the design:
/// "no_guided_mode", "die_temperature", "engine_temperature", "ring_lock", "loop_divergence".
/// Screening models do not reject a design: solder life, glass splitting and warpage against their limits are warnings.
void judge(const Design& design, Solution& solution);

} // namespace beachfront::study
