// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate_springs.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

/// Slip between the plates at a height, as a row over all unknowns, and how the row grows with the height.
struct SlipRow {
  PairVector at_zero = PairVector::Zero(), per_mm = PairVector::Zero();
};

SlipRow slip_row(bool along_x, const SideValues& x, const SideValues& y, double lower_reference_mm,
                 double upper_reference_mm) {
  SlipRow row;
  for (const bool upper : {false, true}) {
    const double sign = upper ? 1 : -1, reference_mm = upper ? upper_reference_mm : lower_reference_mm;
    const int first = upper ? cell_unknowns : 0;
    for (int a = 0; a < membrane_nodal; ++a)
      if (membrane_along_x(a) == along_x)
        row.at_zero(first + a) = sign * x[0][membrane_shape(a).x] * y[0][membrane_shape(a).y];
    for (int a = 0; a < bending_all; ++a) {
      const Shape shape = bending_shape(a);
      const double slope = along_x ? x[1][shape.x] * y[0][shape.y] : x[0][shape.x] * y[1][shape.y];
      row.per_mm(first + membrane_nodal + a) = -sign * slope;
      row.at_zero(first + membrane_nodal + a) = sign * reference_mm * slope;
    }
  }
  return row;
}

double product(const SideIntegrals& side, std::size_t a, std::size_t b) {
  return side.product[0][0](static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b));
}

void add_slip(double width_mm, double height_mm, const PlateSprings& s, double lower_reference_mm,
              double upper_reference_mm, PairMatrix& k) {
  constexpr double gauss = 0.21132486540518713; // (1 - 1/sqrt(3)) / 2
  constexpr double rounding = 1e-12;
  const double middle_mm = s.along_z_N_per_mm2 / s.along_N_per_mm3, weight_mm2 = width_mm * height_mm / 4;
  const double spread_N_per_mm = s.along_zz_N_per_mm - middle_mm * s.along_z_N_per_mm2;
  const bool at_one_height = spread_N_per_mm <= rounding * s.along_zz_N_per_mm;
  Eigen::Matrix<double, pair_unknowns, 8> slips, per_mm;
  Eigen::Index next = 0;
  for (const double share_y : {gauss, 1 - gauss})
    for (const double share_x : {gauss, 1 - gauss}) {
      const SideValues x = side_values(width_mm, share_x), y = side_values(height_mm, share_y);
      for (const bool along_x : {true, false}) {
        const SlipRow row = slip_row(along_x, x, y, lower_reference_mm, upper_reference_mm);
        slips.col(next) = row.at_zero + middle_mm * row.per_mm;
        per_mm.col(next++) = row.per_mm;
      }
    }
  k.selfadjointView<Eigen::Upper>().rankUpdate(slips, s.along_N_per_mm3 * weight_mm2);
  if (!at_one_height)
    k.selfadjointView<Eigen::Upper>().rankUpdate(per_mm, spread_N_per_mm * weight_mm2);
}

} // namespace

PairMatrix spring_stiffness(double width_mm, double height_mm, const SideIntegrals& x, const SideIntegrals& y,
                            const PlateSprings& s, double lower_reference_mm, double upper_reference_mm) {
  PairMatrix k = PairMatrix::Zero();
  if (s.along_N_per_mm3 > 0)
    add_slip(width_mm, height_mm, s, lower_reference_mm, upper_reference_mm, k);
  if (s.across_N_per_mm3 == 0)
    return k;
  for (int a = 0; a < bending_all; ++a)
    for (int b = 0; b < bending_all; ++b) {
      const Shape sa = bending_shape(a), sb = bending_shape(b);
      const double value = s.across_N_per_mm3 * product(x, sa.x, sb.x) * product(y, sa.y, sb.y);
      const int la = membrane_nodal + a, lb = membrane_nodal + b;
      k(la, lb) += value;
      k(cell_unknowns + la, cell_unknowns + lb) += value;
      k(la, cell_unknowns + lb) -= value;
    }
  return k;
}

PairVector opening_load(const SideIntegrals& x, const SideIntegrals& y, double opening_MPa) {
  PairVector load = PairVector::Zero();
  for (int a = 0; a < bending_all; ++a) {
    const Shape shape = bending_shape(a);
    const double value = opening_MPa * product(x, shape.x, constant_function) * product(y, shape.y, constant_function);
    load(membrane_nodal + a) = -value;
    load(cell_unknowns + membrane_nodal + a) = value;
  }
  return load;
}

} // namespace beachfront::thermal
