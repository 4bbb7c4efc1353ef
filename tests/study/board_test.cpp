// SPDX-License-Identifier: GPL-3.0-or-later
// A board that is a body in a whole design.
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

const std::string board = "substrate.board={thickness_mm: 3}";

struct Solved {
  Json results;
  std::vector<std::string> warnings;
};

Solved solved(const std::vector<std::string>& settings) {
  const auto file = std::filesystem::path(BEACHFRONT_SOURCE_DIR) / "designs/reference/102t-glass-fibre.yaml";
  const Design design = read_design(open_design(file, {}, settings));
  const Solution solution = solve(design);
  return {results_json(design, solution), solution.warnings};
}

TEST(DesignWithBoard, IsMountedAfterReflow) {
  const Json with = solved({board}).results["mechanics"], without = solved({}).results["mechanics"];
  // What comes before the board is what it was, but for planes at the edges of the field of balls.
  for (const char* state : {"reflow", "room"})
    EXPECT_NEAR(with["warpage_um"][state].get<double>(), without["warpage_um"][state].get<double>(),
                0.01 * std::abs(without["warpage_um"][state].get<double>()))
        << state;
  EXPECT_FALSE(without["warpage_um"].contains("mounted"));
  const double mounted = with["warpage_um"]["mounted"].get<double>();
  EXPECT_LT(mounted, -100) << "FR-4 shrinks more than a glass core";
  for (const char* state : {"idle", "operating"}) // from there they start
    EXPECT_LT(std::abs(with["warpage_um"][state].get<double>() - mounted), 0.3 * std::abs(mounted)) << state;
}

TEST(DesignWithBoard, AtFullFidelityHasBothModelsBesideEachOther) {
  const Json results = solved({board, "fidelity.thermal=full", "fidelity.mesh.edge_mm=6", "fidelity.mesh.largest_mm=20",
                               "fidelity.mesh.layer_um=1300", "cooling.board_heat_transfer_W_per_m2K=50"})
                           .results;
  const Json& mechanics = results["mechanics"];
  const double mounted = mechanics["warpage_um"]["mounted"].get<double>();
  EXPECT_NEAR(mechanics["plate"]["less_solid_um"]["mounted"].get<double>(), 0, 10 + 0.1 * std::abs(mounted));
  EXPECT_GT(results["temperature"]["heat_to_board_W"].get<double>(), 0.1);
}

TEST(DesignWithBoard, ThatNoStepJoinsIsAWarning) {
  const std::string no_step = "assembly=[{join: substrate, temperature_C: 200}, {join: die, temperature_C: 217}, "
                              "{join: underfill, temperature_C: 165}, {join: engine, temperature_C: 100}]";
  const auto warned = HasSubstr("assembly joins no board");
  EXPECT_THAT(solved({board, no_step}).warnings, Contains(warned));
  EXPECT_THAT(solved({no_step}).warnings, Not(Contains(warned)));
  EXPECT_THAT(solved({board}).warnings, Not(Contains(warned)));
}

} // namespace
} // namespace beachfront::study
