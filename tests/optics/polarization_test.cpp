// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/polarization.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

using namespace beachfront::optics;
using std::numbers::pi;

namespace {

constexpr double wavelength_um = 1.31;

/// A birefringence that retards 10 mm by this much.
BirefringentSection plate(double retardation_rad, double axis_angle_rad) {
  return {10, retardation_rad / (2 * pi) * wavelength_um / 10000, axis_angle_rad};
}

double crossed(const std::vector<BirefringentSection>& sections) {
  return polarization_transfer(sections, wavelength_um).crossed_share;
}

} // namespace

TEST(Polarization, WavePlates) {
  EXPECT_NEAR(crossed({plate(pi / 2, pi / 4)}), 0.5, 1e-12); // a quarter wave at 45 degrees
  EXPECT_NEAR(polarization_loss_dB(crossed({plate(pi / 2, pi / 4)})), 3.0103, 1e-4);
  EXPECT_NEAR(crossed({plate(pi, pi / 4)}), 1, 1e-12); // a half wave
  EXPECT_NEAR(crossed({plate(2 * pi, pi / 4)}), 0, 1e-12);
  EXPECT_NEAR(crossed({plate(pi / 2, 0)}), 0, 1e-12); // on its axis
}

TEST(Polarization, UniformSectionInClosedForm) {
  for (const double angle : {0.05, 0.3, -0.6})
    for (const double retardation : {0.4, 2.0, 9.0})
      EXPECT_NEAR(crossed({plate(retardation, angle)}), std::pow(std::sin(2 * angle) * std::sin(retardation / 2), 2),
                  1e-12);
}

TEST(Polarization, CuttingChangesNothingAndTheReverseUndoes) {
  EXPECT_NEAR(crossed({plate(0.7, 0.3), plate(1.6, 0.3)}), crossed({plate(2.3, 0.3)}), 1e-12);
  EXPECT_NEAR(crossed({plate(1.1, 0.4), plate(-1.1, 0.4)}), 0, 1e-12);
}

// A slow turn of the axes carries the polarisation along: after a quarter turn in many steps it is the other one.
TEST(Polarization, FollowsAxesThatTurnSlowly) {
  std::vector<BirefringentSection> twist;
  constexpr int steps = 2000;
  for (int n = 0; n < steps; ++n)
    twist.push_back(plate(0.5, (n + 0.5) / steps * pi / 2));
  EXPECT_GT(crossed(twist), 0.999);
}

// 4e-5 over 75 mm: 3e-3 mm at the speed of light, 0.01 ps.
TEST(Polarization, DelayByHand) {
  const BirefringentSection guide[] = {{75, 4e-5, 0.1}};
  EXPECT_NEAR(polarization_transfer(guide, wavelength_um).delay_difference_ps, 3e-3 / 0.299792458, 1e-12);
}

TEST(Polarization, NoLightIsAFigureToo) {
  EXPECT_EQ(polarization_loss_dB(0), 0);
  EXPECT_NEAR(polarization_loss_dB(1), 60, 1e-9);
}
