// SPDX-License-Identifier: GPL-3.0-or-later
// Which parameters a figure answers to, from samples that were solved.
//
//   SobolIndices found = sobol_indices(values, parameters, seed);        // values in the order of a Saltelli plan
//   found.parameters[0].total.value                                     // share of the variance that it has a part in
//
// Every value is a figure of a design, and NaN where the design has none. What such a design belongs to (a trajectory,
// a row of a Saltelli plan, a sample) is left out and counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace beachfront::study {

/// An estimate and the interval that holds it in 95 of 100 repetitions of the sampling, by bootstrap: the samples drawn
/// again from themselves, with replacement. The same seed gives the same interval everywhere.
struct Estimate {
  double value = 0;
  double low = 0, high = 0;
};

/// What an answer rests on.
struct Basis {
  std::size_t used = 0;     ///< trajectories, rows or samples
  std::size_t left_out = 0; ///< because a design of theirs has no value or was not solved
  bool thin() const { return 10 * left_out > used + left_out; } ///< more than a tenth is missing: a warning
};

/// Elementary effects of one parameter: the change of the figure over the change of the parameter, which counts from 0
/// to 1 over its range (its probability, where it has a distribution). In the unit of the figure.
struct ElementaryEffects {
  double mu = 0;    ///< mean: its sign says which way
  Estimate mu_star; ///< mean magnitude: what to rank by
  double sigma = 0; ///< standard deviation over the trajectories: large against mu_star when curved or coupled
};

struct Morris {
  std::vector<ElementaryEffects> parameters;
  Basis basis; ///< in trajectories
};

/// Screening after Morris (Technometrics 33, 161, 1991) with mu* of Campolongo, Cariboni and Saltelli (Environ. Model.
/// Softw. 22, 1509, 2007). Point k is step k % (d + 1) of trajectory k / (d + 1); each step changes one of the d
/// parameters. `points` hold 0 to 1, one row a value. Without a trajectory all is zero.
Morris elementary_effects(const std::vector<std::vector<double>>& points, const std::vector<double>& values,
                          std::uint64_t seed);

/// Shares of a figure's variance.
struct SobolShare {
  Estimate first; ///< by this parameter alone: what would go if it were known
  Estimate total; ///< with all it does together with others: what would stay if all others were known
};

struct SobolIndices {
  std::vector<SobolShare> parameters;
  double mean = 0, variance = 0; ///< of the figure
  Basis basis;                   ///< in rows
  bool varies = false;           ///< without it there are no shares: all are zero
};

/// Sobol indices from a Saltelli plan of d parameters: row n is the points n (d + 2) + 0: A, + 1: B, + 2 + i: A with
/// parameter i of B. First order after Saltelli et al. (Comput. Phys. Commun. 181, 259, 2010, table 2 b) with the mean
/// taken off, total after Jansen (Comput. Phys. Commun. 117, 35, 1999). For independent parameters. A share near zero
/// may come out slightly negative: that is its sampling error, and its interval shows it.
SobolIndices sobol_indices(const std::vector<double>& values, std::size_t parameters, std::uint64_t seed);

/// A figure as a straight line in every parameter at once.
struct LinearFit {
  std::vector<Estimate> coefficients; ///< standardised: in standard deviations of figure and parameter
  double r2 = 0;                      ///< share of the variance that the line explains
  bool determined = false;            ///< else too few samples, parameters that move together, or nothing varies
};

struct Regression {
  LinearFit linear; ///< holds as far as its r2: below 0.7 it says little
  LinearFit ranks;  ///< the same of ranks: for figures that only rise or only fall with each parameter
  Basis basis;      ///< in samples
};

/// Least squares over plain samples (random, Latin hypercube, Sobol, grid). `columns` hold the parameters, a column
/// each; a column that does not vary has the coefficient 0. With independent parameters the squares of the linear
/// coefficients are the first-order Sobol indices of a figure that is linear.
Regression regression(const std::vector<std::vector<double>>& columns, const std::vector<double>& values,
                      std::uint64_t seed);

/// Share of the variance between groups of samples. With groups of one parameter's values it estimates the first-order
/// Sobol index of that parameter, whether numbers or choices; the parameter's effect inside a group is lost. On a full
/// grid it is exact. Of `drawn` samples the share that chance alone would bring is taken off (Kelley's epsilon squared:
/// 0 on average where groups make no difference; negative results are 0). Groups are lists of places in `values`; those
/// without value do not count.
double variance_between(const std::vector<std::vector<std::size_t>>& groups, const std::vector<double>& values,
                        bool drawn);

} // namespace beachfront::study
