// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/reliability.hpp"

#include <gtest/gtest.h>

namespace beachfront::power {
namespace {

// docs/facts/power.md (b)18, from Meta's MTBF of 2.6 million hours (CPO) and 0.55 million (2xFR4 pluggables).

TEST(Reliability, ReproducesTheFitOfBothKinds) {
  EXPECT_NEAR(fit_from_mtbf_h(2.6e6), 385, 0.5);
  EXPECT_NEAR(fit_from_mtbf_h(0.55e6), 1818, 0.5);
}

TEST(Reliability, ReproducesTheAnnualFractionAsFailedWithinAYear) {
  EXPECT_NEAR(annual_failure_fraction(2.6e6), 0.0034, 0.00005);
  EXPECT_NEAR(annual_failure_fraction(0.55e6), 0.0158, 0.00005);
}

TEST(Reliability, ExpectedFailuresAYearAreAnotherReadingOfTheSameClaim) {
  // 8760 / MTBF: the CPO figure prints the same, the pluggable's 1.59 % does not print as the claim's 1.58 %.
  EXPECT_NEAR(hours_per_year / 2.6e6, 0.0034, 0.00005);
  EXPECT_NEAR(hours_per_year / 0.55e6, 0.0159, 0.00005);
  EXPECT_GT(hours_per_year / 0.55e6, 0.0158 + 0.00005);
}

TEST(Reliability, OfRarePartsBothReadingsAgree) {
  // 1 - exp(-x) = x - x^2/2 + ...: at x = 8.76e-8 the difference is below x^2.
  const double x = hours_per_year / 1e11;
  EXPECT_NEAR(annual_failure_fraction(1e11), x, x * x);
}

} // namespace
} // namespace beachfront::power
