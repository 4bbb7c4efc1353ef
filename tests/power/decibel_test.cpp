// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/decibel.hpp"

#include <gtest/gtest.h>

namespace beachfront::power {
namespace {

TEST(Decibel, TakesTwentyTwoAndFourDecibelsOfChannelApartBySixtyThree) {
  // docs/facts/power.md (b)1: prints 63.1 (NVIDIA 63), so half a unit of the last digit.
  EXPECT_NEAR(ratio_from_dB(22.0 - 4.0), 63.1, 0.05);
}

struct LevelCase {
  double level_dBm;
  double power_mW;
  double tolerance_mW; // half a unit of the printed power's last digit
};

TEST(Decibel, ConvertsThePublishedLaserLevels) {
  // docs/facts/power.md (b)16 and section 1.1.
  for (const LevelCase& each : {
           LevelCase{24.5, 282, 0.5},
           LevelCase{28.57, 720, 1.0}, // 28.57 itself is rounded: +-0.005 dB is +-0.8 mW
           LevelCase{24.0, 250, 1.5},  // 250 mW is 23.979 dBm, printed as 24
           LevelCase{28.573 - 10.5, 64.2, 0.05},
           LevelCase{28.573 - 15.0, 22.8, 0.05},
           LevelCase{0.0, 1.0, 1e-15},
       })
    EXPECT_NEAR(mW_from_dBm(each.level_dBm), each.power_mW, each.tolerance_mW) << each.level_dBm << " dBm";
  EXPECT_NEAR(dBm_from_mW(720), 28.57, 0.005);
}

TEST(Decibel, GoesThereAndBack) {
  for (double level_dBm = -40; level_dBm <= 40; level_dBm += 2.5)
    EXPECT_NEAR(dBm_from_mW(mW_from_dBm(level_dBm)), level_dBm, 1e-12);
}

} // namespace
} // namespace beachfront::power
