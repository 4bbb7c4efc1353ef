// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/supermodes.hpp"

#include "optics/closed_forms.hpp"
#include "optics/coupling.hpp"
#include "optics/lateral_tail.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

using namespace beachfront::optics;

namespace {

constexpr double wavelength_um = 1.31;
constexpr double infinite = std::numeric_limits<double>::infinity();

StraightMode lone(const IndexProfile& profile, Polarization polarization = Polarization::te) {
  return straight_mode(profile, wavelength_um, polarization).value();
}

/// The slab 1.505/1.5, 6 um, of docs/facts/optics.md 3.6.
StraightMode slab() {
  return lone({ChannelProfile{0.005, 6, infinite, 0}, 1.5, {}});
}

/// A buried ion-exchanged guide: docs/facts/optics.md 5.
const IndexProfile buried{GaussianProfile{0.0062, 4.5, 4.5, 0}, 1.503, {}};

/// Effective index of the even or odd TE mode of two slabs, to the digits of long double, by bisection of
/// tan(kappa h) (kappa^2 - g^2 t) = kappa g (1 + t), t = tanh(g gap/2) or its inverse.
long double exact_index(long double gap_um, bool even) {
  const long double k = 2 * std::numbers::pi_v<long double> / 1.31L, h = 6;
  const auto mismatch = [&](long double n) {
    const long double kappa = k * std::sqrt(1.505L * 1.505L - n * n), g = k * std::sqrt(n * n - 2.25L);
    const long double t = even ? std::tanh(g * gap_um / 2) : 1 / std::tanh(g * gap_um / 2);
    return kappa * h - std::atan2(kappa * g * (1 + t), kappa * kappa - g * g * t);
  };
  long double low = 1.5L + 1e-9L, high = 1.505L - 1e-12L; // the mismatch falls with n
  for (int i = 0; i < 200; ++i)
    (mismatch((low + high) / 2) > 0 ? low : high) = (low + high) / 2;
  return low;
}

/// The weak-coupling limit of the same, C = 2 kappa^2 g exp(-g gap)/[beta (h + 2/g)(kappa^2 + g^2)], 1/mm (Marcuse,
/// Theory of Dielectric Optical Waveguides, 1974).
double far_slab_coupling_per_mm(double effective_index, double gap_um) {
  const double k = 2 * std::numbers::pi / wavelength_um, beta = k * effective_index;
  const double kappa2 = k * k * (1.505 * 1.505) - beta * beta, g = std::sqrt(beta * beta - k * k * 2.25);
  return 1e3 * 2 * kappa2 * g * std::exp(-g * gap_um) / (beta * (6 + 2 / g) * (kappa2 + g * g));
}

/// A guide sampled into a table.
template <class Shape>
IndexProfile as_table(Shape&& delta_n) {
  TableProfile table;
  for (double at = -12; at <= 12.001; at += 0.5) {
    table.x_um.push_back(at);
    table.y_um.push_back(at);
  }
  for (const double y : table.y_um)
    for (const double x : table.x_um)
      table.delta_n.push_back(delta_n(x, y));
  return {table, 1.503, {}};
}

IndexProfile gaussian_table() {
  return as_table([](double x, double y) { return 0.0062 * std::exp(-(x * x + y * y) / (4.5 * 4.5)); });
}

} // namespace

TEST(Supermodes, OfTwoSlabsAreExact) {
  const StraightMode one = slab();
  for (const double gap : {6.0, 8.0, 10.0, 14.0}) {
    const auto pair = supermodes(one, 6 + gap).value();
    const long double even = exact_index(gap, true), odd = exact_index(gap, false);
    EXPECT_NEAR(pair.even_index, static_cast<double>(even), 1e-9) << gap;
    EXPECT_NEAR(pair.odd_index, static_cast<double>(odd), 1e-9) << gap;
    // the window cuts off exp(-16) of the outer tails
    EXPECT_NEAR(pair.index_splitting / static_cast<double>(even - odd), 1, 2e-6) << gap;
  }
  // docs/facts/optics.md 3.6, all printed digits
  EXPECT_NEAR(supermodes(one, 12)->coupling_length_mm, 7.091947, 1e-5);
  EXPECT_NEAR(supermodes(one, 14)->coupling_length_mm, 18.845996, 1e-4);
  EXPECT_NEAR(supermodes(one, 16)->coupling_length_mm, 50.075946, 1e-4);
  EXPECT_NEAR(supermodes(one, 20)->coupling_length_mm, 353.511, 1e-3);
}

TEST(Supermodes, SplittingKeepsItsDigitsFarBelowRounding) {
  const StraightMode one = slab();
  for (const double distance : {40.0, 80.0, 150.0}) {
    const auto pair = supermodes(one, distance).value();
    // the closed form multiplies an error of the effective index (1e-10) by d(g)/dN gap = 7e3/um
    EXPECT_NEAR(pair.coupling_per_mm / far_slab_coupling_per_mm(one.effective_index, distance - 6), 1, 2e-4)
        << distance;
  }
  EXPECT_LT(supermodes(one, 150)->index_splitting, 1e-30);
}

TEST(Supermodes, SplittingIsTheDifferenceOfTheIndicesWhereThatHasDigits) {
  for (const auto polarization : {Polarization::te, Polarization::tm})
    for (const auto& profile : {buried, IndexProfile{SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0}}) {
      const StraightMode one = lone(profile, polarization);
      for (const double distance : {12.0, 16.0, 20.0, 25.0, 30.0}) {
        const auto pair = supermodes(one, distance).value();
        EXPECT_TRUE(pair.converged);
        // rounding, of an operator whose largest eigenvalues are 1e4 of 1/um^2
        EXPECT_NEAR(pair.index_splitting, pair.even_index - pair.odd_index, 1e-13) << distance;
      }
    }
}

TEST(Supermodes, AreConvergedInDegreeNearAndFar) {
  const StraightMode one = lone(buried);
  for (const double distance : {6.0, 14.0, 30.0, 45.0, 100.0}) {
    const double coarse = supermodes(one, distance, 8)->coupling_per_mm,
                 fine = supermodes(one, distance, 14)->coupling_per_mm,
                 usual = supermodes(one, distance)->coupling_per_mm;
    EXPECT_NEAR(usual / fine, 1, 1e-6) << distance;
    EXPECT_NEAR(coarse / fine, 1, 1e-4) << distance;
  }
}

TEST(Supermodes, OfStepFibresAreTheClosedFormWithinWeakGuidance) {
  const StraightMode one = lone({StepFibreProfile{0.005, 4.2, 0}, 1.503, {}});
  for (const double distance : {15.0, 20.0, 25.0, 30.0}) {
    const auto pair = supermodes(one, distance).value();
    const double closed = fibre_pair_coupling_per_mm({1.508, 1.503, 4.2, wavelength_um, one.effective_index}, distance);
    // the closed form has the wave number of the core where the exact one has beta
    EXPECT_NEAR(pair.coupling_per_mm / closed, 1.508 / one.effective_index, 1e-4) << distance;
  }
}

TEST(Supermodes, ApproachTheFastModelFarApart) {
  const GuidedMode fast = *guided_mode(buried, wavelength_um).mode;
  const LateralTail tail = lateral_tail(buried, fast);
  const StraightMode one = lone(buried);
  // Where profiles overlap the tails are not the pair. Beyond, the fast mode's own error of the decay (a separable
  // field) grows with distance.
  for (const double distance : {25.0, 30.0, 40.0}) {
    const double ratio = coupling_per_mm(tail, distance) / supermodes(one, distance)->coupling_per_mm;
    EXPECT_NEAR(ratio, 1, 0.1) << distance;
  }
}

TEST(Supermodes, OfMergedGuidesAreThoseOfOneWiderGuide) {
  const StraightMode one = slab();
  // touching slabs are one slab of twice the width: its first two modes
  const auto pair = supermodes(one, 6).value();
  const long double k = 2 * std::numbers::pi_v<long double> / 1.31L;
  for (const int order : {0, 1}) {
    const long double n = order == 0 ? pair.even_index : pair.odd_index;
    const long double kappa = k * std::sqrt(1.505L * 1.505L - n * n), g = k * std::sqrt(n * n - 2.25L);
    const long double phase = kappa * 12 - order * std::numbers::pi_v<long double> - 2 * std::atan(g / kappa);
    EXPECT_NEAR(static_cast<double>(phase), 0, 1e-5) << order;
  }
  EXPECT_FALSE(supermodes(one, 6.5)->merged);
  EXPECT_TRUE(supermodes(one, 5.5)->merged);
  // 4 um slabs that overlap to one of 5 um leave no odd mode
  const auto close = supermodes(lone({ChannelProfile{0.005, 4, infinite, 0}, 1.5, {}}), 1).value();
  EXPECT_TRUE(close.merged);
  EXPECT_FALSE(close.odd_guided);
  EXPECT_NEAR(close.index_splitting, close.even_index - 1.5, 1e-12);
}

TEST(Supermodes, OfATableAgreeWithTheMirrorPlaneNearAndFar) {
  const StraightMode table = lone(gaussian_table()), formula = lone(buried);
  // the bilinear table itself moves the index by some 1e-5 and the decay with it
  for (const double distance : {12.0, 16.0, 20.0}) {
    const auto pair = supermodes(table, distance).value();
    EXPECT_EQ(pair.method, PairMethod::whole_pair);
    EXPECT_NEAR(pair.coupling_per_mm / supermodes(formula, distance)->coupling_per_mm, 1, 0.05) << distance;
  }
  for (const double distance : {50.0, 70.0}) {
    const auto pair = supermodes(table, distance).value();
    EXPECT_EQ(pair.method, PairMethod::coupling_integral);
    EXPECT_NEAR(pair.coupling_per_mm / supermodes(formula, distance)->coupling_per_mm, 1, 0.1) << distance;
  }
}

TEST(Supermodes, OfAnAsymmetricGuideCarryOnFromTheWholePairToTheIntegral) {
  const StraightMode one = lone(as_table([](double x, double y) {
    const double hx = x < 0 ? 3.5 : 5.5;
    return 0.0062 * std::exp(-x * x / (hx * hx) - y * y / (4.5 * 4.5));
  }));
  // ln C is nearly straight in distance, and its bend falls slowly
  const auto ln_C = [&](double distance, PairMethod method) {
    const auto pair = supermodes(one, distance).value();
    EXPECT_EQ(pair.method, method) << distance;
    return std::log(pair.coupling_per_mm);
  };
  const double before = ln_C(26, PairMethod::whole_pair), just = ln_C(28, PairMethod::whole_pair),
               after = ln_C(30, PairMethod::coupling_integral);
  const double bend_before = ln_C(24, PairMethod::whole_pair) - 2 * before + just;
  EXPECT_NEAR(before - 2 * just + after, bend_before, 0.003); // 0.1 % of C would show
}

TEST(Supermodes, CouplingFallsWithDistance) {
  const StraightMode one = lone(buried);
  double before = infinite;
  for (double distance = 8; distance < 60; distance += 4) {
    const double now = supermodes(one, distance)->coupling_per_mm;
    EXPECT_LT(now, before) << distance;
    before = now;
  }
}

TEST(Supermodes, TheDistanceForACrosstalkBudgetKeepsItTightly) {
  const StraightMode one = lone(buried);
  for (const double budget : {-15.0, -35.0, -55.0, -120.0}) {
    const double distance = distance_for_crosstalk_um(one, 10, budget).value();
    EXPECT_LE(crosstalk_dB(supermodes(one, distance)->coupling_per_mm, 10), budget);
    EXPECT_GT(crosstalk_dB(supermodes(one, distance - 2e-3)->coupling_per_mm, 10), budget);
  }
  EXPECT_FALSE(distance_for_crosstalk_um(one, 10, -1e5));
}

TEST(Supermodes, RefuseWhatIsNoPair) {
  const StraightMode one = slab();
  EXPECT_THROW(supermodes(one, 0), std::invalid_argument);
  EXPECT_THROW(supermodes(one, -3), std::invalid_argument);
  EXPECT_THROW(supermodes(one, infinite), std::invalid_argument);
  StraightMode planar = one;
  planar.profile = {GaussianProfile{0.006, infinite, 4, 0}, 1.503, {}};
  EXPECT_THROW(supermodes(planar, 30), std::invalid_argument);
}
