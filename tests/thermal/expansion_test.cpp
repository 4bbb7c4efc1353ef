// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/expansion.hpp"

#include "tests/thermal/validation_materials.hpp"

#include <gtest/gtest.h>

namespace beachfront::thermal {
namespace {

geometry::Material silicon_by_law() {
  geometry::Material m = si;
  m.cte_law = geometry::CteLaw::okada_tokumaru;
  return m;
}

geometry::Material polymer() {
  geometry::Material m = elastic_material("ABF GL102", 13, 0.3, 20);
  m.glass_transition_C = 153;
  m.youngs_modulus_above_tg_GPa = 1.0;
  m.cte_above_tg_ppm_per_K = 49;
  return m;
}

TEST(Expansion, SiliconsIntegralHasTheSourcedSlopeAndMeans) {
  // Case 17: 2.5526 ppm/K at 25 C and 3.2028 at 125 C; over 1 K the slope changes by less than 1e-2, halved by
  // centring.
  EXPECT_NEAR(thermal_strain(silicon_by_law(), 24.5, 25.5) * 1e6, 2.5526, 1e-4);
  EXPECT_NEAR(thermal_strain(silicon_by_law(), 124.5, 125.5) * 1e6, 3.2028, 1e-4);
  // Means printed to two decimals (docs/facts/thermal.md 1.1).
  EXPECT_NEAR(thermal_strain(silicon_by_law(), 25, 150) / 125 * 1e6, 2.98, 0.005);
  EXPECT_NEAR(thermal_strain(silicon_by_law(), 25, 220) / 195 * 1e6, 3.15, 0.005);
  EXPECT_NEAR(thermal_strain(silicon_by_law(), 25, 260) / 235 * 1e6, 3.23, 0.005);
  EXPECT_NEAR(thermal_strain(silicon_by_law(), -40, 125) / 165 * 1e6, 2.65, 0.005);
}

TEST(Expansion, PolymerChangesSlopeAtItsTransition) {
  EXPECT_NEAR(thermal_strain(polymer(), 100, 200), (53 * 20 + 47 * 49) * 1e-6, 1e-15);
  EXPECT_NEAR(thermal_strain(polymer(), 200, 100), -(53 * 20 + 47 * 49) * 1e-6, 1e-15);
  EXPECT_NEAR(thermal_strain(polymer(), 160, 200), 40 * 49e-6, 1e-15);
  EXPECT_DOUBLE_EQ(thermal_strain(polymer(), 60, 60), 0);
}

TEST(Expansion, StrainAddsUpAlongAnyPath) {
  for (const geometry::Material& m : {silicon_by_law(), polymer(), cu})
    EXPECT_NEAR(thermal_strain(m, 25, 217) + thermal_strain(m, 217, -40), thermal_strain(m, 25, -40), 1e-15) << m.name;
}

TEST(Expansion, SecantModulusGivesTheStressOfAHeldFilm) {
  // A held film gathers E(T) alpha(T) dT: 128 K glassy and 47 K rubbery.
  const double gathered_GPa = 128 * 13 * 20e-6 + 47 * 1.0 * 49e-6;
  EXPECT_NEAR(secant_modulus_GPa(polymer(), 200, 25) * -thermal_strain(polymer(), 200, 25), gathered_GPa, 1e-15);
  EXPECT_DOUBLE_EQ(secant_modulus_GPa(polymer(), 200, 25), secant_modulus_GPa(polymer(), 25, 200));
  EXPECT_DOUBLE_EQ(secant_modulus_GPa(polymer(), 100, 25), 13);
  EXPECT_DOUBLE_EQ(secant_modulus_GPa(polymer(), 200, 160), 1.0);
  EXPECT_DOUBLE_EQ(secant_modulus_GPa(polymer(), 180, 180), 1.0);
  EXPECT_DOUBLE_EQ(secant_modulus_GPa(cu, 200, 25), 117);
}

} // namespace
} // namespace beachfront::thermal
