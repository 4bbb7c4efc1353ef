// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/laser.hpp"

#include "power/decibel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace beachfront::power {
namespace {

/// 16 modules of eight 250 mW lasers, four lanes each: the reference designs.
LaserSource reference_source() {
  LaserSource source;
  source.modules = 16;
  source.lasers_per_module = 8;
  source.lanes_per_laser = 4;
  return source;
}

TEST(Laser, AModuleOfEightQuarterWattLasersDrawsTwelveWatts) {
  // docs/facts/power.md (b)16: 8 x 0.25 W / 12 W = 16.7 %; the efficiency is rounded to 0.167, hence 0.2 %.
  EXPECT_NEAR(8 * 0.25 / 12, 0.167, 0.0005);
  LaserSource module = reference_source();
  module.modules = 1;
  const LaserPower power = laser_power(module, dBm_from_mW(250), module.reference_C);
  EXPECT_EQ(power.lasers, 8);
  EXPECT_NEAR(power.optical_W, 2.0, 1e-12);
  EXPECT_NEAR(power.electrical_W, 12.0, 12.0 * 0.002);
}

TEST(Laser, ModulesOfThreeHundredFiftyMilliwattsWouldBeMoreEfficientThanPublished) {
  // docs/facts/power.md 3.2: 144 x 350 mW in 216 W is 23 %.
  LaserSource source = reference_source();
  source.modules = 18;
  source.wall_plug_efficiency = 0.233;
  EXPECT_NEAR(laser_power(source, dBm_from_mW(350), source.reference_C).electrical_W, 216, 216 * 0.002);
}

TEST(Laser, CountsLasersAsThePublishedSwitchesDo) {
  // docs/facts/power.md (b)9: Quantum-X 72 engines x 8 lanes, Spectrum-X 512 lanes and four times that.
  EXPECT_EQ(lasers_needed(72 * 8, 4), 144);
  EXPECT_EQ(lasers_needed(512, 4), 128);
  EXPECT_EQ(lasers_needed(4 * 512, 4), 512);
  EXPECT_EQ(lasers_needed(513, 4), 129);
  EXPECT_EQ(lasers_needed(0, 4), 0);
  EXPECT_THROW(lasers_needed(8, 0), std::invalid_argument);
}

TEST(Laser, EfficiencyFallsInAStraightLineToItsFloor) {
  LaserSource source = reference_source();
  source.wall_plug_efficiency = 0.2;
  source.efficiency_slope_per_K = -0.01;
  source.reference_C = 40;
  EXPECT_NEAR(laser_efficiency(source, 40).value, 0.20, 1e-15);
  EXPECT_NEAR(laser_efficiency(source, 50).value, 0.18, 1e-15);
  EXPECT_NEAR(laser_efficiency(source, 20).value, 0.24, 1e-15);
  EXPECT_FALSE(laser_efficiency(source, 114).at_floor); // 0.2 (1 - 0.74) = 0.052
  EXPECT_TRUE(laser_efficiency(source, 116).at_floor);
  EXPECT_EQ(laser_efficiency(source, 300).value, source.efficiency_floor);
  source.efficiency_slope_per_K = -1;
  EXPECT_EQ(laser_efficiency(source, -40).value, 1.0);
}

TEST(Laser, ElectricalPowerRisesWithLightWithHeatAndWithOverhead) {
  const LaserSource source = reference_source();
  const double base_W = laser_power(source, 20, 45).electrical_W;
  // Light doubles with 10 log10(2) dB.
  EXPECT_NEAR(laser_power(source, 20 + 10 * std::log10(2.0), 45).electrical_W, 2 * base_W, 1e-9);
  EXPECT_NEAR(laser_power(source, 20, 65).electrical_W, base_W / (1 - 20 * 0.0067), 1e-9);
  LaserSource cooled = source;
  cooled.module_overhead_W = 3;
  EXPECT_NEAR(laser_power(cooled, 20, 45).electrical_W, base_W + 16 * 3, 1e-9);
}

TEST(Laser, NamesAShortage) {
  const LaserSource source = reference_source();
  EXPECT_FALSE(laser_shortage(source, 512));
  const auto too_few = laser_shortage(source, 513);
  ASSERT_TRUE(too_few);
  EXPECT_EQ(too_few->rule, "laser_lanes");
  EXPECT_EQ(too_few->found, 128);
  EXPECT_EQ(too_few->required, 129);
}

/// What enters the box as electricity and light leaves it as heat or light.
void expect_all_power_found(const LaserSource& source, const LaserPower& power, int engines, const EngineLight& light) {
  const LaserHeat heat = laser_heat(source, power, engines, light);
  EXPECT_GE(heat.outside_package_W, 0);
  EXPECT_GE(heat.each_engine_W, 0);
  // A handful of roundings of a few hundred watts.
  EXPECT_NEAR(power.electrical_W + engines * light.received_W,
              heat.outside_package_W + engines * (heat.each_engine_W + light.launched_W), 1e-10);
}

TEST(Laser, LosesNoPowerOnTheWay) {
  LaserSource source = reference_source();
  const LaserPower power = laser_power(source, 23, 50);
  expect_all_power_found(source, power, 16, {0.9 * power.optical_W / 16, 0.1, 0.02});
  expect_all_power_found(source, power, 16, {power.optical_W / 16, 0.0, 0.0});
  source.location = LaserLocation::in_engine;
  expect_all_power_found(source, power, 16, {0, 0.1, 0.02});
}

TEST(Laser, AnExternalSourceSendsThePackageOnlyTheLightItAbsorbs) {
  LaserSource source = reference_source();
  const LaserPower power = laser_power(source, dBm_from_mW(250), source.reference_C);
  // Eight lasers an engine, 2 W of light; 20 % stay in fibre and connector; 32 lanes launch 2 mW each.
  const LaserHeat external = laser_heat(source, power, 16, {1.6, 0.064, 0});
  EXPECT_NEAR(external.each_engine_W, 1.536, 1e-12);
  EXPECT_NEAR(external.outside_package_W, 16 * (2 / 0.167 - 1.6), 1e-9);
  source.location = LaserLocation::in_engine;
  const LaserHeat inside = laser_heat(source, power, 16, {0, 0.064, 0});
  EXPECT_NEAR(inside.each_engine_W, 2 / 0.167 - 0.064, 1e-9);
  EXPECT_EQ(inside.outside_package_W, 0);
}

TEST(Laser, RefusesLightFromNowhere) {
  LaserSource source = reference_source();
  const LaserPower power = laser_power(source, 20, 45); // 0.8 W an engine
  EXPECT_THROW(laser_heat(source, power, 16, {0.9, 0, 0}), std::invalid_argument);
  EXPECT_THROW(laser_heat(source, power, 16, {0.5, 0.6, 0}), std::invalid_argument);
  source.location = LaserLocation::in_engine;
  EXPECT_THROW(laser_heat(source, power, 16, {0.1, 0, 0}), std::invalid_argument);
  EXPECT_THROW(laser_heat(source, power, 16, {0, 0.9, 0}), std::invalid_argument);
  EXPECT_THROW(laser_power(LaserSource{}, 20, 45), std::invalid_argument);
}

} // namespace
} // namespace beachfront::power
