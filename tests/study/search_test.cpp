// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace beachfront::study {
namespace {

using Point = std::vector<double>;

/// A judge of functions without constraints.
template <class Function>
Judge judge_by(const Function& function) {
  return [function](const std::vector<Point>& points) {
    std::vector<Judged> out;
    for (const Point& point : points)
      out.push_back({function(point)});
    return out;
  };
}

/// Zitzler, Deb and Thiele (Evol. Comput. 8, 173, 2000), the first: front f2 = 1 - sqrt(f1), 0 <= f1 <= 1.
Costs zdt1(const Point& x) {
  double g = 1;
  for (std::size_t i = 1; i < x.size(); ++i)
    g += 9 * x[i] / static_cast<double>(x.size() - 1);
  return {x[0], g * (1 - std::sqrt(x[0] / g))};
}

/// Deb, Thiele, Laumanns and Zitzler (CEC 2002), the second, three objectives: front the eighth of the unit sphere.
Costs dtlz2(const Point& x) {
  const double quarter = std::acos(0.0);
  double g = 0;
  for (std::size_t i = 2; i < x.size(); ++i)
    g += (x[i] - 0.5) * (x[i] - 0.5);
  const double a = quarter * x[0], b = quarter * x[1];
  return {(1 + g) * std::cos(a) * std::cos(b), (1 + g) * std::cos(a) * std::sin(b), (1 + g) * std::sin(a)};
}

/// Volume that the good ones of all that was judged dominate.
double volume(const std::vector<Evaluated>& all, const Costs& reference) {
  std::vector<Costs> good;
  for (const Evaluated& one : all)
    if (!(one.judged.violation > 0))
      good.push_back(one.judged.costs);
  return hypervolume(rows_of(good, non_dominated(good)), reference);
}

// To the point (1.1, 1.1) the true front dominates 1.21 - 1/3 = 0.87667.
TEST(Search, FindsTheFrontOfZdt1) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    SearchRules rules{10, 2, 6000, 60, seed};
    const double found = volume(search(rules, {}, judge_by(zdt1)), {1.1, 1.1});
    EXPECT_LT(found, 1.21 - 1.0 / 3 + 1e-12);
    EXPECT_GT(found, 0.99 * (1.21 - 1.0 / 3)) << "seed " << seed;
  }
}

// To (1.1, 1.1, 1.1) the true front dominates 1.331 - pi/6 = 0.80740.
TEST(Search, FindsTheFrontOfDtlz2) {
  const double whole = 1.331 - std::acos(-1.0) / 6;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    SearchRules rules{12, 3, 10000, 100, seed};
    const double found = volume(search(rules, {}, judge_by(dtlz2)), {1.1, 1.1, 1.1});
    EXPECT_LT(found, whole);
    EXPECT_GT(found, 0.95 * whole) << "seed " << seed;
  }
}

// Samples of the same number find far less.
TEST(Search, BeatsItsOwnFirstPoints) {
  SearchRules rules{10, 2, 2000, 40, 5};
  const auto all = search(rules, {}, judge_by(zdt1));
  rules.population = 2000; // one generation of Sobol's sequence
  EXPECT_GT(volume(all, {1.1, 1.1}), 0.6);
  EXPECT_LT(volume(search(rules, {}, judge_by(zdt1)), {1.1, 1.1}), 0.2);
}

/// Circle's outside is forbidden, a quarter of the cube has no figures. Good: x + y >= 1 (with violation 1 - x - y),
/// both costs are the coordinates: front x + y = 1.
std::vector<Judged> constrained(const std::vector<Point>& points) {
  std::vector<Judged> out;
  for (const Point& p : points) {
    if (p[0] < 0.3 && p[1] < 0.3)
      out.push_back({{}, std::numeric_limits<double>::infinity()});
    else
      out.push_back({{p[0], p[1]}, std::max(0.0, 1 - p[0] - p[1])});
  }
  return out;
}

TEST(Search, KeepsToConstraints) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto all = search({2, 2, 2000, 40, seed}, {}, constrained);
    const double found = volume(all, {1, 1});
    EXPECT_LE(found, 0.5);
    EXPECT_GT(found, 0.48) << "seed " << seed;
  }
}

// One in 10,000 at random: the violations must lead there.
TEST(Search, FollowsTheViolationsToWhereDesignsAreGood) {
  const auto narrow = [](const std::vector<Point>& points) {
    std::vector<Judged> out;
    for (const Point& p : points) {
      double away = 0;
      for (std::size_t i = 0; i < 4; ++i)
        away += std::max(0.0, std::abs(p[i] - 0.73) - 0.05);
      out.push_back({{p[0], 1 - p[0]}, away});
    }
    return out;
  };
  const auto all = search({4, 2, 1200, 40, 3}, {}, narrow);
  const auto good = [](const Evaluated& one) { return one.judged.violation == 0; };
  EXPECT_EQ(std::count_if(all.begin(), all.begin() + 40, good), 0);
  EXPECT_GT(std::count_if(all.end() - 40, all.end(), good), 20);
}

TEST(Search, TakesOneObjective) {
  const auto bowl = [](const Point& p) { return Costs{std::pow(p[0] - 0.3, 2) + std::pow(p[1] - 0.9, 2)}; };
  const auto all = search({2, 1, 1000, 20, 1}, {}, judge_by(bowl));
  const auto best = best_of(all, 1);
  EXPECT_NEAR(all[best[0]].at[0], 0.3, 0.01);
  EXPECT_NEAR(all[best[0]].at[1], 0.9, 0.01);
}

TEST(Search, RepeatsItselfAndGoesOnWhereItEnded) {
  const auto points = [](std::int64_t evaluations, std::uint64_t seed) {
    std::vector<Point> out;
    for (const Evaluated& one : search({5, 2, evaluations, 20, seed}, {}, judge_by(zdt1)))
      out.push_back(one.at);
    return out;
  };
  const std::vector<Point> shorter = points(200, 7), longer = points(400, 7);
  ASSERT_EQ(shorter.size(), 200U);
  ASSERT_EQ(longer.size(), 400U);
  EXPECT_TRUE(std::equal(shorter.begin(), shorter.end(), longer.begin()));
  EXPECT_EQ(points(400, 7), longer);
  EXPECT_NE(points(200, 8), shorter);
  EXPECT_EQ(points(190, 7), shorter) << "whole generations";
}

TEST(Search, StartsFromTheBestOfWhatIsKnown) {
  std::vector<Evaluated> known;
  for (int k = 0; k <= 10; ++k) { // on the front of zdt1, and one that is beaten
    const Point at = {k / 10.0, 0, 0, 0, 0};
    known.push_back({at, {zdt1(at)}});
  }
  known.push_back({{0.5, 1, 1, 1, 1}, {zdt1({0.5, 1, 1, 1, 1})}});
  std::vector<std::size_t> batches;
  std::set<Point> first;
  const auto all = search({5, 2, 60, 20, 1}, known, [&](const std::vector<Point>& points) {
    if (batches.empty())
      first.insert(points.begin(), points.end());
    batches.push_back(points.size());
    return judge_by(zdt1)(points);
  });
  EXPECT_THAT(batches, testing::ElementsAre(9U, 20U, 20U, 20U)); // 11 of 20 are known
  for (const Evaluated& one : known)
    EXPECT_EQ(first.count(one.at), 0U) << "judged again";
  EXPECT_EQ(best_of(known, 20).size(), 11U);
  EXPECT_EQ(best_of(known, 3).size(), 3U);
}

TEST(Search, EndsWhenTheJudgeDoes) {
  int batches = 0;
  const auto all = search({3, 2, 1000, 8, 1}, {}, [&](const std::vector<Point>& points) {
    return ++batches == 4 ? std::vector<Judged>{} : judge_by(zdt1)(points);
  });
  EXPECT_EQ(all.size(), 24U);
}

// Every point alike: no distances to divide by.
TEST(Search, SurvivesADegenerateProblem) {
  const auto flat = [](const Point&) { return Costs{1, 1}; };
  EXPECT_EQ(search({2, 2, 400, 20, 1}, {}, judge_by(flat)).size(), 400U);
  const auto nothing = [](const std::vector<Point>& points) {
    return std::vector<Judged>(points.size(), Judged{{}, std::numeric_limits<double>::infinity()});
  };
  EXPECT_EQ(search({2, 2, 400, 20, 1}, {}, nothing).size(), 400U);
}

} // namespace
} // namespace beachfront::study
