// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/yield.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>

namespace beachfront::study {
namespace {

double normal_cdf(double z) {
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

std::vector<bool> flags(std::size_t good, std::size_t all) {
  std::vector<bool> out(all, false);
  std::fill_n(out.begin(), good, true);
  return out;
}

std::vector<double> samples_of(const Distribution& distribution, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::vector<double> out(count);
  for (double& value : out)
    value = quantile(distribution, (static_cast<double>(generator() >> 11) + 0.5) * 0x1p-53);
  return out;
}

TEST(Yield, IntervalIsExactWhereNoneOrAllAreGood) {
  // Without a bad one in n the bound p solves p^n = 0.025.
  const Yield all = yield_of(flags(50, 50));
  EXPECT_EQ(all.share, 1);
  EXPECT_NEAR(all.low, std::pow(0.025, 1.0 / 50), 1e-12);
  EXPECT_EQ(all.high, 1);
  const Yield nothing = yield_of(flags(0, 50));
  EXPECT_EQ(nothing.low, 0);
  EXPECT_NEAR(nothing.high, 1 - std::pow(0.025, 1.0 / 50), 1e-12);
}

TEST(Yield, BoundsLeaveTheSameChanceOnEitherSide) {
  const Yield found = yield_of(flags(17, 20));
  EXPECT_DOUBLE_EQ(found.share, 0.85);
  const auto at_least = [](double p, int good) { // that many of 20, by the sum itself
    double sum = 0;
    for (int k = good; k <= 20; ++k)
      sum += std::exp(std::lgamma(21) - std::lgamma(k + 1) - std::lgamma(21 - k)) * std::pow(p, k) *
             std::pow(1 - p, 20 - k);
    return sum;
  };
  EXPECT_NEAR(at_least(found.low, 17), 0.025, 1e-9);
  EXPECT_NEAR(1 - at_least(found.high, 18), 0.025, 1e-9);
  EXPECT_EQ(yield_of({}).samples, 0U);
  EXPECT_EQ(yield_of({}).high, 1);
}

TEST(Yield, HalvingEachSpreadOfALinearFigureGivesTheExactYield) {
  // y = 3 u + 2 v + w of standard normals is good up to 3: yield Phi(3/sqrt 14); halving u leaves Phi(3/sqrt 7.25).
  constexpr std::size_t count = 100'000;
  const Normal standard{0, 1};
  const std::vector<double> u = samples_of(standard, count, 1);
  const std::vector<double> v = samples_of(standard, count, 2);
  const std::vector<double> w = samples_of(standard, count, 3);
  std::vector<bool> good;
  for (std::size_t k = 0; k < count; ++k)
    good.push_back(3 * u[k] + 2 * v[k] + w[k] <= 3);
  const double exact = normal_cdf(3 / std::sqrt(14.0));
  const Yield now = yield_of(good);
  EXPECT_LT(now.low, exact);
  EXPECT_GT(now.high, exact);
  const auto check = [&](const std::vector<double>& values, double squares) {
    const Tightened then = yield_if(good, weights_if_halved(standard, values));
    const double exact_gain = normal_cdf(3 / std::sqrt(squares)) - exact;
    EXPECT_NEAR(then.gain, exact_gain, 0.005);
    EXPECT_LT(then.gain_low, exact_gain);
    EXPECT_GT(then.gain_high, exact_gain);
    EXPECT_NEAR(then.effective_samples / count, std::sqrt(7.0) / 4, 0.01); // E[w]^2/E[w^2] of the two normals
  };
  check(u, 9.0 / 4 + 4 + 1);
  check(v, 9 + 1 + 1);
  check(w, 9 + 4 + 0.25);
}

TEST(Yield, IntervalOfAGainHoldsItInMostRepetitions) {
  const Normal standard{0, 1};
  const double exact = normal_cdf(2) - normal_cdf(1);
  int held = 0;
  for (std::uint64_t repetition = 0; repetition < 200; ++repetition) {
    const std::vector<double> u = samples_of(standard, 400, 50 + repetition);
    std::vector<bool> good;
    for (const double value : u)
      good.push_back(value <= 1);
    const Tightened then = yield_if(good, weights_if_halved(standard, u));
    held += then.gain_low <= exact && exact <= then.gain_high ? 1 : 0;
  }
  EXPECT_GE(held, 178); // 190 expected; four standard deviations below
}

/// The share below a limit of a curve and of the same curve halved.
struct Narrowed {
  Distribution curve;
  Distribution half;
  double limit = 0;
};

TEST(Yield, WeightsTurnEveryDistributionIntoItsHalf) {
  const std::vector<Narrowed> cases = {
      {Uniform{2, 10}, Uniform{4, 8}, 7},
      {Triangular{0, 2, 10}, Triangular{1, 2, 6}, 3},
      {Triangular{2, 2, 10}, Triangular{2, 2, 6}, 3},
      {Normal{5, 2}, Normal{5, 1}, 6},
      {Normal{5, 2, 4, 8}, Normal{5, 1, 4, 8}, 6},
      {LogNormal{3, 0.8}, LogNormal{3, 0.4}, 4},
      {LogNormal{3, 0.8, 2, 9}, LogNormal{3, 0.4, 2, 9}, 4},
  };
  for (std::size_t c = 0; c < cases.size(); ++c) {
    constexpr std::size_t count = 40'000;
    std::vector<double> values;
    double below_half = 0;
    for (std::size_t k = 0; k < count; ++k) { // evenly, so that the only error is that of a grid
      const double probability = (static_cast<double>(k) + 0.5) / count;
      values.push_back(quantile(cases[c].curve, probability));
      below_half += quantile(cases[c].half, probability) <= cases[c].limit ? 1.0 / count : 0;
    }
    std::vector<bool> good;
    for (const double value : values)
      good.push_back(value <= cases[c].limit);
    EXPECT_NEAR(yield_if(good, weights_if_halved(cases[c].curve, values)).share, below_half, 2e-4) << c;
  }
}

TEST(Yield, WithoutWeightNothingIsClaimed) {
  const Tightened none = yield_if({true, false}, weights_if_halved(Uniform{0, 1}, {0.01, 0.99}));
  EXPECT_EQ(none.effective_samples, 0);
  EXPECT_EQ(none.share, 0);
}

} // namespace
} // namespace beachfront::study
