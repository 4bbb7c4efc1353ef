// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/evaluate.hpp"

#include "study/design.hpp"
#include "study/results.hpp"
#include "study/solve.hpp"

namespace beachfront::study {

Json evaluate(const Tree& resolved) {
  const Design design = read_design(resolved);
  return results_json(design, solve(design));
}

} // namespace beachfront::study
