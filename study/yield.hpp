// SPDX-License-Identifier: GPL-3.0-or-later
// From the spread of a process to the share of packages that are good, and which spread to narrow first.
//
//   Yield now = yield_of(good);                                        // a flag a sampled design
//   Tightened then = yield_if(good, weights_if_halved(thickness, values));
#pragma once

#include "study/distribution.hpp"

#include <cstddef>
#include <vector>

namespace beachfront::study {

struct Yield {
  std::size_t samples = 0, good = 0;
  double share = 0;         ///< good of all, 0 to 1
  double low = 0, high = 1; ///< holds the yield of the process in at least 95 of 100 samplings
};

/// With the interval of Clopper and Pearson (Biometrika 26, 404, 1934), which is exact for independent samples and wide
/// for evenly spread ones (Latin hypercube, Sobol). Without samples the interval is all.
Yield yield_of(const std::vector<bool>& good);

/// How much likelier each value would be, up to a common factor, were the distribution half as wide: a uniform one
/// about its middle, a triangular one about its mode, a normal one with half the standard deviation, a log-normal one
/// with half of sigma_ln; limits at which a curve is cut stay.
std::vector<double> weights_if_halved(const Distribution& distribution, const std::vector<double>& values);

/// The yield of another process, from the samples of this one.
struct Tightened {
  double share = 0;
  double gain = 0;                    ///< over the yield as it is
  double gain_low = 0, gain_high = 0; ///< 95 %, both yields from the same samples
  /// That many samples of the other process would tell as much; below about 30 the estimate is not to be trusted.
  double effective_samples = 0;
};

/// By importance sampling: the same designs with weights, nothing is solved again (self-normalised; the interval by
/// linearisation, Owen, Monte Carlo theory, methods and examples, 2013, section 9.2). All weights 0: all is 0.
Tightened yield_if(const std::vector<bool>& good, const std::vector<double>& weights);

} // namespace beachfront::study
