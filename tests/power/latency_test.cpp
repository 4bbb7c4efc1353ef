// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/latency.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace beachfront::power {
namespace {

ModuleLatency module(double transmit_ns, double receive_ns) {
  return {{transmit_ns, transmit_ns / 2, transmit_ns * 2, "test"},
          {receive_ns, receive_ns / 2, receive_ns * 2, "test"}};
}

TEST(Latency, CodeFillsAtTheLineRateOfThePort) {
  // 5,440 bits a word: one at 106.25 Gb/s, two at 212.5 and 425, four at 850 and 1,700.
  for (const auto& [port_Gbps, expected_ns] : {std::pair{100.0, 51.2}, std::pair{200.0, 51.2}, std::pair{400.0, 25.6},
                                               std::pair{800.0, 25.6}, std::pair{1600.0, 12.8}})
    EXPECT_NEAR(code_block_ns(port_Gbps), expected_ns, 1e-9) << port_Gbps;
  EXPECT_THROW(code_block_ns(0), std::invalid_argument);
}

TEST(Latency, AHundredGigabitPortLiesInTheQuotedHundredToHundredAndFifty) {
  LinkPath path;
  path.port_rate_Gbps = 100;
  EXPECT_GT(host_code_ns(path).value, 100);
  EXPECT_LT(host_code_ns(path).high, 152);
}

TEST(Latency, FibreTakesAboutFiveNanosecondsAMetre) {
  LinkPath path;
  path.reach_m = 1;
  EXPECT_NEAR(fibre_ns(path), 4.9, 0.05);
  path.reach_m = 500;
  EXPECT_NEAR(fibre_ns(path), 500 * 1.4676 / 0.299792458, 1e-9);
}

TEST(Latency, AddsUpByHand) {
  LinkPath path;
  path.port_rate_Gbps = 1600;
  path.reach_m = 0;
  path.decoder_ns = 30;
  path.inner_code_ns = 7;
  const Latency latency = link_latency(module(40, 20), path);
  EXPECT_NEAR(latency.total_ns.value, 12.8 + 30 + 40 + 20 + 7, 1e-9);
  EXPECT_NEAR(latency.total_ns.low, 12.8 + 20 + 20 + 10 + 7, 1e-9);
  EXPECT_NEAR(latency.total_ns.high, 12.8 + 100 + 80 + 40 + 7, 1e-9);
  ASSERT_EQ(latency.parts.size(), 5u);
  path.inner_code_ns = 0;
  EXPECT_EQ(link_latency(module(40, 20), path).parts.size(), 4u); // no part where there is no code
}

TEST(Latency, LongerLinksAndFasterPortsDifferAsTheyMust) {
  LinkPath near, far;
  far.reach_m = 2 * near.reach_m;
  EXPECT_NEAR(link_latency(module(1, 1), far).total_ns.value - link_latency(module(1, 1), near).total_ns.value,
              fibre_ns(near), 1e-9);
  LinkPath fast = near;
  fast.port_rate_Gbps = 1600;
  EXPECT_LT(link_latency(module(1, 1), fast).total_ns.value, link_latency(module(1, 1), near).total_ns.value);
}

TEST(Latency, RefusesANegativeLength) {
  LinkPath path;
  path.reach_m = -1;
  EXPECT_THROW(link_latency(module(1, 1), path), std::invalid_argument);
}

} // namespace
} // namespace beachfront::power
