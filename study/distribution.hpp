// SPDX-License-Identifier: GPL-3.0-or-later
// Distributions of uncertain values by their quantiles, and sets of samples that fill them evenly.
//
//   const Distribution thickness = Normal{1200, 30, 1100, 1300};
//   quantile(thickness, 0.5); // 1200
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

namespace beachfront::study {

/// Equally likely everywhere between. low <= high.
struct Uniform {
  double low = 0, high = 1;
};

/// Most likely at `mode`, impossible outside low and high. low <= mode <= high.
struct Triangular {
  double low = 0, mode = 0, high = 0;
};

/// Bell curve; where low or high is given, cut there and made larger in between by what was cut off: mean and sd are of
/// the curve before the cut. sd > 0, low < high.
struct Normal {
  double mean = 0, sd = 1;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

/// A value whose logarithm is normal about that of `median` with standard deviation sigma_ln: two of three values lie
/// within a factor of exp(sigma_ln) of the median. Cut as Normal is. median > 0, sigma_ln > 0, 0 <= low < high.
struct LogNormal {
  double median = 1, sigma_ln = 1;
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
};

using Distribution = std::variant<Uniform, Triangular, Normal, LogNormal>;

/// The value below which the share `probability` of all lies, 0 to 1. Never outside low and high; infinite only at a
/// probability of 0 or 1 of a side without a limit.
double quantile(const Triangular& distribution, double probability);
double quantile(const Distribution& distribution, double probability);

/// Whether no value lies beyond finite limits.
bool bounded(const Distribution& distribution);

/// What share of the curve lies between its limits before it is cut there: 1 without limits.
double share_kept(const Distribution& distribution);

/// Latin hypercube (McKay, Beckman and Conover, Technometrics 21, 239, 1979): `samples` probabilities in each of
/// `dimensions` columns, one in every interval of 1/samples, in an order of each column's own. Column-wise:
/// [dimension][sample]. The same seed gives the same numbers everywhere.
std::vector<std::vector<double>> latin_hypercube(std::size_t dimensions, std::size_t samples, std::uint64_t seed);

} // namespace beachfront::study
