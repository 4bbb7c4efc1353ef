// SPDX-License-Identifier: GPL-3.0-or-later
// How far the loop is from running away.
#pragma once

#include "study/loop.hpp"

#include <optional>

namespace beachfront::study {

/// Looks up to `largest_factor` times the heat of a converged operating point, every engine heated by the same factor.
/// Temperatures and shifts are linear in the heat (conduction and elasticity are), so one turn at other heat gives them
/// on the whole way; light and heat are then asked for at each point. The factor at which what is asked for overtakes
/// what is given is the upper fixed point: exact where engines are alike, else of their sum. Nothing if there is none
/// before the efficiency of the lasers is no longer known.
constexpr double largest_factor = 20;
std::optional<RunAway> find_run_away(const Chain& chain, PackageModel& model, const OperatingPoint& point);

} // namespace beachfront::study
