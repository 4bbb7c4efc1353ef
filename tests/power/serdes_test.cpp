// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/serdes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace beachfront::power {
namespace {

using testing::HasSubstr;

EngineChannel engine(int lanes, double loss_dB) {
  return {0, lanes, {}, 20, loss_dB};
}

TEST(Serdes, ReproducesThePublishedTransceivers) {
  // IEEE SSC-L 8, 33 (2025): below 1.1 pJ/bit from 1 to 12 dB; IEEE JSSC 58, 19 (2023): 2.29 pJ/bit at 20.8 dB.
  EXPECT_NEAR(serdes_energy_pJ_per_bit(1, 106.25).value, 1.1, 1e-12);
  EXPECT_NEAR(serdes_energy_pJ_per_bit(12, 106.25).value, 1.1, 1e-12);
  EXPECT_NEAR(serdes_energy_pJ_per_bit(20.8, 106.25).value, 2.29, 1e-12);
  // IEEE JSSC 2023, 1.41 pJ/bit of receiver at 31.4 dB, and ISSCC 2021, 1.7 pJ/bit of transmitter.
  EXPECT_NEAR(serdes_energy_pJ_per_bit(31.4, 200).value, 3.1, 0.015);
}

TEST(Serdes, IsAStraightLineBetweenTwoPoints) {
  // Halfway from 12 dB, 1.1 pJ/bit, to 20.8 dB, 2.29 pJ/bit.
  const Estimate energy = serdes_energy_pJ_per_bit(16.4, 200);
  EXPECT_NEAR(energy.value, (1.1 + 2.29) / 2, 1e-12);
  EXPECT_NEAR(energy.low, (1.0 + 1.9) / 2, 1e-12);
  EXPECT_NEAR(energy.high, (1.55 + 2.7) / 2, 1e-12);
}

TEST(Serdes, NeverFallsWithLossAndStaysInItsRange) {
  Estimate before = serdes_energy_pJ_per_bit(0, 200);
  for (double loss_dB = 0.5; loss_dB <= 45; loss_dB += 0.5) {
    const Estimate energy = serdes_energy_pJ_per_bit(loss_dB, 200);
    EXPECT_LE(energy.low, energy.value) << loss_dB;
    EXPECT_LE(energy.value, energy.high) << loss_dB;
    EXPECT_GE(energy.value, before.value) << loss_dB;
    EXPECT_GE(energy.low, before.low) << loss_dB;
    EXPECT_GE(energy.high, before.high) << loss_dB;
    before = energy;
  }
}

TEST(Serdes, SaysWhenNoPublishedPointIsNear) {
  EXPECT_THAT(serdes_energy_pJ_per_bit(45, 200).source, HasSubstr("loss is outside"));
  EXPECT_NEAR(serdes_energy_pJ_per_bit(45, 200).value, serdes_energy_pJ_per_bit(40, 200).value, 1e-12);
  EXPECT_THAT(serdes_energy_pJ_per_bit(10, 400).source, HasSubstr("400 Gb/s a lane is outside"));
  EXPECT_THAT(serdes_energy_pJ_per_bit(10, 200).source, testing::Not(HasSubstr("outside")));
}

TEST(Serdes, HostIsTheMeanOfItsLanes) {
  // 32 lanes at 12 dB and 96 at 20.8 dB: (1.1 + 3 x 2.29) / 4.
  const Estimate host = host_energy_pJ_per_bit(HostSerdes::extra_short_reach, {engine(32, 12), engine(96, 20.8)}, 200);
  EXPECT_NEAR(host.value, (1.1 + 3 * 2.29) / 4, 1e-12);
  EXPECT_NEAR(host.low, (1.0 + 3 * 1.9) / 4, 1e-12);
}

TEST(Serdes, LinearHostEqualisesTheChannelsOfBothEnds) {
  const Estimate host = host_energy_pJ_per_bit(HostSerdes::linear, {engine(32, 10.4)}, 200);
  EXPECT_NEAR(host.value, 2.29, 1e-12); // at 20.8 dB
  EXPECT_NEAR(host.low, serdes_energy_pJ_per_bit(10.4, 200).low, 1e-12);
  EXPECT_NEAR(host.high, serdes_energy_pJ_per_bit(31.4, 200).value, 1e-12);
  const Estimate lossy = host_energy_pJ_per_bit(HostSerdes::linear, {engine(32, 20)}, 200);
  EXPECT_NEAR(lossy.high, lossy.value, 1e-12); // 40 dB is beyond long reach already
}

TEST(Serdes, RefusesWhatHasNoMeaning) {
  EXPECT_THROW(serdes_energy_pJ_per_bit(-1, 200), std::invalid_argument);
  EXPECT_THROW(serdes_energy_pJ_per_bit(std::numeric_limits<double>::quiet_NaN(), 200), std::invalid_argument);
  EXPECT_THROW(host_energy_pJ_per_bit(HostSerdes::linear, {}, 200), std::invalid_argument);
}

} // namespace
} // namespace beachfront::power
