// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/results.hpp"

namespace beachfront::study {

/// The block `electrical` of results.json: the lanes from die to engine. The solution must have its electrical escape;
/// without the channel the keys of loss are left out.
Json electrical_json(const Design& design, const Solution& solution);

} // namespace beachfront::study
