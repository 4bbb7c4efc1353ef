// SPDX-License-Identifier: GPL-3.0-or-later
#include "ion_exchange_cases.hpp"

#include <cmath>

using namespace beachfront::optics;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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
  EXPECT_THAT(errors([](Recipe& r) { r.steps[0].temperature_C = 3000; }), ElementsAre(HasSubstr("step 0")));
  EXPECT_THAT(errors([](Recipe& r) { r.diffusion->haven_ratio = 0; }), ElementsAre(HasSubstr("Haven ratio 0")));
  EXPECT_THAT(errors([](Recipe& r) {
                r.diffusion->sodium = {{0, 80}};
              }),
              testing::Contains(HasSubstr("of sodium: D0")));
  EXPECT_THAT(errors([](Recipe& r) {
                r.diffusion->sodium = {{1e-3, 0}};
              }),
              testing::Each(HasSubstr("must be 0.01 to 100")));
  EXPECT_THAT(errors([](Recipe& r) { r.glass_thickness_mm = -1; }), ElementsAre(HasSubstr("glass thickness -1")));
  EXPECT_THAT(errors([](Recipe& r) { r.two_sided = true; }), ElementsAre(HasSubstr("needs the glass thickness")));
}

TEST(Recipe, WrongStepsAreNamed) {
  const auto errors = [](auto change) {
    auto r = recipe_a0();
    r.glass_thickness_mm = 1;
    change(r);
    return check_recipe(r, alkali_glass()).errors;
  };
  EXPECT_THAT(errors([](Recipe&) {}), IsEmpty());
  EXPECT_THAT(errors([](Recipe& r) { r.steps[0].surface_fraction = 0; }),
              ElementsAre(HasSubstr("step 0: surface fraction 0")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps[1].surface_fraction = 0.5; }),
              ElementsAre(HasSubstr("step 1: only an exchange")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps[0].melt_mole_fraction = 0.01; }),
              ElementsAre(HasSubstr("step 0: a melt fraction needs")));
  EXPECT_THAT(errors([](Recipe& r) {
                r.diffusion->melt = {{50, 1}};
                r.steps[0].melt_mole_fraction = 1;
              }),
              ElementsAre(HasSubstr("melt mole fraction 1")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps[1].field_V_per_um = -0.1; }),
              ElementsAre(HasSubstr("step 1: field -0.1")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps[1].bias_V = 1e6; }), ElementsAre(HasSubstr("step 1: field 1000 V/um")));
  EXPECT_THAT(errors([](Recipe& r) {
                r.steps[1].bias_V = 10;
                r.steps[1].field_V_per_um = 0.01;
              }),
              ElementsAre(HasSubstr("field and bias")));
  EXPECT_THAT(errors([](Recipe& r) {
                r.steps[1].bias_V = 10;
                r.glass_thickness_mm.reset();
              }),
              ElementsAre(HasSubstr("step 1: a bias needs the glass thickness")));
  EXPECT_THAT(errors([](Recipe& r) {
                r.steps[0].field_V_per_um = 0.01;
                r.glass_thickness_mm.reset();
              }),
              ElementsAre(HasSubstr("step 0: through a mask opening")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps.push_back(step(StepKind::anneal, 1, 0.1)); }),
              ElementsAre(HasSubstr("step 2: in air")));
  EXPECT_THAT(errors([](Recipe& r) {
                r.two_sided = true;
                r.steps[1].field_V_per_um = 0.01;
              }),
              ElementsAre(HasSubstr("both faces")));
  EXPECT_THAT(errors([](Recipe& r) {
                r.steps[1].mask = Mask::metal;
                r.mask_opening_um.reset();
              }),
              ElementsAre(HasSubstr("step 1: a mask needs")));
  EXPECT_THAT(errors([](Recipe& r) { r.steps[1].field_V_per_um = 9; }), IsEmpty());
  EXPECT_THAT(errors([](Recipe& r) {
                r.steps[1].field_V_per_um = 9;
                r.steps[1].time_min = 30;
              }),
              ElementsAre(HasSubstr("step 1: the field drives the ions 5467 um")));
}

// ln[x/(1-x)] = n ln[c0/(1-c0)] - ln K: at n = 1 the odds in the glass are K times those in the melt, and n takes its
// root of them.
TEST(Recipe, MeltFractionGivesTheSurfaceFraction) {
  EXPECT_NEAR(surface_fraction_of({50, 1}, 0.02), 50 * 0.02 / (0.98 + 50 * 0.02), 1e-14);
  for (const double x : {1e-6, 0.3, 0.999}) {
    const double c0 = surface_fraction_of({7, 1.4}, x);
    EXPECT_NEAR(std::log(x / (1 - x)), 1.4 * std::log(c0 / (1 - c0)) - std::log(7.0), 1e-10);
  }
  auto by_melt = recipe(0.15, 1, {exchange(1)}), by_fraction = by_melt;
  by_melt.diffusion->melt = {{50, 1}};
  by_melt.steps[0].melt_mole_fraction = 0.02;
  by_fraction.steps[0].surface_fraction = 1.0 / 1.98;
  EXPECT_NEAR(solve(by_melt).content_um2, solve(by_fraction).content_um2, 1e-12);
  EXPECT_NEAR(solve(by_melt).steps[0].surface_fraction, 1.0 / 1.98, 1e-14);
}

TEST(Recipe, BiasOverThicknessIsTheField) {
  auto r = recipe(0.15, 1, {exchange(1), diffusion(1)});
  r.glass_thickness_mm = 0.5;
  r.steps[1].bias_V = 20;
  EXPECT_DOUBLE_EQ(applied_field_V_per_um(r.steps[1], r), 0.04);
  r.steps[0].field_V_per_um = 0.1;
  EXPECT_DOUBLE_EQ(applied_field_V_per_um(r.steps[0], r), 0.1);
}

TEST(Recipe, AnyIonOfTheGlassByItsSymbol) {
  Glass glass = alkali_glass();
  glass.ions = {{"Ag", {one_um2_per_min, 0, 0.2, 0, 0}}, {"K", {2 * one_um2_per_min, 0, 5, 0, 0}}};
  auto r = recipe(1, 1, {exchange(1)});
  r.diffusion.reset();
  r.ion = "K";
  EXPECT_DOUBLE_EQ(recipe_diffusion(r, glass)->mobility_ratio, 5);
  r.ion = "Li";
  EXPECT_THAT(check_recipe(r, glass).errors, ElementsAre(HasSubstr("no diffusion data for Li in test glass")));
}

// A step of one temperature counts with the D of that temperature: 84.8 kJ/mol from 300 to 330 C is a factor of
// exp[84800/8.314463 (1/573.15 - 1/603.15)] = 2.4233.
TEST(Recipe, ArrheniusBetweenSteps) {
  auto cold = recipe(0.3, 1, {exchange(1)}), hot = cold;
  for (Recipe* r : {&cold, &hot})
    r->diffusion->activation_energy_kJ_per_mol = 84.8;
  const double at_300 = std::exp(84800 / 8.314462618 / 573.15),
               factor = std::exp(84800 / 8.314462618 * (1 / 573.15 - 1 / 603.15));
  EXPECT_NEAR(factor, 2.4233, 1e-3);
  cold.diffusion->D0_m2_per_s = hot.diffusion->D0_m2_per_s = at_300 * one_um2_per_min;
  hot.steps[0].temperature_C = 330;
  EXPECT_NEAR(solve(hot).content_um2, std::sqrt(factor) * solve(cold).content_um2, 1e-9);
}

TEST(Recipe, SodiumsOwnLawMovesTheMobilityRatio) {
  IonDiffusion ion{1e-7, 85, 0.2, 0, 0};
  EXPECT_DOUBLE_EQ(mobility_ratio(ion, 400), 0.2);
  ion.sodium = {{1e-7, 75}};
  EXPECT_NEAR(mobility_ratio(ion, 300), std::exp(-1e4 / 8.314462618 / 573.15), 1e-12);
  EXPECT_GT(mobility_ratio(ion, 350), mobility_ratio(ion, 300));
}
