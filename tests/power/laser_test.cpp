// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/laser.hpp"

#include "power/decibel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

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

/// The case of a module on its sink, where the efficiency is a straight line: u = case - reference solves
/// slope u^2 + (1 - slope d) u - d - rise light / efficiency = 0 with d = sink - reference + rise (overhead - light).
/// Both solutions, the lower first; nothing where there is none.
std::vector<double> cases_C(const LaserSource& source, double light_W, double sink_C) {
  const double slope = source.efficiency_slope_per_K;
  const double d = sink_C - source.reference_C + source.case_rise_K_per_W * (source.module_overhead_W - light_W);
  const double b = 1 - slope * d;
  const double discriminant =
      b * b + 4 * slope * (d + source.case_rise_K_per_W * light_W / source.wall_plug_efficiency);
  if (discriminant < 0)
    return {};
  const double root = std::sqrt(discriminant);
  return {source.reference_C + (root - b) / (2 * slope), source.reference_C + (-root - b) / (2 * slope)};
}

/// One module of 2 W of light on a sink at 45 C, 3.6 W beside its lasers.
LaserSource warm_module(double rise_K_per_W) {
  LaserSource module = reference_source();
  module.modules = 1;
  module.wall_plug_efficiency = 0.238;
  module.module_overhead_W = 3.6;
  module.efficiency_floor = 0.001;
  module.case_rise_K_per_W = rise_K_per_W;
  return module;
}

TEST(Laser, OnASinkItsCaseIsTheLowerRootOfTheQuadratic) {
  for (const double rise_K_per_W : {0.01, 0.5, 1.0, 2.0}) {
    const LaserSource module = warm_module(rise_K_per_W);
    const std::vector<double> cases = cases_C(module, 2, 45);
    ASSERT_EQ(cases.size(), 2U);
    ASSERT_LT(cases[0], cases[1]);
    const LaserPower power = laser_power_on_sink(module, dBm_from_mW(250), 45);
    EXPECT_NEAR(power.efficiency.temperature_C, cases[0], 1e-8);
    EXPECT_FALSE(power.efficiency.at_floor);
    // The heat that holds that case is the heat there.
    EXPECT_NEAR(45 + rise_K_per_W * (power.electrical_W - power.optical_W), cases[0], 1e-8);
  }
}

TEST(Laser, OnASinkEveryModuleHeatsItselfAlone) {
  LaserSource modules = warm_module(1.0);
  const LaserPower one = laser_power_on_sink(modules, 23, 45);
  modules.modules = 16;
  const LaserPower all = laser_power_on_sink(modules, 23, 45);
  EXPECT_NEAR(all.electrical_W, 16 * one.electrical_W, 1e-9 * all.electrical_W);
  EXPECT_NEAR(all.efficiency.temperature_C, one.efficiency.temperature_C, 1e-9);
}

TEST(Laser, OnASinkThatNoCaseHoldsRunsAway) {
  // The discriminant passes zero between these two rises: at 4.0 K/W there is a case, at 4.2 K/W none.
  ASSERT_EQ(cases_C(warm_module(4.0), 2, 45).size(), 2U);
  ASSERT_EQ(cases_C(warm_module(4.2), 2, 45).size(), 0U);
  EXPECT_FALSE(laser_power_on_sink(warm_module(4.0), dBm_from_mW(250), 45).efficiency.at_floor);
  EXPECT_TRUE(laser_power_on_sink(warm_module(4.2), dBm_from_mW(250), 45).efficiency.at_floor);
  // Nor does a floor hide it: with 0.05 below it a case is held again, but by an efficiency that nobody knows.
  LaserSource floored = warm_module(4.2);
  floored.efficiency_floor = 0.05;
  EXPECT_TRUE(laser_power_on_sink(floored, dBm_from_mW(250), 45).efficiency.at_floor);
}

TEST(Laser, WithoutARiseItsCaseIsItsSink) {
  const LaserSource module = warm_module(0);
  EXPECT_EQ(laser_power_on_sink(module, 23, 52).electrical_W, laser_power(module, 23, 52).electrical_W);
}

TEST(Laser, MeasuredEfficiencyIsStraightBetweenItsPointsAndHeldBeyond) {
  LaserSource source = reference_source();
  source.efficiency_curve = {{25, 0.24}, {45, 0.20}, {85, 0.10}};
  EXPECT_DOUBLE_EQ(laser_efficiency(source, 25).value, 0.24);
  EXPECT_DOUBLE_EQ(laser_efficiency(source, 30).value, 0.23);
  EXPECT_DOUBLE_EQ(laser_efficiency(source, 45).value, 0.20);
  EXPECT_DOUBLE_EQ(laser_efficiency(source, 55).value, 0.175);
  EXPECT_DOUBLE_EQ(laser_efficiency(source, 85).value, 0.10);
  EXPECT_DOUBLE_EQ(laser_efficiency(source, 0).value, 0.24);
  EXPECT_DOUBLE_EQ(laser_efficiency(source, 120).value, 0.10);
}

TEST(Laser, MeasuredEfficiencySaysWhereItEnds) {
  LaserSource source = reference_source();
  source.efficiency_curve = {{25, 0.24}, {85, 0.10}};
  EXPECT_FALSE(laser_efficiency(source, 0).at_floor);
  EXPECT_FALSE(laser_efficiency(source, 85).at_floor);
  const LaserEfficiency beyond = laser_efficiency(source, 85.5);
  EXPECT_TRUE(beyond.at_floor);
  EXPECT_EQ(beyond.temperature_C, 85.5);
  EXPECT_EQ(beyond.known_to_C, 85);
  // A line ends where it meets its floor: 0.167 (1 - 0.0067 (T - 45)) = 0.05.
  EXPECT_NEAR(laser_efficiency(reference_source(), 45).known_to_C, 45 + (1 - 0.05 / 0.167) / 0.0067, 1e-9);
  source.efficiency_curve = {};
  source.efficiency_slope_per_K = 0;
  EXPECT_EQ(laser_efficiency(source, 45).known_to_C, std::numeric_limits<double>::infinity());
}

TEST(Laser, AMeasuredLineOnASinkIsTheLine) {
  // The line of warm_module() through two points of it: the same case.
  const LaserSource line = warm_module(1.0);
  LaserSource measured = line;
  measured.efficiency_curve = {{45, 0.238}, {145, 0.238 * (1 - 0.67)}};
  EXPECT_NEAR(laser_power_on_sink(measured, 23, 45).electrical_W, laser_power_on_sink(line, 23, 45).electrical_W, 1e-9);
}

TEST(Laser, RefusesCurvesThatAreNone) {
  LaserSource source = reference_source();
  for (const std::vector<EfficiencyPoint>& curve : std::vector<std::vector<EfficiencyPoint>>{
           {{45, 0.2}, {45, 0.1}}, {{45, 0.2}, {35, 0.1}}, {{25, 0.2}, {45, 0}}, {{25, 1.1}, {45, 0.2}}}) {
    source.efficiency_curve = curve;
    EXPECT_THROW(laser_efficiency(source, 45), std::invalid_argument);
  }
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
