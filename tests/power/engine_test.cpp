// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/engine.hpp"

#include "power/transceiver.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace beachfront::power {
namespace {

constexpr double engine_Tbps = 6.4;
constexpr int engine_lanes = 32;

TEST(Engine, DrawsThePublishedPowerWithoutRings) {
  // docs/facts/power.md D2: (448 W - 16 x 12 W) / 16 engines = 16 W, 2.5 pJ/bit. The default split sums to 2.5 exactly.
  EXPECT_DOUBLE_EQ((448.0 - 16 * 12) / 16, 16.0);
  const EnginePower power = engine_power({}, engine_Tbps, engine_lanes, std::nullopt, 70);
  EXPECT_NEAR(power.total_W(), 16.0, 1e-12);
  EXPECT_EQ(power.heater_W, 0);
  EXPECT_NEAR(power.driver_W, 5.44, 1e-12);
}

TEST(Engine, DrawsThePublishedPowerWithRingsAtTheTuningAlreadyCounted) {
  const RingHeaters rings;
  const double counted_at_C = rings.lock_C - rings.excess_in_control_K;
  const EnginePower power = engine_power({}, engine_Tbps, engine_lanes, rings, counted_at_C);
  EXPECT_NEAR(power.total_W(), 16.0, 1e-12);
  EXPECT_NEAR(power.heater_W, 0.32, 1e-12); // 32 rings of 10 mW
  // A colder engine pays for the rest: 25 K more are 2 nm, 20 mW a ring.
  const EnginePower colder = engine_power({}, engine_Tbps, engine_lanes, rings, counted_at_C - 25);
  EXPECT_NEAR(colder.total_W() - power.total_W(), 32 * 0.020, 1e-12);
}

TEST(Engine, ReproducesTheHeaterFigures) {
  // docs/facts/power.md 3.2: 1 nm (12.5 K at 80 pm/K) is 10 mW, 0.05 pJ/bit at 200 Gb/s; the 8 nm range 80 mW, 0.4
  // pJ/bit.
  const RingHeaters rings;
  EXPECT_NEAR(ring_heater_mW(rings, 12.5), 10, 1e-12);
  EXPECT_NEAR(energy_pJ_per_bit(ring_heater_mW(rings, 12.5) * 1e-3, 0.2), 0.05, 1e-15);
  EXPECT_NEAR(ring_heater_mW(rings, 100), 80, 1e-12);
  EXPECT_NEAR(energy_pJ_per_bit(ring_heater_mW(rings, 100) * 1e-3, 0.2), 0.4, 1e-15);
  EXPECT_NEAR(ring_heater_mW(rings, 250), 80, 1e-12) << "the next order is nearer";
}

TEST(Engine, ARingTwoKelvinOverItsLockTemperatureHasCollapsed) {
  // docs/facts/power.md (b)22: 80 pm/K x 2 K = 0.16 nm > 0.1 nm; the source prints 0.14 nm, which is 70 pm/K.
  RingHeaters rings;
  const RingTuning at_80 = ring_tuning(rings, rings.lock_C + 2);
  EXPECT_NEAR(at_80.detuning_nm, 0.16, 1e-12);
  EXPECT_FALSE(at_80.locked);
  EXPECT_EQ(at_80.heater_mW, 0);
  rings.shift_pm_per_K = 70;
  EXPECT_NEAR(ring_tuning(rings, rings.lock_C + 2).detuning_nm, 0.14, 1e-12);
  EXPECT_TRUE(ring_tuning(rings, rings.lock_C + 1).locked);
  EXPECT_FALSE(ring_tuning(rings, rings.lock_C + 2).locked);
}

TEST(Engine, HeaterPowerNeverRisesWithTheEnginesTemperatureNorBelowZeroControl) {
  EngineEnergy energy;
  energy.control_pJ_per_bit = 0.01; // less than the heaters counted in it
  double previous_W = 1e9;
  for (double temperature_C = -40; temperature_C <= 120; temperature_C += 4) {
    const EnginePower power = engine_power(energy, engine_Tbps, engine_lanes, RingHeaters{}, temperature_C);
    EXPECT_GE(power.control_W, 0);
    EXPECT_LE(power.heater_W, previous_W);
    previous_W = power.heater_W;
  }
}

TEST(Engine, RefusesWhatIsNoEngine) {
  EXPECT_THROW(engine_power({}, 0, engine_lanes, std::nullopt, 70), std::invalid_argument);
  EXPECT_THROW(engine_power({}, engine_Tbps, 0, std::nullopt, 70), std::invalid_argument);
  EngineEnergy negative;
  negative.driver_pJ_per_bit = -1;
  EXPECT_THROW(engine_power(negative, engine_Tbps, engine_lanes, std::nullopt, 70), std::invalid_argument);
  RingHeaters dead;
  dead.heater_nm_per_mW = 0;
  EXPECT_THROW(engine_power({}, engine_Tbps, engine_lanes, dead, 70), std::invalid_argument);
}

} // namespace
} // namespace beachfront::power
