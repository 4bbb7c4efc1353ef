// SPDX-License-Identifier: GPL-3.0-or-later
// The references themselves, against docs/facts/optics.md sections 3.1, 3.3 and 3.6.
#include "exact/slab.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace beachfront::optics::exact;

constexpr double printed = 1.1e-10; // the facts give ten decimals; the last one is not always rounded

TEST(ExactSlab, FactsOfSection31) {
  const Slab buried{1.5, 1.508, 1.5, 6}, air{1, 1.508, 1.5, 6}, strong{1.4, 1.5, 1.45, 5};
  EXPECT_NEAR(slab_index(buried, 1.31, Field::te, 0), 1.5061634469, printed);
  EXPECT_NEAR(slab_index(buried, 1.31, Field::te, 1), 1.5014821443, printed);
  EXPECT_NEAR(slab_index(buried, 1.31, Field::tm, 0), 1.5061532684, printed);
  EXPECT_NEAR(slab_index(air, 1.31, Field::te, 0), 1.5055414778, printed);
  EXPECT_NEAR(slab_index(air, 1.31, Field::tm, 0), 1.5054671806, printed);
  EXPECT_NEAR(slab_index(strong, 1.0, Field::te, 0), 1.4974463218, printed);
  EXPECT_NEAR(slab_index(strong, 1.0, Field::te, 1), 1.4898170890, printed);
  EXPECT_NEAR(slab_index(strong, 1.0, Field::tm, 0), 1.4973879980, printed);
  EXPECT_EQ(slab_index(buried, 1.31, Field::te, 2), 0) << "cut off";
}

TEST(ExactSlab, FieldObeysItsEquationAndWalls) {
  const Slab slab{1, 1.508, 1.5, 6};
  const double wavelength_um = 1.31, k = 2 * std::acos(-1) / wavelength_um, h = 1e-3;
  for (const Field field : {Field::te, Field::tm}) {
    const double index = slab_index(slab, wavelength_um, field, 0);
    const auto at = [&](double x) { return slab_field(slab, wavelength_um, field, 0, x); };
    for (const double x : {-0.3, 2.0, 5.0, 8.0}) { // central difference: h^2/12 of the fourth derivative, below 1e-5
      const double n = x < 0 ? 1 : x < 6 ? 1.508 : 1.5;
      EXPECT_NEAR((at(x + h) - 2 * at(x) + at(x - h)) / (h * h) / at(x), k * k * (index * index - n * n), 1e-4) << x;
    }
    for (const double wall : {0.0, 6.0}) { // one-sided slopes to h^2
      const double left = (3 * at(wall) - 4 * at(wall - h) + at(wall - 2 * h)) / (2 * h);
      const double right = (-3 * at(wall) + 4 * at(wall + h) - at(wall + 2 * h)) / (2 * h);
      const double n_left = wall == 0 ? 1 : 1.508, n_right = wall == 0 ? 1.508 : 1.5;
      const double weight = field == Field::te ? 1 : n_right * n_right / (n_left * n_left);
      EXPECT_NEAR(right, left * weight, 2e-5) << wall;
    }
  }
}

TEST(ExactSlab, CouplerOfSection36) {
  const double gap_um[] = {6, 8, 10, 14}, length_mm[] = {7.091947, 18.845996, 50.075946, 353.511};
  for (int i = 0; i < 4; ++i)
    EXPECT_NEAR(slab_coupler(1.505, 1.5, 6, gap_um[i], 1.31).coupling_length_mm / length_mm[i], 1, 1.5e-6);
  const Supermodes near = slab_coupler(1.505, 1.5, 6, 6, 1.31);
  EXPECT_NEAR(near.even_index - near.odd_index, 9.235827e-5, 1e-11);
}

TEST(ExactSlab, CouplerKeepsItsDigitsFarApart) {
  // the splitting falls by exp(-gamma gap): the ratio over 4 um does not depend on the gap once both are far
  const auto length = [](double gap_um) { return slab_coupler(1.505, 1.5, 6, gap_um, 1.31).coupling_length_mm; };
  const double ratio = length(44) / length(40);
  EXPECT_NEAR(length(34) / length(30) / ratio, 1, 1e-6);
  EXPECT_NEAR(length(64) / length(60) / ratio, 1, 1e-6);
}

TEST(ExactSlab, ClosedFormsOfSection33) {
  EXPECT_NEAR(sech2_index(1.503, 1.508, 4, 1.31, 0), 1.5062816076, printed);
  EXPECT_NEAR(sech2_index(1.503, 1.508, 4, 1.31, 1), 1.5037425566, printed);
  EXPECT_NEAR(sech2_index_2d(1.5, 1.505, 5, 4, 1.31, 0, 0), 1.5068381549, printed);
  const double delta = (1.508 * 1.508 - 1.503 * 1.503) / (2 * 1.508 * 1.508);
  EXPECT_NEAR(parabola_index(1.508, delta, 6, 1.31, 0), 1.5065856629, printed);
  EXPECT_NEAR(parabola_index(1.508, delta, 6, 1.31, 1), 1.5037529981, printed);
  EXPECT_NEAR(parabola_waist_um(1.508, delta, 6, 1.31), 4.515607, 1e-6);
  EXPECT_NEAR(parabola_index_2d(1.508, 0.00331015, 6, 5, 1.31, 0, 0), 1.504886704, 2e-8); // delta has six digits
  EXPECT_NEAR(parabola_index_2d(1.508, 0.00331015, 6, 5, 1.31, 1, 0), 1.502050835, 2e-8);
  EXPECT_NEAR(parabola_waist_um(1.508, 0.00331015, 5, 1.31), 4.12217, 1e-5);
}
