// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/assembly.hpp"

#include "tests/thermal/reference_package.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace beachfront::thermal {
namespace {

TEST(RingPlan, ReferencePackageHasFourRings) {
  const RingPlan plan = ring_plan(reference_package(alkali_glass()));
  ASSERT_EQ(plan.zones.size(), 4U);
  EXPECT_NEAR(plan.zones[0].outer_radius_mm, std::sqrt((26 * 33 + 8 * 60) / std::numbers::pi), 1e-12);
  EXPECT_EQ(plan.zones[0].body, RingBody::dies);
  // Engines: centres 32 mm out, 8 mm deep, the inner ones 0.75 mm off the axis, the outer corner 22.25 mm along.
  EXPECT_NEAR(plan.zones[1].outer_radius_mm, std::hypot(28, 0.75), 1e-12);
  EXPECT_NEAR(plan.zones[2].outer_radius_mm, std::hypot(36, 22.25), 1e-12);
  EXPECT_EQ(plan.zones[2].body, RingBody::engines);
  EXPECT_NEAR(plan.zones[3].outer_radius_mm, 110 / std::sqrt(std::numbers::pi), 1e-12);
  const double ring_area = std::numbers::pi * (36 * 36 + 22.25 * 22.25 - 28 * 28 - 0.75 * 0.75);
  EXPECT_NEAR(plan.engine_coverage, 16 * 80 / ring_area, 1e-12);
}

TEST(RingPlan, BodiesThatAreNeverJoinedAreLeftOut) {
  Package p = reference_package(alkali_glass());
  p.assembly = {{Joint::substrate, 200}};
  EXPECT_EQ(ring_plan(p).zones.size(), 1U);
}

TEST(Assembly, IncrementsStopAtEveryTransition) {
  Package p = reference_package(alkali_glass());
  p.dies.clear();
  p.engines.clear();
  p.assembly = {{Joint::substrate, 200}};
  // From 200 to 25 C: build-up at 153, solder mask at 105 C; the first, empty step is the birth itself.
  const AssemblyPath path = follow_assembly(p, uniform(25));
  EXPECT_EQ(path.increments.size(), 1U + 3U);
  EXPECT_EQ(path.engines_joined_at, path.increments.size());
}

TEST(Assembly, BodiesHoldNoStressAtTheirJoint) {
  Package p = reference_package(alkali_glass());
  p.assembly = {{Joint::substrate, 200}, {Joint::die, 217}};
  const std::size_t die = plies(p.substrate).size() + 1;
  const AssemblyPath joined = follow_assembly(p, uniform(217));
  EXPECT_EQ(stress_MPa(joined, 0, die, 0, 0).radial_MPa, 0);
  // Cooled, the die is pressed by a substrate that shrinks more and bent over it: tension on top, compression below.
  const AssemblyPath cold = follow_assembly(p, uniform(25));
  EXPECT_LT(stress_MPa(cold, 0, die, 0, 0).radial_MPa, -20);
  EXPECT_GT(stress_MPa(cold, 0, die, 0, 1).radial_MPa, 0);
  EXPECT_NEAR(stress_MPa(cold, 0, die, 5, 1).radial_MPa, stress_MPa(cold, 0, die, 5, 1).tangential_MPa, 1e-9);
}

TEST(Assembly, TheFreeRimCarriesNoForce) {
  // Over all steps together the free rim carries no radial force.
  const AssemblyPath path = follow_assembly(reference_package(alkali_glass()), uniform(25));
  const std::size_t rim = path.plan.zones.size() - 1;
  double force = 0, size = 0;
  for (std::size_t layer = 0; layer < path.plies.size(); ++layer) {
    const double r = path.plan.zones[rim].outer_radius_mm;
    const double mean =
        (stress_MPa(path, rim, layer, r, 0).radial_MPa + stress_MPa(path, rim, layer, r, 1).radial_MPa) / 2;
    force += mean * path.plies[layer].thickness_um * 1e-3;
    size += std::abs(mean) * path.plies[layer].thickness_um * 1e-3;
  }
  EXPECT_LT(std::abs(force), 1e-10 * size);
}

} // namespace
} // namespace beachfront::thermal
