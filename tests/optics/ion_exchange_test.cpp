// SPDX-License-Identifier: GPL-3.0-or-later
#include "ion_exchange_cases.hpp"

#include <cmath>
#include <numbers>

using namespace beachfront::optics;

// The default aims at 1e-4 of the largest fraction; a closed form has its own rounding besides, seven digits or more.
constexpr double tolerance = 1e-4;

TEST(IonExchange, EqualMobilitiesGiveErfc) {
  const auto ions = solve(recipe(1, 0.7, {exchange(1)}));
  for (const double x : {0.5, 1.0, 2.0, 3.0})
    EXPECT_NEAR(ions.smooth_at(0, x), 0.7 * std::erfc(x / 2), 0.7 * tolerance);
  EXPECT_NEAR(ions.content_um2, 0.7 * 2 / std::sqrt(std::numbers::pi), 0.7 * tolerance);
}

TEST(IonExchange, NonlinearSimilarityTable) {
  struct Row { // docs/facts/optics.md 1.2 (b); eta = x / 2 sqrt(D t), uptake = |q0| sqrt(D t)
    double M, c0, q0, eta_half, at_05, at_10, at_15, at_20;
  };
  const Row rows[] = {
      {1, 1, 1.12837917, 0.4769363, 0.479500, 0.157299, 0.033895, 0.004678},
      {0.5, 1, 1.38835343, 0.6326912, 0.608113, 0.242988, 0.057377, 0.008108},
      {0.2, 1, 1.75401730, 0.8526239, 0.753940, 0.388888, 0.108157, 0.016058},
      {0.1, 1, 2.03465471, 1.0150720, 0.836871, 0.511732, 0.165910, 0.026071},
      {0.2, 0.5, 0.65903203, 0.5901486, 0.575206, 0.218106, 0.050144, 0.007035},
      {0.1, 0.9, 1.59733062, 0.8648984, 0.760928, 0.397812, 0.111814, 0.016660},
  };
  constexpr double Dt = 4; // eta = x/4
  for (const auto& row : rows) {
    SCOPED_TRACE(testing::Message() << "M " << row.M << " c0 " << row.c0);
    const auto ions = solve(recipe(row.M, row.c0, {exchange(Dt)}));
    EXPECT_NEAR(ions.content_um2, row.q0 * std::sqrt(Dt), tolerance * row.q0 * std::sqrt(Dt));
    EXPECT_NEAR(ions.smooth_at(0, 4 * row.eta_half) / row.c0, 0.5, tolerance);
    EXPECT_NEAR(ions.smooth_at(0, 2) / row.c0, row.at_05, tolerance);
    EXPECT_NEAR(ions.smooth_at(0, 4) / row.c0, row.at_10, tolerance);
    EXPECT_NEAR(ions.smooth_at(0, 6) / row.c0, row.at_15, tolerance);
    EXPECT_NEAR(ions.smooth_at(0, 8) / row.c0, row.at_20, tolerance);
  }
}

// docs/facts/optics.md 1.2 (e): peak, its place and full width in 2 sqrt(D t1).
TEST(IonExchange, ThermalBurial) {
  const double cases[][4] = {
      {0.5, 0.259359, 0.64190, 1.0744}, {1, 0.166064, 0.83260, 1.3572}, {2, 0.097776, 1.1029, 1.7776}};
  for (const auto& [ratio, peak, place, width] : cases) {
    const auto ions = solve(recipe(1, 1, {exchange(1), diffusion(ratio)}));
    const auto found = peak_of(ions);
    EXPECT_NEAR(found.fraction, peak, tolerance * peak * 2); // two steps, each within the tolerance
    EXPECT_NEAR(found.depth_um, 2 * place, 0.15);                   // a flat top on cells of 0.1 um
    double above = 0;
    for (double y = 0.005; y < 12; y += 0.01)
      above += ions.smooth_at(0, y) > found.fraction / 2 ? 0.01 : 0.0;
    EXPECT_NEAR(above, 2 * width, 0.01 * 2 * width);
  }
}

// docs/facts/optics.md 1.2 (f): c(0)/c0 = (2/pi) atan sqrt(t1/t2).
TEST(IonExchange, SealedAnneal) {
  for (const double ratio : {0.5, 1.0, 2.0}) {
    const auto ions = solve(recipe(1, 1, {exchange(1), anneal(ratio)}));
    EXPECT_NEAR(ions.smooth_at(0, 0), 2 / std::numbers::pi * std::atan(std::sqrt(1 / ratio)), tolerance);
  }
}

// docs/facts/optics.md section 7 computed A0 on 0.25 um cells and says that halving them moved the peak by 2 %: at
// first order that leaves 4 %, to which our own 2 % come. Places and widths are good to half a cell of theirs.
TEST(IonExchange, RecipeA0) {
  const auto ions = solve(recipe_a0());
  const auto peak = peak_of(ions);
  EXPECT_NEAR(peak.fraction, 0.122, 0.06 * 0.122);
  EXPECT_NEAR(peak.depth_um, 3.0, 0.125);
  double wide = 0, deep = 0;
  for (double s = 0.005; s < 15; s += 0.01) {
    wide += ions.smooth_at(s, peak.depth_um) > peak.fraction / 2 ? 0.02 : 0.0;
    deep += ions.smooth_at(0, s) > peak.fraction / 2 ? 0.01 : 0.0;
  }
  EXPECT_NEAR(wide, 8.35, 0.125);
  EXPECT_NEAR(deep, 5.0, 0.125);
}

// Millar and Hutchins, J. Phys. D 11, 1567 (1978): in soda-lime c = 1 - x/d - 0.64 (x/d)^2 up to 0.69273 d.
// docs/facts/optics.md 1.3 fits M = 0.2 with d = 2.2101 * 2 sqrt(D t), rms 2.6 % of the index change.
TEST(IonExchange, PublishedSilverProfileInSodaLime) {
  const auto ions = solve(recipe(0.2, 1, {exchange(1)}));
  const double d = 2.2101 * 2;
  double squares = 0;
  constexpr int points = 200;
  for (int i = 0; i < points; ++i) {
    const double u = 0.69273 * (i + 0.5) / points;
    const double miss = ions.smooth_at(0, u * d) - (1 - u - 0.64 * u * u);
    squares += miss * miss;
  }
  EXPECT_LT(std::sqrt(squares / points), 0.04);
}

// Ramaswamy and Najafi, JQE 22, 883 (1986), dilute melt: D = 0.133 um^2/min, 60 min; half the surface fraction at
// 0.9539 sqrt(D t) = 2.69 um.
TEST(IonExchange, PublishedDiluteExchange) {
  auto r = recipe(1, 0.1, {{StepKind::exchange, 330, 60}});
  r.diffusion->D0_m2_per_s = 0.133 * one_um2_per_min;
  EXPECT_NEAR(solve(r).smooth_at(0, 2.69) / 0.1, 0.5, tolerance);
}

