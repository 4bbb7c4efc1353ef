// SPDX-License-Identifier: GPL-3.0-or-later
// The headline figures of several designs side by side, each set against the first.
#pragma once

#include "study/evaluate.hpp"
#include "study/headlines.hpp"
#include "study/twins.hpp"

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

/// What is to be compared.
struct Candidate {
  std::string name;
  Json results;                            ///< not looked at after a failure
  std::string failure{};                   ///< why there are no results: a solver that failed; empty when there are
  std::vector<DifferingKey> differences{}; ///< of the resolved design from the first one
};

struct Compared {
  std::string name;
  bool feasible = false;
  std::string violation; ///< the first one and how many more; empty when feasible or failed
  std::string failure;   ///< as of the candidate
  std::vector<DifferingKey> differences;
  std::string mechanics_model{}; ///< "plate" or "solid"; empty in a brief comparison and where results do not tell
};

/// One figure; a place for each design.
struct ComparedFigure {
  Headline headline;
  std::string group; ///< title; empty in a short comparison
  std::vector<std::optional<double>> values;
  /// Ratio of magnitudes to, or difference from, the first design; empty for the first.
  std::vector<std::optional<double>> changes;
  std::vector<bool> flips;         ///< whether the sign is not the first design's; never for differences
  std::vector<std::string> absent; ///< why a value is not there; empty where it is
};

struct Comparison {
  std::vector<Compared> designs;
  std::vector<ComparedFigure> figures;
};

/// At least one. A ratio to zero is no number and left out. The short list of headlines.
Comparison compare_briefly(const std::vector<Candidate>& candidates);

/// All headlines, and the warpage at each step that one of the designs has.
Comparison compare(const std::vector<Candidate>& candidates);

/// A table of at most 100 columns for up to three designs, 20 more for each further one.
void print_comparison(std::ostream& out, const Comparison& comparison);

Json comparison_json(const Comparison& comparison);

/// A row for each figure, numbers in full, a column for each design and its change.
void write_comparison_csv(std::ostream& out, const Comparison& comparison);

/// A, B, ..., Z, AA, ...: names are too long to head a column.
std::string design_letter(std::size_t place);

/// "glass, mechanics of the plate, feasible", "organic, infeasible: warpage 900 um", "organic, failed: no convergence".
std::string design_state(const Compared& design);

/// Four digits; thousands and millions without an exponent. The value must be there.
std::string value_text(const ComparedFigure& figure, std::size_t place);

/// "x2.5", with "*" where the sign flips; "+2.5" of a difference, to three decimals; "-" without a number.
std::string change_text(const ComparedFigure& figure, std::size_t place);

/// Reasons, each told once.
struct Footnotes {
  std::vector<std::string> reasons;
  std::size_t number(const std::string& reason); ///< from 1
};

} // namespace beachfront::study
