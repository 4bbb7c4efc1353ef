// SPDX-License-Identifier: GPL-3.0-or-later
// Springs over the area of a cell between a plate and a plate above it: a film that resists opening and shear.
#pragma once

#include "thermal/plate.hpp"
#include "thermal/plate_element.hpp"

#include <Eigen/Dense>

namespace beachfront::thermal {

/// Unknowns of both plates: those of the lower cell, then those of the upper one.
inline constexpr int pair_unknowns = 2 * cell_unknowns;
using PairMatrix = Eigen::Matrix<double, pair_unknowns, pair_unknowns>;
using PairVector = Eigen::Matrix<double, pair_unknowns, 1>;

/// Adds the upper triangle of the springs' stiffness. Slip is taken at 2 x 2 Gauss points, where the displacement in
/// the plane can follow the slope of the deflection; taken everywhere, a stiff film would hold back every change of
/// curvature.
void add_springs(double width_mm, double height_mm, const PlateSprings& springs, double lower_reference_mm,
                 double upper_reference_mm, PairMatrix& matrix);

/// Adds the load of a pressure that drives the plates apart where the springs are.
void add_opening(double width_mm, double height_mm, const PlateSprings& springs, double opening_MPa, PairVector& load);

} // namespace beachfront::thermal
