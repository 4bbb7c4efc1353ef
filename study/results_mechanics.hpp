// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of results.json that tell how the package is bent, stressed and worn.
#pragma once

#include "study/figures.hpp"
#include "study/solve.hpp"

namespace beachfront::study {

/// Beside the stable keys of `mechanics`: assembly steps, warpage over the field of balls with its limits, coplanarity,
/// rows of balls, edge and flaw figures, guides' stress, and the plate's figures where the solid was solved. What has
/// no value goes to `absent` by its path.
void add_mechanics_detail(Json& mechanics, Json& absent, const Design& design, const Solution& solution);

/// Who heats whom: greatest resistance from a die to an engine, and between two engines.
void add_resistances(Json& temperature, const OperatingPoint& point);

} // namespace beachfront::study
