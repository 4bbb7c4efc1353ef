// SPDX-License-Identifier: GPL-3.0-or-later
// Wrong waveguide files: each is refused in one sentence that names the place, what stands there and what may.
#include "guide_text.hpp"
#include "scratch_folder.hpp"
#include "study/read_blocks.hpp"

#include <gmock/gmock.h>

#include <cctype>
#include <cmath>

namespace beachfront::study {
namespace {

using example::fast_modes;
using example::gaussian_guide;
using example::guide_tree;
using testing::HasSubstr;

struct Wrong {
  std::string text;
  const char* message; ///< must be part of it
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
  for (const char c : wrong.text)
    *out << (std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : ' ');
}

class WrongGuide : public testing::TestWithParam<Wrong> {};

/// Read alone is enough: `check` refuses all of these without solving.
TEST_P(WrongGuide, IsRefusedAtItsPlace) {
  const std::string message = message_of([] {
    const Tree tree = guide_tree(GetParam().text);
    read_waveguide(tree.root(), tree.file);
  });
  EXPECT_THAT(message, HasSubstr(GetParam().message));
  EXPECT_EQ(message.find('\n'), std::string::npos) << "one line only";
}

const std::string exchange =
    "glass: n-bk7\nrecipe: {mask_opening_um: 3, delta_n_max: 0.05, steps: [{kind: exchange, temperature_C: 300, "
    "time_min: 20}";

std::string with_step(const std::string& step) {
  return exchange + ",\n{" + step + "}]}\n";
}
std::string with_recipe(const std::string& keys) {
  return exchange + "],\n" + keys + "}\n";
}

INSTANTIATE_TEST_SUITE_P(
    Profiles, WrongGuide,
    testing::Values(
        Wrong{gaussian_guide + "bend_radii_mm: [10, 0]\n",
              "g.yaml:3:21: bend_radii_mm[1]: found 0; must be a number above 0 up to 1000 mm"},
        Wrong{gaussian_guide + "bend_radii_mm: [-3]\n", "bend_radii_mm[0]: found -3; must be a number above 0"},
        Wrong{gaussian_guide + "gaps_um: [0]\n", "g.yaml:3:11: gaps_um[0]: found 0; must be a number above 0"},
        Wrong{gaussian_guide + "fibre: {mode_field_diameter_um: -9}\n",
              "g.yaml:3:33: fibre.mode_field_diameter_um: found -9; must be a number above 0 up to 100 um"},
        Wrong{gaussian_guide + "fibre: {gap_um: -1}\n", "fibre.gap_um: found -1"},
        Wrong{gaussian_guide + "crossing_angles_deg: [0]\n", "crossing_angles_deg[0]: found 0"},
        Wrong{gaussian_guide + "stress_MPa: {xz: 3}\n", "stress_MPa.xz: unknown key 'xz'"},
        Wrong{gaussian_guide + "cover_index: 1.6\n",
              "g.yaml:3:14: cover_index: found 1.6; must be at most the glass's 1.5065 at 1.31 um: light leaks into a "
              "denser cover"},
        Wrong{gaussian_guide + "wavelength_um: []\n", "wavelength_um: found a list of 0"},
        Wrong{"background_index: 1.5\nprofile: {kind: channel, width_um: 6, height_um: 6, core_index: 1.5}\n",
              "g.yaml:2:65: profile.core_index: found 1.5; must be above the glass's index, 1.5"},
        Wrong{"background_index: 1.5\nprofile: {kind: step_fibre, core_radius_um: 4, core_index: 1.44, cladding_index: "
              "1.447}\n",
              "profile.core_index: found 1.44; must be above cladding_index, 1.447"},
        Wrong{"background_index: 1.5\nprofile: {kind: box, width_um: 3}\n",
              "g.yaml:2:17: profile.kind: found 'box'; must be one of gaussian, step_fibre, channel, surface_erfc, "
              "table"},
        Wrong{"background_index: 1.5\nprofile: {kind: table, file: nowhere.csv}\n",
              "profile.file: found nowhere.csv; must be a CSV file"}));

INSTANTIATE_TEST_SUITE_P(
    Recipes, WrongGuide,
    testing::Values(
        Wrong{"glass: eagle-xg\nrecipe: iox-thermal-a\n",
              "glass.name: found eagle-xg; must be a glass that takes ion exchange: eagle-xg cannot, alkali-free, it "
              "holds no mobile sodium"},
        Wrong{"glass: n-bk7\nrecipe: {use: iox-thermal-a, ion: caesium}\n",
              "g.yaml:2:35: recipe.ion: found 'caesium'; must be one of the ions of n-bk7 (silver, potassium), or "
              "beside the recipe's own `diffusion`"},
        Wrong{"glass: n-bk7\nrecipe: {use: iox-thermal-a, ion: potasium}\n", "did you mean 'potassium'?"},
        Wrong{"background_index: 1.5\nrecipe: iox-thermal-a\n", "recipe.ion: found 'silver'"},
        Wrong{with_step("kind: anneal, temperature_C: 300, time_min: -5"),
              "g.yaml:3:46: recipe.steps[1].time_min: found -5; must be a number above 0 up to 100000 min"},
        Wrong{with_step("kind: anneal, temperature_C: 3000, time_min: 5"),
              "recipe.steps[1].temperature_C: found 3000; must be a number from 100 to 800 C"},
        Wrong{with_step("kind: anneal, temperature_C: 300, time_min: 5, field_V_per_um: 0.1"),
              "recipe.steps[1].field_V_per_um: found 0.1 in an anneal; must be left out"},
        Wrong{with_step("kind: diffusion, temperature_C: 300, time_min: 5, field_V_per_um: 0.1, bias_V: 3"),
              "recipe.steps[1].bias_V: found 'bias_V' beside 'field_V_per_um'; must be only one of"},
        Wrong{with_step("kind: diffusion, temperature_C: 300, time_min: 5, bias_V: 3"),
              "recipe.steps[1].bias_V: found 3 V across a glass of no thickness; must be beside the recipe's "
              "glass_thickness_mm"},
        Wrong{with_step("kind: diffusion, temperature_C: 300, time_min: 5, field_V_per_um: 0.1, mask: insulating"),
              "field_V_per_um: found 0.1 V/um through a mask opening; must be beside the recipe's glass_thickness_mm"},
        Wrong{with_step("kind: exchange, temperature_C: 300, time_min: 5, melt_mole_fraction: 0.1"),
              "melt_mole_fraction: found 0.1, for an ion without melt equilibrium"},
        Wrong{with_step("kind: exchange, temperature_C: 300, time_min: 5, melt_mole_fraction: 1"),
              "melt_mole_fraction: found 1; must be a number above 0 to below 1"},
        Wrong{with_step("kind: anneal, temperature_C: 300, time_min: 5, surface_fraction: 0.1"),
              "surface_fraction: found 0.1 in a step of kind anneal"},
        Wrong{with_recipe("sides: 2"), "recipe.sides: found 2; must be beside glass_thickness_mm"},
        Wrong{with_recipe("sides: 3"), "recipe.sides: found 3; must be a whole number from 1 to 2"},
        Wrong{with_recipe("mask: wood"), "recipe.mask: found 'wood'; must be one of insulating, metal"},
        Wrong{with_recipe("diffusion: {D0_m2_per_s: 1e-7, activation_energy_kJ_per_mol: 85, min_C: 300, max_C: 200}"),
              "recipe.diffusion.max_C: found 200 C; must be at least min_C, 300 C"},
        Wrong{with_recipe("diffusion: {D0_m2_per_s: 1e-7, activation_energy_kJ_per_mol: 85, min_C: 300, max_C: 400, "
                          "mobility_ratio: 0.2, sodium: {D0_m2_per_s: 1e-7, activation_energy_kJ_per_mol: 80}}"),
              "found 'sodium' beside 'mobility_ratio'"},
        Wrong{"glass: n-bk7\nrecipe: {delta_n_max: 0.05, steps: [{kind: anneal, temperature_C: 300, time_min: 20}]}\n",
              "recipe.steps[0].kind: found anneal; must be exchange: without one no ion enters the glass"},
        Wrong{"glass: {use: n-bk7, ions: {silver: {D0_m2_per_s: 1e-7, activation_energy_kJ_per_mol: 85, min_C: 200, "
              "max_C: 300}}}\nrecipe: iox-thermal-a\n",
              "glass.ions.silver: found silver a second time; must be given once"}));

struct WrongTable : ScratchFolder {
  std::string message(const std::string& csv) {
    std::ofstream(folder / "map.csv") << csv;
    return message_of([&] { fast_modes("background_index: 1.5\nprofile: {kind: table, file: map.csv}\n", folder); });
  }
};

TEST_F(WrongTable, EmptyOrWithAnotherHeader) {
  EXPECT_THAT(message(""), HasSubstr("map.csv:1:1: header: found ''; must be x_um,y_um,index"));
  EXPECT_THAT(message("x,y,n\n0,0,1.5\n"), HasSubstr("header: found 'x,y,n'; must be x_um,y_um,index"));
  EXPECT_THAT(message("x_um,y_um,index\n"), HasSubstr("map.csv:2:1: table: found no point"));
}

TEST_F(WrongTable, WithHolesOrWordsInARow) {
  EXPECT_THAT(message("x_um,y_um,index\n0,0,1.5\n1,0,nan\n"),
              HasSubstr("map.csv:3:1: line: found '1,0,nan'; must be three finite numbers"));
  EXPECT_THAT(message("x_um,y_um,index\n0,0,inf\n"), HasSubstr("map.csv:2:1: line: found '0,0,inf'"));
  EXPECT_THAT(message("x_um,y_um,index\n0,0\n"), HasSubstr("line: found '0,0'"));
  EXPECT_THAT(message("x_um,y_um,index\n0,0,\n"), HasSubstr("line: found '0,0,'"));
  EXPECT_THAT(message("x_um,y_um,index\n0,0,1.5,7\n"), HasSubstr("line: found '0,0,1.5,7'"));
}

TEST_F(WrongTable, NotRectangular) {
  EXPECT_THAT(message("x_um,y_um,index\n0,0,1.5\n1,0,1.5\n0,1,1.51\n"),
              HasSubstr("table: found no point at (1, 1); must be a full grid: every x_um with every y_um"));
}

TEST_F(WrongTable, WithAPointTwice) {
  EXPECT_THAT(message("x_um,y_um,index\n0,0,1.5\n1,0,1.5\n0,0,1.51\n"),
              HasSubstr("map.csv:4:1: table: found point (0, 0) a second time; must be each point once; it stands in "
                        "line 2 already"));
}

/// A grid of 21 x 21 points a micrometre apart with a Gaussian guide of 3 um about (0, middle).
std::string map_about(double middle_um) {
  std::string csv = "x_um,y_um,index\n";
  for (int j = 0; j <= 20; ++j)
    for (int i = -10; i <= 10; ++i) {
      const double index = 1.5 + 0.01 * std::exp(-(i * i + (j - middle_um) * (j - middle_um)) / 9);
      csv += std::to_string(i) + "," + std::to_string(j) + "," + std::to_string(index) + "\n";
    }
  return csv;
}

TEST_F(WrongTable, TouchingItsWindow) {
  EXPECT_THAT(message(map_about(20)), HasSubstr("g.yaml:2:10: profile: profile table: the guide touches its window"));
  EXPECT_EQ(message(map_about(10)), "") << "the same guide away from the rim is solved";
}

TEST_F(WrongTable, NowhereAboveTheGlass) {
  EXPECT_THAT(message("x_um,y_um,index\n0,0,1.4\n1,0,1.4\n0,1,1.4\n1,1,1.4\n"), HasSubstr("profile"));
}

} // namespace
} // namespace beachfront::study
