// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/response.hpp"

#include "sensitivity_functions.hpp"
#include "study/percentile.hpp"
#include "study/sensitivity.hpp"

#include <gmock/gmock.h>

#include <cstdint>
#include <limits>
#include <random>

namespace beachfront::study {
namespace {

using testing::ElementsAre;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

TEST(Response, PercentilesAreLinearBetweenTheValues) {
  EXPECT_EQ(percentile({10, 20, 40}, 0), 10);
  EXPECT_EQ(percentile({10, 20, 40}, 0.5), 20);
  EXPECT_EQ(percentile({10, 20, 40}, 0.75), 30);
  EXPECT_EQ(percentile({10, 20, 40}, 1), 40);
  EXPECT_EQ(percentile({7}, 0.05), 7);
}

TEST(Response, EachValueOfAGridIsAGroup) {
  const std::vector<ValueGroup> groups = groups_of({800, 1600, 800, none, 1200, 1600});
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[1].from, 1200);
  EXPECT_EQ(groups[1].to, 1200);
  EXPECT_THAT(groups[0].places, ElementsAre(0, 2));
  EXPECT_THAT(groups[2].places, ElementsAre(1, 5));
  EXPECT_TRUE(groups_of(std::vector<double>{}).empty());
}

TEST(Response, ManyValuesAreGroupedEvenlyWithoutPartingEqualOnes) {
  std::mt19937_64 generator(3);
  std::vector<double> values(1000);
  for (double& value : values)
    value = static_cast<double>(generator() % 100);
  const std::vector<ValueGroup> groups = groups_of(values);
  EXPECT_GE(groups.size(), 13U);
  EXPECT_LE(groups.size(), 15U); // half the root of 1,000
  std::size_t all = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    all += groups[g].places.size();
    EXPECT_NEAR(static_cast<double>(groups[g].places.size()), 1000.0 / 15, 25);
    EXPECT_LE(groups[g].from, groups[g].to);
    EXPECT_GT(groups[g].from, g > 0 ? groups[g - 1].to : -1);
  }
  EXPECT_EQ(all, 1000U);
}

TEST(Response, ChoicesKeepTheirOrder) {
  const std::vector<ValueGroup> groups = groups_of(std::vector<std::string>{"b", "a", "", "b"});
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].choice, "b");
  EXPECT_THAT(groups[0].places, ElementsAre(0, 3));
  EXPECT_EQ(groups[1].from, 1);
}

TEST(Response, BandHoldsTheFiguresOfTheGroup) {
  const std::vector<ResponsePoint> found = response(groups_of({1, 1, 1, 2, 2, 2, 3}), {10, 30, 20, 5, none, 5, none});
  ASSERT_EQ(found.size(), 2U) << "the third value has no figure";
  EXPECT_EQ(found[0].median, 20);
  EXPECT_DOUBLE_EQ(found[0].p5, 11);
  EXPECT_DOUBLE_EQ(found[0].p95, 29);
  EXPECT_EQ(found[1].designs, 2U);
  EXPECT_EQ(found[1].p5, 5);
}

TEST(Response, GroupsOfPlainSamplesGiveTheFirstOrderSharesOfIshigami) {
  std::mt19937_64 generator(11);
  std::vector<std::vector<double>> columns(3, std::vector<double>(20'000));
  std::vector<double> values;
  for (std::size_t k = 0; k < 20'000; ++k) {
    for (std::vector<double>& column : columns)
      column[k] = static_cast<double>(generator() >> 11) * 0x1p-53;
    values.push_back(ishigami({columns[0][k], columns[1][k], columns[2][k]}));
  }
  const IshigamiVariances exact;
  const auto between = [&](std::size_t i) {
    std::vector<std::vector<std::size_t>> places;
    for (const ValueGroup& group : groups_of(columns[i]))
      places.push_back(group.places);
    return variance_between(places, values, true);
  };
  // The mean of a wave over a group is the wave's times sin(x)/x, with x half the phase of a group's width.
  const auto kept = [](double phase) { return std::pow(std::sin(phase) / phase, 2); };
  EXPECT_NEAR(between(0), kept(std::numbers::pi / 20) * exact.first / exact.all, 0.01);
  EXPECT_NEAR(between(1), kept(std::numbers::pi / 10) * exact.second / exact.all, 0.01);
  EXPECT_NEAR(between(2), 0, 0.005);
}

} // namespace
} // namespace beachfront::study
