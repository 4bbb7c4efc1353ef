// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/distribution.hpp"

#include "study/sampling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace beachfront::study {
namespace {

/// Distribution function of the standard normal, from the C library and not from Boost.
double phi(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

struct Moments {
  double mean = 0, sd = 0;
};

/// By the middle of many equal shares.
Moments moments(const Distribution& distribution) {
  constexpr int shares = 200000;
  double sum = 0, squares = 0;
  for (int k = 0; k < shares; ++k) {
    const double x = quantile(distribution, (k + 0.5) / shares);
    sum += x / shares;
    squares += x * x / shares;
  }
  return {sum, std::sqrt(squares - sum * sum)};
}

TEST(Distribution, HasTheQuantilesOfTables) {
  const Distribution normal = Normal{10, 2};
  EXPECT_DOUBLE_EQ(quantile(normal, 0.5), 10);
  EXPECT_NEAR(quantile(normal, 0.975), 10 + 2 * 1.959963984540054, 1e-12);
  EXPECT_NEAR(quantile(normal, 0.99), 10 + 2 * 2.326347874040841, 1e-12);
  EXPECT_NEAR(quantile(normal, 0.001), 10 - 2 * 3.090232306167813, 1e-12);
  const Distribution log_normal = LogNormal{100, std::log(2.0)};
  EXPECT_NEAR(quantile(log_normal, 0.5), 100, 1e-12);
  EXPECT_NEAR(quantile(log_normal, phi(1)), 200, 1e-9); // one standard deviation is the factor
  EXPECT_NEAR(quantile(log_normal, phi(-2)), 25, 1e-9);
  EXPECT_DOUBLE_EQ(quantile(Distribution(Uniform{-3, 5}), 0.25), -1);
  EXPECT_DOUBLE_EQ(quantile(Distribution(Triangular{0, 1, 2}), 0.125), 0.5);
}

TEST(Distribution, HasTheMomentsOfItsClosedForm) {
  const Moments normal = moments(Normal{10, 2});
  EXPECT_NEAR(normal.mean, 10, 1e-9);
  EXPECT_NEAR(normal.sd, 2, 1e-4);
  const Moments flat = moments(Uniform{2, 8});
  EXPECT_NEAR(flat.mean, 5, 1e-9);
  EXPECT_NEAR(flat.sd, 6 / std::sqrt(12.0), 1e-6);
  const Moments log_normal = moments(LogNormal{3, 0.4});
  EXPECT_NEAR(log_normal.mean, 3 * std::exp(0.08), 1e-4);
  EXPECT_NEAR(log_normal.sd, 3 * std::exp(0.08) * std::sqrt(std::expm1(0.16)), 1e-3);
}

// Mean of a normal cut at a and b (in standard deviations): mean + sd (f(a) - f(b)) / (F(b) - F(a)).
TEST(Distribution, CutsANormalAsItsClosedFormSays) {
  const auto density = [](double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0)); };
  const double a = -0.5, b = 1.5, share = phi(b) - phi(a);
  const double shift = (density(a) - density(b)) / share;
  const double variance = 1 + (a * density(a) - b * density(b)) / share - shift * shift;
  const Moments cut = moments(Normal{10, 2, 9, 13});
  EXPECT_NEAR(cut.mean, 10 + 2 * shift, 1e-8);
  EXPECT_NEAR(cut.sd, 2 * std::sqrt(variance), 1e-8);
  EXPECT_NEAR(share_kept(Normal{10, 2, 9, 13}), share, 1e-14);
}

TEST(Distribution, CutOnOneSideIsTheMirrorOfTheOther) {
  for (const double p : {0.01, 0.3, 0.5, 0.999})
    EXPECT_NEAR(quantile(Distribution(Normal{0, 1, 1.2}), p),
                -quantile(Distribution(Normal{0, 1, -HUGE_VAL, -1.2}), 1 - p), 1e-12);
}

// Far in the tail the distribution is nearly exponential; a naive difference of numbers near 1 has no digits there.
TEST(Distribution, KeepsItsDigitsFarOut) {
  const Distribution tail = Normal{0, 1, 5.5, 7};
  for (const double p : {0.1, 0.5, 0.9}) {
    const double x = quantile(tail, p);
    const double above = 0.5 * (std::erfc(5.5 / std::sqrt(2.0)) - std::erfc(x / std::sqrt(2.0)));
    const double all = 0.5 * (std::erfc(5.5 / std::sqrt(2.0)) - std::erfc(7 / std::sqrt(2.0)));
    EXPECT_NEAR(above / all, p, 1e-9);
  }
}

TEST(Distribution, NeverLeavesItsLimits) {
  const std::vector<Distribution> limited = {Uniform{0.1, 0.3}, Triangular{0.1, 0.1, 0.3}, Normal{0.2, 5, 0.1, 0.3},
                                             Normal{7, 1, 0.1, 0.3}, LogNormal{0.2, 2, 0.1, 0.3}};
  for (const Distribution& distribution : limited) {
    EXPECT_TRUE(bounded(distribution));
    EXPECT_NEAR(quantile(distribution, 0), 0.1, 1e-14); // 7 sd out, digits of the curve are its mean's
    EXPECT_NEAR(quantile(distribution, 1), 0.3, 1e-14);
    double before = 0.1;
    for (int k = 1; k < 1000; ++k) {
      const double x = quantile(distribution, k / 1000.0);
      EXPECT_TRUE(x >= before && x <= 0.3);
      before = x;
    }
  }
}

TEST(Distribution, KnowsWhetherItEnds) {
  EXPECT_FALSE(bounded(Normal{0, 1}));
  EXPECT_FALSE(bounded(Normal{0, 1, -1}));
  EXPECT_FALSE(bounded(LogNormal{1, 1}));
  EXPECT_TRUE(bounded(LogNormal{1, 1, 0, 3}));
  EXPECT_TRUE(std::isinf(quantile(Distribution(Normal{0, 1}), 1)));
  EXPECT_EQ(quantile(Distribution(LogNormal{1, 1}), 0), 0);
  EXPECT_EQ(share_kept(Normal{0, 1}), 1);
}

// Samples through the sampler against distribution functions of the C library: Kolmogorov distance at the 0.1 % level.
TEST(Distribution, DrawsSamplesOfItself) {
  struct Case {
    Distribution distribution;
    std::function<double(double)> share_below;
  };
  const std::vector<Case> cases = {
      {Normal{3, 2}, [](double x) { return phi((x - 3) / 2); }},
      {Normal{3, 2, 2, 8}, [](double x) { return (phi((x - 3) / 2) - phi(-0.5)) / (phi(2.5) - phi(-0.5)); }},
      {LogNormal{5, 0.7}, [](double x) { return phi(std::log(x / 5) / 0.7); }},
      {Uniform{1, 4}, [](double x) { return (x - 1) / 3; }}};
  constexpr std::int64_t n = 5000;
  const Sampler sampler{SweepMode::random, cases.size(), n, 4};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    std::vector<double> shares;
    for (std::int64_t k = 0; k < n; ++k)
      shares.push_back(cases[i].share_below(quantile(cases[i].distribution, unit_point(sampler, k)[i])));
    std::sort(shares.begin(), shares.end());
    double distance = 0;
    for (std::size_t k = 0; k < shares.size(); ++k)
      distance = std::max(distance, std::abs(shares[k] - (static_cast<double>(k) + 0.5) / n));
    EXPECT_LT(distance, 1.95 / std::sqrt(n)) << "case " << i;
  }
}

} // namespace
} // namespace beachfront::study
