// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/evaluate.hpp"

#include "study/design.hpp"
#include "study/intervals.hpp"
#include "study/kept_stages.hpp"
#include "study/results.hpp"
#include "study/solve.hpp"

namespace beachfront::study {

Json evaluate(const Tree& resolved) {
  KeptStages none;
  return evaluate(resolved, none);
}

Json evaluate(const Tree& resolved, KeptStages& kept) {
  const Design design = read_design(resolved);
  Json results = results_json(design, solve(design, kept));
  results["absent"]["uncertainty"] = "intervals are found by solve and regress alone";
  return results;
}

Json evaluate_with_intervals(const Tree& resolved, int threads) {
  const Design design = read_design(resolved);
  KeptStages kept;
  Json results = results_json(design, solve(design, kept));
  add_intervals(results, resolved, kept, threads);
  return results;
}

} // namespace beachfront::study
