// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sensitivity.hpp"

#include "sensitivity_functions.hpp"

#include <boost/random/sobol.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <limits>
#include <random>

namespace beachfront::study {
namespace {

using Points = std::vector<std::vector<double>>;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Row n: A, B, and A with each parameter in turn of B.
Points saltelli_points(std::size_t parameters, std::size_t rows) {
  boost::random::sobol_engine<std::uint64_t, 64> sequence(2 * parameters);
  sequence.discard(2 * parameters); // the origin
  Points points;
  for (std::size_t n = 0; n < rows; ++n) {
    std::vector<double> both(2 * parameters);
    for (double& each : both)
      each = static_cast<double>(sequence() >> 11) * 0x1p-53;
    const auto middle = both.begin() + static_cast<std::ptrdiff_t>(parameters);
    const std::vector<double> a(both.begin(), middle);
    const std::vector<double> b(middle, both.end());
    points.push_back(a);
    points.push_back(b);
    for (std::size_t i = 0; i < parameters; ++i) {
      points.push_back(a);
      points.back()[i] = b[i];
    }
  }
  return points;
}

Points random_points(std::size_t parameters, std::size_t count, std::uint64_t seed = 1) {
  std::mt19937_64 generator(seed);
  Points points(count, std::vector<double>(parameters));
  for (std::vector<double>& point : points)
    for (double& each : point)
      each = static_cast<double>(generator() >> 11) * 0x1p-53;
  return points;
}

/// Trajectories from random corners of a grid of four levels, parameters changed in turn.
Points morris_points(std::size_t parameters, std::size_t trajectories) {
  std::mt19937_64 generator(7);
  Points points;
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::vector<double> at(parameters);
    for (double& each : at)
      each = static_cast<double>(generator() % 4) / 3;
    points.push_back(at);
    for (std::size_t i = 0; i < parameters; ++i) {
      at[i] += at[i] < 0.5 ? 2.0 / 3 : -2.0 / 3;
      points.push_back(at);
    }
  }
  return points;
}

std::vector<double> values_at(const Points& points, const Function& function) {
  std::vector<double> values;
  std::transform(points.begin(), points.end(), std::back_inserter(values), function);
  return values;
}

Points columns_of(const Points& points) {
  Points columns(points.front().size());
  for (const std::vector<double>& point : points)
    for (std::size_t i = 0; i < point.size(); ++i)
      columns[i].push_back(point[i]);
  return columns;
}

struct Shares {
  double first = 0, total = 0;
};

/// Exact but for the four-point Gauss rule in each of the parameters: a table of all nodes, summed both ways.
std::vector<Shares> shares_by_quadrature(const Function& function, std::size_t parameters) {
  constexpr std::array<double, 4> nodes = {-0.8611363115940526, -0.3399810435848563, 0.3399810435848563,
                                           0.8611363115940526};
  constexpr std::array<double, 4> weights = {0.1739274225687269, 0.3260725774312731, 0.3260725774312731,
                                             0.1739274225687269};
  const std::size_t all = std::size_t{1} << (2 * parameters); // two bits a parameter
  const auto node = [](std::size_t place, std::size_t parameter) { return place >> (2 * parameter) & 3U; };
  std::vector<double> values(all);
  std::vector<double> weight(all, 1);
  double mean = 0;
  double square = 0;
  for (std::size_t place = 0; place < all; ++place) {
    std::vector<double> unit(parameters);
    for (std::size_t i = 0; i < parameters; ++i) {
      unit[i] = (1 + nodes[node(place, i)]) / 2;
      weight[place] *= weights[node(place, i)];
    }
    values[place] = function(unit);
    mean += weight[place] * values[place];
    square += weight[place] * values[place] * values[place];
  }
  const double variance = square - mean * mean;
  std::vector<Shares> shares(parameters);
  for (std::size_t i = 0; i < parameters; ++i) {
    std::array<double, 4> given{}; // mean over the others
    double without = 0;            // mean square of the mean over this one
    for (std::size_t place = 0; place < all; ++place) {
      given[node(place, i)] += weight[place] / weights[node(place, i)] * values[place];
      if (node(place, i) != 0)
        continue;
      double inner = 0;
      for (std::size_t k = 0; k < 4; ++k)
        inner += weights[k] * values[place + (k << (2 * i))];
      without += weight[place] / weights[0] * inner * inner;
    }
    double of_given = 0;
    for (std::size_t k = 0; k < 4; ++k)
      of_given += weights[k] * given[k] * given[k];
    shares[i] = {(of_given - mean * mean) / variance, 1 - (without - mean * mean) / variance};
  }
  return shares;
}

TEST(Sensitivity, SobolIndicesOfIshigamiAreTheExactOnes) {
  const SobolIndices found = sobol_indices(values_at(saltelli_points(3, 8192), ishigami), 3, 1);
  const IshigamiVariances exact;
  EXPECT_NEAR(found.mean, 3.5, 0.005);
  EXPECT_NEAR(found.variance, exact.all, 0.005 * exact.all);
  const std::array<Shares, 3> expected = {Shares{exact.first / exact.all, 1 - exact.second / exact.all},
                                          Shares{exact.second / exact.all, exact.second / exact.all},
                                          Shares{0, exact.first_and_third / exact.all}};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(found.parameters[i].first.value, expected[i].first, 0.005) << i;
    EXPECT_NEAR(found.parameters[i].total.value, expected[i].total, 0.005) << i;
    EXPECT_LT(found.parameters[i].first.low, expected[i].first) << i;
    EXPECT_GT(found.parameters[i].first.high, expected[i].first) << i;
    EXPECT_LT(found.parameters[i].total.low, expected[i].total) << i;
    EXPECT_GT(found.parameters[i].total.high, expected[i].total) << i;
  }
  EXPECT_EQ(found.basis.used, 8192U);
}

TEST(Sensitivity, SobolIndicesOfTheBoreholeAgreeWithQuadrature) {
  const std::vector<Shares> exact = shares_by_quadrature(borehole, 8);
  EXPECT_NEAR(exact[0].first, 0.83, 0.01) << "the radius of the borehole decides";
  const SobolIndices found = sobol_indices(values_at(saltelli_points(8, 4096), borehole), 8, 1);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(found.parameters[i].first.value, exact[i].first, 0.005) << i;
    EXPECT_NEAR(found.parameters[i].total.value, exact[i].total, 0.005) << i;
  }
}

TEST(Sensitivity, IntervalsHoldTheExactIndexInMostRepetitions) {
  const IshigamiVariances exact;
  int held = 0;
  for (std::uint64_t repetition = 0; repetition < 100; ++repetition) {
    const Points ab = random_points(6, 200, 1000 + repetition);
    Points points;
    for (const std::vector<double>& both : ab) {
      const std::vector<double> a(both.begin(), both.begin() + 3);
      points.push_back(a);
      points.emplace_back(both.begin() + 3, both.end());
      for (std::size_t i = 0; i < 3; ++i) {
        points.push_back(a);
        points.back()[i] = both[3 + i];
      }
    }
    const Estimate total = sobol_indices(values_at(points, ishigami), 3, repetition).parameters[1].total;
    held += total.low <= exact.second / exact.all && exact.second / exact.all <= total.high ? 1 : 0;
  }
  EXPECT_GE(held, 86); // 95 expected; four standard deviations below
}

TEST(Sensitivity, RowsWithAMissingValueAreLeftOutAndCounted) {
  const Points points = saltelli_points(3, 1024);
  std::vector<double> values = values_at(points, ishigami);
  const auto known = values.begin() + 100 * 5;
  const SobolIndices shorter = sobol_indices({known, values.end()}, 3, 1);
  for (std::size_t n = 0; n < 100; ++n)
    values[n * 5 + n % 5] = none;
  const SobolIndices found = sobol_indices(values, 3, 1);
  EXPECT_EQ(found.basis.used, 924U);
  EXPECT_EQ(found.basis.left_out, 100U);
  EXPECT_FALSE(found.basis.thin());
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(found.parameters[i].total.value, shorter.parameters[i].total.value);
  values[4000] = none;
  values.resize(4800); // 64 rows were not solved
  EXPECT_EQ(sobol_indices(values, 3, 1).basis.left_out, 101U);
  EXPECT_TRUE(sobol_indices(values, 3, 1).basis.thin());
}

TEST(Sensitivity, AFigureThatDoesNotVaryHasNoShares) {
  const SobolIndices flat = sobol_indices(std::vector<double>(500, 3.3), 3, 1);
  EXPECT_FALSE(flat.varies);
  EXPECT_EQ(flat.parameters[0].total.value, 0);
  EXPECT_FALSE(sobol_indices(std::vector<double>(500, none), 3, 1).varies);
  EXPECT_EQ(sobol_indices({}, 3, 1).basis.used, 0U);
}

TEST(Sensitivity, ElementaryEffectsOfALineAreItsSlopes) {
  const auto line = [](const std::vector<double>& unit) { return 5 * unit[0] - 2 * unit[1] + 1; };
  const Points points = morris_points(3, 20);
  const Morris found = elementary_effects(points, values_at(points, line), 1);
  EXPECT_EQ(found.basis.used, 20U);
  EXPECT_NEAR(found.parameters[0].mu, 5, 1e-12);
  EXPECT_NEAR(found.parameters[1].mu, -2, 1e-12);
  EXPECT_NEAR(found.parameters[1].mu_star.value, 2, 1e-12);
  EXPECT_NEAR(found.parameters[1].mu_star.high, 2, 1e-12);
  EXPECT_NEAR(found.parameters[0].sigma, 0, 1e-12);
  EXPECT_EQ(found.parameters[2].mu_star.value, 0);
}

TEST(Sensitivity, ElementaryEffectsShowCurvatureAndCoupling) {
  // Over steps of 2/3: x^2 changes by (x1 + x0) times the step: 2/3 or 4/3 from four levels, with equal chance.
  const auto curved = [](const std::vector<double>& unit) { return unit[0] * unit[0] + 6 * unit[1] * (unit[2] - 0.5); };
  const Points points = morris_points(3, 4000);
  const Morris found = elementary_effects(points, values_at(points, curved), 1);
  EXPECT_NEAR(found.parameters[0].mu, 1, 0.02);
  EXPECT_NEAR(found.parameters[0].sigma, 1.0 / 3, 0.01);
  // The effect of parameter 1 is 6 (x2 - 1/2): -3, -1, 1, 3: no mean, magnitude 2, standard deviation sqrt 5.
  EXPECT_NEAR(found.parameters[1].mu, 0, 0.1);
  EXPECT_NEAR(found.parameters[1].mu_star.value, 2, 0.05);
  EXPECT_NEAR(found.parameters[1].sigma, std::sqrt(5.0), 0.03);
  EXPECT_LT(found.parameters[1].mu_star.low, 2);
  EXPECT_GT(found.parameters[1].mu_star.high, 2);
}

TEST(Sensitivity, TrajectoriesWithAMissingValueAreLeftOut) {
  const auto line = [](const std::vector<double>& unit) { return 5 * unit[0]; };
  const Points points = morris_points(2, 10);
  std::vector<double> values = values_at(points, line);
  values[4] = none;  // in the second trajectory
  values.resize(28); // and the last one was not finished
  const Morris found = elementary_effects(points, values, 1);
  EXPECT_EQ(found.basis.used, 8U);
  EXPECT_EQ(found.basis.left_out, 2U);
  EXPECT_TRUE(found.basis.thin());
  EXPECT_NEAR(found.parameters[0].mu, 5, 1e-12);
}

TEST(Sensitivity, RegressionOfALineIsExact) {
  const Points points = random_points(3, 2000);
  const auto line = [](const std::vector<double>& unit) { return 3 * unit[0] - 4 * unit[1] + 100; };
  const Regression found = regression(columns_of(points), values_at(points, line), 1);
  ASSERT_TRUE(found.linear.determined);
  EXPECT_NEAR(found.linear.r2, 1, 1e-12);
  EXPECT_NEAR(found.linear.coefficients[0].value, 0.6, 0.03); // 3/5 of equal deviations, up to those of the sample
  EXPECT_NEAR(found.linear.coefficients[1].value, -0.8, 0.03);
  EXPECT_NEAR(found.linear.coefficients[2].value, 0, 1e-12);
}

TEST(Sensitivity, RanksSeeWhatRisesAlthoughItIsNoLine) {
  const Points points = random_points(2, 1000);
  const auto steep = [](const std::vector<double>& unit) { return std::exp(30 * unit[0]); };
  const Regression found = regression(columns_of(points), values_at(points, steep), 1);
  EXPECT_LT(found.linear.r2, 0.4);
  EXPECT_NEAR(found.ranks.r2, 1, 1e-9);
  EXPECT_NEAR(found.ranks.coefficients[0].value, 1, 1e-9);
}

TEST(Sensitivity, RegressionSaysWhatItCannotTell) {
  const Points points = random_points(2, 200);
  Points columns = columns_of(points);
  std::vector<double> values = columns[0];
  columns.push_back(columns[0]); // two parameters that move together
  EXPECT_FALSE(regression(columns, values, 1).linear.determined);
  columns.back().assign(200, 4.0); // one that stands still
  EXPECT_NEAR(regression(columns, values, 1).linear.coefficients[0].value, 1, 1e-12);
  EXPECT_EQ(regression(columns, values, 1).linear.coefficients[2].value, 0);
  EXPECT_FALSE(regression(columns, std::vector<double>(200, 1.5), 1).linear.determined);
  EXPECT_FALSE(regression({{1, 2, 3}, {1, 3, 2}}, {1, 2, 3}, 1).linear.determined) << "three points fix any plane";
  values[7] = none;
  columns[1][9] = none;
  EXPECT_EQ(regression(columns, values, 1).basis.left_out, 2U);
}

TEST(Sensitivity, VarianceBetweenGroupsOfAGridIsTheShare) {
  // Levels 0, 1, 2 of two parameters, ten repetitions: y = a + 3 b, variances 2/3 and 6.
  std::vector<double> values;
  std::vector<std::vector<std::size_t>> of_a(3);
  std::vector<std::vector<std::size_t>> of_b(3);
  for (std::size_t k = 0; k < 900; ++k) {
    of_a[k % 3].push_back(k);
    of_b[k / 3 % 3].push_back(k);
    values.push_back(static_cast<double>(k % 3) + 3 * static_cast<double>(k / 3 % 3));
  }
  EXPECT_NEAR(variance_between(of_a, values, false), 0.1, 1e-12);
  EXPECT_NEAR(variance_between(of_b, values, false), 0.9, 1e-12);
  EXPECT_NEAR(variance_between(of_a, values, true), 1 - 0.9 * 899 / 897, 1e-12) << "less what chance may bring";
  values[0] = none;
  EXPECT_NEAR(variance_between(of_b, values, false), 0.9, 0.002);
  EXPECT_EQ(variance_between(of_b, std::vector<double>(900, none), false), 0);
  EXPECT_EQ(variance_between({of_a[0]}, values, false), 0) << "one group tells nothing";
}

TEST(Sensitivity, VarianceBetweenGroupsOfNoMeaningIsNoughtOnAverage) {
  const std::vector<double> values = columns_of(random_points(1, 3000))[0];
  std::vector<std::vector<std::size_t>> groups(30);
  for (std::size_t k = 0; k < values.size(); ++k)
    groups[k * 7919 % 30].push_back(k);
  EXPECT_LT(variance_between(groups, values, true), 0.01);
}

TEST(Sensitivity, GivesTheSameIntervalsForASeed) {
  const std::vector<double> values = values_at(saltelli_points(3, 256), ishigami);
  EXPECT_EQ(sobol_indices(values, 3, 4).parameters[0].total.low, sobol_indices(values, 3, 4).parameters[0].total.low);
  EXPECT_NE(sobol_indices(values, 3, 4).parameters[0].total.low, sobol_indices(values, 3, 5).parameters[0].total.low);
}

} // namespace
} // namespace beachfront::study
