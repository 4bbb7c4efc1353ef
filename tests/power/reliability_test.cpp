// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/reliability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

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

TEST(Reliability, FitAndMtbfAreOneRate) {
  EXPECT_NEAR(failures_per_year_from_fit(fit_from_mtbf_h(2.6e6)), hours_per_year / 2.6e6, 1e-15);
  EXPECT_NEAR(failures_per_year_from_fit(50), 50 * 8760e-9, 1e-15);
}

TEST(Reliability, KOfNIsTheSumOverAllStatesOfTheParts) {
  // Every one of the 2^n states by hand, against the binomial sum.
  for (int fitted = 1; fitted <= 10; ++fitted)
    for (int needed = 0; needed <= fitted; ++needed)
      for (const double working : {0.0, 0.1, 0.5, 0.97, 1.0}) {
        double exact = 0;
        for (int state = 0; state < 1 << fitted; ++state) {
          int alive = 0;
          for (int part = 0; part < fitted; ++part)
            alive += state >> part & 1;
          if (alive >= needed)
            exact += std::pow(working, alive) * std::pow(1 - working, fitted - alive);
        }
        EXPECT_NEAR(k_of_n(needed, fitted, working), exact, 1e-12) << needed << " of " << fitted << " at " << working;
      }
  EXPECT_NEAR(k_of_n(1, 1, 0.9), 0.9, 1e-15);
  EXPECT_NEAR(k_of_n(2, 3, 0.9), 3 * 0.81 * 0.1 + 0.729, 1e-14);
  EXPECT_THROW(k_of_n(4, 3, 0.9), std::invalid_argument);
  EXPECT_THROW(k_of_n(1, 3, 1.1), std::invalid_argument);
}

TEST(Reliability, StandbyTakesOverAsThePoissonSumSays) {
  EXPECT_NEAR(survival_with_standby(0.7, 0), std::exp(-0.7), 1e-15);
  EXPECT_NEAR(survival_with_standby(0.7, 1), std::exp(-0.7) * 1.7, 1e-15);
  EXPECT_NEAR(survival_with_standby(0.7, 2), std::exp(-0.7) * (1.7 + 0.245), 1e-15);
  // Of many parts that fail rarely, the binomial k of n goes to the Poisson sum: n p = 0.7, error below n p^2.
  const int fitted = 100000;
  EXPECT_NEAR(k_of_n(fitted - 2, fitted, 1 - 0.7 / fitted), survival_with_standby(0.7, 2), 0.49 / fitted);
}

TEST(Reliability, AStandbyPartAbsorbsTheFirstFailureOfEachRound) {
  EXPECT_EQ(expected_repairs(3.3, 0), 3.3);
  // E[floor(N/2)] = (mean - P(N odd))/2, and P(N odd) = (1 - exp(-2 mean))/2.
  for (const double mean : {1e-4, 0.3, 2.0, 40.0, 500.0})
    EXPECT_NEAR(expected_repairs(mean, 1), (mean - (1 - std::exp(-2 * mean)) / 2) / 2, 1e-11 * std::max(1.0, mean));
  // Rare failures: the repair needs standby + 1 of them, mean^3/3! to leading order.
  EXPECT_NEAR(expected_repairs(1e-3, 2), 1e-9 / 6, 1e-12);
}

TEST(Reliability, StockIsTheSmallestThatMeetsTheServiceLevel) {
  EXPECT_EQ(spares_in_stock(0, 0.99), 0);
  EXPECT_EQ(spares_in_stock(3, 0), 0);
  EXPECT_EQ(spares_in_stock(1e4, 0), 0);
  // Tables of the Poisson distribution of mean 2: P(N <= 4) = 0.9473, P(N <= 5) = 0.9834, P(N <= 6) = 0.9955.
  EXPECT_NEAR(poisson_at_most(4, 2), 0.9473, 5e-5);
  EXPECT_NEAR(poisson_at_most(5, 2), 0.9834, 5e-5);
  EXPECT_NEAR(poisson_at_most(6, 2), 0.9955, 5e-5);
  EXPECT_EQ(spares_in_stock(2, 0.95), 5);
  EXPECT_EQ(spares_in_stock(2, 0.99), 6);
  for (const double mean : {0.01, 1.0, 7.3, 250.0, 1e4})
    for (const double level : {0.5, 0.9, 0.99, 0.9999}) {
      const int stock = spares_in_stock(mean, level);
      EXPECT_GE(poisson_at_most(stock, mean), level) << mean;
      EXPECT_LT(poisson_at_most(stock - 1, mean), level) << mean;
    }
  EXPECT_EQ(poisson_at_most(-1, 2), 0);
  EXPECT_THROW(spares_in_stock(2, 1), std::invalid_argument);
  EXPECT_THROW(spares_in_stock(-2, 0.9), std::invalid_argument);
}

} // namespace
} // namespace beachfront::power
