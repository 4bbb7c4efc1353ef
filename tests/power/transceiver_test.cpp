// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/transceiver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace beachfront::power {
namespace {

using testing::HasSubstr;
using testing::Optional;

/// The 1.6T DSP module of docs/facts/power.md 3.2, each part with its range.
Transceiver dsp_1600() {
  Transceiver result;
  result.name = "dsp-1.6t";
  result.bandwidth_Tbps = 1.6;
  result.host_energy_pJ_per_bit = {5.0, 4.5, 6.0, "R"};
  result.channel_loss_dB = {22, 22, 22, "V"};
  result.power.dsp_W = {13, 12, 14, "A"};
  result.power.driver_W = {3.5, 2.7, 4.3, "R"};
  result.power.receiver_W = {2.5, 1.9, 3.1, "R"};
  result.power.laser_W = {4, 3.1, 4.9, "R"};
  result.power.other_W = {3, 2.3, 3.7, "R"};
  return result;
}

TEST(Transceiver, PartsSumToThePublishedModule) {
  // docs/facts/power.md 3.2 and table (a): 26 W, 22 to 30 W; half of it DSP.
  const Estimate total_W = module_power_W(dsp_1600().power);
  EXPECT_NEAR(total_W.value, 26, 1e-12);
  EXPECT_NEAR(total_W.low, 22, 1e-12);
  EXPECT_NEAR(total_W.high, 30, 1e-12);
  EXPECT_NEAR(optics_power_W(dsp_1600().power).value, 22, 1e-12);
  // 14 to 19 pJ/bit published for the class.
  EXPECT_NEAR(energy_pJ_per_bit(total_W.value, 1.6), 16.25, 1e-12);
}

TEST(Transceiver, ReproducesTheEnergyOfASwitchChip) {
  // docs/facts/power.md (b)23: 450 W over 51.2 Tb/s prints as 8.8 pJ/bit.
  EXPECT_NEAR(energy_pJ_per_bit(450, 51.2), 8.8, 0.05);
}

TEST(Transceiver, AcceptsAnEntryWithAndWithoutPriceAndFailureRate) {
  Transceiver entry = dsp_1600();
  EXPECT_EQ(invalid_reason(entry), std::nullopt);
  entry.price_usd_per_Gbps = Estimate{0.63, 0.5, 0.8, "A"};
  entry.annual_failure_fraction_per_400G_port = Estimate{0.0158, 0.0087, 0.0174, "D"};
  EXPECT_EQ(invalid_reason(entry), std::nullopt);
}

TEST(Transceiver, NamesTheFieldThatCannotBe) {
  const auto reason_after = [](auto change) {
    Transceiver entry = dsp_1600();
    change(entry);
    return invalid_reason(entry);
  };
  EXPECT_THAT(reason_after([](Transceiver& t) { t.bandwidth_Tbps = 0; }), Optional(HasSubstr("bandwidth_Tbps is 0")));
  EXPECT_THAT(reason_after([](Transceiver& t) { t.power.driver_W.low = 4; }), Optional(HasSubstr("power.driver_W")));
  EXPECT_THAT(reason_after([](Transceiver& t) { t.power.laser_W.high = 3; }), Optional(HasSubstr("power.laser_W")));
  EXPECT_THAT(reason_after([](Transceiver& t) { t.channel_loss_dB.low = -1; }), Optional(HasSubstr("channel_loss_dB")));
  EXPECT_THAT(
      reason_after([](Transceiver& t) { t.host_energy_pJ_per_bit.value = std::numeric_limits<double>::quiet_NaN(); }),
      Optional(HasSubstr("host_energy_pJ_per_bit")));
  EXPECT_THAT(reason_after([](Transceiver& t) {
                t.price_usd_per_Gbps = Estimate{1, 0, std::numeric_limits<double>::infinity(), ""};
              }),
              Optional(HasSubstr("price_usd_per_Gbps")));
  EXPECT_THAT(reason_after([](Transceiver& t) {
                t.annual_failure_fraction_per_400G_port = Estimate{0.1, 0.2, 0.3, ""};
              }),
              Optional(HasSubstr("annual_failure_fraction")));
  EXPECT_THAT(reason_after([](Transceiver& t) { t.power = {}; }), Optional(HasSubstr("no part above 0 W")));
}

} // namespace
} // namespace beachfront::power
