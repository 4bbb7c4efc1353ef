// SPDX-License-Identifier: GPL-3.0-or-later
// A stiffener in a whole design: from its block to the layout, the assembly's figures and what speaks against it.
#include "study/design.hpp"
#include "study/results.hpp"
#include "study/solve.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>

namespace beachfront::study {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string ring = "substrate.stiffener={width_mm: 104, height_mm: 104, rim_width_mm: 5, thickness_mm: 1.5}";
const std::string joined = "assembly=[{join: substrate, temperature_C: 200}, {join: stiffener, temperature_C: 150}, "
                           "{join: die, temperature_C: 217}, {join: underfill, temperature_C: 165}, "
                           "{join: engine, temperature_C: 100}, {join: lid, temperature_C: 150}, "
                           "{join: board, temperature_C: 217}]";

struct Solved {
  Design design;
  Solution solution;
};

Solved solved(const char* name, const std::vector<std::string>& settings) {
  const auto file = std::filesystem::path(BEACHFRONT_SOURCE_DIR) / "designs/reference" / (std::string(name) + ".yaml");
  Solved solved{read_design(open_design(file, {}, settings)), {}};
  solved.solution = solve(solved.design);
  return solved;
}

std::vector<std::string> rules(const Solution& solution) {
  std::vector<std::string> all;
  for (const geometry::Violation& violation : solution.violations)
    all.push_back(violation.rule);
  return all;
}

TEST(DesignWithStiffener, HasItsStepAndItsPlaceInTheLayout) {
  const auto [design, solution] = solved("102t-glass", {ring, joined});
  EXPECT_TRUE(solution.feasible());
  const Json mechanics = results_json(design, solution)["mechanics"];
  ASSERT_EQ(mechanics["steps"].size(), 7U);
  EXPECT_EQ(mechanics["steps"][1]["name"], "stiffener");
  EXPECT_EQ(std::count_if(design.package.keep_outs.begin(), design.package.keep_outs.end(),
                          [](const geometry::KeepOut& area) { return area.name == "stiffener" && !area.guides; }),
            4);
  const auto [bare_design, bare] = solved("102t-glass", {});
  const Json without = results_json(bare_design, bare);
  EXPECT_GT(std::abs(mechanics["warpage_um"]["room"].get<double>() -
                     without["mechanics"]["warpage_um"]["room"].get<double>()),
            50)
      << "steel shrinks twice as much as the package";
  EXPECT_EQ(solution.layout.guides.size(), bare.layout.guides.size()) << "guides run below it";
}

TEST(DesignWithStiffener, ThatNoStepJoinsIsAWarning) {
  const auto warned = HasSubstr("assembly joins no stiffener");
  EXPECT_THAT(solved("102t-glass", {ring}).solution.warnings, Contains(warned));
  EXPECT_THAT(solved("102t-glass", {ring, joined}).solution.warnings, Not(Contains(warned)));
  EXPECT_THAT(solved("102t-glass", {}).solution.warnings, Not(Contains(warned)));
}

TEST(DesignWithStiffener, OnFerrulesOrEnginesIsAResultWithItsReason) {
  const std::string on_edge = "substrate.stiffener={width_mm: 110, height_mm: 110, rim_width_mm: 5, thickness_mm: 1.5}";
  const Solution ferrules = solved("102t-glass", {on_edge, joined}).solution;
  EXPECT_THAT(rules(ferrules), Contains("connector_body"));
  EXPECT_THAT(ferrules.violations.front().message, HasSubstr("keep-out stiffener"));

  const std::string on_engines =
      "substrate.stiffener={width_mm: 80, height_mm: 80, rim_width_mm: 10, thickness_mm: 1.5}";
  for (const char* fidelity : {"fast", "full"}) {
    const Solution engines =
        solved("102t-glass", {on_engines, joined, std::string("fidelity.thermal=") + fidelity}).solution;
    EXPECT_FALSE(engines.feasible()) << fidelity;
    EXPECT_THAT(rules(engines), testing::AnyOf(Contains("engine_keep_out"), Contains("stiffener_clear"))) << fidelity;
  }
}

TEST(DesignWithStiffener, ThatReachesTheLidIsAResultWithItsReason) {
  const std::string tall = "substrate.stiffener={width_mm: 96, height_mm: 96, rim_width_mm: 5, thickness_mm: 1.5}";
  for (const char* fidelity : {"fast", "full"}) { // the lid covers 90 mm, its underside 1.075 mm above the substrate
    const Solution solution =
        solved("102t-glass", {tall, joined, std::string("fidelity.thermal=") + fidelity}).solution;
    ASSERT_THAT(rules(solution), Contains("stiffener_clear")) << fidelity;
  }
}

TEST(DesignWithStiffener, LetsFibresPassOverIt) {
  const auto [design, solution] = solved("102t-glass-fibre", {ring, joined});
  EXPECT_THAT(rules(solution), Not(Contains("ribbon")));
}

} // namespace
} // namespace beachfront::study
