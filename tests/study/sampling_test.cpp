// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sampling.hpp"

#include "study/distribution.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace beachfront::study {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

std::vector<std::vector<double>> points(const Sampler& sampler) {
  std::vector<std::vector<double>> all;
  for (std::int64_t k = 0; k < number_of_points(sampler); ++k)
    all.push_back(unit_point(sampler, k));
  return all;
}

std::vector<double> column(const std::vector<std::vector<double>>& rows, std::size_t i) {
  std::vector<double> out;
  for (const auto& row : rows)
    out.push_back(row[i]);
  return out;
}

/// Greatest difference between the share of samples below a value and the value, on the unit interval.
double kolmogorov_distance(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  const auto n = static_cast<double>(samples.size());
  double most = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto rank = static_cast<double>(i);
    most = std::max({most, samples[i] - rank / n, (rank + 1) / n - samples[i]});
  }
  return most;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    sum += (x[i] - 0.5) * (y[i] - 0.5);
  return 12 * sum / static_cast<double>(x.size());
}

// The reference implementation's numbers from seed 1234567.
TEST(SplitMix, GivesThePublishedNumbers) {
  const std::array<std::uint64_t, 5> published = {6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
                                                  4593380528125082431U, 16408922859458223821U};
  for (std::size_t n = 0; n < published.size(); ++n)
    EXPECT_EQ(split_mix(1234567, n), published[n]);
}

double fraction(std::uint64_t digits) {
  return std::ldexp(static_cast<double>(digits), -64);
}

// Ten points of three dimensions printed by the program of Joe and Kuo; the first is the origin, left out here.
TEST(Sobol, GivesThePointsOfJoeAndKuo) {
  const std::vector<std::vector<double>> published = {
      {0.5, 0.5, 0.5},       {0.75, 0.25, 0.25},       {0.25, 0.75, 0.75},
      {0.375, 0.375, 0.625}, {0.875, 0.875, 0.125},    {0.625, 0.125, 0.875},
      {0.125, 0.625, 0.375}, {0.1875, 0.3125, 0.9375}, {0.6875, 0.8125, 0.4375}};
  for (std::size_t k = 0; k < published.size(); ++k) {
    std::vector<double> found;
    for (const std::uint64_t digits : sobol_fractions(3, k))
      found.push_back(fraction(digits));
    EXPECT_EQ(found, published[k]) << "point " << k + 1;
  }
}

/// A dimension of Sobol's sequence from its primitive polynomial and first direction numbers, by the recurrence of the
/// paper; in the Gray code's order, the origin left out.
std::uint64_t by_recurrence(unsigned degree, unsigned coefficients, std::vector<std::uint64_t> m, std::uint64_t index) {
  for (std::size_t k = m.size(); k < 64; ++k) {
    std::uint64_t next = m[k - degree] ^ (m[k - degree] << degree);
    for (unsigned i = 1; i < degree; ++i)
      if ((coefficients >> (degree - 1 - i)) & 1)
        next ^= m[k - i] << i;
    m.push_back(next);
  }
  const std::uint64_t gray = (index + 1) ^ ((index + 1) >> 1);
  std::uint64_t digits = 0;
  for (unsigned k = 0; k < 64; ++k)
    if ((gray >> k) & 1)
      digits ^= m[k] << (63 - k);
  return digits;
}

// Lines of new-joe-kuo-6.21201: dimensions 2 to 10 (degree, coefficients, direction numbers).
TEST(Sobol, FollowsThePublishedDirectionNumbersInTenDimensions) {
  struct Line {
    unsigned degree, coefficients;
    std::vector<std::uint64_t> m;
  };
  const std::vector<Line> lines = {{1, 0, {1}},
                                   {2, 1, {1, 3}},
                                   {3, 1, {1, 3, 1}},
                                   {3, 2, {1, 1, 1}},
                                   {4, 1, {1, 1, 3, 3}},
                                   {4, 4, {1, 3, 5, 13}},
                                   {5, 2, {1, 1, 5, 5, 17}},
                                   {5, 4, {1, 1, 5, 5, 5}},
                                   {5, 7, {1, 1, 7, 11, 19}}};
  for (const std::uint64_t index : {0U, 1U, 2U, 7U, 100U, 1023U, 99999U}) {
    const std::vector<std::uint64_t> found = sobol_fractions(10, index);
    for (std::size_t i = 0; i < lines.size(); ++i)
      EXPECT_EQ(found[i + 1], by_recurrence(lines[i].degree, lines[i].coefficients, lines[i].m, index))
          << "dimension " << i + 2 << ", point " << index;
  }
}

TEST(Sobol, ReachesItsLastDimensionAndRefusesMore) {
  EXPECT_EQ(sobol_fractions(most_sobol_dimensions, 0), std::vector<std::uint64_t>(3667, std::uint64_t{1} << 63));
  EXPECT_THROW(sobol_fractions(most_sobol_dimensions + 1, 0), std::invalid_argument);
}

// Exclusive or with a constant: what two points have in common stays.
TEST(Sobol, ShiftsEveryPointByTheSameDigits) {
  const auto digits = [](double u) { return static_cast<std::uint64_t>(std::ldexp(u, 52)); };
  for (const std::uint64_t seed : {1U, 2U, 77U}) {
    const Sampler sampler{SweepMode::sobol, 4, 64, seed};
    const std::vector<double> first = unit_point(sampler, 0);
    for (std::int64_t k = 1; k < 64; ++k) {
      const auto plain = sobol_fractions(4, static_cast<std::uint64_t>(k));
      const std::vector<double> shifted = unit_point(sampler, k);
      for (std::size_t i = 0; i < 4; ++i)
        EXPECT_EQ(digits(first[i]) ^ digits(shifted[i]), (plain[i] ^ (std::uint64_t{1} << 63)) >> 12);
    }
  }
}

TEST(Sampler, GivesOtherPointsForAnotherSeedAndTheSameForTheSame) {
  for (const SweepMode mode :
       {SweepMode::random, SweepMode::latin_hypercube, SweepMode::sobol, SweepMode::morris, SweepMode::saltelli}) {
    EXPECT_EQ(points({mode, 5, 16, 3}), points({mode, 5, 16, 3}));
    EXPECT_NE(points({mode, 5, 16, 3}), points({mode, 5, 16, 4}));
  }
}

TEST(Sampler, HasNoPointsOfItsOwnInGridAndList) {
  EXPECT_TRUE(unit_point(Sampler{SweepMode::grid, 3, 10}, 0).empty());
  EXPECT_TRUE(unit_point(Sampler{SweepMode::list, 3, 10}, 0).empty());
}

// Critical distance at the 0.1 % level: 1.95/sqrt(n). Even samples lie far below it.
TEST(Sampler, FillsEachCoordinateEvenly) {
  constexpr std::int64_t n = 4096;
  const double critical = 1.95 / std::sqrt(n);
  for (const std::uint64_t seed : {1U, 5U}) {
    for (const SweepMode mode : {SweepMode::random, SweepMode::latin_hypercube, SweepMode::sobol}) {
      const auto all = points({mode, 6, n, seed});
      for (std::size_t i = 0; i < 6; ++i) {
        const double distance = kolmogorov_distance(column(all, i));
        EXPECT_LT(distance, mode == SweepMode::random ? critical : 2.5 / n);
        EXPECT_GT(*std::min_element(all[i].begin(), all[i].end()), 0);
        EXPECT_LT(*std::max_element(all[i].begin(), all[i].end()), 1);
      }
    }
  }
}

// Independent coordinates correlate by 1/sqrt(n) at random; 4.5 of it for 45 pairs.
TEST(Sampler, KeepsCoordinatesApart) {
  constexpr std::int64_t n = 2048;
  for (const SweepMode mode : {SweepMode::random, SweepMode::latin_hypercube, SweepMode::sobol}) {
    const auto all = points({mode, 10, n, 9});
    for (std::size_t i = 0; i < 10; ++i)
      for (std::size_t j = 0; j < i; ++j)
        EXPECT_LT(std::abs(correlation(column(all, i), column(all, j))), 4.5 / std::sqrt(n)) << i << " " << j;
  }
}

TEST(LatinHypercube, HasOneSampleInEveryInterval) {
  for (const std::int64_t n : {1, 2, 3, 5, 16, 17, 100, 1000}) {
    const auto all = points({SweepMode::latin_hypercube, 4, n, 11});
    for (std::size_t i = 0; i < 4; ++i) {
      std::set<int> intervals;
      for (const double u : column(all, i))
        intervals.insert(static_cast<int>(u * static_cast<double>(n)));
      EXPECT_EQ(std::ssize(intervals), n);
      EXPECT_GE(*intervals.begin(), 0);
      EXPECT_LT(*intervals.rbegin(), n);
    }
  }
}

// 24 orders of four; chi-square of 23 degrees of freedom is below 49.7 in 999 of 1,000 fair cases.
TEST(LatinHypercube, IsFairToEveryOrder) {
  std::map<std::vector<int>, int> orders;
  constexpr int seeds = 4800;
  for (int seed = 0; seed < seeds; ++seed) {
    std::vector<int> order;
    for (const double u : column(points({SweepMode::latin_hypercube, 1, 4, static_cast<std::uint64_t>(seed)}), 0))
      order.push_back(static_cast<int>(4 * u));
    ++orders[order];
  }
  ASSERT_EQ(orders.size(), 24U);
  double chi_square = 0;
  for (const auto& [order, count] : orders)
    chi_square += (count - seeds / 24.0) * (count - seeds / 24.0) / (seeds / 24.0);
  EXPECT_LT(chi_square, 49.7);
}

TEST(Morris, MovesOneCoordinateAtATimeByHalfTheLevels) {
  for (const int levels : {2, 4, 6, 10}) {
    const Sampler sampler{SweepMode::morris, 5, 40, 2, levels};
    ASSERT_EQ(number_of_points(sampler), 240);
    const double delta = levels / (2.0 * (levels - 1));
    for (std::int64_t k = 0; k < 240; ++k) {
      const std::vector<double> here = unit_point(sampler, k);
      for (const double u : here) {
        EXPECT_NEAR(u * (levels - 1), std::round(u * (levels - 1)), 1e-12);
        EXPECT_TRUE(u >= 0 && u <= 1);
      }
      if (k % 6 == 0)
        continue;
      const std::vector<double> before = unit_point(sampler, k - 1);
      std::vector<double> moves;
      for (std::size_t i = 0; i < 5; ++i)
        if (here[i] != before[i])
          moves.push_back(std::abs(here[i] - before[i]));
      EXPECT_THAT(moves, ElementsAre(DoubleNear(delta, 1e-12)));
    }
    for (std::int64_t t = 0; t < 40; ++t) { // every coordinate once
      const auto first = unit_point(sampler, 6 * t), last = unit_point(sampler, 6 * t + 5);
      for (std::size_t i = 0; i < 5; ++i)
        EXPECT_NEAR(std::abs(first[i] - last[i]), delta, 1e-12);
    }
  }
}

// Both directions, every order and every level are equally likely: counts within 4.5 standard deviations.
TEST(Morris, IsFairToDirectionsOrdersAndLevels) {
  constexpr int trajectories = 3000;
  const Sampler sampler{SweepMode::morris, 3, trajectories, 8, 4};
  std::array<int, 4> at_level{};
  std::array<int, 3> first_moved{};
  int rising = 0;
  for (int t = 0; t < trajectories; ++t) {
    const auto a = unit_point(sampler, 4 * t), b = unit_point(sampler, 4 * t + 1);
    for (std::size_t i = 0; i < 3; ++i) {
      ++at_level[static_cast<std::size_t>(std::lround(3 * a[i]))];
      if (a[i] != b[i]) {
        ++first_moved[i];
        rising += b[i] > a[i] ? 1 : 0;
      }
    }
  }
  const auto fair = [](int count, int of, double share) {
    EXPECT_LT(std::abs(count - of * share), 4.5 * std::sqrt(of * share * (1 - share)));
  };
  for (const int count : at_level)
    fair(count, 3 * trajectories, 0.25);
  for (const int count : first_moved)
    fair(count, trajectories, 1.0 / 3);
  fair(rising, trajectories, 0.5);
}

TEST(Saltelli, CrossesTwoHalvesOfOneSequence) {
  const Sampler sampler{SweepMode::saltelli, 3, 32, 5};
  ASSERT_EQ(number_of_points(sampler), 160);
  const Sampler both{SweepMode::sobol, 6, 32, 5};
  for (std::int64_t n = 0; n < 32; ++n) {
    const std::vector<double> row = unit_point(both, n);
    const std::vector<double> a(row.begin(), row.begin() + 3), b(row.begin() + 3, row.end());
    EXPECT_EQ(unit_point(sampler, 5 * n), a);
    EXPECT_EQ(unit_point(sampler, 5 * n + 1), b);
    for (std::size_t i = 0; i < 3; ++i) {
      std::vector<double> crossed = a;
      crossed[i] = b[i];
      EXPECT_EQ(unit_point(sampler, 5 * n + 2 + static_cast<std::int64_t>(i)), crossed);
    }
  }
}

// Ishigami's function with a = 7, b = 0.1: S1 = 0.3139, S2 = 0.4424, S3 = 0; ST3 = 0.2437 exactly (closed forms).
TEST(Saltelli, FindsTheIndicesOfIshigami) {
  const double pi = std::acos(-1.0);
  const auto f = [&](const std::vector<double>& u) {
    const auto x = [&](std::size_t i) { return quantile(Uniform{-pi, pi}, u[i]); };
    return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
  };
  constexpr std::int64_t n = 4096;
  const Sampler sampler{SweepMode::saltelli, 3, n, 1};
  std::vector<std::array<double, 5>> rows;
  for (std::int64_t k = 0; k < n; ++k) {
    std::array<double, 5> row{};
    for (std::int64_t j = 0; j < 5; ++j)
      row[static_cast<std::size_t>(j)] = f(unit_point(sampler, 5 * k + j));
    rows.push_back(row);
  }
  double mean = 0, square = 0;
  std::array<double, 3> first{}, total{};
  for (const auto& [a, b, c0, c1, c2] : rows) {
    mean += a / n;
    square += a * a / n;
    const std::array<double, 3> crossed = {c0, c1, c2};
    for (std::size_t i = 0; i < 3; ++i) {
      first[i] += b * (crossed[i] - a) / n;
      total[i] += (a - crossed[i]) * (a - crossed[i]) / (2 * n);
    }
  }
  const double variance = square - mean * mean;
  const double pi4 = std::pow(pi, 4);
  const double whole = 49.0 / 8 + 0.1 * pi4 / 5 + 0.01 * pi4 * pi4 / 18 + 0.5;
  const double v1 = 0.5 * std::pow(1 + 0.1 * pi4 / 5, 2), v2 = 49.0 / 8, v13 = 0.01 * pi4 * pi4 * 8 / 225;
  EXPECT_NEAR(variance / whole, 1, 0.01);
  EXPECT_NEAR(first[0] / variance, v1 / whole, 0.01);
  EXPECT_NEAR(first[1] / variance, v2 / whole, 0.01);
  EXPECT_NEAR(first[2] / variance, 0, 0.01);
  EXPECT_NEAR(total[0] / variance, (v1 + v13) / whole, 0.01);
  EXPECT_NEAR(total[2] / variance, v13 / whole, 0.01);
}

TEST(Sampler, NumberOfPointsHoldsEveryStep) {
  EXPECT_EQ(number_of_points({SweepMode::sobol, 7, 100}), 100);
  EXPECT_EQ(number_of_points({SweepMode::morris, 7, 10}), 80);
  EXPECT_EQ(number_of_points({SweepMode::saltelli, 7, 64}), 576);
}

} // namespace
} // namespace beachfront::study
