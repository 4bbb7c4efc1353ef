// SPDX-License-Identifier: GPL-3.0-or-later
// Splitting of a glass core from a short flaw in the middle of its edge, where the build-up's shrinkage pulls the core
// apart. Long cracks reach the steady state of `fracture.hpp`; a dicing flaw of 20 to 50 um drives a part of it.
// The core's thickness scales the length in which the steady state is reached (the pull at the edge reaches as far into
// the core as it is thick); under a thick soft build-up it takes longer, by up to a factor of 5 for short flaws.
#pragma once

#include "thermal/laminate.hpp"

#include <cstddef>
#include <span>

namespace beachfront::thermal {

/// Energy release rate of a flaw per the steady state of the same symmetric stack, from a table of plane-strain finite
/// elements, interpolated within 2.5 %. For flaw/core 0.004 to 2.5 (below: proportional to the flaw; above: steady),
/// build-up/core thickness 0.05 to 0.8 and ratio of plane-strain moduli E/(1 - nu^2) 0.03 to 0.8, beyond which the ends
/// of the table hold. Poisson's ratios 0.30 and 0.23; a build-up of 0.20 or 0.40 gives up to 6 % more or less.
/// Thin build-ups overshoot: up to 8 % above steady state at a third of the core.
double split_share(double flaw_per_core_thickness, double build_up_per_core_thickness, double modulus_ratio);

/// Energy release rate of a flaw of this length in the middle of layer `core`, the crack in the core's plane. The other
/// layers count as build-up on either side: thickness, and modulus averaged over it; unlike sides take the mean of both
/// shares, which is not exact. Meant for one glass core; between two glass plies the pull is not that of the table.
/// std::invalid_argument when the stack has no such layer.
double flaw_splitting_J_per_m2(std::span<const ElasticLayer> layers, std::size_t core, double flaw_um);

/// The longest flaw that does not split the core: the shortest whose rate reaches the limit
/// (`release_rate_limit_J_per_m2`). Infinite when no length does.
double critical_split_flaw_um(std::span<const ElasticLayer> layers, std::size_t core, double limit_J_per_m2);

} // namespace beachfront::thermal
