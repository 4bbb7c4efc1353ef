// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solder.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

namespace beachfront::thermal {
namespace {

TEST(Solder, Case8DieBumpsWithoutUnderfill) {
  struct Row {
    double core_cte, strain, cycles, cycles_tolerance;
  };
  // Corner of a 30 mm die, 70 um bumps, 100 K; lives are printed to 4 or 5 digits.
  for (const Row& row :
       {Row{15, 0.37577675, 1.908, 5e-4}, Row{11, 0.25455844, 4.943, 5e-4}, Row{3.17, 0.01727361, 3544.2, 0.05},
        Row{5.5, 0.08788327, 66.50, 5e-3}, Row{8.3, 0.17273608, 12.75, 5e-3}}) {
    const double strain = shear_strain_range(21.213203435596427, (row.core_cte - 2.6) * 1e-6 * 100, 0.07);
    EXPECT_NEAR(strain, row.strain, 1e-8);
    EXPECT_NEAR(*cycles_to_failure(tin_lead, strain, 50, 10), row.cycles, row.cycles_tolerance) << row.core_cte;
  }
}

TEST(Solder, Case8bBallsToTheBoard) {
  struct Row {
    double package_cte, strain, cycles, cycles_tolerance;
  };
  for (const Row& row :
       {Row{13, 0.05091169, 252.5, 0.05}, Row{15, 0.01697056, 3700.9, 0.05}, Row{3.17, 0.21773232, 7.24, 5e-3},
        Row{5.5, 0.17819091, 11.8, 0.05}, Row{8.3, 0.13067333, 25.2, 0.05}, Row{9.8, 0.10521749, 42.8, 0.05}}) {
    const double strain = shear_strain_range(67.882251, (16 - row.package_cte) * 1e-6 * 100, 0.40);
    EXPECT_NEAR(strain, row.strain, 1e-8);
    EXPECT_NEAR(*cycles_to_failure(tin_lead, strain, 50, 10), row.cycles, row.cycles_tolerance) << row.package_cte;
  }
}

TEST(Solder, Case8cHandCheck) {
  EXPECT_NEAR(*cycles_to_failure(tin_lead, 0.065, 55, 15), 121.8015797, 1e-7);
}

TEST(Solder, ShrinkingCountsAsExpanding) {
  EXPECT_DOUBLE_EQ(shear_strain_range(50, -1e-4, 0.4), shear_strain_range(50, 1e-4, 0.4));
  EXPECT_DOUBLE_EQ(shear_strain_range(50, 1e-4, 0.4, 0.5), 0.5 * shear_strain_range(50, 1e-4, 0.4));
}

TEST(Solder, LifeFallsWithStrainForEveryAlloy) {
  for (const FatigueAlloy& alloy : {tin_lead, tin_silver, sac305})
    EXPECT_GT(*cycles_to_failure(alloy, 0.01, 50, 15), *cycles_to_failure(alloy, 0.02, 50, 15));
}

TEST(Solder, LivesCompareAsEngelmaiersSummarySays) {
  // circuitinsight.com/programs/50677.html: tin-lead and tin-silver differ little; under benign loads SAC405 and SAC305
  // live up to three times shorter.
  const auto shorter = [](const FatigueAlloy& alloy, double strain, double dwell_min) {
    return *cycles_to_failure(tin_lead, strain, 50, dwell_min) / *cycles_to_failure(alloy, strain, 50, dwell_min);
  };
  for (const double strain : {0.02, 0.01, 0.002, 0.0005})
    for (const double dwell_min : {10.0, 480.0})
      EXPECT_NEAR(shorter(tin_silver, strain, dwell_min), 1, 0.25) << strain;
  for (const double strain : {0.02, 0.01}) // as in accelerated tests
    EXPECT_NEAR(shorter(sac305, strain, 10), 1.25, 0.25) << strain;
  for (const double strain : {0.002, 0.001, 0.0005}) { // in use
    EXPECT_GT(shorter(sac305, strain, 480), 1.9) << strain;
    EXPECT_LT(shorter(sac305, strain, 480), 3) << strain;
  }
}

TEST(Solder, WithoutStrainThereIsNoLife) {
  EXPECT_FALSE(cycles_to_failure(tin_lead, 0, 50, 15));
  EXPECT_FALSE(cycles_to_failure(tin_lead, 1e-300, 50, 15));
  // A dwell of a nanosecond turns the exponent positive: outside the model.
  EXPECT_FALSE(cycles_to_failure(tin_lead, 0.01, 50, 1e-12));
}

TEST(Solder, YearsFromCyclesADay) {
  EXPECT_NEAR(years_to_failure(730.5, 2), 1, 1e-12);
}

/// The package of case 8b: 100 mm, outermost balls 2 mm inside.
const BallGrid grid{{{-50, -50}, {50, 50}}, 1.0, 2.0};
const SolderService service{0.40, 0, 100, 10, 2, 1};

TEST(JointRows, OutermostRowIsTheClosedFormAndInnerOnesLiveLonger) {
  const std::vector<JointRow> rows = joint_rows(grid, (16 - 13) * 1e-6 * 100, tin_lead, service);
  ASSERT_EQ(rows.size(), 49U) << "97 balls a side: 48 rings and the one in the middle";
  EXPECT_NEAR(rows[0].distance_mm, 67.882251, 1e-6);
  EXPECT_NEAR(rows[0].strain_range, 0.05091169, 1e-8);
  EXPECT_NEAR(*rows[0].cycles, 252.5, 0.05);
  EXPECT_NEAR(*rows[0].years, 252.5 / 730.5, 1e-4);
  EXPECT_NEAR(rows[10].distance_mm, 38 * std::sqrt(2), 1e-12);
  for (std::size_t i = 0; i + 1 < rows.size() - 1; ++i)
    EXPECT_LT(*rows[i].cycles, *rows[i + 1].cycles);
  EXPECT_FALSE(rows.back().cycles) << "the ball in the middle is not strained";
}

TEST(JointRows, BallsFillTheOutlineInRings) {
  const BallGrid oblong{{{0, 0}, {10, 6}}, 0.9, 1.0};
  const std::vector<Ball> all = balls(oblong);
  ASSERT_EQ(all.size(), 10U * 5U) << "8 mm in 9 gaps of 0.89 mm, 4 mm in 4";
  EXPECT_DOUBLE_EQ(all.front().position.x_mm, 1);
  EXPECT_DOUBLE_EQ(all.back().position.x_mm, 9);
  EXPECT_DOUBLE_EQ(all.back().position.y_mm, 5);
  std::vector<int> in_ring(3);
  for (const Ball& ball : all)
    ++in_ring.at(static_cast<std::size_t>(ball.row));
  EXPECT_EQ(in_ring, (std::vector<int>{26, 18, 6}));
}

TEST(JointRows, EvenMovementsOfTheSolidGiveTheClosedForm) {
  std::vector<PadMovement> movements;
  const double difference = -3e-4;
  for (const Ball& ball : balls(grid))
    movements.push_back({difference * ball.position.x_mm * 1e3, difference * ball.position.y_mm * 1e3});
  const std::vector<JointRow> solid = joint_rows(grid, movements, sac305, service);
  const std::vector<JointRow> closed = joint_rows(grid, difference, sac305, service);
  ASSERT_EQ(solid.size(), closed.size());
  for (std::size_t i = 0; i < solid.size(); ++i) {
    EXPECT_NEAR(solid[i].strain_range, closed[i].strain_range, 1e-12);
    EXPECT_NEAR(solid[i].distance_mm, closed[i].distance_mm, 1e-9);
  }
}

TEST(JointRows, RefusesWrongInput) {
  EXPECT_THROW((void)balls({grid.outline, 0, 2}), std::invalid_argument);
  EXPECT_THROW((void)balls({grid.outline, 1, 50}), std::invalid_argument);
  EXPECT_THROW((void)joint_rows(grid, std::vector<PadMovement>(5), sac305, service), std::invalid_argument);
}

TEST(Acceleration, TinLeadFactorsByHand) {
  // -55..125 C tested at 48 cycles a day, 25..75 C used once a day: (180/50)^1.9 = 11.4 by swing, and the slow field
  // cycle costs (1/48)^(1/3) = 1/3.6.
  const ThermalCycle test{-55, 125, 48, 10}, field{25, 75, 1, 600};
  const double by_temperature = std::exp(1414 * (1 / 348.15 - 1 / 398.15));
  EXPECT_NEAR(acceleration_factor(norris_landzberg_tin_lead, test, field) / by_temperature, 11.4 / 3.634, 0.01);
}

TEST(Acceleration, TinSilverCopperFactorsByHand) {
  const ThermalCycle test{0, 100, 36, 10}, field{25, 75, 2, 300};
  EXPECT_NEAR(acceleration_factor(pan_tin_silver_copper, test, field),
              std::pow(2, 2.65) * std::pow(1.0 / 30, 0.136) * std::exp(2185 * (1 / 348.15 - 1 / 373.15)), 1e-12);
  for (const CycleAcceleration& law : {norris_landzberg_tin_lead, pan_tin_silver_copper})
    EXPECT_DOUBLE_EQ(acceleration_factor(law, test, test), 1);
}

TEST(Syed, LifeIsInverseToCreep) {
  EXPECT_NEAR(*syed_cycles_from_creep_strain(0.01), 1949.3, 0.05);
  EXPECT_NEAR(*syed_cycles_from_creep_energy(0.5), 1052.6, 0.05);
  EXPECT_FALSE(syed_cycles_from_creep_strain(0));
}

TEST(Anand, Case16SaturationStress) {
  struct Row {
    double temperature_C, rate, stress;
  };
  for (const Row& row : {Row{25, 1e-3, 42.085}, Row{125, 1e-3, 22.830}, Row{125, 1e-5, 13.036}, Row{25, 1e-5, 30.437},
                         Row{100, 1e-4, 21.181}})
    EXPECT_NEAR(saturation_stress_MPa(sac305_anand, row.rate, row.temperature_C), row.stress, 6e-4);
}

TEST(Solder, RangeOfTheLaw) {
  EXPECT_TRUE(within_fatigue_range(3000, 15));
  EXPECT_FALSE(within_fatigue_range(3000, 0.5));
  EXPECT_FALSE(within_fatigue_range(10, 15));
  EXPECT_FALSE(within_fatigue_range(1e7, 15));
}

} // namespace
} // namespace beachfront::thermal
