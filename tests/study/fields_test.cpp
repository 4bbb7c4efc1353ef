// SPDX-License-Identifier: GPL-3.0-or-later
// Whole designs at full thermal fidelity, on coarse meshes.
#include "study/design.hpp"
#include "study/figures.hpp"
#include "study/results.hpp"
#include "study/solve.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace beachfront::study {
namespace {

const std::filesystem::path references = std::filesystem::path(BEACHFRONT_SOURCE_DIR) / "designs/reference";

Design coarse(const char* name, std::vector<std::string> more = {}) {
  std::vector<std::string> settings = {"fidelity.optics=fast", "fidelity.thermal=full", "fidelity.mesh.edge_mm=6",
                                       "fidelity.mesh.largest_mm=20", "fidelity.mesh.layer_um=1300"};
  settings.insert(settings.end(), more.begin(), more.end());
  return read_design(open_design(references / (std::string(name) + ".yaml"), {}, settings));
}

class FullThermal : public testing::TestWithParam<const char*> {};

TEST_P(FullThermal, MeshesAndAgreesWithTheFastModels) {
  const Design design = coarse(GetParam());
  const Solution solution = solve(design);
  ASSERT_TRUE(solution.point && solution.point->fields && solution.point->fields->operating);
  const Json results = results_json(design, solution);
  EXPECT_EQ(non_finite_figure(results), "");
  EXPECT_EQ(results["mechanics"]["model"], "solid");
  // The plate carries the lid: where the solid bows by tens to hundreds of um, it is within a tenth and 10 um.
  for (const auto& [state, less] : results["mechanics"]["plate"]["less_solid_um"].items()) {
    const double solid = results["mechanics"]["warpage_um"][state].get<double>();
    EXPECT_LT(std::abs(less.get<double>()), 10 + 0.1 * std::abs(solid)) << state;
  }
  // Over the field of balls, which ends 2 mm inside the edges.
  const double field_um = std::abs(results["mechanics"]["ball_field_warpage_um"]["room"].get<double>()),
               package_um = results["mechanics"]["package_coplanarity_um"].get<double>();
  EXPECT_LT(field_um, 1.02 * package_um);
  EXPECT_GT(field_um, 0.8 * package_um);
  const Json& both = results["mechanics"]["plate"]["figures"];
  for (const char* key : {"die_max_principal_MPa", "interface_shear_MPa", "solder_strain_range",
                          "solder_cycles_to_failure", "engine_shift_um", "engine_rotation_mrad"})
    EXPECT_NEAR(both.at(key).at("plate").get<double>() - both.at(key).at("less_solid").get<double>(),
                both.at(key).at("solid").get<double>(), 1e-12 * both.at(key).at("plate").get<double>())
        << key;
  EXPECT_EQ(both["die_max_principal_MPa"]["solid"], results["mechanics"]["die_max_principal_MPa"]);
  EXPECT_EQ(both["die_max_principal_MPa"]["plate"].get<double>(), solution.point->plate->die_max_principal_MPa);
  double shift_um = 0;
  for (const Json& engine : results["mechanics"]["engines"])
    shift_um = std::max(shift_um, std::hypot(engine["shift_um"][0].get<double>(), engine["shift_um"][1].get<double>(),
                                             engine["shift_um"][2].get<double>()));
  EXPECT_DOUBLE_EQ(both["engine_shift_um"]["solid"].get<double>(), shift_um);
  const double in_W =
      results["temperature"]["heat_to_lid_W"].get<double>() + results["temperature"]["heat_to_board_W"].get<double>();
  double sent_W = 0;
  for (const thermal::Die& die : solution.point->package.dies)
    sent_W += die.power_W;
  for (const thermal::Engine& engine : solution.point->package.engines)
    sent_W += engine.power_W;
  EXPECT_NEAR(in_W, sent_W, 1e-6 * sent_W);
}

INSTANTIATE_TEST_SUITE_P(References, FullThermal,
                         testing::Values("102t-davisson-like", "102t-glass", "102t-glass-fibre", "102t-glass-sheet",
                                         "102t-organic-705g"),
                         [](const auto& design) {
                           std::string name = design.param;
                           for (char& c : name)
                             c = c == '-' ? '_' : c;
                           return name;
                         });

TEST(FullThermalInput, AMeshTooFineIsToldBeforeItIsMade) {
  const Design design = coarse("102t-glass-fibre", {"fidelity.mesh.edge_mm=0.05", "fidelity.mesh.growth=1.2"});
  const Solution solution = solve(design);
  ASSERT_FALSE(solution.violations.empty());
  EXPECT_EQ(solution.violations.front().rule, "package_mesh");
  EXPECT_NE(solution.violations.front().message.find("make the cells larger"), std::string::npos);
}

TEST(FullThermalInput, AFootThatStandsOnEnginesIsToldBeforeTheMesh) {
  const Design design = coarse("102t-davisson-like", {"cooling.lid.width_mm=90", "cooling.lid.height_mm=90"});
  const Solution solution = solve(design);
  ASSERT_FALSE(solution.violations.empty());
  EXPECT_EQ(solution.violations.front().rule, "lid_foot_clear");
  EXPECT_EQ(solution.violations.front().where, "E00");
}

} // namespace
} // namespace beachfront::study
