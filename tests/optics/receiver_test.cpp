// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/receiver.hpp"

#include "optics/optical_standard.hpp"
#include "optics/pam4.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

using namespace beachfront::optics;

namespace {

double dBm(double power_W) {
  return 10 * std::log10(power_W / 1e-3);
}

} // namespace

// A symbol error ratio of 4.8e-4, half of it in bits, at 56 GBd and -8.2 dBm (Patel et al., JSSC 2023).
TEST(Receiver, DefaultIsThePublishedOne) {
  EXPECT_NEAR(receiver_sensitivity_dBm(Receiver{}, {56, 2.4e-4, 10, {}}), -8.2, 0.1);
}

// With amplifier noise that drowns all other: OMA = 6 Q i_n sqrt(B)/R.
TEST(Receiver, NoiseOfTheAmplifierInClosedForm) {
  Receiver receiver;
  receiver.responsivity_A_per_W = 0.8;
  receiver.noise_pA_per_sqrt_Hz = 1000;
  receiver.bandwidth_per_baud = 0.5;
  receiver.implementation_penalty_dB = 0;
  const double oma_W = 6 * pam4_q(1e-4) * 1e-9 * std::sqrt(25e9) / 0.8;
  // Shot noise is 1e-3 of the variance here.
  EXPECT_NEAR(receiver_sensitivity_dBm(receiver, {50, 1e-4, 10, {}}), dBm(oma_W), 0.01);
}

// Four times the bandwidth is twice the noise, 3.01 dB of light.
TEST(Receiver, SensitivityFollowsTheRootOfBandwidth) {
  Receiver receiver;
  receiver.noise_pA_per_sqrt_Hz = 1000;
  EXPECT_NEAR(receiver_sensitivity_dBm(receiver, {100, 1e-4, 10, {}}) -
                  receiver_sensitivity_dBm(receiver, {25, 1e-4, 10, {}}),
              10 * std::log10(2), 0.01);
}

// The limits of both standards are those of a weaker receiver: 2 dB of coupling and connector lie before the
// photodiode.
TEST(Receiver, DefaultKeepsTheStandards) {
  constexpr double inwards_dB = 2.0;
  EXPECT_LT(receiver_sensitivity_dBm(Receiver{}, {53.125, 2.4e-4, 4.5, -150}), -5.3 - inwards_dB);
  const OpticalStandard dr = standard_200g_dr();
  EXPECT_LT(receiver_sensitivity_dBm(Receiver{}, {dr.baud_GBd, dr.pre_fec_bit_error_ratio, 4.5, -150}),
            dr.sensitivity_less_tecq_dBm - inwards_dB);
}

TEST(Receiver, LaserNoiseCostsMoreAtLowExtinction) {
  const Receiver receiver;
  const auto penalty = [&](double er_dB, double rin) {
    return rin_penalty_dB(receiver, {106.25, 2.28e-4, er_dB, rin});
  };
  EXPECT_GT(penalty(3.5, -145), penalty(6, -145));
  EXPECT_GT(penalty(4.5, -140), penalty(4.5, -150));
  EXPECT_NEAR(penalty(4.5, -190), 0, 1e-4);
  // RIN B of 1 at every level: no amplitude helps, and the answer is still a number.
  EXPECT_GE(receiver_sensitivity_dBm(receiver, {106.25, 2.28e-4, 4.5, -107}), 40);
}

TEST(Receiver, MeasuredSensitivityWins) {
  Receiver receiver;
  receiver.sensitivity_dBm = -7.5;
  EXPECT_EQ(receiver_sensitivity_dBm(receiver, {106.25, 2.28e-4, 4.5, -140}), -7.5);
  EXPECT_EQ(rin_penalty_dB(receiver, {106.25, 2.28e-4, 4.5, -140}), 0);
}

TEST(Receiver, Misuse) {
  Receiver receiver;
  receiver.responsivity_A_per_W = 0;
  EXPECT_THROW(receiver_sensitivity_dBm(receiver, {106.25, 2.28e-4, 4.5, {}}), std::invalid_argument);
  EXPECT_THROW(receiver_sensitivity_dBm(Receiver{}, {0, 2.28e-4, 4.5, {}}), std::invalid_argument);
}
