// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate_springs.hpp"

#include <cmath>

namespace beachfront::thermal {

namespace {

/// Slip between the plates as a row over all unknowns.
PairVector slip_row(bool along_x, const SideValues& x, const SideValues& y, double above_lower_mm,
                    double above_upper_mm) {
  PairVector row = PairVector::Zero();
  for (const bool upper : {false, true}) {
    const double sign = upper ? 1 : -1, arm_mm = upper ? above_upper_mm : above_lower_mm;
    const int first = upper ? cell_unknowns : 0;
    for (int a = 0; a < membrane_nodal; ++a)
      if (membrane_along_x(a) == along_x)
        row(first + a) = sign * x[0][membrane_shape(a).x] * y[0][membrane_shape(a).y];
    for (int a = 0; a < bending_all; ++a) {
      const Shape shape = bending_shape(a);
      const double slope = along_x ? x[1][shape.x] * y[0][shape.y] : x[0][shape.x] * y[1][shape.y];
      row(first + membrane_nodal + a) = -sign * arm_mm * slope;
    }
  }
  return row;
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

void add_slip(double width_mm, double height_mm, const PlateSprings& s, double above_lower_mm, double above_upper_mm,
              PairMatrix& matrix) {
  constexpr double gauss = 0.21132486540518713; // (1 - 1/sqrt(3)) / 2
  const double weight_mm2 = width_mm * (s.to_x - s.from_x) * height_mm * (s.to_y - s.from_y) / 4;
  Eigen::Matrix<double, pair_unknowns, 8> slips;
  Eigen::Index next = 0;
  for (const double share_y : {gauss, 1 - gauss})
    for (const double share_x : {gauss, 1 - gauss}) {
      const SideValues x = side_values(width_mm, std::lerp(s.from_x, s.to_x, share_x)),
                       y = side_values(height_mm, std::lerp(s.from_y, s.to_y, share_y));
      for (const bool along_x : {true, false})
        slips.col(next++) = slip_row(along_x, x, y, above_lower_mm, above_upper_mm);
    }
  matrix.selfadjointView<Eigen::Upper>().rankUpdate(slips, s.along_N_per_mm3 * weight_mm2);
}

} // namespace

void add_springs(double width_mm, double height_mm, const PlateSprings& s, double lower_reference_mm,
                 double upper_reference_mm, PairMatrix& matrix) {
  if (s.along_N_per_mm3 > 0)
    add_slip(width_mm, height_mm, s, s.height_mm - lower_reference_mm, s.height_mm - upper_reference_mm, matrix);
  if (s.across_N_per_mm3 == 0)
    return;
  const Eigen::Matrix<double, 8, 8> x = products(width_mm, s.from_x, s.to_x), y = products(height_mm, s.from_y, s.to_y);
  for (int a = 0; a < bending_all; ++a)
    for (int b = 0; b < bending_all; ++b) {
      const Shape sa = bending_shape(a), sb = bending_shape(b);
      const double value = s.across_N_per_mm3 * at(x, sa.x, sb.x) * at(y, sa.y, sb.y);
      const int la = membrane_nodal + a, lb = membrane_nodal + b;
      matrix(la, lb) += value;
      matrix(cell_unknowns + la, cell_unknowns + lb) += value;
      matrix(la, cell_unknowns + lb) -= value;
    }
}

void add_opening(double width_mm, double height_mm, const PlateSprings& s, double opening_MPa, PairVector& load) {
  const Eigen::Matrix<double, 8, 8> x = products(width_mm, s.from_x, s.to_x), y = products(height_mm, s.from_y, s.to_y);
  for (int a = 0; a < bending_all; ++a) {
    const Shape shape = bending_shape(a);
    const double value = opening_MPa * at(x, shape.x, constant_function) * at(y, shape.y, constant_function);
    load(membrane_nodal + a) -= value;
    load(cell_unknowns + membrane_nodal + a) += value;
  }
}

} // namespace beachfront::thermal
