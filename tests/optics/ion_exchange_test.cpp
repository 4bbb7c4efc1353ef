// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/ion_exchange.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace beachfront::optics;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

constexpr double one_um2_per_min = 1 / 60e12; // D in m^2/s, so that a step's minutes are its D t in um^2

Glass alkali_glass() {
  Glass glass;
  glass.name = "test glass";
  glass.ion_exchangeable = true;
  return glass;
}

Recipe recipe(double mobility_ratio, double surface_fraction, std::vector<RecipeStep> steps) {
  Recipe r;
  r.surface_fraction = surface_fraction;
  r.delta_n_max = 0.05;
  r.diffusion = IonDiffusion{one_um2_per_min, 0, mobility_ratio, 0, 0};
  r.steps = std::move(steps);
  return r;
}

RecipeStep exchange(double Dt) {
  return {StepKind::exchange, 300, Dt};
}
RecipeStep diffusion(double Dt) {
  return {StepKind::diffusion, 300, Dt};
}
RecipeStep anneal(double Dt) {
  return {StepKind::anneal, 300, Dt};
}

IonField solve(const Recipe& r, const ExchangeGrid& grid = {}) {
  auto result = exchange_ions(r, alkali_glass(), grid);
  EXPECT_THAT(result.findings.errors, IsEmpty());
  return *result.ions;
}

/// Recipe A0 of docs/facts/optics.md section 7.
Recipe recipe_a0() {
  auto r = recipe(0.15, 1, {exchange(3), diffusion(3)});
  r.mask_opening_um = 2;
  return r;
}

struct Peak {
  double fraction = 0, depth_um = 0;
};

Peak peak_of(const IonField& ions) {
  Peak peak;
  for (double y = 0; y < 15; y += 0.01)
    if (ions.at(0, y) > peak.fraction)
      peak = {ions.at(0, y), y};
  return peak;
}

} // namespace

// The tolerance of all planar cases is the 0.5 % (of the surface fraction) that docs/facts/optics.md section 8 asks of
// row 14; the default grid meets it with room, and the orders below show that what is left is discretisation.
constexpr double planar_tolerance = 0.005;

TEST(IonExchange, EqualMobilitiesGiveErfc) {
  const auto ions = solve(recipe(1, 0.7, {exchange(1)}));
  for (const double x : {0.5, 1.0, 2.0, 3.0})
    EXPECT_NEAR(ions.at(0, x), 0.7 * std::erfc(x / 2), 0.7 * planar_tolerance);
  EXPECT_NEAR(ions.content_um2, 0.7 * 2 / std::sqrt(std::numbers::pi), 0.7 * planar_tolerance);
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
    EXPECT_NEAR(ions.content_um2, row.q0 * std::sqrt(Dt), planar_tolerance * row.q0 * std::sqrt(Dt));
    EXPECT_NEAR(ions.at(0, 4 * row.eta_half) / row.c0, 0.5, planar_tolerance);
    EXPECT_NEAR(ions.at(0, 2) / row.c0, row.at_05, planar_tolerance);
    EXPECT_NEAR(ions.at(0, 4) / row.c0, row.at_10, planar_tolerance);
    EXPECT_NEAR(ions.at(0, 6) / row.c0, row.at_15, planar_tolerance);
    EXPECT_NEAR(ions.at(0, 8) / row.c0, row.at_20, planar_tolerance);
  }
}

// docs/facts/optics.md 1.2 (e): peak, its place and full width in 2 sqrt(D t1).
TEST(IonExchange, ThermalBurial) {
  const double cases[][4] = {
      {0.5, 0.259359, 0.64190, 1.0744}, {1, 0.166064, 0.83260, 1.3572}, {2, 0.097776, 1.1029, 1.7776}};
  for (const auto& [ratio, peak, place, width] : cases) {
    const auto ions = solve(recipe(1, 1, {exchange(1), diffusion(ratio)}));
    const auto found = peak_of(ions);
    EXPECT_NEAR(found.fraction, peak, planar_tolerance * peak * 2); // two steps, each within the tolerance
    EXPECT_NEAR(found.depth_um, 2 * place, 0.15);                   // a flat top on cells of 0.1 um
    double above = 0;
    for (double y = 0.005; y < 12; y += 0.01)
      above += ions.at(0, y) > found.fraction / 2 ? 0.01 : 0.0;
    EXPECT_NEAR(above, 2 * width, 0.01 * 2 * width);
  }
}

// docs/facts/optics.md 1.2 (f): c(0)/c0 = (2/pi) atan sqrt(t1/t2).
TEST(IonExchange, SealedAnneal) {
  for (const double ratio : {0.5, 1.0, 2.0}) {
    const auto ions = solve(recipe(1, 1, {exchange(1), anneal(ratio)}));
    EXPECT_NEAR(ions.at(0, 0), 2 / std::numbers::pi * std::atan(std::sqrt(1 / ratio)), planar_tolerance);
  }
}

TEST(IonExchange, NothingIsLost) {
  const auto exchanged = recipe(0.15, 1, {exchange(3)});
  auto masked = recipe_a0();
  const auto buried = solve(masked);
  EXPECT_NEAR(buried.absorbed_um2, buried.content_um2, 1e-11 * buried.content_um2);
  masked.steps = {exchange(3)};
  const auto open = solve(masked);
  EXPECT_GT(open.content_um2, buried.content_um2); // the second melt takes ions back
  masked.steps = {exchange(1.5), anneal(1.5)};
  const auto sealed = solve(masked);
  masked.steps = {exchange(1.5)};
  EXPECT_NEAR(sealed.absorbed_um2, sealed.content_um2, 1e-11 * sealed.content_um2);
  const auto planar = solve(exchanged);
  EXPECT_NEAR(planar.absorbed_um2, planar.content_um2, 1e-11 * planar.content_um2);
}

TEST(IonExchange, StaysBetweenNothingAndTheSurfaceFraction) {
  for (const double opening : {0.5, 2.0, 60.0}) {
    auto r = recipe(0.05, 1, {exchange(3), diffusion(3)});
    r.mask_opening_um = opening;
    const auto c = solve(r).fraction;
    EXPECT_GE(*std::min_element(c.begin(), c.end()), 0);
    EXPECT_LE(*std::max_element(c.begin(), c.end()), 1);
  }
}

TEST(IonExchange, SecondOrderInTimeAndInPlanarSpace) {
  const auto content = [](double mobility_ratio, double cells, int steps) {
    return solve(recipe(mobility_ratio, 1, {exchange(1)}), {cells, steps}).content_um2;
  };
  const double exact = 2 / std::sqrt(std::numbers::pi);
  const double coarse = std::abs(content(1, 15, 300) - exact), fine = std::abs(content(1, 30, 300) - exact);
  EXPECT_NEAR(std::log2(coarse / fine), 2, 0.3);
  const double time = (content(0.15, 20, 16) - content(0.15, 20, 32)) / (content(0.15, 20, 32) - content(0.15, 20, 64));
  EXPECT_NEAR(std::log2(time), 2, 0.5); // the sudden start spoils the first few steps of each run
}

// The field ends in a square-root singularity at the edge of the mask, so the content converges with the first power of
// the cell width there. Extrapolated, that says how low the default grid reads: 1.6 %.
TEST(IonExchange, FirstOrderUnderAMask) {
  const auto content = [](double cells) {
    auto r = recipe(1, 1, {exchange(3)});
    r.mask_opening_um = 2;
    return solve(r, {cells, 24}).content_um2;
  };
  const double coarse = content(10), middle = content(20), fine = content(40);
  EXPECT_NEAR(std::log2((middle - coarse) / (fine - middle)), 1, 0.25); // the coarsest has four cells in the opening
  const double limit = 2 * fine - middle;
  EXPECT_NEAR(content(25) / limit, 0.984, 0.004);
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
    wide += ions.at(s, peak.depth_um) > peak.fraction / 2 ? 0.02 : 0.0;
    deep += ions.at(0, s) > peak.fraction / 2 ? 0.01 : 0.0;
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
    const double miss = ions.at(0, u * d) - (1 - u - 0.64 * u * u);
    squares += miss * miss;
  }
  EXPECT_LT(std::sqrt(squares / points), 0.04);
}

// Ramaswamy and Najafi, JQE 22, 883 (1986), dilute melt: D = 0.133 um^2/min, 60 min; half the surface fraction at
// 0.9539 sqrt(D t) = 2.69 um.
TEST(IonExchange, PublishedDiluteExchange) {
  auto r = recipe(1, 0.1, {{StepKind::exchange, 330, 60}});
  r.diffusion->D0_m2_per_s = 0.133 * one_um2_per_min;
  EXPECT_NEAR(solve(r).at(0, 2.69) / 0.1, 0.5, planar_tolerance);
}

TEST(Recipe, AlkaliFreeGlassIsRefused) {
  Glass glass = alkali_glass();
  glass.name = "EAGLE XG";
  glass.ion_exchangeable = false;
  const auto result = exchange_ions(recipe_a0(), glass);
  EXPECT_FALSE(result.ions);
  EXPECT_THAT(result.findings.errors, ElementsAre(HasSubstr("EAGLE XG has no mobile alkali")));
}

TEST(Recipe, TemperatureOutsideTheDataIsAWarning) {
  auto r = recipe_a0();
  r.diffusion->min_temperature_C = 217;
  r.diffusion->max_temperature_C = 290;
  const auto result = exchange_ions(r, alkali_glass());
  EXPECT_TRUE(result.ions);
  EXPECT_THAT(result.findings.warnings,
              ElementsAre(HasSubstr("300 C is outside the 217 to 290 C"), HasSubstr("step 1")));
}

TEST(Recipe, WrongDataAreNamed) {
  const auto errors = [](auto change) {
    auto r = recipe_a0();
    change(r);
    const auto result = exchange_ions(r, alkali_glass());
    EXPECT_FALSE(result.ions);
    return result.findings.errors;
  };
  EXPECT_THAT(errors([](Recipe& r) { r.steps[1].time_min = -3; }), ElementsAre(HasSubstr("step 1: time -3 min")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps[0].time_min = NAN; }), ElementsAre(HasSubstr("step 0: time nan")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps[0].temperature_C = -300; }), ElementsAre(HasSubstr("no temperature")));
  EXPECT_THAT(errors([](Recipe& r) { r.surface_fraction = 1.2; }), ElementsAre(HasSubstr("surface fraction 1.2")));
  EXPECT_THAT(errors([](Recipe& r) { r.mask_opening_um = 0; }), ElementsAre(HasSubstr("mask opening 0")));
  EXPECT_THAT(errors([](Recipe& r) { r.diffusion->mobility_ratio = 0; }), ElementsAre(HasSubstr("mobility ratio")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps[1].time_min = 1e30; }), ElementsAre(HasSubstr("diffusion length")));
  EXPECT_THAT(errors([](Recipe& r) { r.mask_opening_um = 0.01; }), ElementsAre(HasSubstr("not resolved")));
  EXPECT_THAT(errors([](Recipe& r) { r.diffusion->activation_energy_kJ_per_mol = 1e6; }),
              ElementsAre(HasSubstr("diffusion length of 0 um")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps = {diffusion(1)}; }), ElementsAre(HasSubstr("first step")));
  EXPECT_THAT(errors([](Recipe& r) { r.diffusion.reset(); }), ElementsAre(HasSubstr("no diffusion data for Ag")));
}
