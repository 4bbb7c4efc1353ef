// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/facility.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace beachfront::power {
namespace {

struct ModelCase {
  const char* what;
  double module_W;
  double conversion_loss_fraction;
  double cooling_fraction;
  double printed_W; // one decimal printed: tolerance 0.05 W
};

TEST(Facility, ReproducesThePublicModelOfA102TSwitch) {
  // docs/facts/power.md (b)2, 64 modules.
  for (const ModelCase& each : {
           ModelCase{"base CPO", 7.2, 0.08, 0.20, 601.0},
           ModelCase{"base LPO", 8.0, 0.08, 0.20, 667.8},
           ModelCase{"base retimed", 24.0, 0.08, 0.20, 2003.5},
           ModelCase{"optimistic CPO at 6.29 W", 6.29, 0.05, 0.10, 466.1},
           // The printed 465.8 W is 22 W / 3.5 = 6.2857 W, the ratio claimed for CPO, shown as 6.29 W.
           ModelCase{"optimistic CPO at 22 W / 3.5", 22.0 / 3.5, 0.05, 0.10, 465.8},
           ModelCase{"optimistic LPO", 6.4, 0.05, 0.10, 474.3},
           ModelCase{"optimistic retimed", 22.0, 0.05, 0.10, 1630.3},
           ModelCase{"stress CPO", 8.0, 0.12, 0.30, 756.4},
           ModelCase{"stress LPO", 10.0, 0.12, 0.30, 945.5},
           ModelCase{"stress retimed", 30.0, 0.12, 0.30, 2836.4},
       }) {
    EXPECT_NEAR(facility_power_W(64 * each.module_W, each.conversion_loss_fraction, each.cooling_fraction),
                each.printed_W, 0.05)
        << each.what;
  }
}

TEST(Facility, ItsOverheadIsThePublicModelWithFansAndPueAsCooling) {
  const Facility facility{1.22, 0.07, 0.09};
  const double load_W = 1234.5;
  const Overhead result = overhead(load_W, facility);
  // Two orders of the same products: rounding only.
  EXPECT_NEAR(load_W + result.total_W(), facility_power_W(load_W, 0.09, 1.07 * 1.22 - 1), 1e-9);
}

TEST(Facility, PartsOfTheOverheadAreWhatEachFactorSays) {
  const Overhead result = overhead(920.0, {1.5, 0.0, 0.08});
  // 920 W at 8 % loss take 1000 W at the plug, half of it again in the facility.
  EXPECT_NEAR(result.fans_W, 0.0, 1e-12);
  EXPECT_NEAR(result.conversion_W, 80.0, 1e-9);
  EXPECT_NEAR(result.facility_W, 500.0, 1e-9);
  const Overhead ideal = overhead(920.0, {1.0, 0.0, 0.0});
  EXPECT_EQ(ideal.total_W(), 0.0);
}

TEST(Facility, RefusesFactorsWithoutMeaning) {
  EXPECT_THROW(overhead(1.0, {0.9, 0.05, 0.08}), std::invalid_argument);
  EXPECT_THROW(overhead(1.0, {1.2, -0.1, 0.08}), std::invalid_argument);
  EXPECT_THROW(overhead(1.0, {1.2, 0.05, 1.0}), std::invalid_argument);
  EXPECT_THROW(facility_power_W(1.0, 1.0, 0.2), std::invalid_argument);
}

TEST(Facility, ReproducesTheEnergyAndItsCost) {
  // docs/facts/power.md (b)3: 601.0 W, 80 % of 8,760 h, 0.12 $/kWh -> 4,212 kWh, $505.
  const double energy_kWh = 1e3 * energy_per_year_MWh(601.0, 0.8);
  EXPECT_NEAR(energy_kWh, 4212, 0.5);
  EXPECT_NEAR(energy_kWh * 0.12, 505, 0.5);
  EXPECT_NEAR(1e3 * energy_per_year_MWh(667.8, 0.8) * 0.12, 562, 0.5);
  EXPECT_NEAR(1e3 * energy_per_year_MWh(2003.5, 0.8) * 0.12, 1685, 0.5);
}

TEST(Facility, TheEnergySavingHoldsWithThePrintedWatts) {
  // 9,829 kWh needs the watts as printed; unrounded ones give 9,828. Dollars agree either way.
  const double printed_kWh = 1e3 * energy_per_year_MWh(2003.5 - 601.0, 0.8);
  const double exact_kWh =
      1e3 * energy_per_year_MWh(facility_power_W(64 * 24, 0.08, 0.2) - facility_power_W(64 * 7.2, 0.08, 0.2), 0.8);
  EXPECT_NEAR(printed_kWh, 9829, 0.5);
  EXPECT_NEAR(exact_kWh, 9828, 0.5);
  for (const double saved_kWh : {printed_kWh, exact_kWh}) {
    EXPECT_NEAR(saved_kWh * 0.12, 1179, 0.5);
    EXPECT_NEAR(saved_kWh * 0.12 * 5, 5897, 0.5);
  }
}

TEST(Facility, ReproducesTheEnergyOfAPueDifference) {
  // docs/facts/power.md (b)21: 10 MW of IT from PUE 1.5 to 1.22 x 0.95 saves 29.9 GWh a year.
  EXPECT_NEAR(energy_per_year_MWh(10e6 * (1.5 - 1.22 * 0.95), 1.0), 29.9e3, 50);
}

} // namespace
} // namespace beachfront::power
