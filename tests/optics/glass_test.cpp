// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/glass.hpp"

#include <gtest/gtest.h>

using namespace beachfront::optics;

namespace {

Dispersion n_bk7() {
  return {0,
          SellmeierForm::squared_resonances,
          0,
          {{1.03961212, 0.00600069867}, {0.231792344, 0.0200179144}, {1.01046945, 103.560653}}};
}

} // namespace

// Six digits are printed in docs/facts/optics.md 1.4, so half a unit of the last is the tolerance.
TEST(Glass, SellmeierInBothForms) {
  EXPECT_NEAR(*refractive_index(n_bk7(), 1.31), 1.503583, 5e-7);
  EXPECT_NEAR(*refractive_index(n_bk7(), 1.55), 1.500652, 5e-7);
  const Dispersion d263t{0,
                         SellmeierForm::squared_resonances,
                         0,
                         {{1.23795755, 0.00863080926}, {0.0466468888, 0.0469074501}, {2.46700556, 264.146296}}};
  EXPECT_NEAR(*refractive_index(d263t, 1.31), 1.508655, 5e-7);
  const Dispersion borofloat{0, SellmeierForm::resonances, 0.3542, {{0.78657, 0.10856}, {0.18285, 4.427}}};
  EXPECT_NEAR(*refractive_index(borofloat, 1.31), 1.458993, 5e-7);
  EXPECT_NEAR(*refractive_index(borofloat, 1.55), 1.455713, 5e-7);
  const Dispersion silica{
      0, SellmeierForm::resonances, 0, {{0.6961663, 0.0684043}, {0.4079426, 0.1162414}, {0.8974794, 9.896161}}};
  EXPECT_NEAR(*refractive_index(silica, 1.31), 1.446804, 5e-7);
}

TEST(Glass, ConstantIndexHoldsAtEveryWavelength) {
  const Dispersion constant{1.503, SellmeierForm::squared_resonances, 0, {}};
  EXPECT_DOUBLE_EQ(*refractive_index(constant, 0.633), 1.503);
  EXPECT_DOUBLE_EQ(*refractive_index(constant, 1.55), 1.503);
}

TEST(Glass, NoIndexInAResonance) {
  const Dispersion dispersion{0, SellmeierForm::squared_resonances, 0, {{1.0, 1.0}}};
  EXPECT_FALSE(refractive_index(dispersion, 1.0));   // infinite
  EXPECT_FALSE(refractive_index(dispersion, 0.9));   // imaginary
  EXPECT_FALSE(refractive_index(Dispersion{}, 1.3)); // nothing given
}

// Soda-lime, docs/facts/optics.md 1.3: D_A = 2.26e-15 m^2/s at 300 C and 84.8 kJ/mol. Section 7 prints three digits in
// um^2/min, from D at 300 C rounded to three digits: 1 % covers both.
TEST(Glass, ArrheniusDiffusion) {
  const IonDiffusion soda_lime{1.2097e-7, 84.8, 0.2, 217, 330};
  EXPECT_NEAR(diffusivity_um2_per_min(soda_lime, 250), 0.0247, 0.01 * 0.0247);
  EXPECT_NEAR(diffusivity_um2_per_min(soda_lime, 300), 0.135, 0.01 * 0.135);
  EXPECT_NEAR(diffusivity_um2_per_min(soda_lime, 330), 0.328, 0.01 * 0.328);
}
