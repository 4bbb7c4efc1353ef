// SPDX-License-Identifier: GPL-3.0-or-later
// Where an engine's heat arises, by the parts that its power map names.
#include "study/kept_stages.hpp"
#include "study/resolve.hpp"
#include "study/solve.hpp"

#include <gtest/gtest.h>

#include <map>

namespace beachfront::study {
namespace {

const std::filesystem::path source = BEACHFRONT_SOURCE_DIR;

/// Watts of each part of a working engine once the loop is closed.
std::map<std::string, double> part_W(const std::string& parts) {
  const Design design =
      read_design(open_design(source / "designs/reference/102t-glass.yaml", source / "designs/library",
                              {"fidelity.optics=fast", "uncertainty.samples=0", "engines.power_map=[" + parts + "]"}));
  KeptStages kept;
  const Solution solution = solve(design, kept);
  std::map<std::string, double> found;
  const thermal::Engine& engine = solution.point->package.engines.front();
  for (const thermal::HeatPatch& patch : engine.power_map)
    found[patch.name] = patch.power_W;
  found["all"] = engine.power_W;
  found["light"] = solution.point->absorbed_light_W;
  return found;
}

TEST(EnginePowerMap, PartsAreTheEnginesHeat) {
  std::map<std::string, double> apart =
      part_W("{part: driver, x_mm: 0, y_mm: 3, width_mm: 4, height_mm: 1}, {part: receiver, x_mm: 0, y_mm: 1.5, "
             "width_mm: 4, height_mm: 1}, {part: control, x_mm: 0, y_mm: 0, width_mm: 4, height_mm: 1}, {part: heater, "
             "x_mm: 0, y_mm: -1.5, width_mm: 4, height_mm: 1}, {part: digital, x_mm: 0, y_mm: -3, width_mm: 4, "
             "height_mm: 1}, {part: laser, x_mm: 3, y_mm: 0, width_mm: 1, height_mm: 1}");
  EXPECT_GT(apart["heater"], 0);
  EXPECT_GT(apart["laser"], 0);
  EXPECT_EQ(apart["laser"], apart["light"]);
  EXPECT_NEAR(apart["driver"] + apart["receiver"] + apart["control"] + apart["heater"] + apart["digital"] +
                  apart["laser"],
              apart["all"], 1e-9 * apart["all"]);
  // Without a place of their own the heaters are where the control is.
  std::map<std::string, double> joined = part_W("{part: control, x_mm: 0, y_mm: 0, width_mm: 4, height_mm: 1}");
  EXPECT_NEAR(joined["control"], apart["control"] + apart["heater"], 1e-3 * joined["control"]);
}

} // namespace
} // namespace beachfront::study
