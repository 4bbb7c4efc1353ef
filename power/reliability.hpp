// SPDX-License-Identifier: GPL-3.0-or-later
// Failure rates and what redundancy does to them: failures a year, k of n, standby parts, spares in stock.
#pragma once

#include <cmath>

namespace beachfront::power {

inline constexpr double hours_per_year = 8760.0;

/// Failures in 1e9 h of a part with this mean time between failures.
inline double fit_from_mtbf_h(double mtbf_h) {
  return 1e9 / mtbf_h;
}

/// The fraction of parts that has failed after a year of a constant failure rate: 1 - exp(-8760 h / MTBF).
inline double annual_failure_fraction(double mtbf_h) {
  return -std::expm1(-hours_per_year / mtbf_h);
}

/// Expected failures a year of one part with this rate (failures in 1e9 h).
inline double failures_per_year_from_fit(double fit) {
  return fit * 1e-9 * hours_per_year;
}

/// P(N <= count) of a Poisson number N with this mean, which must not be negative; 0 for a negative count.
/// Throws std::invalid_argument on a mean that is negative, not finite or above 1e9.
double poisson_at_most(int count, double mean);

/// Smallest stock that covers a Poisson demand of this mean with at least the probability `service_level` in [0, 1).
/// Throws std::invalid_argument on a level outside that range.
int spares_in_stock(double mean_demand, double service_level);

/// Probability that at least `needed` of `fitted` equal, independent parts work, each with probability `working`: the
/// binomial sum. All parts run and age alike. Throws std::invalid_argument on counts below 0, needed above fitted, or a
/// probability outside [0, 1].
double k_of_n(int needed, int fitted, double working);

/// Probability that standby parts, which do not age, take over every failure: P(N <= standby) of a Poisson number of
/// failures with this mean. What fails is not repaired meanwhile.
double survival_with_standby(double mean_failures, int standby);

/// Expected repairs in a time in which `mean_failures` are expected, when each repair takes standby + 1 failures and
/// makes all parts new: E[floor(N / (standby + 1))], N a Poisson number. Without standby it is mean_failures.
double expected_repairs(double mean_failures, int standby);

} // namespace beachfront::power
