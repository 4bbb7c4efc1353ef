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

/// Shear is taken at 2 x 2 Gauss points, where the in-plane displacement can follow the slope of the deflection; taken
/// everywhere, a stiff film would hold back every change of curvature. Only the upper triangle is filled.
PairMatrix spring_stiffness(double width_mm, double height_mm, const SideIntegrals& x, const SideIntegrals& y,
                            const PlateSprings& springs, double lower_reference_mm, double upper_reference_mm);

/// Of a pressure that drives the plates apart.
PairVector opening_load(const SideIntegrals& x, const SideIntegrals& y, double opening_MPa);

} // namespace beachfront::thermal
