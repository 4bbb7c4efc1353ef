// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/distribution.hpp"

#include <cmath>
#include <random>
#include <utility>

namespace beachfront::study {

double quantile(const Triangular& distribution, double probability) {
  const auto [low, mode, high] = distribution;
  const double rising = (mode - low) * (high - low); // times the probability, squared distance from the low end
  const double falling = (high - mode) * (high - low);
  if (high == low)
    return mode;
  return probability * (high - low) <= mode - low ? low + std::sqrt(probability * rising)
                                                  : high - std::sqrt((1 - probability) * falling);
}

std::vector<std::vector<double>> latin_hypercube(std::size_t dimensions, std::size_t samples, std::uint64_t seed) {
  // The generator's sequence is fixed by the standard, that of the library's distributions is not.
  std::mt19937_64 generator(seed);
  const auto uniform = [&] { return static_cast<double>(generator() >> 11) * 0x1p-53; };
  std::vector<std::vector<double>> columns(dimensions, std::vector<double>(samples));
  for (std::vector<double>& column : columns) {
    for (std::size_t i = 0; i < samples; ++i)
      column[i] = (static_cast<double>(i) + uniform()) / static_cast<double>(samples);
    for (std::size_t left = samples; left > 1; --left) // Fisher and Yates
      std::swap(column[left - 1], column[static_cast<std::size_t>(uniform() * static_cast<double>(left))]);
  }
  return columns;
}

} // namespace beachfront::study
