// SPDX-License-Identifier: GPL-3.0-or-later
// The document of `modes`: names and places that other programs read, and no figure that is silently missing.
#include "guide_text.hpp"
#include "study/figures.hpp"

#include <gmock/gmock.h>

#include <regex>

namespace beachfront::study {
namespace {

using example::fast_modes;
using example::full_modes;
using example::gaussian_guide;
using testing::HasSubstr;

const std::string asked = gaussian_guide + "wavelength_um: [1.31, 1.27]\nbend_radii_mm: [2, 10]\ngaps_um: [15, 25]\n"
                                           "crossing_angles_deg: [90]\nfibre: {offsets_um: [0, 1, 2]}\n";

void expect_numbers(const Json& rows, const std::vector<const char*>& keys) {
  for (const Json& row : rows)
    for (const char* key : keys)
      EXPECT_TRUE(row.contains(key) && row.at(key).is_number()) << key << " in " << row.dump();
}

bool is_absent(const Json& modes, const std::string& path) {
  return modes.at("absent").contains(path) && !modes.at("absent").at(path).get<std::string>().empty();
}

class AtBoth : public testing::TestWithParam<optics::Fidelity> {
protected:
  static Json solved(const std::string& text) {
    return GetParam() == optics::Fidelity::full ? full_modes(text) : fast_modes(text);
  }
};

TEST_P(AtBoth, GivesWhatWasAskedAtTheNamesOfTheContract) {
  const Json modes = solved(asked);
  EXPECT_TRUE(modes.at("guided").get<bool>());
  expect_numbers(modes.at("modes"), {"wavelength_um", "effective_index", "group_index", "mode_field_diameter_x_um",
                                     "mode_field_diameter_y_um", "effective_area_um2", "error_estimate"});
  EXPECT_GE(modes.at("modes").size(), 2U);
  EXPECT_GE(modes.at("bends").size(), 2U);
  EXPECT_GE(modes.at("couplers").size(), 2U);
  EXPECT_GE(modes.at("fibre_coupling").size(), 3U);
  expect_numbers(modes.at("bends"), {"radius_mm", "loss_dB_per_cm"});
  expect_numbers(modes.at("couplers"), {"gap_um", "index_splitting", "coupling_length_mm"});
  expect_numbers(modes.at("fibre_coupling"), {"offset_um", "loss_dB"});
  EXPECT_TRUE(modes.at("error_estimate").is_number());
  EXPECT_GT(modes.at("rules").at("min_bend_radius_mm").get<double>(), 0);
  EXPECT_GT(modes.at("rules").at("min_pitch_um").get<double>(), 0);
  ASSERT_EQ(modes.at("crossings").size(), 1U);
  EXPECT_GT(modes.at("crossings")[0].at("loss_dB").get<double>(), 0);
  EXPECT_TRUE(modes.contains("birefringence") || is_absent(modes, "birefringence"));
}

/// No null, no NaN, and every loss a number or named with its reason.
TEST_P(AtBoth, BelowCutOffNamesEveryLossItCannotGive) {
  const Json modes = solved("background_index: 1.5065\nprofile: {kind: gaussian, delta_n: 1e-5, half_width_x_um: 4, "
                            "half_width_y_um: 3}\nbend_radii_mm: [10]\ngaps_um: [15]\ncrossing_angles_deg: [90]\n");
  EXPECT_FALSE(modes.at("guided").get<bool>());
  for (const char* path : {"modes", "bends", "couplers", "fibre_coupling", "crossings", "fibre_coupling_loss_dB",
                           "engine_coupling_loss_dB", "rules.min_bend_radius_mm", "rules.min_pitch_um",
                           "error_estimate", "nearest_recipe"})
    EXPECT_TRUE(is_absent(modes, path)) << path;
  EXPECT_EQ(modes.dump().find("null"), std::string::npos);
  EXPECT_THAT(modes_table(modes), HasSubstr("no guided mode found at 1.31 um: the guide is below cut-off"));
}

TEST_P(AtBoth, HoldsNoNumberThatIsNone) {
  for (const std::string& text :
       {asked, gaussian_guide + "bend_radii_mm: [0.05, 900]\ngaps_um: [0.5, 1000]\nfibre: {offsets_um: [100]}\n"}) {
    const Json modes = solved(text);
    EXPECT_EQ(non_finite_figure(modes), "");
    EXPECT_EQ(modes.dump().find("null"), std::string::npos);
  }
}

TEST_P(AtBoth, TheTableHasABlockForEverySubjectAndTellsWhereTheRulesComeFrom) {
  const std::string unwrapped = std::regex_replace(modes_table(solved(asked)), std::regex("\\s+"), " ");
  for (const char* text : {"n_eff", "Bends", "Neighbours", "Fibre", "Rules: bend radius", "where the radiation is 0.02",
                           "where 20 mm side by side give -40 dB of crosstalk"})
    EXPECT_THAT(unwrapped, HasSubstr(text));
}

INSTANTIATE_TEST_SUITE_P(Modes, AtBoth, testing::Values(optics::Fidelity::fast, optics::Fidelity::full),
                         [](const auto& which) { return which.param == optics::Fidelity::fast ? "fast" : "full"; });

/// Doubles of the document are the doubles that were solved.
TEST(Modes, PrintsShortestNumbersThatReadBack) {
  const Json modes = fast_modes(asked);
  EXPECT_EQ(Json::parse(modes.dump()), modes);
}

TEST(Modes, FastSaysWhatItLeavesOut) {
  const Json modes = fast_modes(gaussian_guide + "stress_MPa: {xx: -20}\nfibre: {tilt_x_deg: 1}\n");
  const std::string warnings = modes.at("warnings").dump();
  EXPECT_THAT(warnings, HasSubstr("stress has no effect"));
  EXPECT_THAT(warnings, HasSubstr("tilt of the fibre"));
}

TEST(Modes, ATemperatureBeyondTheDataWarnsWithTheRange) {
  const Json modes =
      fast_modes("glass: n-bk7\nrecipe: {mask_opening_um: 3, delta_n_max: 0.05, steps: [{kind: exchange, "
                 "temperature_C: 360, time_min: 3}]}\n");
  EXPECT_THAT(modes.at("warnings").dump(),
              HasSubstr("360 C is outside the 217 to 330 C in which the diffusion of Ag was measured"));
}

/// Published mode indices of a planar guide (Millar and Hutchins 1978, docs/facts/optics.md 9.1): TE0 and TE1 after
/// 35 min; the binary exchange is within 1.3e-3 of the measured profile there.
TEST(Modes, APlanarRecipeGivesTheModesThatAPrismReads) {
  const Json modes =
      full_modes("glass: soda-lime\nrecipe: millar-hutchins-217c-35min\nwavelength_um: 0.6328\ncover_index: 1\n"
                 "bend_radii_mm: [10]\n");
  std::vector<double> te;
  for (const Json& mode : modes.at("modes"))
    if (mode.at("polarization") == "TE")
      te.push_back(mode.at("effective_index").get<double>());
  ASSERT_EQ(te.size(), 2U);
  EXPECT_NEAR(te[0], 1.56227, 1.3e-3);
  EXPECT_NEAR(te[1], 1.52238, 1.3e-3);
  for (const char* path : {"bends", "fibre_coupling", "rules.min_pitch_um", "modes[].mode_field_diameter_x_um"})
    EXPECT_THAT(modes.at("absent").at(path).get<std::string>(), HasSubstr("mask_opening_um")) << path;
  EXPECT_FALSE(modes.at("modes")[0].contains("mode_field_diameter_x_um"));
}

/// Two recipes guide at 1.31 um; the one asked for is the weaker of them weakened.
TEST(Modes, BelowCutOffNamesTheNearestRecipeThatGuides) {
  const auto at = [](const std::string& text) {
    Library library = example::shipped_library();
    const Tree own = parse_tree(text, "own.yaml");
    library.sections["recipes"].clear();
    for (const Entry& entry : own.node.find("recipes")->value.entries)
      library.sections["recipes"][entry.key] = entry;
    const Tree tree = resolve(parse_tree("glass: soda-lime\nrecipe: dark\n", "g.yaml"), waveguide_schema(), library);
    return modes_json(tree, library, optics::Fidelity::fast);
  };
  const auto recipe = [](const std::string& name, double delta_n) {
    return "  " + name + ": {source: test, mask_opening_um: 3, delta_n_max: " + std::to_string(delta_n) +
           ", steps: [{kind: exchange, temperature_C: 300, time_min: 20}]}\n";
  };
  const std::string dark = "recipes:\n" + recipe("dark", 0.0002);
  const Json modes = at(dark + recipe("bright", 0.02) + recipe("brighter", 0.06));
  EXPECT_EQ(modes.at("nearest_recipe").at("name"), "bright");
  EXPECT_THAT(modes_table(modes), HasSubstr("the library's nearest recipe that guides in soda-lime there: bright"));
  EXPECT_THAT(at(dark).at("absent").at("nearest_recipe").get<std::string>(),
              HasSubstr("no recipe of the library guides in soda-lime"));
}

} // namespace
} // namespace beachfront::study
