// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/deflection_map.hpp"

#include "tests/thermal/reference_package.hpp"
#include "tests/thermal/validation_materials.hpp"
#include "thermal/mechanics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace beachfront::thermal {
namespace {

const DeflectionState& state(const DeflectionMap& map, const std::string& name) {
  for (const DeflectionState& found : map.states)
    if (found.name == name)
      return found;
  throw std::out_of_range(name);
}

double farthest_corner_um(const DeflectionMap& map, const std::string& name) {
  const std::vector<double>& um = state(map, name).um;
  const std::size_t nx = map.x_mm.size();
  double farthest = 0;
  for (const double corner : {um.front(), um[nx - 1], um[um.size() - nx], um.back()})
    if (std::abs(corner) > std::abs(farthest))
      farthest = corner;
  return farthest;
}

TEST(DeflectionMap, FarthestCornerIsTheWarpage) {
  const Package package = reference_package(exg);
  const Temperatures temperatures = solve_temperature(package);
  const Mechanics mechanics = solve_mechanics(package, temperatures);
  PreparedMechanics prepared;
  const DeflectionMap map = plate_deflection(package, temperatures, 5, prepared);
  EXPECT_NEAR(farthest_corner_um(map, "reflow"), mechanics.reflow->corner_um, 1e-6);
  EXPECT_NEAR(farthest_corner_um(map, "room"), mechanics.room->corner_um, 1e-6);
  EXPECT_NEAR(farthest_corner_um(map, "operating"), mechanics.operating->corner_um, 1e-6);
}

TEST(DeflectionMap, IsZeroInTheMiddleAndReachesTheEdges) {
  const Package package = reference_package(exg);
  PreparedMechanics prepared;
  const DeflectionMap map = plate_deflection(package, solve_temperature(package), 5, prepared);
  EXPECT_EQ(map.x_mm.front(), package.substrate.outline.min.x_mm);
  EXPECT_EQ(map.y_mm.back(), package.substrate.outline.max.y_mm);
  for (const DeflectionState& state : map.states) {
    ASSERT_EQ(state.um.size(), 25U);
    EXPECT_NEAR(state.um[12], 0, 1e-9) << state.name;
  }
}

TEST(DeflectionMap, WithoutTemperaturesThereIsNoOperatingState) {
  PreparedMechanics prepared;
  const DeflectionMap map = plate_deflection(reference_package(exg), {}, 3, prepared);
  EXPECT_EQ(map.states.size(), 2U);
}

} // namespace
} // namespace beachfront::thermal
