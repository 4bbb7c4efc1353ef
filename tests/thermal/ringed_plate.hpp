// SPDX-License-Identifier: GPL-3.0-or-later
// Exact: a round plate of two laminates, a disc and the ring round it, free at its rim. In each u = a r + b / r and
// w' = c r + d / r.
#pragma once

#include "thermal/laminate.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <span>

namespace beachfront::thermal {

struct TwoRings {
  double disc_mm = 0;
  Eigen::Vector2d disc; ///< a, c
  Eigen::Vector4d ring; ///< a, b, c, d

  double deflection_um(double r) const {
    const double inside = std::min(r, disc_mm);
    double w_mm = disc(1) * inside * inside / 2;
    if (r > disc_mm)
      w_mm += ring(2) * (r * r - disc_mm * disc_mm) / 2 + ring(3) * std::log(r / disc_mm);
    return w_mm * 1e3;
  }
};

/// u, w', N_r, M_r at radius r over (a, b, c, d).
inline Eigen::Matrix4d ring_rows(const PlateStiffness& s, double r) {
  Eigen::Matrix4d rows;
  const double i2 = 1 / (r * r);
  const double a = s.a11_N_per_mm + s.a12_N_per_mm, b = s.b11_N + s.b12_N, d = s.d11_N_mm + s.d12_N_mm;
  const double a_ = s.a12_N_per_mm - s.a11_N_per_mm, b_ = s.b12_N - s.b11_N, d_ = s.d12_N_mm - s.d11_N_mm;
  rows << r, 1 / r, 0, 0,       //
      0, 0, r, 1 / r,           //
      a, a_ * i2, -b, -b_ * i2, //
      b, b_ * i2, -d, -d_ * i2;
  return rows;
}

inline TwoRings solve_two_rings(double disc_mm, std::span<const ElasticLayer> disc, double rim_mm,
                                std::span<const ElasticLayer> ring) {
  const PlateStiffness inside = plate_stiffness(disc), outside = plate_stiffness(ring);
  Eigen::Matrix<double, 6, 6> matrix = Eigen::Matrix<double, 6, 6>::Zero();
  Eigen::Matrix<double, 6, 1> right = Eigen::Matrix<double, 6, 1>::Zero();
  const Eigen::Matrix4d in = ring_rows(inside, disc_mm);
  matrix.block<4, 1>(0, 0) = in.col(0);
  matrix.block<4, 1>(0, 1) = in.col(2);
  matrix.block<4, 4>(0, 2) = -ring_rows(outside, disc_mm);
  matrix.block<2, 4>(4, 2) = ring_rows(outside, rim_mm).bottomRows<2>();
  right(2) = inside.n_thermal_N_per_mm - outside.n_thermal_N_per_mm;
  right(3) = inside.m_thermal_N - outside.m_thermal_N;
  right(4) = outside.n_thermal_N_per_mm;
  right(5) = outside.m_thermal_N;
  const Eigen::Matrix<double, 6, 1> x = matrix.fullPivLu().solve(right);
  return {disc_mm, x.head<2>(), x.tail<4>()};
}

} // namespace beachfront::thermal
