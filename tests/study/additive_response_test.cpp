// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of uncertain inputs against distributions known in closed form.
#include "study/additive_response.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace beachfront::study {
namespace {

constexpr std::size_t samples = 2000;

/// A figure that is a function of this input alone.
template <typename Function>
InputResponse response(const Triangular& input, const Function& figure) {
  return {input, figure(input.low), figure(input.mode), figure(input.high)};
}

double variance(const Triangular& t) {
  return (t.low * t.low + t.mode * t.mode + t.high * t.high - t.low * t.mode - t.low * t.high - t.mode * t.high) / 18;
}

/// Where a rising function crosses a value.
template <typename Function>
double root(const Function& rising, double value, double low, double high) {
  for (int i = 0; i < 200; ++i)
    (rising((low + high) / 2) < value ? low : high) = (low + high) / 2;
  return (low + high) / 2;
}

TEST(Triangular, QuantileIsTheInverseOfItsDistribution) {
  const Triangular skewed{2, 3, 7};
  // Below the mode F = (x - low)^2 / ((mode - low) (high - low)): 0.05 at x = 2.5; 0.2 at the mode.
  EXPECT_DOUBLE_EQ(quantile(skewed, 0.05), 2.5);
  EXPECT_DOUBLE_EQ(quantile(skewed, 0.2), 3);
  // Above it 1 - F = (high - x)^2 / ((high - mode) (high - low)): 0.2 at x = 5.
  EXPECT_DOUBLE_EQ(quantile(skewed, 0.8), 5);
  EXPECT_DOUBLE_EQ(quantile(skewed, 0), 2);
  EXPECT_DOUBLE_EQ(quantile(skewed, 1), 7);
}

TEST(Triangular, MayHaveItsModeAtAnEndOrNoWidth) {
  EXPECT_DOUBLE_EQ(quantile({0, 0, 1}, 0.75), 0.5); // F = 1 - (1 - x)^2
  EXPECT_DOUBLE_EQ(quantile({0, 1, 1}, 0.25), 0.5); // F = x^2
  EXPECT_EQ(quantile({4, 4, 4}, 0.3), 4);
}

TEST(LatinHypercube, HasOneSampleInEveryInterval) {
  for (const std::vector<double>& column : latin_hypercube(7, 101, 3)) {
    std::vector<int> hits(101, 0);
    for (const double probability : column)
      ++hits.at(static_cast<std::size_t>(probability * 101));
    EXPECT_EQ(*std::min_element(hits.begin(), hits.end()), 1);
    EXPECT_EQ(*std::max_element(hits.begin(), hits.end()), 1);
  }
}

TEST(LatinHypercube, IsTheSameForASeedAndAnotherForAnother) {
  EXPECT_EQ(latin_hypercube(3, 50, 1), latin_hypercube(3, 50, 1));
  EXPECT_NE(latin_hypercube(3, 50, 1), latin_hypercube(3, 50, 2));
  const auto columns = latin_hypercube(2, 50, 1);
  EXPECT_NE(columns[0], columns[1]);
}

/// Root mean square over seeds of the error of a sum's mean.
double error_of_mean(std::size_t number) {
  const Triangular inputs[] = {{0, 1, 3}, {-1, 0, 1}, {2, 2, 5}};
  double squares = 0;
  constexpr int seeds = 60;
  for (int seed = 1; seed <= seeds; ++seed) {
    const auto probabilities = latin_hypercube(3, number, static_cast<std::uint64_t>(seed));
    double error = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      error -= (inputs[i].low + inputs[i].mode + inputs[i].high) / 3;
      for (const double probability : probabilities[i])
        error += quantile(inputs[i], probability) / static_cast<double>(number);
    }
    squares += error * error / seeds;
  }
  return std::sqrt(squares);
}

TEST(LatinHypercube, IsFarBetterForSumsThanIndependentSamples) {
  // Independent samples: sqrt(variance / n), which four times the samples halve. One sample in each interval of a
  // function of one input leaves an error of n^-1.5, which they divide by eight; 60 seeds know that to about 20 %.
  const double independent = std::sqrt((variance({0, 1, 3}) + variance({-1, 0, 1}) + variance({2, 2, 5})) / 100);
  EXPECT_LT(error_of_mean(100), independent / 5);
  EXPECT_GT(error_of_mean(100) / error_of_mean(400), 5);
}

TEST(Spread, OfOneInputIsItsQuantiles) {
  const Triangular input{2, 3, 7};
  const auto line = [](double x) { return 10 - 4 * x; }; // falls: ends change places
  const Spread found = spread({response(input, line)}, line(3), samples);
  // One sample lies in each interval of 1/2000, so that the hundred and first from an end is known to its interval.
  EXPECT_LE(line(quantile(input, 0.95)), found.p5);
  EXPECT_GE(line(quantile(input, 0.9495)), found.p5);
  EXPECT_GE(line(quantile(input, 0.05)), found.p95);
  EXPECT_LE(line(quantile(input, 0.0505)), found.p95);
  EXPECT_EQ(found.shares, std::vector<double>{1});
}

TEST(Spread, FollowsAParabolaExactly) {
  const Triangular input{2, 3, 7};
  const auto curve = [](double x) { return 1 + 2 * x + 3 * x * x; };
  const Spread found = spread({response(input, curve)}, curve(3), samples);
  EXPECT_GE(found.p5, curve(quantile(input, 0.05)) - 1e-9);
  EXPECT_LE(found.p5, curve(quantile(input, 0.0505)) + 1e-9);
  EXPECT_GE(found.p95, curve(quantile(input, 0.9495)) - 1e-9);
  EXPECT_LE(found.p95, curve(quantile(input, 0.95)) + 1e-9);
}

TEST(Spread, SeesTheBottomBetweenTwoEqualEnds) {
  const Triangular input{-1, 0, 1};
  const Spread found = spread({response(input, [](double x) { return x * x; })}, 0, samples);
  // P(x^2 < t^2) = 1 - (1 - t)^2. The intervals at both sides of it count a sample more or less each.
  const auto square = [](double probability) { return std::pow(1 - std::sqrt(1 - probability), 2); };
  EXPECT_NEAR(found.p5, square(0.05), square(0.0515) - square(0.05));
  EXPECT_NEAR(found.p95, square(0.95), square(0.9515) - square(0.95));
}

TEST(Spread, OfTwoEqualInputsIsTheDistributionOfTheirSum) {
  // A symmetric triangular is a sum of two uniforms, two of them one of four (Irwin and Hall): near its low end
  // F(x) = (x^4 - 4 (x - 1)^4) / 24 with the second term from 1 on.
  const Triangular input{0, 1, 2};
  const auto itself = [](double x) { return x; };
  const Spread found = spread({response(input, itself), response(input, itself)}, 2, 20000);
  const double p5 =
      root([](double x) { return (std::pow(x, 4) - 4 * std::pow(std::max(x - 1, 0.0), 4)) / 24; }, 0.05, 0, 2);
  // Three standard errors of the quantile of independent samples: sqrt(0.05 0.95 / 20000) / density, which is 0.19.
  EXPECT_NEAR(found.p5, p5, 3 * 0.00154 / 0.19);
  EXPECT_NEAR(found.p95, 4 - p5, 3 * 0.00154 / 0.19);
  EXPECT_NEAR(found.shares[0], 0.5, 1e-3);
}

TEST(Spread, OfSkewedInputsIsTheDistributionOfTheirSum) {
  // Density 2 (1 - x) each; the sum up to 1: F(s) = 2 s^2 - 4/3 s^3 + s^4 / 6.
  const Triangular input{0, 0, 1};
  const auto itself = [](double x) { return x; };
  const Spread found = spread({response(input, itself), response(input, itself)}, 0, 20000);
  const double p5 = root([](double s) { return 2 * s * s - 4 * s * s * s / 3 + std::pow(s, 4) / 6; }, 0.05, 0, 1);
  const double density = 4 * p5 - 4 * p5 * p5 + 2 * std::pow(p5, 3) / 3;
  EXPECT_NEAR(found.p5, p5, 3 * 0.00154 / density);
}

TEST(Spread, SharesAreThoseOfTheExactVariances) {
  const Triangular first{0, 1, 3}, second{-1, 0, 1}, third{2, 2, 5};
  const std::vector<InputResponse> responses = {response(first, [](double x) { return 2 * x; }),
                                                response(second, [](double x) { return x * x; }),
                                                response(third, [](double x) { return -x; })};
  // E x^2 = 1/6 and E x^4 = 1/15 of the second: its square varies by 1/15 - 1/36.
  const double parts[] = {4 * variance(first), 1.0 / 15 - 1.0 / 36, variance(third)};
  const double whole = parts[0] + parts[1] + parts[2];
  const Spread found = spread(responses, 0, samples);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_NEAR(found.shares[i], parts[i] / whole, 1e-3) << i;
  EXPECT_NEAR(std::accumulate(found.shares.begin(), found.shares.end(), 0.0), 1, 1e-12);
}

TEST(Spread, IsAboutTheGivenMiddle) {
  // The responses may be another model's: only their differences count.
  const Triangular input{-1, 0, 1};
  const auto line = [](double x) { return 5 + x; };
  const Spread own = spread({response(input, line)}, 5, samples), other = spread({response(input, line)}, 105, samples);
  EXPECT_NEAR(other.p5 - own.p5, 100, 1e-12);
  EXPECT_NEAR(other.p95 - own.p95, 100, 1e-12);
}

TEST(Spread, OfNothingIsAPoint) {
  const Spread none = spread({}, 3, samples);
  EXPECT_EQ(none.p5, 3);
  EXPECT_EQ(none.p95, 3);
  const Spread idle = spread({{{0, 1, 2}, 7, 7, 7}}, 7, samples);
  EXPECT_EQ(idle.p5, 7);
  EXPECT_EQ(idle.p95, 7);
  EXPECT_EQ(idle.shares, std::vector<double>{0});
}

TEST(Spread, IsTheSameEveryTime) {
  const std::vector<InputResponse> responses = {{{0, 1, 3}, 2, 4, 9}, {{5, 5, 6}, 4, 4, 3}};
  const Spread first = spread(responses, 4, samples), second = spread(responses, 4, samples);
  EXPECT_EQ(first.p5, second.p5);
  EXPECT_EQ(first.p95, second.p95);
  EXPECT_EQ(first.shares, second.shares);
}

} // namespace
} // namespace beachfront::study
