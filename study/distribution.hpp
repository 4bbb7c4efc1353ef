// SPDX-License-Identifier: GPL-3.0-or-later
// Distributions of uncertain values, and sets of samples that fill them evenly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace beachfront::study {

/// Most likely at `mode`, impossible outside low and high. low <= mode <= high.
struct Triangular {
  double low = 0, mode = 0, high = 0;
};

/// The value below which the share `probability` of all lies, 0 to 1.
double quantile(const Triangular& distribution, double probability);

/// Latin hypercube (McKay, Beckman and Conover, Technometrics 21, 239, 1979): `samples` probabilities in each of
/// `dimensions` columns, one in every interval of 1/samples, in an order of each column's own. Column-wise:
/// [dimension][sample]. The same seed gives the same numbers everywhere.
std::vector<std::vector<double>> latin_hypercube(std::size_t dimensions, std::size_t samples, std::uint64_t seed);

} // namespace beachfront::study
