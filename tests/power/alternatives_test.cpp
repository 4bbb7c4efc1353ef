// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/alternatives.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace beachfront::power {
namespace {

Estimate exactly(double value) {
  return {value, value, value, "test"};
}

/// A module of given power without and for its lasers; a host of 5 pJ/bit, 1 $/Gb/s.
Transceiver module(const char* name, TransceiverKind kind, double bandwidth_Tbps, double optics_W, double laser_W) {
  Transceiver result;
  result.name = name;
  result.kind = kind;
  result.bandwidth_Tbps = bandwidth_Tbps;
  result.host_energy_pJ_per_bit = exactly(5);
  result.channel_loss_dB = exactly(22);
  result.power.dsp_W = exactly(optics_W);
  result.power.laser_W = exactly(laser_W);
  result.price_usd_per_Gbps = exactly(1.0);
  result.annual_failure_fraction_per_400G_port = exactly(0.01);
  return result;
}

Comparison traffic(double Tbps) {
  Comparison comparison;
  comparison.traffic_Tbps = Tbps;
  return comparison;
}

/// No overhead at all, so that totals can be added by hand.
Comparison bare_traffic(double Tbps) {
  Comparison comparison = traffic(Tbps);
  comparison.facility = {1.0, 0.0, 0.0};
  return comparison;
}

struct QuoteCase {
  const char* what;
  double traffic_Tbps;
  double module_Tbps;
  double module_W;
  double reference_W; // of a pluggable of the same bandwidth
  double printed_saving;
  double tolerance; // half a unit of the last digit
};

TEST(Alternatives, ReproduceThePublishedSavingsOfOpticsAndLasers) {
  // docs/facts/power.md (b)4, 5, 6 and section 1.2 point 1.
  for (const QuoteCase& each : {
           QuoteCase{"Meta Bailly, 5.4 against 15 W", 51.2, 0.8, 5.4, 15, 0.640, 0.0005},
           QuoteCase{"SemiAnalysis, 4.5 against 16.5 W", 115.2, 0.8, 4.5, 16.5, 0.727, 0.0005},
           QuoteCase{"Davisson, 3.5 W and 3.5 times", 102.4, 0.8, 3.5, 12.25, 1 - 1 / 3.5, 1e-12},
           QuoteCase{"NVIDIA, 9 against 30 W read per 1.6T", 115.2, 1.6, 9, 30, 0.70, 1e-12},
           QuoteCase{"NVIDIA, 9 against 30 W read per 800G", 115.2, 0.8, 9, 30, 0.70, 1e-12},
       }) {
    const Comparison comparison = traffic(each.traffic_Tbps);
    const Alternative own =
        evaluate(module("own", TransceiverKind::cpo_fibre, each.module_Tbps, each.module_W, 0), comparison);
    const Alternative pluggable =
        evaluate(module("dsp", TransceiverKind::pluggable_dsp, each.module_Tbps, each.reference_W, 0), comparison);
    EXPECT_NEAR(saving(own, pluggable, false).ratio, each.printed_saving, each.tolerance) << each.what;
  }
}

TEST(Alternatives, ReproduceThePublishedWattsAndEnergies) {
  // (b)4: 64 ports of 800G, printed >500 W; 6.75 and 18.75 pJ/bit.
  const Comparison meta = traffic(51.2);
  const Alternative bailly = evaluate(module("bailly", TransceiverKind::cpo_fibre, 0.8, 5.4, 0), meta);
  const Alternative fr4 = evaluate(module("2xfr4", TransceiverKind::pluggable_dsp, 0.8, 15, 0), meta);
  EXPECT_NEAR(saving(bailly, fr4, false).numerator_W, 614, 0.5);
  EXPECT_NEAR(bailly.optics_pJ_per_bit, 6.75, 1e-12);
  EXPECT_NEAR(fr4.optics_pJ_per_bit, 18.75, 1e-12);
  // (b)6: 3.5 W x 128 = 448 W, 4.375 pJ/bit.
  const Alternative davisson = evaluate(module("davisson", TransceiverKind::cpo_fibre, 0.8, 2.0, 1.5), traffic(102.4));
  EXPECT_NEAR(davisson.optics_W + davisson.laser_W, 448, 1e-9);
  EXPECT_NEAR(davisson.optics_pJ_per_bit, 4.375, 1e-12);
  // Section 1.2 point 1, both readings of NVIDIA's 9 W.
  const Comparison quantum = traffic(115.2);
  EXPECT_NEAR(evaluate(module("a", TransceiverKind::cpo_fibre, 1.6, 9, 0), quantum).optics_pJ_per_bit, 5.625, 1e-12);
  EXPECT_NEAR(evaluate(module("b", TransceiverKind::cpo_fibre, 0.8, 9, 0), quantum).optics_pJ_per_bit, 11.25, 1e-12);
  // (b)2: 64 modules of 7.2, 8, 24 W are 4.5, 5.0, 15.0 pJ/bit.
  for (const auto& [module_W, printed_pJ] : {std::pair{7.2, 4.5}, std::pair{8.0, 5.0}, std::pair{24.0, 15.0}})
    EXPECT_NEAR(evaluate(module("m", TransceiverKind::cpo_fibre, 1.6, module_W, 0), traffic(102.4)).optics_pJ_per_bit,
                printed_pJ, 1e-12);
}

TEST(Alternatives, ReproduceThePublishedPurchase) {
  // (b)20: 36 engines of 3.2T at $1,000, 72 modules of 1.6T at $1,000, for 115.2 Tb/s; 60 % margin on the engines.
  Comparison dollars = traffic(115.2);
  dollars.eur_per_usd = 1.0;
  Transceiver engine = module("engine", TransceiverKind::cpo_fibre, 3.2, 14, 4);
  engine.price_usd_per_Gbps = exactly(1000.0 / 3200);
  Transceiver pluggable = module("dsp", TransceiverKind::pluggable_dsp, 1.6, 26, 4);
  pluggable.price_usd_per_Gbps = exactly(1000.0 / 1600);
  EXPECT_NEAR(evaluate(engine, dollars).capex_eur.value(), 36e3, 1e-6);
  EXPECT_NEAR(evaluate(pluggable, dollars).capex_eur.value(), 72e3, 1e-6);
  engine.price_usd_per_Gbps = exactly(1000.0 / 3200 / (1 - 0.6));
  EXPECT_NEAR(evaluate(engine, dollars).capex_eur.value(), 90e3, 1e-6);
}

TEST(Alternatives, AddUpByHand) {
  Comparison comparison = bare_traffic(3.2);
  comparison.electricity_eur_per_kWh = 0.2;
  comparison.eur_per_usd = 0.5;
  comparison.horizon_years = 2;
  comparison.utilisation = 0.5;
  const Alternative result = evaluate(module("m", TransceiverKind::pluggable_dsp, 1.6, 20, 4), comparison);
  EXPECT_NEAR(result.host_W, 16, 1e-12);
  EXPECT_NEAR(result.optics_W, 40, 1e-12);
  EXPECT_NEAR(result.laser_W, 8, 1e-12);
  EXPECT_EQ(result.cooling_W, 0);
  EXPECT_NEAR(result.total_W, 64, 1e-12);
  EXPECT_NEAR(result.pJ_per_bit, 20, 1e-12);
  EXPECT_NEAR(result.optics_pJ_per_bit, 15, 1e-12);
  EXPECT_NEAR(result.energy_per_year_MWh, 64 * 4380e-6, 1e-12);
  EXPECT_NEAR(result.electricity_eur, 64 * 4.380 * 0.2 * 2, 1e-9);
  EXPECT_NEAR(result.capex_eur.value(), 1600, 1e-9);
  EXPECT_NEAR(result.failures_per_year.value(), 8 * 0.01, 1e-12);
}

TEST(Alternatives, BuyWholeModulesButNotOneTooMany) {
  const Transceiver pluggable = module("m", TransceiverKind::pluggable_dsp, 1.6, 26, 0);
  // 64 exactly, although 102.4 / 1.6 is not a ratio of exact doubles; then one more for the rest.
  EXPECT_NEAR(evaluate(pluggable, traffic(102.4)).capacity_Tbps, 102.4, 1e-9);
  EXPECT_NEAR(evaluate(pluggable, traffic(102.5)).capacity_Tbps, 104.0, 1e-9);
  EXPECT_NEAR(evaluate(pluggable, traffic(0.1)).optics_W, 26, 1e-12);
}

TEST(Alternatives, WithoutAPriceComeWithoutACostAndSayWhy) {
  Transceiver unpriced = module("lpo", TransceiverKind::linear_pluggable, 1.6, 5, 4);
  unpriced.price_usd_per_Gbps.reset();
  const Alternative result = evaluate(unpriced, traffic(102.4));
  EXPECT_FALSE(result.capex_eur);
  EXPECT_THAT(result.cost_absent, testing::HasSubstr("lpo has no price_usd_per_Gbps"));
  EXPECT_GT(result.electricity_eur, 0);
  EXPECT_THAT(evaluate(module("dsp", TransceiverKind::pluggable_dsp, 1.6, 22, 4), traffic(102.4)).cost_absent,
              testing::IsEmpty());
}

OwnOptics own_optics() {
  return {"glass", 102.4, 256, 192, module("cpo-glass", TransceiverKind::cpo_glass, 6.4, 16, 12)};
}

TEST(Alternatives, PutTheDesignsOwnOpticsFirstAndCompareWithThePluggable) {
  const Transceiver lpo = module("lpo", TransceiverKind::linear_pluggable, 1.6, 5, 4);
  const Transceiver dsp = module("dsp", TransceiverKind::pluggable_dsp, 1.6, 22, 4);
  OwnOptics own = own_optics();
  own.like.host_energy_pJ_per_bit = exactly(1.5);
  const ComparisonResult result = compare(own, {lpo, dsp}, bare_traffic(102.4));
  ASSERT_THAT(result.alternatives, testing::SizeIs(3));
  EXPECT_EQ(result.alternatives[0].name, "glass");
  EXPECT_EQ(result.alternatives[1].name, "lpo");
  EXPECT_EQ(result.alternatives[2].name, "dsp");
  ASSERT_TRUE(result.saving_vs_pluggable);
  // 64 x 26 W and 512 W of host against 448 W and 153.6 W.
  EXPECT_EQ(result.saving_vs_pluggable->against, "dsp");
  EXPECT_NEAR(result.saving_vs_pluggable->denominator_W, 2176, 1e-9);
  EXPECT_NEAR(result.saving_vs_pluggable->numerator_W, 2176 - 601.6, 1e-9);
  EXPECT_NEAR(result.saving_vs_pluggable->ratio, 1574.4 / 2176, 1e-12);
  ASSERT_TRUE(result.optics_saving_vs_pluggable);
  EXPECT_NEAR(result.optics_saving_vs_pluggable->ratio, (1664.0 - 448) / 1664, 1e-12);
  EXPECT_THAT(result.saving_absent, testing::IsEmpty());
}

TEST(Alternatives, SavingDoesNotDependOnTheFacility) {
  const Transceiver dsp = module("dsp", TransceiverKind::pluggable_dsp, 1.6, 22, 4);
  const double bare = compare(own_optics(), {dsp}, bare_traffic(102.4)).saving_vs_pluggable.value().ratio;
  Comparison hot = traffic(102.4);
  hot.facility = {1.56, 0.10, 0.12};
  EXPECT_NEAR(compare(own_optics(), {dsp}, hot).saving_vs_pluggable.value().ratio, bare, 1e-12);
}

TEST(Alternatives, SavingOfItselfIsNothingAndOfSomethingWorseNegative) {
  const Alternative dsp = evaluate(module("dsp", TransceiverKind::pluggable_dsp, 1.6, 22, 4), traffic(102.4));
  const Alternative hotter = evaluate(module("old", TransceiverKind::pluggable_dsp, 1.6, 26, 4), traffic(102.4));
  EXPECT_EQ(saving(dsp, dsp, true).ratio, 0);
  EXPECT_LT(saving(hotter, dsp, true).ratio, 0);
}

TEST(Alternatives, SaySoWhenThereIsNoSavingToState) {
  const Transceiver lpo = module("lpo", TransceiverKind::linear_pluggable, 1.6, 5, 4);
  const Transceiver dsp = module("dsp", TransceiverKind::pluggable_dsp, 1.6, 22, 4);
  const ComparisonResult no_pluggable = compare(own_optics(), {lpo}, traffic(102.4));
  EXPECT_FALSE(no_pluggable.saving_vs_pluggable);
  EXPECT_THAT(no_pluggable.saving_absent, testing::HasSubstr("no DSP pluggable"));

  OwnOptics small = own_optics();
  small.capacity_Tbps = 96;
  const ComparisonResult too_small = compare(small, {dsp}, traffic(102.4));
  EXPECT_FALSE(too_small.saving_vs_pluggable);
  EXPECT_THAT(too_small.saving_absent, testing::HasSubstr("96 Tb/s of the 102.4 Tb/s"));
  ASSERT_THAT(too_small.alternatives, testing::SizeIs(1));
  EXPECT_EQ(too_small.alternatives[0].name, "dsp");
}

TEST(Alternatives, RefuseAnEntryThatIsNotOne) {
  Transceiver entry = module("bad", TransceiverKind::pluggable_dsp, 1.6, 22, 4);
  entry.power.driver_W = {2.0, 2.5, 3.0, "value below its own range"};
  EXPECT_THROW(evaluate(entry, traffic(102.4)), std::invalid_argument);
  EXPECT_THROW(evaluate(module("m", TransceiverKind::pluggable_dsp, 1.6, 22, 4), traffic(0)), std::invalid_argument);
}

} // namespace
} // namespace beachfront::power
