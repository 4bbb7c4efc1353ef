// SPDX-License-Identifier: GPL-3.0-or-later
// One resolved design to its figures: what solve, compare, sweep and regress all run.
#pragma once

#include "study/tree.hpp"

#include <nlohmann/json.hpp>

namespace beachfront::study {

using Json = nlohmann::ordered_json;

struct KeptStages;
struct ScreeningRules;

/// The content of results.json for a resolved design. Infeasible designs are results too ("feasible": false with
/// "violations"). Throws InputError when values of the design contradict one another. Pure: no files, no clock, the
/// same tree gives the same bytes; safe to call from several threads at once.
Json evaluate(const Tree& resolved);

/// The same bytes, with the stages that were solved before (kept_stages.hpp).
Json evaluate(const Tree& resolved, KeptStages& kept);

/// The same for a sweep that screens (screening.hpp). A design that a rung rejects has only "feasible": false,
/// "violations" and "screened_by", the rung; one of them that is audited has all its results and "audited_for", the
/// rung.
Json evaluate(const Tree& resolved, KeptStages& kept, const ScreeningRules& screening);

/// The same with the intervals of its headline figures (intervals.hpp), as `solve` writes it.
Json evaluate_with_intervals(const Tree& resolved, int threads);

} // namespace beachfront::study
