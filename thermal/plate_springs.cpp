// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate_springs.hpp"

#include <cmath>

namespace beachfront::thermal {

namespace {

using CellRow = Eigen::Matrix<double, cell_unknowns, 1>;
using CellMatrix = Eigen::Matrix<double, cell_unknowns, cell_unknowns>;

/// Displacement in the plane at a place, 1 mm from the plate's reference against its slope.
CellRow slide(bool along_x, const SideValues& x, const SideValues& y) {
  CellRow row = CellRow::Zero();
  for (int a = 0; a < membrane_nodal; ++a)
    if (membrane_along_x(a) == along_x)
      row(a) = x[0][membrane_shape(a).x] * y[0][membrane_shape(a).y];
  for (int a = 0; a < bending_all; ++a) {
    const Shape shape = bending_shape(a);
    row(membrane_nodal + a) = -(along_x ? x[1][shape.x] * y[0][shape.y] : x[0][shape.x] * y[1][shape.y]);
  }
  return row;
}

/// A plate's unknowns as they slide at this height above its reference.
CellRow arms(double above_mm) {
  CellRow arm = CellRow::Constant(above_mm);
  arm.head<membrane_nodal>().setOnes();
  return arm;
}

/// Adds a product of both cells' unknowns: `work` of the upper plate, of the lower, and less between them.
void add_between(const CellMatrix& work, const CellRow& lower, const CellRow& upper, PairMatrix& matrix) {
  matrix.topLeftCorner<cell_unknowns, cell_unknowns>() += lower.asDiagonal() * work * lower.asDiagonal();
  matrix.bottomRightCorner<cell_unknowns, cell_unknowns>() += upper.asDiagonal() * work * upper.asDiagonal();
  matrix.topRightCorner<cell_unknowns, cell_unknowns>() -= lower.asDiagonal() * work * upper.asDiagonal();
}

/// Integrals of products of the functions along a part of a side.
Eigen::Matrix<double, 8, 8> products(double length_mm, double from, double to) {
  // Exact to degree 7; the products have 6.
  constexpr std::array<double, 4> point{-0.8611363115940526, -0.3399810435848563, 0.3399810435848563,
                                        0.8611363115940526};
  constexpr std::array<double, 4> weight{0.3478548451374538, 0.6521451548625461, 0.6521451548625461,
                                         0.3478548451374538};
  Eigen::Matrix<double, 8, 8> sum = Eigen::Matrix<double, 8, 8>::Zero();
  for (std::size_t g = 0; g < point.size(); ++g) {
    const SideValues v = side_values(length_mm, std::lerp(from, to, (1 + point[g]) / 2));
    const Eigen::Map<const Eigen::Matrix<double, 8, 1>> values(v[0].data());
    sum += weight[g] / 2 * (to - from) * length_mm * values * values.transpose();
  }
  return sum;
}

double at(const Eigen::Matrix<double, 8, 8>& matrix, std::size_t a, std::size_t b) {
  return matrix(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b));
}

/// Integrals of the functions along a part of a side.
Eigen::Matrix<double, 8, 1> integrals(double length_mm, double from, double to) {
  return products(length_mm, from, to).col(constant_function);
}

CellMatrix slip_work(double width_mm, double height_mm, const PlateSprings& s) {
  constexpr double gauss = 0.21132486540518713; // (1 - 1/sqrt(3)) / 2
  const double weight_mm2 = width_mm * (s.to_x - s.from_x) * height_mm * (s.to_y - s.from_y) / 4;
  Eigen::Matrix<double, cell_unknowns, 8> slides;
  Eigen::Index next = 0;
  for (const double share_y : {gauss, 1 - gauss})
    for (const double share_x : {gauss, 1 - gauss}) {
      const SideValues x = side_values(width_mm, std::lerp(s.from_x, s.to_x, share_x)),
                       y = side_values(height_mm, std::lerp(s.from_y, s.to_y, share_y));
      for (const bool along_x : {true, false})
        slides.col(next++) = slide(along_x, x, y);
    }
  return s.along_N_per_mm3 * weight_mm2 * slides * slides.transpose();
}

CellMatrix opening_work(double width_mm, double height_mm, const PlateSprings& s) {
  const Eigen::Matrix<double, 8, 8> x = products(width_mm, s.from_x, s.to_x), y = products(height_mm, s.from_y, s.to_y);
  CellMatrix work = CellMatrix::Zero();
  for (int b = 0; b < bending_all; ++b)
    for (int a = 0; a < bending_all; ++a) {
      const Shape sa = bending_shape(a), sb = bending_shape(b);
      work(membrane_nodal + a, membrane_nodal + b) = s.across_N_per_mm3 * at(x, sa.x, sb.x) * at(y, sa.y, sb.y);
    }
  return work;
}

} // namespace

void add_springs(double width_mm, double height_mm, const PlateSprings& s, double lower_reference_mm,
                 double upper_reference_mm, PairMatrix& matrix) {
  if (s.along_N_per_mm3 > 0)
    add_between(slip_work(width_mm, height_mm, s), arms(s.height_mm - lower_reference_mm),
                arms(s.height_mm - upper_reference_mm), matrix);
  if (s.across_N_per_mm3 > 0)
    add_between(opening_work(width_mm, height_mm, s), arms(1), arms(1), matrix);
}

void add_opening(double width_mm, double height_mm, const PlateSprings& s, double opening_MPa, PairVector& load) {
  const Eigen::Matrix<double, 8, 1> x = integrals(width_mm, s.from_x, s.to_x),
                                    y = integrals(height_mm, s.from_y, s.to_y);
  for (int a = 0; a < bending_all; ++a) {
    const Shape shape = bending_shape(a);
    const double value = opening_MPa * x(static_cast<Eigen::Index>(shape.x)) * y(static_cast<Eigen::Index>(shape.y));
    load(membrane_nodal + a) -= value;
    load(cell_unknowns + membrane_nodal + a) += value;
  }
}

} // namespace beachfront::thermal
