// SPDX-License-Identifier: GPL-3.0-or-later
// The headline figures of a design with the interval that its uncertain inputs give them, and which inputs those are.
#pragma once

#include "study/evaluate.hpp"
#include "study/headlines.hpp"
#include "study/kept_stages.hpp"
#include "study/tree.hpp"

#include <string>
#include <vector>

namespace beachfront::study {

/// An input's share of the variance of a figure.
struct Cause {
  std::string input;
  double share = 0;
};

struct Interval {
  Headline headline;
  double value = 0;
  double p5 = 0, p95 = 0;    ///< 5 % of all samples lie below, and above
  std::vector<Cause> causes; ///< at most three, those of at least 1 %
};

/// An end of an input's range at which the design breaks a rule that it keeps at its own values.
struct BreakingEnd {
  std::string input;
  double at = 0;
  std::string rule;
};

struct Intervals {
  std::size_t samples = 0, inputs = 0;
  std::vector<Interval> figures; ///< those that the design and both ends of every input have
  std::vector<BreakingEnd> breaking;
};

/// Solves the design with each uncertain input at either end of its range, all else at its value, and adds the
/// responses up (additive_response.hpp): effects of two inputs that show only together are left out. Temperature and
/// stress by the fast models, whose spread `results` take over, in proportion but for temperatures and decibels.
/// `kept` holds the stages of the design itself. The same on any number of threads. Throws InputError with what uncertain_inputs() or a design at an end of a range
/// says.
Intervals intervals(const Tree& resolved, const Json& results, const KeptStages& kept, int threads);

/// The block `uncertainty` into results.json, or why it is absent: no samples asked for, or a design that could not be
/// solved.
void add_intervals(Json& results, const Tree& resolved, const KeptStages& kept, int threads);

} // namespace beachfront::study
