// SPDX-License-Identifier: GPL-3.0-or-later
// The content of results.json: stable keys with their units, as design.md section 5 lists them.
#pragma once

#include "study/evaluate.hpp"
#include "study/solve.hpp"

namespace beachfront::study {

/// A key without a value is left out and named in `absent` with its reason. No time, path or host in it.
Json results_json(const Design& design, const Solution& solution);

} // namespace beachfront::study
