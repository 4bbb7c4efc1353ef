// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/pam4.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>

using namespace beachfront::optics;

namespace {
double dB(double ratio) {
  return 10 * std::log10(ratio);
}
} // namespace

// An extinction of 3: levels 3, 7/3, 5/3, 1; average 2 of 3, amplitude 2 over an average of 2.
TEST(Pam4, LevelsByHand) {
  EXPECT_NEAR(modulation_loss_dB(dB(3)), dB(1.5), 1e-12);
  EXPECT_NEAR(oma_over_average_dB(dB(3)), 0, 1e-12);
  EXPECT_NEAR(modulation_loss_dB(300), dB(2), 1e-12); // the 3 dB of docs/facts/power.md
  EXPECT_NEAR(oma_over_average_dB(300), dB(2), 1e-12);
}

// Amplitude over the highest level is 1 - 1/ER, whichever way it is reached.
TEST(Pam4, AverageAndAmplitudeAgree) {
  for (const double er_dB : {3.5, 4.5, 6.0, 10.0})
    EXPECT_NEAR(oma_over_average_dB(er_dB) - modulation_loss_dB(er_dB), dB(1 - std::pow(10, -er_dB / 10)), 1e-12);
}

TEST(Pam4, ErrorRatioAndItsInverse) {
  for (const double ber : {4.8e-3, 2.4e-4, 1e-9})
    EXPECT_NEAR(3.0 / 8 * std::erfc(pam4_q(ber) / std::numbers::sqrt2) / ber, 1, 1e-9);
  // 1.35e-3 is the one-sided tail at 3 sigma; 3/8 erfc is 3/4 of it.
  EXPECT_NEAR(pam4_q(0.75 * 1.3498980316e-3), 3, 1e-9);
}

// Two neighbours at -40 dB, infinite extinction (P/OMA = 1/2), Q = 3: 1 - 72 * 9 * 2e-4 / 4 = 0.9676 as noise; at the
// crest 1 - 12 * 0.02 / 2 = 0.88.
TEST(Pam4, CoherentCrosstalkByHand) {
  EXPECT_NEAR(crosstalk_penalty_dB(Crosstalk::coherent, 2e-4, 0.02, 300, 3), -5 * std::log10(0.9676), 1e-12);
  // One strong neighbour, -20 dB: as noise 1 - 72 * 9 * 0.01/4 < 0, so the crest counts: 1 - 12 * 0.1/2 = 0.4.
  EXPECT_NEAR(crosstalk_penalty_dB(Crosstalk::coherent, 0.01, 0.1, 300, 3), -10 * std::log10(0.4), 1e-12);
}

// 1 dB (of Q, 0.5 dB of light) for an interferer of -24 dB at 1e-3 (Cancela and Pires, Opt. Fiber Technol. 56, 102180,
// 2020, statistics of its own) lies below: this bound must not promise less.
TEST(Pam4, CoherentCrosstalkIsNoLessThanPublished) {
  const double share = std::pow(10, -2.4);
  EXPECT_GT(crosstalk_penalty_dB(Crosstalk::coherent, share, std::sqrt(share), 300, pam4_q(1e-3)), 0.5);
}

TEST(Pam4, IncoherentCrosstalkByHand) {
  EXPECT_NEAR(crosstalk_penalty_dB(Crosstalk::incoherent, 0.1, 0.3, 6, 3), -10 * std::log10(0.7), 1e-12);
  EXPECT_EQ(crosstalk_penalty_dB(Crosstalk::incoherent, 0, 0, 6, 3), 0);
  EXPECT_EQ(crosstalk_penalty_dB(Crosstalk::coherent, 0, 0, 6, 3), 0);
}

TEST(Pam4, ShutEyeIsFinite) {
  EXPECT_EQ(crosstalk_penalty_dB(Crosstalk::coherent, 1, 1, 6, 3), 30);
  EXPECT_EQ(crosstalk_penalty_dB(Crosstalk::incoherent, 1, 1, 6, 3), 30);
}

TEST(Pam4, Misuse) {
  EXPECT_THROW(modulation_loss_dB(0), std::invalid_argument);
  EXPECT_THROW(oma_over_average_dB(-3), std::invalid_argument);
  EXPECT_THROW(pam4_q(0), std::invalid_argument);
  EXPECT_THROW(pam4_q(0.4), std::invalid_argument);
}
