// SPDX-License-Identifier: GPL-3.0-or-later
// Multi-objective search in the unit cube: NSGA-II (Deb, Pratap, Agarwal and Meyarivan, IEEE Trans. Evol. Comput. 6,
// 182, 2002) of pagmo, with constraint domination. Knows nothing of designs: what a point is worth is asked of a
// function.
//
//   SearchRules rules{parameters, objectives};
//   std::vector<Evaluated> all = search(rules, {}, [](const std::vector<std::vector<double>>& points) {
//     std::vector<Judged> out; ...; return out;                  // one a point, on as many threads as one likes
//   });
#pragma once

#include "study/pareto.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace beachfront::study {

/// What a point is worth.
struct Judged {
  Costs costs;          ///< smaller is better; not read where there is a violation
  double violation = 0; ///< 0: a good one; else by how much it is not, infinite where it has no figures at all
};

struct Evaluated {
  std::vector<double> at; ///< 0 to 1 in every dimension
  Judged judged;
};

struct SearchRules {
  std::size_t dimensions = 1;
  std::size_t objectives = 2;
  std::int64_t evaluations = 1000; ///< rounded up to whole generations
  std::size_t population = 20;     ///< a multiple of 4, at least 8
  std::uint64_t seed = 1;
};

/// Judges the points of one generation, in their order. An empty answer ends the search.
using Judge = std::function<std::vector<Judged>(const std::vector<std::vector<double>>& points)>;

/// Every point that was judged, in order. The first generation is the best of `known`, as many as fit, filled up with
/// points of Sobol's sequence; what is known is not judged again. Any good point beats any that violates something, and
/// of two of these the one that does so less wins (Deb's rule). The same rules, known points and answers give the same
/// points; more evaluations only add some. Costs must be finite and below 1e99 in magnitude.
std::vector<Evaluated> search(const SearchRules& rules, const std::vector<Evaluated>& known, const Judge& judge);

/// Indices of the best of the points, at most `count`: where there are good ones those that no other beats, thinned
/// evenly, else those that violate least.
std::vector<std::size_t> best_of(const std::vector<Evaluated>& points, std::size_t count);

} // namespace beachfront::study
