// SPDX-License-Identifier: GPL-3.0-or-later
// The reference itself, against docs/facts/optics.md section 3.5 and against Bessel and Hankel functions of complex
// order.
#include "exact/bent_slab.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

using namespace beachfront::optics::exact;

TEST(ExactBentSlab, StrongGuideOfSection35) {
  const Slab slab{1.6, 1.7, 1.6, 1};
  const struct {
    double radius_um, real, imaginary;
  } cases[] = {
      {20, 1.672858861221, 6.80898707e-3}, {50, 1.663034810566, 3.30932596e-4}, {100, 1.660961150207, 1.98686783e-6}};
  for (const auto& c : cases) {
    const BentMode mode = bent_slab_mode({slab, c.radius_um}, 1.3, Field::te);
    EXPECT_NEAR(mode.effective_index.real(), c.real, 1e-12) << c.radius_um;
    EXPECT_NEAR(mode.effective_index.imag() / c.imaginary, 1, 3e-9) << c.radius_um;
  }
  EXPECT_NEAR(bent_slab_mode({slab, 150}, 1.3, Field::te).effective_index.imag() / 1.0194748e-8, 1, 5e-8);
}

TEST(ExactBentSlab, GlassGuidesOfSection35) {
  const struct {
    double core_index, radius_mm, loss_dB_per_cm, digits;
  } cases[] = {{1.508, 3, 0.17334, 5e-5},    {1.508, 4, 5.2453e-3, 1e-5},    {1.508, 5, 1.53275e-4, 4e-6},
               {1.505, 5, 1.40007, 4e-6},    {1.505, 7.5, 3.72291e-2, 2e-6}, {1.505, 10, 9.21577e-4, 1e-6},
               {1.505, 15, 5.34065e-7, 2e-6}};
  for (const auto& c : cases) {
    const BentMode mode = bent_slab_mode({{1.5, c.core_index, 1.5, 6}, c.radius_mm * 1000}, 1.31, Field::te);
    EXPECT_NEAR(mode.loss_dB_per_cm / c.loss_dB_per_cm, 1, c.digits) << c.core_index << ' ' << c.radius_mm;
    EXPECT_LT(mode.residual, 1e-25);
  }
}

TEST(ExactBentSlab,
     TransverseMagneticMeetsBesselAndHankel) { // roots of the 4 x 4 determinant in mpmath 1.2.1, 30 digits
  const auto twenty = bent_slab_mode({{1.6, 1.7, 1.6, 1}, 20}, 1.3, Field::tm).effective_index;
  EXPECT_NEAR(twenty.real(), 1.670767009733051, 1e-14);
  EXPECT_NEAR(twenty.imag() / 0.007858102808563782, 1, 1e-12);
  const auto fifty = bent_slab_mode({{1.6, 1.7, 1.6, 1}, 50}, 1.3, Field::tm).effective_index;
  EXPECT_NEAR(fifty.real(), 1.660492719127976, 1e-14);
  EXPECT_NEAR(fifty.imag() / 0.0004535182953261537, 1, 1e-12);
}

TEST(ExactBentSlab,
     TwentyDecadesOfLoss) { // log(loss) falls by 2 gamma^3/(3 beta^2) a radius, less what the mode shifts
  double before = 0;
  for (const double radius_mm : {5, 10, 15, 20, 25, 30}) {
    const double loss =
        std::log(bent_slab_mode({{1.5, 1.505, 1.5, 6}, radius_mm * 1000}, 1.31, Field::te).loss_dB_per_cm);
    const double k = 2 * std::acos(-1) / 1.31, index = slab_index({1.5, 1.505, 1.5, 6}, 1.31, Field::te, 0);
    const double gamma = k * std::sqrt(index * index - 2.25),
                 slope = 2 * std::pow(gamma, 3) / (3 * std::pow(k * index, 2));
    if (before != 0) {
      EXPECT_NEAR((before - loss) / (slope * 5000), 1, radius_mm > 10 ? 0.03 : 0.1) << radius_mm;
    }
    before = loss;
  }
}

TEST(ExactBentSlab, EachSideOfAGuideUnderAirBendsItsOwnWay) {
  // air outside the bend holds the light, air inside it does not
  EXPECT_LT(std::abs(bent_slab_mode({{1.5, 1.508, 1, 6}, 5000}, 1.31, Field::te).loss_dB_per_cm), 1e-28);
  EXPECT_GT(bent_slab_mode({{1, 1.508, 1.5, 6}, 5000}, 1.31, Field::te).loss_dB_per_cm, 1e-4);
  EXPECT_GT(bent_slab_mode({{1, 1.508, 1.5, 6}, 5000}, 1.31, Field::tm).loss_dB_per_cm,
            bent_slab_mode({{1, 1.508, 1.5, 6}, 5000}, 1.31, Field::te).loss_dB_per_cm);
}

TEST(ExactBentSlab, AlmostStraightIsStraight) { // the index moves as 1/R^2, (k n w^2/R)^2 and less: 1e-9 at 1 m
  const Slab slab{1.5, 1.508, 1.5, 6};
  for (const Field field : {Field::te, Field::tm})
    EXPECT_NEAR(bent_slab_mode({slab, 1e7}, 1.31, field, 1).effective_index.real(), slab_index(slab, 1.31, field, 1),
                1e-9);
}

TEST(ExactBentSlab, NoModeIsSaid) {
  EXPECT_THROW(bent_slab_mode({{1.5, 1.505, 1.5, 6}, 1000}, 1.31, Field::te), std::domain_error);
  EXPECT_THROW(bent_slab_mode({{1.5, 1.503, 1.5, 6}, 5000}, 1.31, Field::te, 1), std::domain_error);
}

TEST(ExactBentSlab, SmoothGuideMeetsAnotherIntegrator) {
  // Dormand and Prince's method of order 8 in scipy 1.10, in doubles along the real axis, between J and H of mpmath
  const auto thirty = bent_gaussian_mode({1.6, 1.7, 0.6, 30}, 1.3).effective_index;
  EXPECT_NEAR(thirty.real(), 1.6638519433843983, 1e-12);
  EXPECT_NEAR(thirty.imag(), 0.004265757681352534, 1e-12);
  const auto fifty = bent_gaussian_mode({1.6, 1.7, 0.6, 50}, 1.3).effective_index;
  EXPECT_NEAR(fifty.real(), 1.6582001804465534, 1e-12);
  EXPECT_NEAR(fifty.imag(), 0.0007664699650529824, 1e-12);
}

TEST(ExactBentSlab,
     SmoothGuideLosesLessByTheSameFactorAsItStraightens) { // exp(-2 gamma^3 R/(3 beta^2)), twelve decades
  const double k = 2 * std::acos(-1) / 1.31, index = 1.50783, gamma = k * std::sqrt(index * index - 1.503 * 1.503);
  const double slope = 2 * std::pow(gamma, 3) / (3 * std::pow(k * index, 2));
  const auto loss = [](double radius_mm) {
    return std::log(bent_gaussian_mode({1.503, 1.510, 4, radius_mm * 1000}, 1.31).loss_dB_per_cm);
  };
  EXPECT_NEAR((loss(10) - loss(20)) / (slope * 10000), 1, 0.03);
}
