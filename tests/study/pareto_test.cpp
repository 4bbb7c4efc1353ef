// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/pareto.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace beachfront::study {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

/// Small whole numbers, so that equal values and equal rows are frequent.
std::vector<Costs> random_rows(std::size_t rows, std::size_t objectives, std::uint64_t values, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::vector<Costs> out(rows, Costs(objectives));
  for (Costs& row : out)
    for (double& value : row)
      value = static_cast<double>(generator() % values);
  return out;
}

bool beaten_by_any(const std::vector<Costs>& rows, const Costs& row) {
  return std::any_of(rows.begin(), rows.end(), [&](const Costs& other) {
    bool nowhere_worse = true;
    for (std::size_t m = 0; m < row.size(); ++m)
      nowhere_worse = nowhere_worse && other[m] <= row[m];
    return nowhere_worse && other != row;
  });
}

/// By inclusion and exclusion: every set of rows dominates together the box of its worst corner.
double inclusion_exclusion(const std::vector<Costs>& rows, const Costs& reference) {
  double volume = 0;
  for (std::size_t set = 1; set < std::size_t{1} << rows.size(); ++set) {
    double box = -1;
    Costs worst(reference.size(), -std::numeric_limits<double>::infinity());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if ((set >> i & 1U) == 0)
        continue;
      box = -box;
      for (std::size_t m = 0; m < reference.size(); ++m)
        worst[m] = std::max(worst[m], rows[i][m]);
    }
    for (std::size_t m = 0; m < reference.size(); ++m)
      box *= std::max(0.0, reference[m] - worst[m]);
    volume += box;
  }
  return volume;
}

TEST(Pareto, RowsOfTheFrontAreThoseThatNoOtherBeats) {
  EXPECT_THAT(non_dominated({{1, 5}, {2, 2}, {2, 3}, {5, 1}, {5, 5}}), ElementsAre(0, 1, 3));
  EXPECT_THAT(non_dominated({{2, 2}, {1, 3}, {2, 2}}), ElementsAre(0, 1, 2)) << "equal rows do not beat each other";
  EXPECT_THAT(non_dominated({{3}, {1}, {2}, {1}}), ElementsAre(1, 3));
  EXPECT_TRUE(non_dominated({}).empty());
}

TEST(Pareto, FrontAgreesWithComparingEveryPair) {
  for (std::size_t objectives = 1; objectives <= 6; ++objectives) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const std::vector<Costs> rows = random_rows(60, objectives, seed % 2 == 0 ? 5 : 1000, seed);
      std::vector<std::size_t> expected;
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (!beaten_by_any(rows, rows[i]))
          expected.push_back(i);
      EXPECT_EQ(non_dominated(rows), expected) << objectives << " objectives, seed " << seed;
    }
  }
}

TEST(Pareto, HypervolumeOfStairs) {
  EXPECT_DOUBLE_EQ(hypervolume({{1, 3}, {2, 2}, {3, 1}}, {4, 4}), 6);
  EXPECT_DOUBLE_EQ(hypervolume({{2, 2}}, {4, 5}), 6);
  EXPECT_DOUBLE_EQ(hypervolume({{2}, {3}}, {10}), 8);
  EXPECT_DOUBLE_EQ(hypervolume({{4, 1}, {5, 0}}, {4, 4}), 0) << "at the reference is not better than it";
  EXPECT_DOUBLE_EQ(hypervolume({}, {4, 4}), 0);
  EXPECT_THROW(hypervolume({Costs(7, 0)}, Costs(7, 1)), std::invalid_argument);
}

TEST(Pareto, HypervolumeAgreesWithInclusionAndExclusion) {
  for (std::size_t objectives = 2; objectives <= most_objectives; ++objectives) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const std::vector<Costs> rows = random_rows(9, objectives, 12, 100 + seed);
      const Costs reference(objectives, 10); // some rows lie beyond it
      const double exact = inclusion_exclusion(rows, reference);
      EXPECT_NEAR(hypervolume(rows, reference), exact, 1e-12 * (1 + exact)) << objectives << " objectives";
    }
  }
}

TEST(Pareto, HypervolumeNearsThatOfACircularFront) {
  std::vector<Costs> front;
  for (int i = 0; i <= 1000; ++i) {
    const double angle = std::numbers::pi / 2 * i / 1000;
    front.push_back({1 - std::cos(angle), 1 - std::sin(angle)});
  }
  EXPECT_NEAR(hypervolume(front, {1, 1}), std::numbers::pi / 4, 1e-3); // the quarter disc
}

TEST(Pareto, ReferenceLiesATenthOfTheExtentBeyondTheWorst) {
  EXPECT_THAT(reference_point({{1, 30}, {3, 10}}), ElementsAre(testing::DoubleEq(3.2), testing::DoubleEq(32)));
  EXPECT_THAT(reference_point({{-5, 0}}), ElementsAre(testing::DoubleEq(-4.5), testing::DoubleEq(0.1)));
}

TEST(Pareto, ThinnedFrontKeepsTheEndsAndFillsTheGaps) {
  std::vector<Costs> line;
  for (int i = 0; i <= 100; ++i)
    line.push_back({1e6 * i, 100.0 - i}); // in different units
  EXPECT_THAT(spread_over(line, 5), UnorderedElementsAre(0, 100, 50, 25, 75));
  EXPECT_THAT(spread_over(line, 1), ElementsAre(0));
  EXPECT_EQ(spread_over(line, 1000).size(), 101U);
  EXPECT_THAT(spread_over({{1, 1}, {1, 1}, {1, 1}}, 2), ElementsAre(0, 1)) << "no extent at all";
  EXPECT_TRUE(spread_over({}, 3).empty());
}

TEST(Pareto, ConstraintTellsHowFarAValueLiesOutside) {
  const Constraint both{"x", 1, 3};
  EXPECT_EQ(excess(both, 0.5), 0.5);
  EXPECT_EQ(excess(both, 1), 0);
  EXPECT_EQ(excess(both, 3), 0);
  EXPECT_EQ(excess(both, 5), 2);
  EXPECT_EQ(excess({"x", -std::numeric_limits<double>::infinity(), 3}, -1e300), 0);
}

TEST(Pareto, NoiseOfSumsBeatsNobody) {
  const Objective saving{"power.saving", Goal::maximise, {}};
  const double more = 0.7525, less = std::nextafter(more, 0);
  EXPECT_EQ(cost(saving, more), cost(saving, less));
  EXPECT_LT(cost(saving, more * (1 + 1e-9)), cost(saving, more));
  EXPECT_EQ(cost(saving, 0), 0);
  EXPECT_NEAR(cost(saving, 1e-300), -1e-300, 1e-310);
}

TEST(Pareto, CostIsSmallWhereTheGoalIsMet) {
  EXPECT_EQ(cost({"x", Goal::minimise, {}}, -7), -7);
  EXPECT_EQ(cost({"x", Goal::maximise, {}}, 7), -7);
  EXPECT_EQ(cost({"x", Goal::maximise, {}}, cost({"x", Goal::maximise, {}}, 7)), 7);
  EXPECT_EQ(cost({"warpage", Goal::least_magnitude, {}}, -121), 121);
  EXPECT_EQ(cost({"warpage", Goal::least_magnitude, {}}, 26), 26);
}

} // namespace
} // namespace beachfront::study
