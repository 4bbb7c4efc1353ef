// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/percentile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace beachfront::study {

double percentile(const std::vector<double>& ordered, double probability) {
  const double place = std::clamp(probability, 0.0, 1.0) * static_cast<double>(ordered.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, ordered.size() - 1);
  const double fraction = place - static_cast<double>(below);
  return ordered[below] + fraction * (ordered[above] - ordered[below]);
}

} // namespace beachfront::study
