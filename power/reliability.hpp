// SPDX-License-Identifier: GPL-3.0-or-later
// Failure rates: mean time between failures, failures in time, failures a year.
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

} // namespace beachfront::power
