// SPDX-License-Identifier: GPL-3.0-or-later
// Published claims about classes of optics, each from its inputs by the functions that the comparison itself uses.
// Where a claim holds only under one reading, both readings stand. Numbers: docs/facts/power.md (b).
#include "geometry/escape.hpp"
#include "geometry/shapes.hpp"
#include "optics/link_budget.hpp"
#include "power/alternatives.hpp"
#include "power/channel.hpp"
#include "power/decibel.hpp"
#include "power/engine.hpp"
#include "power/laser.hpp"
#include "power/serdes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>
#include <utility>

namespace beachfront::power {
namespace {

Estimate exactly(double value) {
  return {value, value, value, "test"};
}

Transceiver module(double bandwidth_Tbps, double optics_W, double laser_W, double host_pJ_per_bit) {
  Transceiver result;
  result.name = "module";
  result.bandwidth_Tbps = bandwidth_Tbps;
  result.host_energy_pJ_per_bit = exactly(host_pJ_per_bit);
  result.channel_loss_dB = exactly(22);
  result.power.other_W = exactly(optics_W);
  result.power.laser_W = exactly(laser_W);
  return result;
}

Comparison traffic(double Tbps) {
  Comparison comparison;
  comparison.traffic_Tbps = Tbps;
  return comparison;
}

double optics_saving(const Transceiver& of, const Transceiver& against, double Tbps) {
  return saving(evaluate(of, traffic(Tbps)), evaluate(against, traffic(Tbps)), false).ratio;
}

double whole_saving(const Transceiver& of, const Transceiver& against, double Tbps) {
  return saving(evaluate(of, traffic(Tbps)), evaluate(against, traffic(Tbps)), true).ratio;
}

TEST(Claims, SignalIntegrityIsARatioOfLossNotOfEnergy) {
  // 1: 22 dB less 4 dB is 63 times the signal (NVIDIA). Read as energy of the host's SerDes it would be far less: the
  // published transceivers differ by a factor between 2 and 3.
  EXPECT_NEAR(ratio_from_dB(22) / ratio_from_dB(4), 63.1, 0.05);
  const double energies = serdes_energy_pJ_per_bit(22, 200).value / serdes_energy_pJ_per_bit(4, 200).value;
  EXPECT_GT(energies, 2);
  EXPECT_LT(energies, 3);
}

TEST(Claims, ThirtyWattsToNineReadForEachPort) {
  // 1.2 point 1: the ratio is the same for 1.6T and 800G, the energies are not. 1.6T: 18.75 and 5.6 pJ/bit, among the
  // 14 to 19 pJ/bit of DSP modules and 4 to 5 W for 800G of analysts; 800G: 37.5 and 11.25 pJ/bit, among neither.
  for (const auto& [port_Tbps, dsp_pJ, cpo_pJ] : {std::tuple{1.6, 18.75, 5.625}, std::tuple{0.8, 37.5, 11.25}}) {
    const Transceiver dsp = module(port_Tbps, 20, 10, 5), cpo = module(port_Tbps, 7, 2, 1.5);
    EXPECT_NEAR(optics_saving(cpo, dsp, 115.2), 0.70, 1e-12);
    EXPECT_NEAR(evaluate(dsp, traffic(115.2)).optics_pJ_per_bit, dsp_pJ, 1e-12);
    EXPECT_NEAR(evaluate(cpo, traffic(115.2)).optics_pJ_per_bit, cpo_pJ, 1e-12);
  }
}

TEST(Claims, AHostOnBothSidesLowersEverySaving) {
  // The vendors' percentages leave the host out. With a host of 4 and 1.5 pJ/bit the 70 % become
  // 1 - (5.625 + 1.5) / (18.75 + 4) = 68.7 %, with one host for both 1 - 9.625 / 22.75 = 57.7 %.
  EXPECT_NEAR(whole_saving(module(1.6, 7, 2, 1.5), module(1.6, 20, 10, 4), 115.2), 0.687, 0.0005);
  EXPECT_NEAR(whole_saving(module(1.6, 7, 2, 4), module(1.6, 20, 10, 4), 115.2), 0.577, 0.0005);
}

TEST(Claims, MetasSixtyFivePercentIsSixtyFourAndNotAtOneTemperature) {
  // 4: 5.4 W against 15 W is 64.0 %; 65 % needs 5.25 W or 15.43 W, both within the rounding of neither.
  EXPECT_NEAR(optics_saving(module(0.8, 5.4, 0, 1.5), module(0.8, 15, 0, 3), 51.2), 0.640, 0.0005);
  EXPECT_NEAR(optics_saving(module(0.8, 5.25, 0, 1.5), module(0.8, 15, 0, 3), 51.2), 0.650, 0.0005);
  // 1.2 point 4: CPO at 40 C ambient, pluggables at a 70 C case. If 1.5 W of the 5.4 W are lasers that were at 40 C and
  // went to 70 C, the saving falls by about two points: 65 % is an upper bound.
  const LaserSource laser;
  const double hotter = laser_efficiency(laser, 40).value / laser_efficiency(laser, 70).value;
  EXPECT_GT(hotter, 1.2);
  const double matched = optics_saving(module(0.8, 3.9, 1.5 * hotter, 1.5), module(0.8, 15, 0, 3), 51.2);
  EXPECT_LT(matched, 0.63);
  EXPECT_GT(matched, 0.60);
}

TEST(Claims, DavissonsThreeAndAHalfWattsWithAndWithoutItsLasers) {
  // 6: read with lasers, 448 W at 102.4 Tb/s, of which 16 modules of 12 W: 2.5 pJ/bit of engine.
  const Alternative with = evaluate(module(0.8, 2.0, 1.5, 2), traffic(102.4));
  EXPECT_NEAR(with.optics_W + with.laser_W, 448, 1e-9);
  EXPECT_NEAR(with.laser_W, 16 * 12, 1e-9);
  EXPECT_NEAR(energy_pJ_per_bit(with.optics_W, 102.4), 2.5, 1e-12);
  // Read without: 640 W and 6.25 pJ/bit, and "3.5 times" becomes 2.45 times.
  const Alternative without = evaluate(module(0.8, 3.5, 1.5, 2), traffic(102.4));
  EXPECT_NEAR(without.optics_W + without.laser_W, 640, 1e-9);
  EXPECT_NEAR(without.optics_pJ_per_bit, 6.25, 1e-12);
  EXPECT_NEAR(12.25 / (3.5 + 1.5), 2.45, 1e-12);
  EXPECT_NEAR(optics_saving(module(0.8, 3.5, 1.5, 2), module(0.8, 12.25, 0, 5), 102.4), 0.592, 0.0005);
}

TEST(Claims, LambdasThreeKilowattsMixMaximumWithTypical) {
  // 8 and 1.2 point 5: 7.0 kW is the maximum with active cables, 3.95 kW the co-packaged switch.
  const double printed_kW = 7.0 - 3.95;
  EXPECT_NEAR(printed_kW, 3.05, 1e-12);
  // Like for like: 2.9 kW typical and 72 modules of 25 or 30 W give 0.75 to 1.11 kW, printed 0.8 to 1.1.
  for (const auto& [module_W, saved_kW] : {std::pair{25.0, 0.75}, std::pair{30.0, 1.11}}) {
    const Alternative modules = evaluate(module(1.6, module_W, 0, 4), traffic(115.2));
    EXPECT_NEAR(2.9 + modules.optics_W / 1e3 - 3.95, saved_kW, 1e-9);
    EXPECT_LT(saved_kW, 0.4 * printed_kW);
  }
}

TEST(Claims, FibresOfAQuantumSwitchChip) {
  // 10: 18 engines of 8 lanes, a fibre each way a lane, a laser for 4 lanes: 324 = 288 + 36.
  const int data = 18 * (8 + 8);
  const int laser = 18 * lasers_needed(8, 4);
  EXPECT_EQ(data, 288);
  EXPECT_EQ(laser, 36);
  EXPECT_EQ(data + laser, 324);
  // 1.2 point 3: an analyst's four laser fibres an engine would be two lanes a laser.
  EXPECT_EQ(lasers_needed(8, 2), 4);
}

TEST(Claims, UcieShoreline) {
  // 14: lanes of 32 GT/s each way, 64 over 0.3888 mm of die edge and 16 over 0.5715 mm; printed in GB/s/mm of both
  // ways.
  for (const auto& [lanes, edge_mm, printed_GBps_per_mm, rounding] :
       {std::tuple{64, 0.3888, 1317.0, 0.5}, std::tuple{16, 0.5715, 224.0, 0.05}}) {
    geometry::Package package;
    package.outline = {{-5, -5}, {5, 5}};
    geometry::Die die; // of which this edge is the whole perimeter
    die.outline = {{-edge_mm / 8, -edge_mm / 8}, {edge_mm / 8, edge_mm / 8}};
    package.dies = {die};
    package.engines.sides = {geometry::Side::north};
    const geometry::Escape escape = geometry::escape(package, {}, {}, lanes * 32e-3);
    EXPECT_NEAR(2 * escape.die_shoreline_Tbps_per_mm * 1000 / 8, printed_GBps_per_mm, rounding);
  }
}

TEST(Claims, OpticalBudgetsCloseOnTheirDataSheets) {
  // 15: OMA - TDECQ launched, less plant and penalties, is what a receiver needs without eye closure; the sheets print
  // it stressed, with an eye closure of 3.4 dB.
  const auto needs_stressed = [](double launch_dBm, double plant_dB, double penalty_dB, double stressed_dBm) {
    optics::OpticalStandard sheet = optics::standard_200g_dr();
    sheet.launch_oma_less_tdecq_min_dBm = launch_dBm;
    sheet.channel_loss_dB = plant_dB;
    sheet.penalty_dB = penalty_dB;
    sheet.sensitivity_less_tecq_dBm = stressed_dBm - 3.4;
    sheet.sensitivity_floor_dBm = -10;
    EXPECT_NEAR(optics::amplitude_slack_dB(sheet), 0, 1e-12);
    EXPECT_NEAR(optics::receiver_sensitivity_dBm(sheet, 3.4), stressed_dBm, 1e-12);
  };
  needs_stressed(-2.2, 3.0, 0.1, -1.9); // 400GBASE-DR4
  needs_stressed(-1.7, 4.0, 0.3, -2.6); // 400G-FR4
  const optics::OpticalStandard dr = optics::standard_200g_dr();
  EXPECT_NEAR(dr.launch_min_dBm - dr.channel_loss_dB, -6.1, 1e-12);
}

TEST(Claims, EnginePricesAsCostAndWithMargin) {
  // 20: $36k of engines against $72k of modules is half at cost, and a quarter more with a 60 % margin: the claim
  // holds for cost only.
  Transceiver engine = module(3.2, 14, 4, 1.5), pluggable = module(1.6, 26, 4, 4);
  engine.price_usd_per_Gbps = exactly(1000.0 / 3200);
  pluggable.price_usd_per_Gbps = exactly(1000.0 / 1600);
  Comparison dollars = traffic(115.2);
  dollars.eur_per_usd = 1;
  const double modules = evaluate(pluggable, dollars).capex_eur.value();
  EXPECT_NEAR(evaluate(engine, dollars).capex_eur.value() / modules, 0.5, 1e-12);
  engine.price_usd_per_Gbps = exactly(1000.0 / 3200 / (1 - 0.6));
  EXPECT_NEAR(evaluate(engine, dollars).capex_eur.value() / modules, 1.25, 1e-12);
}

TEST(Claims, ARingTwoKelvinOffLosesItsEye) {
  // 22: 80 pm/K x 2 K = 0.16 nm, and at the 70 pm/K that prints 0.14 nm: either is beyond 0.1 nm.
  for (const auto& [pm_per_K, detuning_nm] : {std::pair{80.0, 0.16}, std::pair{70.0, 0.14}}) {
    RingHeaters rings;
    rings.shift_pm_per_K = pm_per_K;
    const RingTuning tuning = ring_tuning(rings, rings.lock_C + 2);
    EXPECT_NEAR(tuning.detuning_nm, detuning_nm, 1e-9);
    EXPECT_FALSE(tuning.locked);
  }
}

} // namespace
} // namespace beachfront::power
