// SPDX-License-Identifier: GPL-3.0-or-later
// The joint of the dies and the joint of the engines as bonded pairs with the whole substrate as lower plate.
#pragma once

#include "thermal/interface_stress.hpp"
#include "thermal/package.hpp"
#include "thermal/stack.hpp"

#include <vector>

namespace beachfront::thermal {

/// The die with the largest area. Needs a die.
const Die& largest_die(const Package& package);

/// From the joint's stress-free temperature to the temperatures of body and substrate; secant moduli.
BondedPair die_pair(const Package& package, const std::vector<Ply>& plies, double free_C, double die_C,
                    double substrate_C);
/// Half length along the side of the engine that is asked for.
BondedPair engine_pair(const Package& package, const Engine& engine, const std::vector<Ply>& plies, double free_C,
                       double engine_C, double substrate_C, double half_length_mm);

} // namespace beachfront::thermal
