// SPDX-License-Identifier: GPL-3.0-or-later
// One package as a plate on a quarter, on the whole plan and unfolded.
#pragma once

#include "thermal/assembly.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace beachfront::thermal {

inline double corner_um(const PlateAssembly& assembly, const PlateState& state, geometry::Point corner) {
  return 1e3 * (deflection(assembly.plan.mesh, state.since_birth, corner).w_mm -
                deflection(assembly.plan.mesh, state.since_birth, {0, 0}).w_mm);
}

/// A symmetric package of 40 mm with a die, in the state of the finished package at room temperature and under heat.
inline void expect_quarter_whole_and_unfolded_agree(const Package& p, PlateState PlateAssembly::*at_room) {
  const PlateAssembly quarter = assemble_plate(p, true, true), whole = assemble_plate(p, false, false),
                      unfold = unfolded(quarter);
  const double room = corner_um(quarter, quarter.*at_room, {20, 20});
  EXPECT_NEAR(corner_um(whole, whole.*at_room, {-20, 20}), room, 0.01 * std::abs(room));
  PartTemperatures warm = uniform(p, 70);
  warm.bodies_C[0] = warm.under_bodies_C[0] = 90;
  const double hot = corner_um(quarter, bring_to(quarter, warm), {20, 20});
  EXPECT_GT(std::abs(hot - room), 1);
  EXPECT_NEAR(corner_um(unfold, bring_to(unfold, warm), {20, -20}), hot, 1e-5);
}

} // namespace beachfront::thermal
