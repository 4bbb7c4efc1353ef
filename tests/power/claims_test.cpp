// SPDX-License-Identifier: GPL-3.0-or-later
// Published claims that are arithmetic on published inputs and touch no function of this folder. They stand here so
// that nobody takes an input whose own figures do not close.
#include <gtest/gtest.h>

namespace beachfront::power {
namespace {

struct Claim {
  const char* claim; // number in docs/facts/power.md (b)
  const char* what;
  double computed;
  double printed;
  double tolerance; // half a unit of the printed last digit, or 0 where exact
};

TEST(Claims, CloseArithmetically) {
  for (const Claim& each : {
           Claim{"7", "DSP total, W", 18432 * 6.5 + 27648 * 13.0, 479e3, 500},
           Claim{"7", "DSP total low, W", 18432 * 6.0 + 27648 * 12.0, 442e3, 500},
           Claim{"7", "DSP total high, W", 18432 * 7.0 + 27648 * 14.0, 516e3, 500},
           Claim{"7", "kW a rack", (18432 * 6.5 + 27648 * 13.0) / 256 / 1e3, 1.87, 0.005},
           Claim{"8", "12 switches, kW", 12 * 3.05, 36.6, 1e-9},
           Claim{"8", "100 switches, kW", 100 * 3.05, 305, 1e-9},
           Claim{"8", "216 switches, kW", 216 * 3.05, 658.8, 1e-9},
           Claim{"8", "1,440 switches, kW", 1440 * 3.05, 4392, 1e-9},
           Claim{"1.2 #5", "like-for-like baseline, kW", 2.9 + 72 * 0.025, 4.7, 1e-9},
           Claim{"10", "fibres of a Quantum ASIC", 18 * (16 + 2), 324, 0},
           Claim{"10", "data and laser fibres", 288 + 36, 324, 0},
           Claim{"18", "hours of 15M port hours", 15e6 / (15 * 128), 7812.5, 0},
           Claim{"18", "days of 15M port hours", 15e6 / (15 * 128) / 24, 325, 0.6},
           Claim{"19", "lasers of 655,000 transceivers", 655e3 * 8, 5.24e6, 0},
           Claim{"19", "W a GPU", 17e6 / 200e3, 85, 1e-9},
           Claim{"21", "256 modules, kW", 256 * 12 / 1e3, 3.07, 0.005},
           Claim{"21", "BTU/h", 256 * 12 * 3.412142, 10482, 0.5},
           Claim{"21", "tons of cooling", 256 * 12 * 3.412142 / 12000, 0.87, 0.005},
           Claim{"21", "at PUE 1.5, kW", 256 * 12 * 1.5 / 1e3, 4.61, 0.005},
           Claim{"21", "PUE after 5 %", 1.22 * 0.95, 1.159, 1e-9},
           Claim{"23", "Jupiter power of baseline", 1 - 0.41, 0.59, 1e-12},
           Claim{"23", "Jupiter capex of baseline", 1 - 0.30, 0.70, 1e-12},
           Claim{"D2", "W of a 6.4T engine", (448.0 - 192) / 16, 16, 0},
           Claim{"D2", "W of a 3.2T engine", (576.0 - 192) / 32, 12, 0},
       })
    EXPECT_NEAR(each.computed, each.printed, each.tolerance) << each.claim << ": " << each.what;
}

TEST(Claims, GpusForTheSavedPowerAreWholeOnes) {
  // (b)8: saved kW over 1.4 kW a GPU. The last three print as 217, 470, 3137: rounded down, not to the nearest.
  EXPECT_EQ(static_cast<int>(36.6 / 1.4), 26);
  EXPECT_EQ(static_cast<int>(305 / 1.4), 217);
  EXPECT_EQ(static_cast<int>(658.8 / 1.4), 470);
  EXPECT_EQ(static_cast<int>(4392 / 1.4), 3137);
}

} // namespace
} // namespace beachfront::power
