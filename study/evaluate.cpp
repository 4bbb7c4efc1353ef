// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/evaluate.hpp"

#include "study/design.hpp"
#include "study/intervals.hpp"
#include "study/kept_stages.hpp"
#include "study/results.hpp"
#include "study/screening.hpp"
#include "study/solve.hpp"

namespace beachfront::study {

namespace {

Json solved(const Design& design, KeptStages& kept) {
  if (design.fields) // a solid takes gigabytes
    kept.packages.most = 1;
  Json results = results_json(design, solve(design, kept));
  results["absent"]["uncertainty"] = "intervals are found by solve and regress alone";
  return results;
}

Json rejected(const Rejection& rejection) {
  Json violations = Json::array();
  for (const geometry::Violation& violation : rejection.violations)
    violations.push_back({{"rule", violation.rule}, {"message", violation.message}});
  return {{"feasible", false}, {"violations", std::move(violations)}, {"screened_by", rejection.rung}};
}

} // namespace

Json evaluate(const Tree& resolved) {
  KeptStages none;
  return evaluate(resolved, none);
}

Json evaluate(const Tree& resolved, KeptStages& kept) {
  return solved(read_design(resolved), kept);
}

Json evaluate(const Tree& resolved, KeptStages& kept, const ScreeningRules& screening) {
  const Design design = read_design(resolved);
  if (!screening.rungs)
    return solved(design, kept);
  const auto rejection = *kept.screenings.find_or(design.stages.point, [&] { return screen(design, kept); });
  if (!rejection)
    return solved(design, kept);
  if (!audited(design.resolved_hash, screening.audit_share))
    return rejected(*rejection);
  Json results = solved(design, kept);
  results["audited_for"] = rejection->rung;
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
