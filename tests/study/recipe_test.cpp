// SPDX-License-Identifier: GPL-3.0-or-later
// What a furnace sheet says arrives in the recipe that is solved.
#include "guide_text.hpp"
#include "study/read_blocks.hpp"

#include <gmock/gmock.h>

namespace beachfront::study {
namespace {

using example::guide_tree;
using example::shipped_library;

optics::Waveguide guide_of(const std::string& text) {
  const Tree tree = guide_tree(text);
  return read_waveguide(tree.root(), tree.file);
}

optics::Recipe recipe_of(const std::string& text) {
  return std::get<optics::Recipe>(guide_of(text).source);
}

TEST(Recipe, EveryKeyArrives) {
  const optics::Recipe recipe = recipe_of(R"(
glass:
  use: n-bk7
  ions:
    thallium:
      D0_m2_per_s: 1e-6
      activation_energy_kJ_per_mol: 100
      sodium: {D0_m2_per_s: 2e-6, activation_energy_kJ_per_mol: 90}
      haven_ratio: 0.3
      melt: {K: 12, n: 2.5}
      min_C: 400
      max_C: 560
recipe:
  ion: thallium
  mask_opening_um: 4
  surface_fraction: 0.9
  delta_n_max: 0.01
  glass_thickness_mm: 1.1
  mask: metal
  steps:
    - {kind: exchange, temperature_C: 500, time_min: 30, melt_mole_fraction: 0.2}
    - {kind: exchange, temperature_C: 480, time_min: 10, surface_fraction: 0.5, field_V_per_um: 0.02}
    - {kind: diffusion, temperature_C: 450, time_min: 20, bias_V: 55, mask: insulating}
    - {kind: anneal, temperature_C: 440, time_min: 5}
)");
  EXPECT_EQ(recipe.ion, "Tl");
  EXPECT_EQ(recipe.mask_opening_um, 4);
  EXPECT_EQ(recipe.glass_thickness_mm, 1.1);
  EXPECT_FALSE(recipe.two_sided);
  EXPECT_EQ(recipe.mask, optics::Mask::metal);
  const optics::IonDiffusion& ion = recipe.diffusion.value();
  EXPECT_EQ(ion.D0_m2_per_s, 1e-6);
  EXPECT_EQ(ion.sodium.value().activation_energy_kJ_per_mol, 90);
  EXPECT_EQ(ion.haven_ratio, 0.3);
  EXPECT_EQ(ion.melt.value().K, 12);
  EXPECT_EQ(ion.melt->n, 2.5);
  EXPECT_EQ(ion.max_temperature_C, 560);
  ASSERT_EQ(recipe.steps.size(), 4U);
  EXPECT_EQ(recipe.steps[0].melt_mole_fraction, 0.2);
  EXPECT_EQ(recipe.steps[1].surface_fraction, 0.5);
  EXPECT_EQ(recipe.steps[1].field_V_per_um, 0.02);
  EXPECT_DOUBLE_EQ(optics::applied_field_V_per_um(recipe.steps[2], recipe), 0.05) << "55 V across 1.1 mm";
  EXPECT_EQ(recipe.steps[2].mask, optics::Mask::insulating);
  EXPECT_EQ(recipe.steps[3].kind, optics::StepKind::anneal);
  EXPECT_FALSE(recipe.steps[3].mask);
}

TEST(Recipe, TwoSidesAndItsOwnRatios) {
  const optics::Recipe recipe = recipe_of("glass: soda-lime\n"
                                          "recipe: {use: iox-thermal-a, sides: 2, glass_thickness_mm: 0.5, "
                                          "mobility_ratio: 0.3, haven_ratio: 0.4}\n");
  EXPECT_TRUE(recipe.two_sided);
  EXPECT_EQ(recipe.diffusion.value().mobility_ratio, 0.3);
  EXPECT_EQ(recipe.diffusion.value().haven_ratio, 0.4);
  EXPECT_EQ(recipe.diffusion.value().activation_energy_kJ_per_mol, 84.8) << "the rest stays the glass's";
}

/// A ratio of the recipe holds at every temperature, whatever law the glass's sodium has.
TEST(Recipe, ARatioReplacesTheLawOfSodium) {
  const std::string text =
      "glass: {use: soda-lime, diffusion: {source: test, D0_m2_per_s: 1e-7, activation_energy_kJ_per_mol: 85, "
      "sodium: {D0_m2_per_s: 1e-6, activation_energy_kJ_per_mol: 80}, min_C: 200, max_C: 400}}\n"
      "recipe: {delta_n_max: 0.05, steps: [{kind: exchange, temperature_C: 300, time_min: 20}]";
  // 0.1 exp(-5000/(8.314462618 573.15)) = 0.1 exp(-1.0492272)
  EXPECT_NEAR(optics::mobility_ratio(recipe_of(text + "}\n").diffusion.value(), 300), 0.03502100, 1e-8);
  EXPECT_EQ(optics::mobility_ratio(recipe_of(text + ", mobility_ratio: 0.2}\n").diffusion.value(), 300), 0.2);
}

TEST(Recipe, ResolvesTwiceToTheSame) {
  const Tree once = guide_tree("glass: n-bk7\nrecipe: iox-field-buried-b\nstress_MPa: {xx: -20}\n");
  const Tree twice = resolve(once, waveguide_schema(), shipped_library());
  EXPECT_EQ(hash_text(once.root()), hash_text(twice.root()));
}

/// Every recipe that ships can be run in a glass that ships: no entry waits for a later version.
TEST(Recipe, EveryOneOfTheLibraryHasAGlassItRunsIn) {
  for (const std::string& name : shipped_library().names("recipes")) {
    bool runs = false;
    for (const char* glass : {"n-bk7", "soda-lime"})
      runs =
          runs || message_of([&] { recipe_of(std::string("glass: ") + glass + "\nrecipe: " + name + "\n"); }).empty();
    EXPECT_TRUE(runs) << name;
  }
}

TEST(Fibre, EveryKeyArrives) {
  const optics::Waveguide guide =
      guide_of(example::gaussian_guide +
               "fibre: {mode_field_diameter_um: 10.4, index: 1.45, gap_um: 5, gap_index: 1, offsets_um: [0, 2], "
               "vertical_offset_um: -0.5, tilt_x_deg: 1, tilt_y_deg: -2}\ncrossing_angles_deg: [30, 90]\n"
               "stress_MPa: {xx: -20, xy: 3}\n");
  EXPECT_EQ(guide.fibre.mode_field_diameter_um, 10.4);
  EXPECT_EQ(guide.fibre.index, 1.45);
  EXPECT_EQ(guide.fibre.gap_um, 5);
  EXPECT_EQ(guide.fibre.gap_index, 1);
  EXPECT_EQ(guide.fibre.vertical_offset_um, -0.5);
  EXPECT_NEAR(guide.fibre.tilt_x_mrad, 17.453292519943, 1e-11) << "1 degree";
  EXPECT_NEAR(guide.fibre.tilt_y_mrad, -34.906585039887, 1e-11);
  EXPECT_THAT(guide.crossing_angles_deg, testing::ElementsAre(30, 90));
  EXPECT_EQ(guide.stress.value().xx_MPa, -20);
  EXPECT_EQ(guide.stress->xy_MPa, 3);
  EXPECT_EQ(guide.stress->zz_MPa, 0);
}

} // namespace
} // namespace beachfront::study
