// SPDX-License-Identifier: GPL-3.0-or-later
// The alternatives of a comparison as owned: their parts, what they cost over the horizon, when they have paid for
// themselves.
#pragma once

#include "study/design.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

struct OwnedAlternative {
  std::string name;
  double failures_per_year = 0;         ///< of all parts in service
  std::optional<power::Ownership> cost; ///< empty without a price: absent says so
  std::string absent;
  std::optional<double> break_even_years; ///< against the first DSP pluggable class
  std::string break_even_absent;
};

/// One for each alternative of the comparison, in its order.
std::vector<OwnedAlternative> own_alternatives(const Design& design, const power::ComparisonResult& comparison);

} // namespace beachfront::study
