// SPDX-License-Identifier: GPL-3.0-or-later
// Integrals over one rectangular cell of a plate and its stiffness with the inner modes eliminated.
#pragma once

#include "thermal/plate.hpp"

#include <Eigen/Dense>

#include <array>
#include <cstddef>

namespace beachfront::thermal {

/// Functions along one side of a cell: four cubic Hermite (value and slope at the start, value and slope at the end),
/// two linear, one quadratic bubble, one constant.
inline constexpr std::size_t side_functions = 8;
inline constexpr std::size_t linear_function = 4, bubble_function = 6, constant_function = 7;

/// The functions and their derivatives at a share of the side, [derivative][function].
using SideValues = std::array<std::array<double, side_functions>, 3>;
SideValues side_values(double length_mm, double share);

/// Integrals along a side of products, [derivative of a][derivative of b] (a, b).
struct SideIntegrals {
  std::array<std::array<Eigen::Matrix<double, 8, 8>, 3>, 3> product;
};
SideIntegrals side_integrals(double length_mm);

// Local unknowns. Membrane: u, v at nodes 0 (low x, low y), 1 (high x, low y), 2, 3; then the inner modes u along x, u
// along y, v along x, v along y. Bending: w, w,x, w,y, w,xy at the same nodes.
inline constexpr int membrane_nodal = 8, membrane_all = 12, bending_all = 16, cell_unknowns = 24, inner_modes = 4;

/// Shape of one unknown: a product of a function of x and one of y.
struct Shape {
  std::size_t x = 0, y = 0;
};
constexpr bool membrane_along_x(int unknown) {
  return unknown < membrane_nodal ? unknown % 2 == 0 : unknown < membrane_nodal + 2;
}
/// u for even nodal unknowns and inner modes 8 and 9, else v.
constexpr Shape membrane_shape(int unknown) {
  if (unknown >= membrane_nodal)
    return unknown % 2 == 0 ? Shape{bubble_function, constant_function} : Shape{constant_function, bubble_function};
  const auto node = static_cast<std::size_t>(unknown / 2);
  return {linear_function + node % 2, linear_function + node / 2};
}
constexpr Shape bending_shape(int unknown) {
  const auto node = static_cast<std::size_t>(unknown / 4), kind = static_cast<std::size_t>(unknown % 4);
  return {2 * (node % 2) + kind % 2, 2 * (node / 2) + kind / 2};
}

/// Unknowns: 8 nodal membrane, then 16 bending.
struct CellStiffness {
  Eigen::Matrix<double, cell_unknowns, cell_unknowns> matrix;
  Eigen::Matrix<double, inner_modes, cell_unknowns> recovery; ///< inner amplitudes = recovery x unknowns
};
CellStiffness cell_stiffness(double width_mm, double height_mm, const LaminateStiffness& about_reference);

/// Work of constant resultants. The inner modes take none: their strains have no mean.
Eigen::Matrix<double, cell_unknowns, 1> cell_load(double width_mm, double height_mm,
                                                  const FreeStrainResultants& about_reference);

LaminateStiffness moved(const LaminateStiffness& about_zero, double reference_mm);
FreeStrainResultants moved(const FreeStrainResultants& about_zero, double reference_mm);

} // namespace beachfront::thermal
