// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solder.hpp"

#include <gtest/gtest.h>

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

TEST(Solder, WithoutStrainThereIsNoLife) {
  EXPECT_FALSE(cycles_to_failure(tin_lead, 0, 50, 15));
  EXPECT_FALSE(cycles_to_failure(tin_lead, 1e-300, 50, 15));
  // A dwell of a nanosecond turns the exponent positive: outside the model.
  EXPECT_FALSE(cycles_to_failure(tin_lead, 0.01, 50, 1e-12));
}

TEST(Solder, YearsFromCyclesADay) {
  EXPECT_NEAR(years_to_failure(730.5, 2), 1, 1e-12);
}

} // namespace
} // namespace beachfront::thermal
