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

/// Stiffness of a cell of unit sides as a sum over (11, 12, 22, 66) of laminate stiffness times these.
struct CellIntegrals {
  std::array<Eigen::Matrix<double, membrane_all, membrane_all>, 4> membrane;
  std::array<Eigen::Matrix<double, membrane_all, bending_all>, 4> coupling;
  std::array<Eigen::Matrix<double, bending_all, bending_all>, 4> bending;
};

CellIntegrals unit_integrals() {
  const SideIntegrals side = side_integrals(1);
  CellIntegrals cell;
  const auto store = [](auto& matrices, int row, int column, const std::array<double, 4>& values) {
    for (std::size_t k = 0; k < 4; ++k)
      matrices[k](row, column) = values[k];
  };
  for (int a = 0; a < membrane_all; ++a) {
    for (int b = 0; b < membrane_all; ++b)
      store(cell.membrane, a, b,
            products(membrane_terms(a), membrane_shape(a), membrane_terms(b), membrane_shape(b), side, side));
    for (int b = 0; b < bending_all; ++b)
      store(cell.coupling, a, b, products(membrane_terms(a), membrane_shape(a), w_terms, bending_shape(b), side, side));
  }
  for (int a = 0; a < bending_all; ++a)
    for (int b = 0; b < bending_all; ++b)
      store(cell.bending, a, b, products(w_terms, bending_shape(a), w_terms, bending_shape(b), side, side));
  return cell;
}

/// Work of each unit resultant, of n_x, n_y, m_x and m_y, on a cell of unit sides.
using UnitLoads = std::array<Eigen::Matrix<double, cell_unknowns, 1>, 4>;

UnitLoads unit_loads() {
  const SideIntegrals side = side_integrals(1);
  const Shape constant{constant_function, constant_function};
  const auto mean = [&](const Term& term, const Shape& shape) {
    return product(term, shape, Term{0, 0, 1, true}, constant, side, side);
  };
  UnitLoads loads;
  loads.fill(Eigen::Matrix<double, cell_unknowns, 1>::Zero());
  for (std::size_t along = 0; along < 2; ++along) {
    for (int a = 0; a < membrane_nodal; ++a)
      loads[along](a) = mean(membrane_terms(a)[along], membrane_shape(a));
    for (int a = 0; a < bending_all; ++a)
      loads[2 + along](membrane_nodal + a) = mean(w_terms[along], bending_shape(a));
  }
  return loads;
}

/// Unknowns of a cell of unit sides over those of a cell of this width and height: slopes grow with the sides; u over
/// the height and v over the width make the shear strain u,y + v,x of both cells alike.
struct UnitScale {
  Eigen::Matrix<double, cell_unknowns, 1> nodal;
  Eigen::Vector4d inner;
};

UnitScale unit_scale(double w, double h) {
  UnitScale scale;
  for (int a = 0; a < membrane_nodal; ++a)
    scale.nodal(a) = membrane_along_x(a) ? 1 / h : 1 / w;
  for (int node = 0; node < 4; ++node)
    scale.nodal.segment<4>(membrane_nodal + 4 * node) << 1, w, h, w * h;
  scale.inner << 1 / h, 1 / h, 1 / w, 1 / w;
  return scale;
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

namespace {

/// Adds inner^T recovery to a third of the columns, down to the diagonal and a little further.
template <int third>
void eliminate_inner(const Eigen::Matrix<double, inner_modes, cell_unknowns>& inner,
                     const Eigen::Matrix<double, inner_modes, cell_unknowns>& recovery,
                     Eigen::Matrix<double, cell_unknowns, cell_unknowns>& k) {
  constexpr int wide = cell_unknowns / 3, rows = (third + 1) * wide;
  const Eigen::Matrix<double, rows, inner_modes> across = inner.leftCols<rows>().transpose();
  for (int column = third * wide; column < rows; ++column)
    k.col(column).head<rows>() += across * recovery.col(column);
}

} // namespace

CellStiffness cell_stiffness(double width_mm, double height_mm, const LaminateStiffness& s) {
  static const CellIntegrals unit = unit_integrals();
  const double w = width_mm, h = height_mm, area = w * h;
  const auto sum = [](const InPlane& factor, const auto& matrices) {
    return (factor[0] * matrices[0] + factor[1] * matrices[1] + factor[2] * matrices[2] + factor[3] * matrices[3])
        .eval();
  };
  const auto& [a11, a12, a22, a66] = s.a_N_per_mm;
  const auto& [b11, b12, b22, b66] = s.b_N;
  const auto& [d11, d12, d22, d66] = s.d_N_mm;
  const Eigen::Matrix<double, membrane_all, membrane_all> membrane =
      sum({a11 * h * h * h / w, a12 * area, a22 * w * w * w / h, a66 * area}, unit.membrane);
  const Eigen::Matrix<double, membrane_all, bending_all> coupling =
      sum({b11 * h * h / (w * w), b12, b22 * w * w / (h * h), b66}, unit.coupling);
  CellStiffness stiffness;
  auto& k = stiffness.matrix;
  k.bottomLeftCorner<bending_all, membrane_nodal>().setZero();
  k.topLeftCorner<membrane_nodal, membrane_nodal>() = membrane.topLeftCorner<membrane_nodal, membrane_nodal>();
  k.topRightCorner<membrane_nodal, bending_all>() = coupling.topRows<membrane_nodal>();
  k.bottomRightCorner<bending_all, bending_all>() =
      sum({d11 * h / (w * w * w), d12 / area, d22 * w / (h * h * h), d66 / area}, unit.bending);
  Eigen::Matrix<double, inner_modes, cell_unknowns> inner;
  inner << membrane.bottomLeftCorner<inner_modes, membrane_nodal>(), coupling.bottomRows<inner_modes>();
  const Eigen::Matrix4d own = membrane.bottomRightCorner<inner_modes, inner_modes>();
  stiffness.recovery.noalias() = -(own.inverse() * inner);
  const UnitScale scale = unit_scale(w, h);
  // Only the upper triangle is read. Rows of fixed number, a few too many, cost less than as many as there are.
  eliminate_inner<0>(inner, stiffness.recovery, k);
  eliminate_inner<1>(inner, stiffness.recovery, k);
  eliminate_inner<2>(inner, stiffness.recovery, k);
  for (int column = 0; column < cell_unknowns; ++column)
    k.col(column).array() *= scale.nodal.array() * scale.nodal(column);
  stiffness.recovery = scale.inner.cwiseInverse().asDiagonal() * stiffness.recovery * scale.nodal.asDiagonal();
  return stiffness;
}

Eigen::Matrix<double, cell_unknowns, 1> cell_load(double width_mm, double height_mm, const FreeStrainResultants& r) {
  static const UnitLoads unit = unit_loads();
  const double w = width_mm, h = height_mm;
  Eigen::Matrix<double, cell_unknowns, 1> load = r.n_x_N_per_mm * h * h * unit[0] + r.n_y_N_per_mm * w * w * unit[1] +
                                                 r.m_x_N * h / w * unit[2] + r.m_y_N * w / h * unit[3];
  return load.cwiseProduct(unit_scale(w, h).nodal);
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
