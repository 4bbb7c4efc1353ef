// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/lateral_tail.hpp"

#include "optics/closed_forms.hpp"
#include "optics/coupling.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace beachfront::optics;

namespace {

constexpr StepFibre f3{1.508, 1.503, 4.2, 1.31, 1.50573869};

struct Guide {
  IndexProfile profile;
  GuidedMode mode;
  LateralTail tail;
};

Guide guide_of(const IndexProfile& profile) {
  auto mode = *guided_mode(profile, 1.31).mode;
  auto tail = lateral_tail(profile, mode);
  return {profile, std::move(mode), std::move(tail)};
}

Guide fibre_f3() {
  return guide_of({StepFibreProfile{0.005, 4.2, 0}, 1.503, {}});
}

const IonField& ions_of_a0() {
  static const IonField ions = [] {
    Glass glass;
    glass.ion_exchangeable = true;
    Recipe recipe;
    recipe.mask_opening_um = 2;
    recipe.delta_n_max = 0.05;
    recipe.diffusion = IonDiffusion{1 / 60e12, 0, 0.15, 0, 0}; // minutes are D t in um^2
    recipe.steps = {{StepKind::exchange, 300, 3}, {StepKind::diffusion, 300, 3}};
    return *exchange_ions(recipe, glass).ions;
  }();
  return ions;
}

/// Recipe A0 of docs/facts/optics.md section 7 under air.
Guide recipe_a0(double delta_n_max) {
  return guide_of({DiffusedProfile{ions_of_a0(), delta_n_max}, 1.503, 1.0});
}

} // namespace

// The tail integral with the exact mode is Marcuse's and Snyder and Love's formula. With the separable mode it keeps
// that within the square of the field's own error, 2 to 3 % in width, plus that of the decay: 6 %.
TEST(LateralTail, FibreMatchesTheClosedForms) {
  const auto& guide = fibre_f3();
  for (const double radius_mm : {5.0, 7.5, 10.0, 13.7, 15.0}) {
    const double closed = marcuse_fibre_bend_loss_dB_per_m(f3, radius_mm) / 100;
    EXPECT_NEAR(bend_loss_dB_per_cm(guide.tail, radius_mm), closed, 0.06 * closed);
  }
  for (const double distance_um : {15.0, 20.0, 25.0, 30.0}) {
    const double closed = fibre_pair_coupling_per_mm(f3, distance_um);
    EXPECT_NEAR(coupling_per_mm(guide.tail, distance_um), closed, 0.02 * closed);
  }
}

// Against the field solution of the same bend (docs/facts/optics.md 3.5) the family of formulas reads 1.2 to 1.56 times
// high; as the radius for a given loss, which is what routing asks for, that is at most 8 %.
TEST(LateralTail, FibreBendRadiusAgainstTheFieldSolution) {
  const auto& guide = fibre_f3();
  const double rows[][2] = {{5, 5.18}, {7.5, 0.360}, {10, 0.0241}};
  for (const auto& [radius_mm, loss] : rows) {
    const double found = radius_for_loss_mm(guide.tail, loss, 1);
    EXPECT_GT(found, radius_mm);
    EXPECT_LT(found, 1.08 * radius_mm);
  }
}

// Brusberg, OFC 2025 Th3H.1: 0.015 (TE) and 0.019 (TM) dB/cm at 13.7 mm; docs/facts/optics.md section 8 row 24 asks for
// 0.017 dB/cm at 13.4 mm. Ours comes out 6 % below. 8 % is allowed there to a field solver; the formula's own 8 % come
// to that.
TEST(LateralTail, PublishedBendOfRecipeA0) {
  const double radius_mm = radius_for_loss_mm(recipe_a0(0.052).tail, 0.017, 1);
  EXPECT_NEAR(radius_mm, 13.4, 0.16 * 13.4);
}

// docs/facts/optics.md section 7: -33.7, -52.4 and -89 dB over 10 mm for an index change between 0.049 and 0.052. Its
// peak fraction, 0.122, was computed on coarse cells; ours is 0.1305, so the same peak index is that much less.
TEST(LateralTail, CrosstalkOfRecipeA0) {
  const auto weak = recipe_a0(0.049 * 0.122 / 0.1305), strong = recipe_a0(0.052);
  const double rows[][2] = {{25, -33.7}, {30, -52.4}, {40, -89}};
  for (const auto& [distance_um, expected] : rows) {
    EXPECT_GT(crosstalk_dB(coupling_per_mm(weak.tail, distance_um), 10), expected);
    EXPECT_LT(crosstalk_dB(coupling_per_mm(strong.tail, distance_um), 10), expected);
  }
}

TEST(LateralTail, LossFallsWithRadiusAndCouplingWithDistance) {
  const auto guide = recipe_a0(0.05);
  double loss = 1e300, coupling = 1e300;
  for (double at = 1; at < 60; at *= 1.2) {
    EXPECT_LT(bend_loss_dB_per_cm(guide.tail, at), loss);
    EXPECT_LT(coupling_per_mm(guide.tail, 10 * at), coupling);
    loss = bend_loss_dB_per_cm(guide.tail, at);
    coupling = coupling_per_mm(guide.tail, 10 * at);
    EXPECT_GT(loss, 0);
    EXPECT_GT(coupling, 0);
  }
}

TEST(LateralTail, RadiusForALossGivesThatLoss) {
  const auto& guide = fibre_f3();
  const double radius_mm = radius_for_loss_mm(guide.tail, 0.02, 1);
  EXPECT_NEAR(bend_loss_dB_per_cm(guide.tail, radius_mm), 0.02, 1e-9);
  EXPECT_EQ(radius_for_loss_mm(guide.tail, 0.02, 25), 25); // never below what it is told
}

// docs/facts/optics.md 3: the caustic R (N - n_s)/n_s lies 19 um out at 13.7 mm.
TEST(LateralTail, SmallestGuidingRadiusPutsTheCausticOnTheMode) {
  const auto guide = recipe_a0(0.05);
  const double caustic_um = 13.7e3 * (guide.mode.effective_index - 1.503) / 1.503;
  EXPECT_NEAR(caustic_um, 19, 1.5);
  EXPECT_NEAR(smallest_guiding_radius_mm(guide.mode, 1.503),
              13.7 * guide.mode.mode_field_diameter_x_um / 2 / caustic_um, 1e-9);
}

// A guide of 60 um at 0.42 um: exp(decay * width) alone passes the largest double.
TEST(LateralTail, HugeGuidesStayFinite) {
  const IndexProfile profile{SurfaceErfcProfile{0.03, 2, 36, 17}, 1.47, 1.0};
  const auto mode = *guided_mode(profile, 0.42).mode;
  const auto tail = lateral_tail(profile, mode);
  for (const double at : {0.01, 1.0, 100.0, 1e4}) {
    EXPECT_TRUE(std::isfinite(bend_loss_dB_per_cm(tail, at)));
    EXPECT_TRUE(std::isfinite(coupling_per_mm(tail, at)));
    EXPECT_GT(coupling_per_mm(tail, at), 0);
  }
}
