// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/splitting.hpp"

#include "tests/thermal/split_finite_elements.hpp"
#include "tests/thermal/validation_materials.hpp"
#include "thermal/fracture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace beachfront::thermal {
namespace {

std::vector<ElasticLayer> symmetric(const geometry::Material& core, double core_mm, const geometry::Material& build_up,
                                    double build_up_mm) {
  return {cooled(build_up, build_up_mm), cooled(core, core_mm), cooled(build_up, build_up_mm)};
}

/// The same stack for the finite elements.
SplitStrip strip(const std::vector<ElasticLayer>& layers) {
  constexpr double MPa_per_GPa = 1e3, mm_per_um = 1e-3;
  const ElasticLayer &b = layers[0], &c = layers[1];
  return {c.thickness_um * mm_per_um,
          b.thickness_um * mm_per_um,
          c.youngs_modulus_GPa * MPa_per_GPa,
          b.youngs_modulus_GPa * MPa_per_GPa,
          c.poisson_ratio,
          b.poisson_ratio,
          b.thermal_strain * (1 + b.poisson_ratio) - c.thermal_strain * (1 + c.poisson_ratio)};
}

const geometry::Material copper_rich = elastic_material("copper-rich build-up", 45, 0.32, 20);

TEST(SplitFiniteElements, LongCrackReachesTheLaminatesSteadyState) {
  // Quadratic elements bend and stretch exactly; what is left is the far end, five stack heights ahead of the tip.
  for (const auto& layers : {symmetric(exg, 1.2, abf, 0.2), symmetric(g83, 0.8, copper_rich, 0.2)}) {
    const double steady = splitting_J_per_m2(layers, thickness_um(layers) / 2);
    EXPECT_NEAR(split_rate_J_per_m2(strip(layers), 2.4, 12) / steady, 1, 2e-4);
  }
}

TEST(SplitFiniteElements, Case11CurveOfFlawLength) {
  // Printed rates of docs/facts/thermal.md: up to 2 % low beyond 15 um and 18 % at 5 um, where its mesh was coarse.
  struct Row {
    double flaw_mm, rate;
  };
  const SplitStrip eagle = strip(symmetric(exg, 1.2, abf, 0.2));
  for (const Row& row : {Row{0.015, 0.898}, Row{0.075, 3.77}, Row{0.3, 8.88}, Row{0.6, 9.854}})
    EXPECT_NEAR(converged_split_rate_J_per_m2(eagle, row.flaw_mm) / row.rate, 1, 0.025) << row.flaw_mm;
}

TEST(Splitting, TableAgreesWithFiniteElementsBetweenItsPoints) {
  struct Stack {
    geometry::Material core, build_up;
    double core_mm, build_up_mm, flaw_mm;
  };
  for (const Stack& s :
       {Stack{exg, abf, 1.2, 0.2, 0.035}, Stack{exg, abf, 0.8, 0.45, 0.02}, Stack{exg, copper_rich, 1.2, 0.35, 0.05},
        Stack{exg, copper_rich, 0.8, 0.06, 0.24}, Stack{exg, abf, 0.8, 0.12, 0.5},
        Stack{exg, elastic_material("build-up", 23.7, 0.30, 20.9), 1.0, 0.27, 0.3}}) {
    const std::vector<ElasticLayer> layers = symmetric(s.core, s.core_mm, s.build_up, s.build_up_mm);
    EXPECT_NEAR(flaw_splitting_J_per_m2(layers, 1, s.flaw_mm * 1e3) /
                    converged_split_rate_J_per_m2(strip(layers), s.flaw_mm),
                1, 0.02)
        << s.core_mm << ' ' << s.build_up_mm << ' ' << s.flaw_mm;
  }
}

TEST(Splitting, OtherPoissonRatiosStayWithinSixPercent) {
  for (const double poisson : {0.20, 0.40}) {
    const auto layers = symmetric(exg, 1.2, elastic_material("build-up", 5, poisson, 39), 0.24);
    EXPECT_NEAR(flaw_splitting_J_per_m2(layers, 1, 60) / converged_split_rate_J_per_m2(strip(layers), 0.06), 1, 0.06)
        << poisson;
  }
}

TEST(Splitting, TheCoresThicknessScalesTheLength) {
  // Everything twice as large: the same share at a flaw twice as long.
  const auto small = symmetric(exg, 0.6, abf, 0.1), large = symmetric(exg, 1.2, abf, 0.2);
  for (const double flaw_um : {3.0, 30.0, 300.0})
    EXPECT_NEAR(flaw_splitting_J_per_m2(large, 1, 2 * flaw_um), 2 * flaw_splitting_J_per_m2(small, 1, flaw_um), 1e-9);
}

TEST(Splitting, ShortFlawsGrowInProportionAndLongOnesSettle) {
  const auto layers = symmetric(exg, 1.2, abf, 0.2);
  const double steady = splitting_J_per_m2(layers, 800);
  EXPECT_EQ(flaw_splitting_J_per_m2(layers, 1, 0), 0);
  EXPECT_NEAR(flaw_splitting_J_per_m2(layers, 1, 0.2), 2 * flaw_splitting_J_per_m2(layers, 1, 0.1), 1e-12);
  EXPECT_NEAR(flaw_splitting_J_per_m2(layers, 1, 1e5) / steady, 1, 2e-3);
  for (double flaw_um = 1; flaw_um < 300; flaw_um *= 1.1)
    EXPECT_GT(flaw_splitting_J_per_m2(layers, 1, 1.1 * flaw_um), flaw_splitting_J_per_m2(layers, 1, flaw_um));
}

TEST(Splitting, LongestHarmlessFlawHasTheLimitsRate) {
  const auto layers = symmetric(exg, 1.2, abf, 0.2);
  for (const double limit : {0.1, 1.0, release_rate_limit_J_per_m2(0.75, 73.6, 0.23)})
    EXPECT_NEAR(flaw_splitting_J_per_m2(layers, 1, critical_split_flaw_um(layers, 1, limit)), limit, 1e-6 * limit);
  EXPECT_EQ(critical_split_flaw_um(layers, 1, 20), INFINITY) << "more than any length drives";
  // docs/facts/thermal.md finding 3: with K_Ic 0.75 the 1.2/0.2 mm stack splits from a flaw of about 0.2 mm, not from
  // the 20 to 50 um of dicing.
  const double critical_um = critical_split_flaw_um(layers, 1, release_rate_limit_J_per_m2(0.75, 73.6, 0.23));
  EXPECT_GT(critical_um, 150);
  EXPECT_LT(critical_um, 250);
}

TEST(Splitting, RefusesACoreThatIsNotThere) {
  const auto layers = symmetric(exg, 1.2, abf, 0.2);
  EXPECT_THROW((void)flaw_splitting_J_per_m2(layers, 3, 20), std::invalid_argument);
}

} // namespace
} // namespace beachfront::thermal
