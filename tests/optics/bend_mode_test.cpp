// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/bent_slab.hpp"
#include "optics/bend_curve.hpp"
#include "optics/bend_mode.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

using namespace beachfront::optics;

namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

StraightMode straight_of(const IndexProfile& profile, double wavelength_um,
                         Polarization polarization = Polarization::te) {
  auto mode = straight_mode(profile, wavelength_um, polarization);
  EXPECT_TRUE(mode);
  return *mode;
}

IndexProfile standing_slab(double core, double cladding, double width_um) {
  return {ChannelProfile{core - cladding, width_um, endless, 0}, cladding, {}};
}

} // namespace

TEST(BendMode, BentSlabsAreExactOverTenDecades) {
  // Bessel and Hankel functions of complex order: tests/optics/exact/bent_slab.cpp
  struct Case {
    double core, cladding, width_um, wavelength_um;
    std::vector<double> radii_mm;
  };
  for (const Case& c :
       {Case{1.505, 1.500, 6, 1.31, {5, 6, 7.5, 10, 12, 15, 18}}, Case{1.508, 1.500, 6, 1.31, {2.5, 3, 4, 5, 7, 9}},
        Case{1.7, 1.6, 1, 1.3, {0.04, 0.05, 0.1, 0.15}}}) {
    const auto straight = straight_of(standing_slab(c.core, c.cladding, c.width_um), c.wavelength_um);
    const auto bends = bend_modes(straight, c.radii_mm, Outside::positive_x);
    for (std::size_t i = 0; i < bends.size(); ++i) {
      const auto reference = exact::bent_slab_mode({{c.cladding, c.core, c.cladding, c.width_um}, c.radii_mm[i] * 1000},
                                                   c.wavelength_um, exact::Field::te);
      std::printf("R %6.2f mm  exact %.4e dB/cm  off by %+.1e\n", c.radii_mm[i], reference.loss_dB_per_cm,
                  bends[i].loss_dB_per_cm / reference.loss_dB_per_cm - 1);
      EXPECT_NEAR(bends[i].loss_dB_per_cm, reference.loss_dB_per_cm, 1e-4 * reference.loss_dB_per_cm);
      EXPECT_NEAR(bends[i].effective_index.real(), reference.effective_index.real(), 2e-8);
      EXPECT_TRUE(bends[i].guiding);
    }
  }
}

TEST(BendMode, JointsOfAPlanarGaussianGuideAreThoseOfAFiniteDifferenceSolution) {
  // docs/facts/optics.md section 5: R 13.7 mm, shift 0.343 um, joint 0.02715 dB, 0.0012 dB with the best offset,
  // reversal 0.1144 dB; 20 mm: 0.0126 dB. Its figures are given to 1 %, the reversal to 5 %.
  const auto straight = straight_of({GaussianProfile{0.0062, 4.5, endless, 0}, 1.503, {}}, 1.31);
  const auto bends = bend_modes(straight, {13.7, 20}, Outside::positive_x);
  EXPECT_NEAR(bends[0].shift_um, 0.343, 0.003);
  EXPECT_NEAR(bends[0].joint_loss_dB, 0.02715, 3e-4);
  EXPECT_NEAR(bends[0].offset_joint_loss_dB, 0.0012, 1e-4);
  EXPECT_NEAR(joint_loss_dB(straight, bends[0].field, bends[0].field.colwise().reverse()), 0.1144, 0.0065);
  EXPECT_NEAR(bends[1].joint_loss_dB, 0.0126, 1e-4);
}

TEST(BendMode, AFibreLosesWhatATwoDimensionalSolutionSays) {
  // docs/facts/optics.md 3.5, F3 by finite differences and a perfectly matched layer; its own error is not given
  const auto straight = straight_of({StepFibreProfile{0.005, 4.2, 0}, 1.503, {}}, 1.31);
  const auto bends = bend_modes(straight, {5, 7.5, 10}, Outside::positive_x);
  EXPECT_NEAR(bends[0].loss_dB_per_cm, 5.18, 0.03 * 5.18);
  EXPECT_NEAR(bends[1].loss_dB_per_cm, 0.360, 0.03 * 0.360);
  EXPECT_NEAR(bends[2].loss_dB_per_cm, 0.0241, 0.03 * 0.0241);
}

TEST(BendMode, LossAndJointsFallSteadilyWithTheRadius) {
  for (const Polarization polarization : {Polarization::te, Polarization::tm}) {
    const auto straight = straight_of({SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0}, 1.31, polarization);
    std::vector<double> radii_mm;
    for (int i = 0; i < 14; ++i)
      radii_mm.push_back(6 * std::pow(1.25, i));
    const auto bends = bend_modes(straight, radii_mm, Outside::positive_x);
    for (std::size_t i = 1; i < bends.size(); ++i) {
      EXPECT_GT(bends[i].loss_dB_per_cm, 0);
      EXPECT_LT(bends[i].loss_dB_per_cm, bends[i - 1].loss_dB_per_cm);
      EXPECT_LT(bends[i].joint_loss_dB, bends[i - 1].joint_loss_dB);
      EXPECT_LE(bends[i].offset_joint_loss_dB, bends[i].joint_loss_dB);
    }
  }
}

TEST(BendMode, AMatchedGuideHasTheIndexAskedFor) {
  const IndexProfile profile{SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0};
  for (const auto& [polarization, index] :
       {std::pair{Polarization::te, 1.508371632747}, {Polarization::tm, 1.508106543689}}) {
    const auto scalar = straight_of(profile, 1.31, polarization);
    const auto matched = matched_to(scalar, index);
    EXPECT_NEAR(matched.effective_index, index, 2e-8);
    EXPECT_NEAR(matched.contrast_scale, 1, 5e-3);
    // the loss changes as the decay says, exp(-2 g^3 R/(3 beta^2)), and a little by the factor before it
    const double beta = 2 * std::numbers::pi / 1.31 * index;
    const double change =
        -2 / (3 * beta * beta) * 15e3 * (std::pow(matched.decay_per_um, 3) - std::pow(scalar.decay_per_um, 3));
    const double found = std::log(bend_modes(matched, {15}, Outside::positive_x).front().loss_dB_per_cm /
                                  bend_modes(scalar, {15}, Outside::positive_x).front().loss_dB_per_cm);
    EXPECT_NEAR(found, change, 0.3 * std::abs(change));
  }
}

TEST(BendMode, LossBelowWhatAnyFieldResolvesIsStillALoss) {
  const auto straight = straight_of({GaussianProfile{0.009, 4, 3, 0}, 1.5065, {}}, 1.31);
  for (const auto& bend : bend_modes(straight, {100, 500, 1000}, Outside::positive_x)) {
    EXPECT_GT(bend.loss_dB_per_cm, 0);
    EXPECT_LT(bend.loss_dB_per_cm, 1e-30);
    EXPECT_TRUE(bend.guiding);
  }
}

TEST(BendMode, LossIsSmoothInTheRadius) {
  // ln(loss) against its neighbours' mean: what remains is curvature, (h/R)^2/4 at most
  const auto straight = straight_of(standing_slab(1.508, 1.500, 6), 1.31);
  std::vector<double> radii_mm;
  for (int i = 0; i <= 120; ++i)
    radii_mm.push_back(3 + 0.05 * i);
  const auto bends = bend_modes(straight, radii_mm, Outside::positive_x);
  for (std::size_t i = 1; i + 1 < bends.size(); ++i)
    EXPECT_NEAR(std::log(bends[i].loss_dB_per_cm),
                (std::log(bends[i - 1].loss_dB_per_cm) + std::log(bends[i + 1].loss_dB_per_cm)) / 2, 2e-4)
        << radii_mm[i];
}

TEST(BendMode, JointsAreSmoothInTheRadius) {
  // second differences of ln(joint) at steps of 1 %: those of 1/R^2 are 2e-4; a field cut at the caustic, which passes
  // the nodes of the straight mode one by one, makes steps of 5e-2
  for (const Polarization polarization : {Polarization::te, Polarization::tm}) {
    const auto straight = straight_of({SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0}, 1.31, polarization);
    std::vector<double> radii_mm;
    for (double radius_mm = 8; radius_mm < 16; radius_mm *= 1.01)
      radii_mm.push_back(radius_mm);
    const auto bends = bend_modes(straight, radii_mm, Outside::positive_x);
    for (std::size_t i = 1; i + 1 < bends.size(); ++i) {
      EXPECT_LT(bends[i].joint_loss_dB, bends[i - 1].joint_loss_dB);
      EXPECT_NEAR(std::log(bends[i].joint_loss_dB),
                  (std::log(bends[i - 1].joint_loss_dB) + std::log(bends[i + 1].joint_loss_dB)) / 2, 1e-3)
          << radii_mm[i];
    }
  }
}

TEST(BendMode, TooTightABendIsSaidNotToGuide) {
  const auto straight = straight_of({GaussianProfile{0.0062, 4.5, 4.5, 0}, 1.503, {}}, 1.31);
  EXPECT_FALSE(bend_modes(straight, {0.5}, Outside::positive_x).front().guiding);
}

TEST(BendMode, ALopsidedGuideLosesMoreTowardsItsSteeperSide) {
  // a map that is its own mirror image loses the same either way; a skewed one does not, and its mirror image the
  // reverse
  const auto map = [](double skew) {
    TableProfile table;
    for (int i = 0; i <= 80; ++i)
      table.x_um.push_back(-20 + 0.5 * i);
    for (int j = 0; j <= 60; ++j)
      table.y_um.push_back(-15 + 0.5 * j);
    for (const double y : table.y_um)
      for (const double x : table.x_um)
        table.delta_n.push_back(0.0075 * std::exp(-std::pow(x / (4 + (x > 0 ? skew : -skew)), 2) - std::pow(y / 4, 2)));
    return IndexProfile{table, 1.503, {}};
  };
  const auto losses = [](const IndexProfile& profile) {
    const auto straight = straight_of(profile, 1.31);
    return std::pair{bend_modes(straight, {9}, Outside::positive_x).front().loss_dB_per_cm,
                     bend_modes(straight, {9}, Outside::negative_x).front().loss_dB_per_cm};
  };
  const auto even = losses(map(0)), skewed = losses(map(0.8)), mirrored = losses(map(-0.8));
  EXPECT_NEAR(even.first, even.second, 1e-4 * even.first);
  EXPECT_GT(std::abs(skewed.first / skewed.second - 1), 0.01);
  EXPECT_NEAR(skewed.first, mirrored.second, 1e-3 * skewed.first);
}

TEST(BendCurve, TheRadiusForABudgetLosesTheBudget) {
  const auto guides = bend_guides({SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0}, 1.31);
  for (const double budget : {1.0, 0.02, 1e-4}) {
    const double radius_mm = *radius_for_loss_mm(guides, budget);
    EXPECT_NEAR(worst_bend(guides, radius_mm).loss_dB_per_cm, budget, 2e-3 * budget);
    EXPECT_LE(worst_bend(guides, radius_mm).loss_dB_per_cm, budget * (1 + 1e-9));
  }
}

TEST(BendCurve, ReadsSolvedBendsBackBetweenItsPoints) {
  const auto guides = bend_guides({GaussianProfile{0.0075, 4, 4, 0}, 1.503, {}}, 1.31);
  const BendCurve curve = bend_curve(guides, 8);
  for (const double radius_mm : {8.5, 11.9, 15.0}) {
    const BendPoint solved = worst_bend(guides, radius_mm);
    EXPECT_NEAR(loss_dB_per_cm(curve, radius_mm), solved.loss_dB_per_cm, 0.02 * solved.loss_dB_per_cm);
    EXPECT_NEAR(jump_loss_dB(curve, 1 / radius_mm), solved.joint_loss_dB, 0.01 * solved.joint_loss_dB);
  }
  const BendPoint at_nine = worst_bend(guides, 8);
  EXPECT_NEAR(jump_loss_dB(curve, 2 / 8.0), at_nine.reversal_loss_dB, 0.01 * at_nine.reversal_loss_dB);
  // steady far beyond the solved radii, never 0
  double before = loss_dB_per_cm(curve, 20);
  for (const double radius_mm : {40.0, 60.0, 100.0}) {
    EXPECT_LT(loss_dB_per_cm(curve, radius_mm), before);
    before = loss_dB_per_cm(curve, radius_mm);
    EXPECT_GT(before, 0);
  }
  EXPECT_EQ(jump_loss_dB(curve, 0), 0);
}
