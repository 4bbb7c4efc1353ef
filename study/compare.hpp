// SPDX-License-Identifier: GPL-3.0-or-later
// The headline figures of several designs side by side, each set against the first.
#pragma once

#include "study/evaluate.hpp"
#include "study/headlines.hpp"

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

struct Compared {
  std::string name;
  bool feasible = false;
  std::string violation; ///< the first one and how many more; empty when feasible
};

/// One figure; a place for each design.
struct ComparedFigure {
  Headline headline;
  std::vector<std::optional<double>> values;
  std::vector<std::optional<double>> changes; ///< ratio to, or difference from, the first design; empty for the first
  std::vector<std::string> absent;            ///< why a value is not there; empty where it is
};

struct Comparison {
  std::vector<Compared> designs;
  std::vector<ComparedFigure> figures;
};

/// `names` and `results` belong together, at least one. A ratio to zero is no number and left out.
Comparison compare(const std::vector<std::string>& names, const std::vector<Json>& results);

/// A table of at most 100 columns for up to three designs, 20 more for each further one.
void print_comparison(std::ostream& out, const Comparison& comparison);

Json comparison_json(const Comparison& comparison);

} // namespace beachfront::study
