// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/boundary.hpp"

#include "power/alternatives.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace beachfront::power {
namespace {

/// 10 W a part, 8 to 13 W, for 1.6 Tb/s; a host of 2 pJ/bit, 1 to 4.
Transceiver module(const char* name, double part_W) {
  const Estimate part{part_W, 0.8 * part_W, 1.3 * part_W, "vendor: test"};
  Transceiver result;
  result.name = name;
  result.bandwidth_Tbps = 1.6;
  result.host_energy_pJ_per_bit = {2, 1, 4, "recalled: test"};
  result.channel_loss_dB = {10, 10, 10, "test"};
  result.power = {part, part, part, part, part, part};
  result.price_usd_per_Gbps = Estimate{2, 1, 3, "analyst: test"};
  return result;
}

Comparison traffic(double Tbps) {
  Comparison comparison;
  comparison.traffic_Tbps = Tbps;
  comparison.facility = {1.2, 0.05, 0.08};
  comparison.eur_per_usd = 0.5;
  return comparison;
}

TEST(Boundary, HasEveryPartOnceAndInOrder) {
  std::vector<std::string> names;
  for (const BoundaryPart& part : evaluate(module("m", 10), traffic(3.2)).parts)
    names.push_back(part.name);
  EXPECT_THAT(names, testing::ElementsAre("host", "dsp", "driver", "receiver", "control", "other", "laser", "fans",
                                          "conversion", "facility"));
}

TEST(Boundary, PartsSumToTheTotalAtEachEndOfTheRange) {
  const Alternative result = evaluate(module("m", 10), traffic(3.2));
  // Two modules of 60 W and 3.2 Tb/s at 2 pJ/bit: 126.4 W; low 2 x 48 + 3.2, high 2 x 78 + 12.8; then
  // (1 + 0.05) 1.2 / (1 - 0.08).
  const double factor = 1.05 * 1.2 / 0.92;
  EXPECT_NEAR(result.total_W, 126.4 * factor, 1e-9);
  EXPECT_NEAR(result.total_span_W.value, result.total_W, 1e-9);
  EXPECT_NEAR(result.total_span_W.low, 99.2 * factor, 1e-9);
  EXPECT_NEAR(result.total_span_W.high, 168.8 * factor, 1e-9);
  EXPECT_NEAR(result.span_pJ_per_bit.value, result.pJ_per_bit, 1e-9);
  EXPECT_NEAR(result.optics_span_W.value, 120, 1e-9);
  EXPECT_NEAR(result.optics_span_W.low, 96, 1e-9);
  EXPECT_NEAR(sum_of(result.parts, {"fans", "conversion", "facility"}).value, result.cooling_W, 1e-9);
  ASSERT_TRUE(result.capex_span_eur);
  EXPECT_NEAR(result.capex_span_eur->low, 1600, 1e-9);
  EXPECT_NEAR(result.capex_span_eur->high, 4800, 1e-9);
}

TEST(Boundary, EachPartKeepsItsSourceAndConfidence) {
  const Alternative result = evaluate(module("m", 10), traffic(3.2));
  EXPECT_EQ(confidence(result.parts[0].W), "recalled");
  EXPECT_EQ(source_text(result.parts[1].W), "test");
  EXPECT_EQ(confidence(result.parts[1].W), "vendor");
  EXPECT_EQ(confidence(result.parts.back().W), "derived");
  EXPECT_EQ(confidence({1, 1, 1, "a note: without a confidence"}), "assumed");
  EXPECT_EQ(source_text({1, 1, 1, "a note: without a confidence"}), "a note: without a confidence");
}

TEST(Boundary, SavingsStandAgainstEveryClassAtBothBoundaries) {
  OwnOptics own{"own", 3.2, 40, 20, module("like", 5), {}};
  const ComparisonResult result = compare(own, {module("a", 10), module("b", 20)}, traffic(3.2));
  ASSERT_EQ(result.savings.size(), 4u);
  EXPECT_EQ(result.savings[0].against, "a");
  EXPECT_TRUE(result.savings[0].host_and_cooling_included);
  EXPECT_FALSE(result.savings[1].host_and_cooling_included);
  EXPECT_EQ(result.savings[3].against, "b");
  for (const Saving& one : result.savings) {
    EXPECT_EQ(one.of, "own");
    EXPECT_NEAR(one.ratio, one.numerator_W / one.denominator_W, 1e-12);
    ASSERT_TRUE(one.ratio_low && one.ratio_high);
    EXPECT_LE(*one.ratio_low, one.ratio);
    EXPECT_GE(*one.ratio_high, one.ratio);
  }
  // Optics and lasers alone: 60 W without a range against 120 W, 96 to 156 W.
  EXPECT_NEAR(result.savings[1].numerator_W, 60, 1e-9);
  EXPECT_NEAR(result.savings[1].denominator_W, 120, 1e-9);
  EXPECT_NEAR(*result.savings[1].ratio_low, 1 - 60 / 96.0, 1e-12);
  EXPECT_NEAR(*result.savings[1].ratio_high, 1 - 60 / 156.0, 1e-12);
}

TEST(Boundary, OwnPartsAreTheSolvedOnes) {
  OwnOptics own{"own", 3.2, 40, 20, module("like", 5), {}};
  ModulePower parts;
  parts.driver_W = {25, 25, 25, "solved: test"};
  parts.receiver_W = {15, 15, 15, "solved: test"};
  own.parts = parts;
  const Alternative result = evaluate(own, traffic(3.2));
  EXPECT_NEAR(sum_of(result.parts, {"driver"}).value, 25, 1e-12);
  EXPECT_NEAR(sum_of(result.parts, {"laser"}).value, 20, 1e-12);
  EXPECT_NEAR(result.optics_span_W.value, 60, 1e-12);
  EXPECT_NEAR(result.total_span_W.value, result.total_W, 1e-9);
}

TEST(Boundary, AClassWithoutPriceOrLatencyStaysAndSaysSo) {
  Transceiver bare = module("bare", 10);
  bare.price_usd_per_Gbps.reset();
  const Alternative result = evaluate(bare, traffic(3.2));
  EXPECT_FALSE(result.capex_span_eur);
  EXPECT_FALSE(result.latency);
  EXPECT_THAT(result.latency_absent, testing::HasSubstr("bare has no latency"));
  EXPECT_GT(result.total_W, 0);
}

} // namespace
} // namespace beachfront::power
