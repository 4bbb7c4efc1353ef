// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate_element.hpp"

namespace beachfront::thermal {

namespace {

/// A strain or curvature of one unknown: factor x (derivative along x) of its x function x (derivative along y) of the
/// other.
struct Term {
  std::size_t dx = 0, dy = 0;
  double factor = 0;
  bool acts = false;
};

/// Rows: xx, yy, xy. An unknown of u, v or w has up to three.
using Terms = std::array<Term, 3>;
constexpr Terms u_terms{Term{1, 0, 1, true}, Term{}, Term{0, 1, 1, true}};
constexpr Terms v_terms{Term{}, Term{0, 1, 1, true}, Term{1, 0, 1, true}};
constexpr Terms w_terms{Term{2, 0, -1, true}, Term{0, 2, -1, true}, Term{1, 1, -2, true}};

const Terms& membrane_terms(int unknown) {
  return membrane_along_x(unknown) ? u_terms : v_terms;
}

double product(const Term& a, const Shape& sa, const Term& b, const Shape& sb, const SideIntegrals& x,
               const SideIntegrals& y) {
  if (!a.acts || !b.acts)
    return 0;
  const auto at = [](const SideIntegrals& s, std::size_t p, std::size_t q, std::size_t f, std::size_t g) {
    return s.product[p][q](static_cast<Eigen::Index>(f), static_cast<Eigen::Index>(g));
  };
  return a.factor * b.factor * at(x, a.dx, b.dx, sa.x, sb.x) * at(y, a.dy, b.dy, sa.y, sb.y);
}

/// Coefficients of the stiffnesses 11, 12, 22 and 66.
std::array<double, 4> products(const Terms& a, const Shape& sa, const Terms& b, const Shape& sb, const SideIntegrals& x,
                               const SideIntegrals& y) {
  return {product(a[0], sa, b[0], sb, x, y), product(a[0], sa, b[1], sb, x, y) + product(a[1], sa, b[0], sb, x, y),
          product(a[1], sa, b[1], sb, x, y), product(a[2], sa, b[2], sb, x, y)};
}

} // namespace

SideValues side_values(double length_mm, double share) {
  const double l = length_mm, s = share, s2 = s * s;
  SideValues v;
  v[0] = {1 - 3 * s2 + 2 * s2 * s,
          l * (s - 2 * s2 + s2 * s),
          3 * s2 - 2 * s2 * s,
          l * (s2 * s - s2),
          1 - s,
          s,
          4 * s * (1 - s),
          1};
  v[1] = {(6 * s2 - 6 * s) / l,
          1 - 4 * s + 3 * s2,
          (6 * s - 6 * s2) / l,
          3 * s2 - 2 * s,
          -1 / l,
          1 / l,
          (4 - 8 * s) / l,
          0};
  v[2] = {(12 * s - 6) / (l * l), (6 * s - 4) / l, (6 - 12 * s) / (l * l), (6 * s - 2) / l, 0, 0, -8 / (l * l), 0};
  return v;
}

SideIntegrals side_integrals(double length_mm) {
  // Four points are exact to degree 7; the products have 6.
  constexpr std::array<double, 4> point{-0.8611363115940526, -0.3399810435848563, 0.3399810435848563,
                                        0.8611363115940526};
  constexpr std::array<double, 4> weight{0.3478548451374538, 0.6521451548625461, 0.6521451548625461,
                                         0.3478548451374538};
  SideIntegrals integrals;
  for (auto& row : integrals.product)
    for (auto& matrix : row)
      matrix.setZero();
  for (std::size_t g = 0; g < point.size(); ++g) {
    const SideValues v = side_values(length_mm, (1 + point[g]) / 2);
    for (std::size_t p = 0; p < 3; ++p)
      for (std::size_t q = 0; q < 3; ++q) {
        const Eigen::Map<const Eigen::Matrix<double, 8, 1>> a(v[p].data()), b(v[q].data());
        integrals.product[p][q] += weight[g] / 2 * length_mm * a * b.transpose();
      }
  }
  return integrals;
}

bool membrane_along_x(int unknown) {
  return unknown < membrane_nodal ? unknown % 2 == 0 : unknown < membrane_nodal + 2;
}

Shape membrane_shape(int unknown) {
  if (unknown >= membrane_nodal)
    return unknown % 2 == 0 ? Shape{bubble_function, constant_function} : Shape{constant_function, bubble_function};
  const auto node = static_cast<std::size_t>(unknown / 2);
  return {linear_function + node % 2, linear_function + node / 2};
}

Shape bending_shape(int unknown) {
  const auto node = static_cast<std::size_t>(unknown / 4), kind = static_cast<std::size_t>(unknown % 4);
  return {2 * (node % 2) + kind % 2, 2 * (node / 2) + kind / 2};
}

CellIntegrals cell_integrals(const SideIntegrals& x, const SideIntegrals& y) {
  CellIntegrals cell;
  const auto store = [](auto& matrices, int row, int column, const std::array<double, 4>& values) {
    for (std::size_t k = 0; k < 4; ++k)
      matrices[k](row, column) = values[k];
  };
  for (int a = 0; a < membrane_all; ++a) {
    for (int b = 0; b < membrane_all; ++b)
      store(cell.membrane, a, b,
            products(membrane_terms(a), membrane_shape(a), membrane_terms(b), membrane_shape(b), x, y));
    for (int b = 0; b < bending_all; ++b)
      store(cell.coupling, a, b, products(membrane_terms(a), membrane_shape(a), w_terms, bending_shape(b), x, y));
  }
  for (int a = 0; a < bending_all; ++a)
    for (int b = 0; b < bending_all; ++b)
      store(cell.bending, a, b, products(w_terms, bending_shape(a), w_terms, bending_shape(b), x, y));
  return cell;
}

CellStiffness cell_stiffness(const CellIntegrals& cell, const LaminateStiffness& s) {
  const auto sum = [](const InPlane& factor, const auto& matrices) {
    return (factor[0] * matrices[0] + factor[1] * matrices[1] + factor[2] * matrices[2] + factor[3] * matrices[3])
        .eval();
  };
  const Eigen::Matrix<double, membrane_all, membrane_all> membrane = sum(s.a_N_per_mm, cell.membrane);
  const Eigen::Matrix<double, membrane_all, bending_all> coupling = sum(s.b_N, cell.coupling);
  CellStiffness stiffness;
  auto& k = stiffness.matrix;
  k.topLeftCorner<membrane_nodal, membrane_nodal>() = membrane.topLeftCorner<membrane_nodal, membrane_nodal>();
  k.topRightCorner<membrane_nodal, bending_all>() = coupling.topRows<membrane_nodal>();
  k.bottomRightCorner<bending_all, bending_all>() = sum(s.d_N_mm, cell.bending);
  Eigen::Matrix<double, inner_modes, cell_unknowns> inner;
  inner << membrane.bottomLeftCorner<inner_modes, membrane_nodal>(), coupling.bottomRows<inner_modes>();
  const Eigen::Matrix4d own = membrane.bottomRightCorner<inner_modes, inner_modes>();
  stiffness.recovery.noalias() = -(own.inverse() * inner);
  // Only the upper triangle is read.
  k.noalias() += inner.transpose() * stiffness.recovery;
  return stiffness;
}

Eigen::Matrix<double, cell_unknowns, 1> cell_load(const SideIntegrals& x, const SideIntegrals& y,
                                                  const FreeStrainResultants& r) {
  const Shape constant{constant_function, constant_function};
  const auto mean = [&](const Term& term, const Shape& shape) {
    return product(term, shape, Term{0, 0, 1, true}, constant, x, y);
  };
  Eigen::Matrix<double, cell_unknowns, 1> load;
  for (int a = 0; a < membrane_nodal; ++a) {
    const Terms& terms = membrane_terms(a);
    load(a) = r.n_x_N_per_mm * mean(terms[0], membrane_shape(a)) + r.n_y_N_per_mm * mean(terms[1], membrane_shape(a));
  }
  for (int a = 0; a < bending_all; ++a)
    load(membrane_nodal + a) =
        r.m_x_N * mean(w_terms[0], bending_shape(a)) + r.m_y_N * mean(w_terms[1], bending_shape(a));
  return load;
}

LaminateStiffness moved(const LaminateStiffness& s, double z) {
  LaminateStiffness m = s;
  for (std::size_t k = 0; k < s.a_N_per_mm.size(); ++k) {
    m.b_N[k] -= z * s.a_N_per_mm[k];
    m.d_N_mm[k] += z * (z * s.a_N_per_mm[k] - 2 * s.b_N[k]);
  }
  return m;
}

FreeStrainResultants moved(const FreeStrainResultants& r, double z) {
  return {r.n_x_N_per_mm, r.n_y_N_per_mm, r.m_x_N - z * r.n_x_N_per_mm, r.m_y_N - z * r.n_y_N_per_mm};
}

} // namespace beachfront::thermal
