// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/weibull.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace beachfront::thermal {
namespace {

constexpr WeibullStrength strength{5, 65};

TEST(Weibull, CharacteristicStressBreaksMostOfTheReferenceLength) {
  const std::array<StressedLength, 1> one{{{65, 40}}};
  EXPECT_NEAR(failure_probability(strength, 40, one), 1 - std::exp(-1.0), 1e-15);
}

TEST(Weibull, EdgesInARowFailLikeOneLongEdge) {
  const std::array<StressedLength, 3> parts{{{30, 10}, {30, 25}, {-80, 1000}}};
  const std::array<StressedLength, 1> whole{{{30, 35}}};
  EXPECT_DOUBLE_EQ(failure_probability(strength, 40, parts), failure_probability(strength, 40, whole));
  const std::array<StressedArea, 2> tiles{{{30, 10}, {30, 25}}};
  EXPECT_DOUBLE_EQ(failure_probability(strength, 40, tiles), failure_probability(strength, 40, whole));
}

TEST(Weibull, SmallChancesKeepTheirDigits) {
  const std::array<StressedLength, 1> one{{{0.065, 40}}};
  EXPECT_NEAR(failure_probability(strength, 40, one) / 1e-15, 1, 1e-12);
}

TEST(Weibull, StressAndProbabilityAreInverse) {
  for (const double probability : {1e-6, 0.01, 0.5, 0.999}) {
    const double stress = stress_at_probability_MPa(strength, 40, 360, probability);
    const std::array<StressedLength, 1> edge{{{stress, 360}}};
    EXPECT_NEAR(failure_probability(strength, 40, edge) / probability, 1, 1e-12);
  }
  // Nine times the length: weaker by 9^(1/5).
  EXPECT_NEAR(stress_at_probability_MPa(strength, 40, 40, 0.1) / stress_at_probability_MPa(strength, 40, 360, 0.1),
              std::pow(9, 0.2), 1e-12);
}

TEST(Weibull, FourPointBeamFailsLikeItsEffectiveLength) {
  // Moment even over the inner 20 mm and falling in proportion over 10 mm on either side: midpoint rule.
  std::vector<StressedLength> beam{{50, 20}};
  constexpr int pieces = 20000;
  for (int i = 0; i < pieces; ++i)
    beam.push_back({50 * (i + 0.5) / pieces, 20.0 / pieces});
  const std::array<StressedLength, 1> even{{{50, four_point_effective_length_mm(20, 40, 5)}}};
  EXPECT_NEAR(failure_probability(strength, 40, beam), failure_probability(strength, 40, even), 1e-8);
}

TEST(Weibull, MeanAndVariationOfTheDensity) {
  // Moments from the survival function, by the midpoint rule.
  const WeibullStrength found = weibull_from_mean(38.93, 0.22);
  double mean = 0, square = 0;
  constexpr double step_MPa = 1e-3;
  for (double x = step_MPa / 2; x < 150; x += step_MPa) {
    const double survival = std::exp(-std::pow(x / found.characteristic_MPa, found.modulus));
    mean += survival * step_MPa;
    square += 2 * x * survival * step_MPa;
  }
  EXPECT_NEAR(mean, 38.93, 1e-5);
  EXPECT_NEAR(std::sqrt(square - mean * mean) / mean, 0.22, 1e-6);
}

} // namespace
} // namespace beachfront::thermal
