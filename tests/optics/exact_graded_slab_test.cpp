// SPDX-License-Identifier: GPL-3.0-or-later
// The references themselves, against docs/facts/optics.md section 3.3 and against one another.
#include "exact/graded_slab.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace beachfront::optics::exact;

namespace {

constexpr double printed = 1.1e-9; // the facts give nine decimals

GradedSlab surface(double delta_n, double depth_um, double (*shape)(double)) {
  return {[=](double x) { return 1.503 + delta_n * shape(x / depth_um); }, 1.503, 1.0, 2, 60};
}

double bell(double u) {
  return std::exp(-u * u);
}
double complementary(double u) {
  return std::erfc(u);
}

} // namespace

TEST(ExactGradedSlab, ExponentialOfSection33) {
  const double ansys[] = {2.508796365, 2.495597876, 2.486872330, 2.480694847};
  for (int m = 0; m < 4; ++m)
    EXPECT_NEAR(exponential_index(6.1, 0.3, 2.5, 1, 0.633, m), ansys[m], printed) << m;
  const double glass[] = {1.510475839, 1.504927724, 1.503096684};
  for (int m = 0; m < 3; ++m)
    EXPECT_NEAR(exponential_index(1.503 * 1.503, 1.523 * 1.523 - 1.503 * 1.503, 4, 1, 1.31, m), glass[m], printed) << m;
  EXPECT_EQ(exponential_index(1.503 * 1.503, 1.523 * 1.523 - 1.503 * 1.503, 4, 1, 1.31, 3), 0) << "cut off";
}

TEST(ExactGradedSlab, ShootingMeetsTheExponentialToTwelveDigits) {
  const double background2 = 1.503 * 1.503, step2 = 1.523 * 1.523 - background2;
  const GradedSlab slab{[=](double x) { return std::sqrt(background2 + step2 * std::exp(-x / 4)); }, 1.503, 1, 2, 150};
  for (int m = 0; m < 2; ++m)
    EXPECT_NEAR(graded_index(slab, 1.31, Field::te, m), exponential_index(background2, step2, 4, 1, 1.31, m), 1e-12)
        << m;
}

TEST(ExactGradedSlab, ShootingMeetsSech2ToTwelveDigits) {
  const double step2 = 1.508 * 1.508 - 1.503 * 1.503;
  const GradedSlab slab{[=](double x) { return std::sqrt(1.503 * 1.503 + step2 / std::pow(std::cosh(x / 4), 2)); },
                        1.503};
  for (int m = 0; m < 2; ++m)
    EXPECT_NEAR(graded_index(slab, 1.31, Field::te, m), sech2_index(1.503, 1.508, 4, 1.31, m), 1e-12) << m;
  EXPECT_EQ(graded_index(slab, 1.31, Field::te, 2), 0) << "cut off";
}

TEST(ExactGradedSlab, SurfaceAndBuriedOfSection33) {
  EXPECT_NEAR(graded_index(surface(0.02, 5, complementary), 1.31, Field::te, 0), 1.509344557, printed);
  EXPECT_NEAR(graded_index(surface(0.03, 5, complementary), 1.31, Field::te, 0), 1.514919082, printed);
  EXPECT_NEAR(graded_index(surface(0.03, 5, complementary), 1.31, Field::te, 1), 1.504627627, printed);
  EXPECT_NEAR(graded_index(surface(0.02, 5, bell), 1.31, Field::te, 0), 1.514465375, printed);
  EXPECT_NEAR(graded_index(surface(0.02, 5, bell), 1.31, Field::te, 1), 1.505764235, printed);
  const auto buried = [](double delta_n) {
    return GradedSlab{[=](double x) { return 1.503 + delta_n * bell(x / 4); }, 1.503};
  };
  EXPECT_NEAR(graded_index(buried(0.008), 1.31, Field::te, 0), 1.508657152, printed);
  EXPECT_NEAR(graded_index(buried(0.008), 1.31, Field::te, 1), 1.504784518, printed);
  EXPECT_NEAR(graded_index(buried(0.010), 1.31, Field::te, 0), 1.510342104, printed);
  EXPECT_NEAR(graded_index(buried(0.010), 1.31, Field::te, 1), 1.505816862, printed);
}

TEST(ExactGradedSlab, TransverseMagneticMeetsTheStepSlab) {
  // a tanh in place of the step, the powers of its width taken out one by one: about 1e-9 is left
  const auto index = [&](double width_um) {
    const GradedSlab slab{
        [=](double x) { return std::sqrt(2.25 + (2.56 - 2.25) * 0.5 * (1 - std::tanh((x - 2) / width_um))); }, 1.5, 1,
        1, 30};
    return graded_index(slab, 1.0, Field::tm, 0);
  };
  double extrapolated[] = {index(0.08), index(0.04), index(0.02), index(0.01), index(0.005)};
  for (int power = 1; power < 5; ++power)
    for (int i = 4; i >= power; --i)
      extrapolated[i] += (extrapolated[i] - extrapolated[i - 1]) / (std::pow(2, power) - 1);
  EXPECT_NEAR(extrapolated[4], slab_index({1, 1.6, 1.5, 2}, 1.0, Field::tm, 0), 2e-9);
  EXPECT_GT(std::abs(index(0.01) - slab_index({1, 1.6, 1.5, 2}, 1.0, Field::te, 0)), 1e-3) << "not the TE mode";
}
