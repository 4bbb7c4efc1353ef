// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/edge_flaw.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace beachfront::thermal {
namespace {

TEST(EdgeFlaw, ShallowLongFlawIsAStraightCrack) {
  // Newman and Raju's 1.13 against Koiter's 1.1215.
  EXPECT_NEAR(surface_flaw_factor(1, 1e6, 1e9), straight_edge_crack_factor, 0.01);
}

TEST(EdgeFlaw, SurfaceFlawsOfRajuAndNewmansFiniteElements) {
  // Eng. Fract. Mech. 11, 817 (1979), depth a fifth of the thickness: F 1.174 at the ends of the half circle, 1.173 at
  // the bottom of the flaw five times as long; Y = F / E(k), E the second elliptic integral. The fit claims 5 %.
  const auto integral = [](double aspect) { return std::comp_ellint_2(std::sqrt(1 - aspect * aspect)); };
  EXPECT_NEAR(surface_flaw_factor(20, 20, 100) / (1.174 / integral(1)), 1, 0.05);
  EXPECT_NEAR(surface_flaw_factor(20, 100, 100) / (1.173 / integral(0.2)), 1, 0.05);
}

TEST(EdgeFlaw, QuarterCircleLiesBetweenItsBounds) {
  // A whole circle inside has 2/pi; a free face adds at most Koiter's factor, two faces at most its square.
  const double inside = 2 / std::numbers::pi;
  const double factor = corner_flaw_factor(10, 10, 1000);
  EXPECT_GT(factor, surface_flaw_factor(10, 10, 1000) * 0.95);
  EXPECT_GT(factor, inside);
  EXPECT_LT(factor, inside * straight_edge_crack_factor * straight_edge_crack_factor);
}

TEST(EdgeFlaw, RefusesShapesBeyondTheFit) {
  EXPECT_THROW((void)surface_flaw_factor(20, 10, 100), std::domain_error);
  EXPECT_THROW((void)corner_flaw_factor(90, 100, 100), std::domain_error);
}

TEST(EdgeFlaw, DepthAndStrengthAreInverse) {
  const double depth_um = critical_depth_um(straight_edge_crack_factor, 0.75, 80);
  EXPECT_NEAR(inert_strength_MPa(straight_edge_crack_factor, 0.75, depth_um), 80, 1e-12);
  EXPECT_NEAR(stress_intensity_MPa_sqrt_m(straight_edge_crack_factor, 80, depth_um), 0.75, 1e-15);
  // 1.1215 x 100 MPa x sqrt(pi x 14.2 um) = 0.75.
  EXPECT_NEAR(critical_depth_um(straight_edge_crack_factor, 0.75, 100), 14.2, 0.05);
  EXPECT_EQ(critical_depth_um(straight_edge_crack_factor, 0.75, -3), INFINITY);
}

/// Growth of a flaw at an even stress, by Runge-Kutta in the logarithm of its depth, until K_Ic. Seconds.
double grown_to_failure_s(const SlowGrowth& growth, double depth_um, double share) {
  const double inert_depth = depth_um / (share * share);
  const auto slope = [&](double log_depth) { // ds/d(log depth)
    const double depth = std::exp(log_depth);
    return depth * 1e-3 / (growth.velocity_at_toughness_mm_per_s * std::pow(depth / inert_depth, growth.exponent / 2));
  };
  constexpr int steps = 20000;
  const double h = (std::log(inert_depth) - std::log(depth_um)) / steps;
  double time = 0;
  for (int i = 0; i < steps; ++i) {
    const double at = std::log(depth_um) + i * h;
    time += h / 6 * (slope(at) + 4 * slope(at + h / 2) + slope(at + h));
  }
  return time;
}

TEST(SlowGrowth, LifeIsTheIntegralOfTheVelocity) {
  constexpr double seconds_per_year = 365.25 * 86400;
  for (const double share : {0.15, 0.3, 0.6, 0.95})
    EXPECT_NEAR(life_years(soda_lime_humid, 20, share) * seconds_per_year /
                    grown_to_failure_s(soda_lime_humid, 20, share),
                1, 1e-9)
        << share;
}

TEST(SlowGrowth, ShareAndLifeAreInverse) {
  for (const double years : {1e-6, 0.1, 10.0, 30.0})
    EXPECT_NEAR(life_years(soda_lime_humid, 33, strength_share_over_life(soda_lime_humid, 33, years)) / years, 1, 1e-9);
  EXPECT_NEAR(strength_share_over_life(soda_lime_humid, 33, 0), 1, 1e-12);
  EXPECT_EQ(life_years(soda_lime_humid, 33, 1.2), 0);
  EXPECT_EQ(life_years(soda_lime_humid, 33, -0.1), INFINITY);
}

TEST(SlowGrowth, TenTimesTheLoadDurationCostsItsRootOfStrength) {
  // ASTM E1300: strength ~ duration^(-1/16).
  const double year = strength_share_over_life(soda_lime_humid, 33, 1);
  EXPECT_NEAR(strength_share_over_life(soda_lime_humid, 33, 10) / year, std::pow(10, -1.0 / 16), 1e-9);
}

TEST(EdgeFinish, DepthBelongsToTheStrength) {
  for (const EdgeFinish& finish : edge_finishes)
    EXPECT_NEAR(finish.flaw_depth_um,
                critical_depth_um(straight_edge_crack_factor, 0.75, finish.strength.characteristic_MPa), 0.06)
        << finish.name;
}

TEST(EdgeFinish, ArchitecturalEdgesMeetAstmE1300) {
  // Mean strength of an annealed edge in 3 s: 18.3 MPa / (1 - 0.22 x 2.409), normal distribution; and its duration
  // factor (3 s / duration)^(1/16) at ten years.
  const EdgeFinish& finish = edge_finishes[3];
  constexpr double years_of_3_s = 3 / (365.25 * 86400);
  const double at_3_s = strength_share_over_life(soda_lime_humid, finish.flaw_depth_um, years_of_3_s);
  const double mean = finish.strength.characteristic_MPa * std::tgamma(1 + 1 / finish.strength.modulus);
  EXPECT_NEAR(at_3_s * mean, 18.3 / (1 - 0.22 * 2.409), 0.2);
  EXPECT_NEAR(strength_share_over_life(soda_lime_humid, finish.flaw_depth_um, 10) / at_3_s,
              std::pow(years_of_3_s / 10, 1.0 / 16), 1e-4);
}

TEST(EdgeFinish, LongerEdgesHoldDeeperFlaws) {
  const EdgeFinish& diced = edge_finishes[0];
  const double tenth = deepest_flaw_um(diced, 0.75, 400, 0.1);
  EXPECT_GT(tenth, deepest_flaw_um(diced, 0.75, 40, 0.1));
  EXPECT_GT(deepest_flaw_um(diced, 0.75, 400, 0.01), tenth);
  // 63.2 % of edges of the reference length hold a flaw of at least the characteristic depth.
  EXPECT_NEAR(deepest_flaw_um(diced, 0.75, 40, 1 - std::exp(-1.0)), diced.flaw_depth_um, 0.06);
}

TEST(EdgeFracture, TheAllowedStressFailsWithTheAskedProbability) {
  const EdgeFinish& diced = edge_finishes[0];
  const std::array<StressedLength, 2> loaded{{{20, 180}, {-5, 180}}};
  const EdgeFracture found = edge_fracture(diced, 0.75, soda_lime_humid, loaded, 10, 0.01);
  EXPECT_DOUBLE_EQ(found.greatest_MPa, 20);
  const std::array<StressedLength, 1> even{{{found.allowed_MPa, 360}}};
  EXPECT_NEAR(edge_fracture(diced, 0.75, soda_lime_humid, even, 10, 0.01).probability_over_life, 0.01, 1e-12);
  EXPECT_NEAR(edge_fracture(diced, 0.75, soda_lime_humid, even, 10, 0.01).stress_intensity_MPa_sqrt_m,
              0.75 * strength_share_over_life(soda_lime_humid, found.flaw_um, 10), 1e-12);
  EXPECT_GT(found.probability_over_life, found.probability_at_once);
  EXPECT_EQ(edge_fracture(diced, 0.75, soda_lime_humid, loaded, 0, 0.01).probability_over_life,
            found.probability_at_once);
}

TEST(EdgeFracture, ACompressedEdgeIsSafe) {
  const std::array<StressedLength, 1> compressed{{{-40, 360}}};
  const EdgeFracture found = edge_fracture(edge_finishes[0], 0.75, soda_lime_humid, compressed, 10, 0.01);
  EXPECT_EQ(found.probability_over_life, 0);
  EXPECT_EQ(found.stress_intensity_MPa_sqrt_m, 0);
}

} // namespace
} // namespace beachfront::thermal
