// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/brick.hpp"

#include <Eigen/Dense>

#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double MPa_per_GPa = 1e3;

/// Place of the shear strain between two axes in ElasticTensor::shear.
std::size_t shear_of(std::size_t a, std::size_t b) {
  return 3 - a - b;
}

/// Corner of a node along an axis, -1 or 1.
double corner(std::size_t node, std::size_t axis) {
  return (node >> axis & 1U) != 0 ? 1 : -1;
}

/// Integral over the brick, divided by its volume, of dN_a/dx_p dN_b/dx_q. One-dimensional factors: of two values
/// (1 + a b / 3) / 4, of value and slope b / (2 h), of two slopes a b / h^2.
double gradient_product(std::size_t a, std::size_t p, std::size_t b, std::size_t q, const BrickSize& h) {
  double product = 1;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double ca = corner(a, axis), cb = corner(b, axis);
    if (axis == p && axis == q)
      product *= ca * cb / (h[axis] * h[axis]);
    else if (axis == p)
      product *= ca / (2 * h[axis]);
    else if (axis == q)
      product *= cb / (2 * h[axis]);
    else
      product *= (1 + ca * cb / 3) / 4;
  }
  return product;
}

/// The bubble 1 - s_m^2 (s local along m) displacing along i strains the brick by -4 s_m / h_m in the component that
/// belongs to (i, m). Its coupling with the nodes is `coupling`, its own stiffness `stiffness`, both per volume.
struct Mode {
  std::size_t bubble = 0, along = 0;
  BrickVector coupling{};
  double stiffness = 0;
};

/// Mean over the brick of s_m dN_node/dx_q, which is 0 for q = m.
double bubble_gradient(std::size_t node, std::size_t m, std::size_t q, const BrickSize& h) {
  return corner(node, m) * corner(node, q) / (12 * h[q]);
}

Mode mode(const ElasticTensor& tensor, const BrickSize& h, std::size_t m, std::size_t i) {
  Mode found{m, i, {}, 0};
  const double slope = -4 / h[m];
  const double modulus = i == m ? tensor.normal[m][m] : tensor.shear[shear_of(i, m)];
  found.stiffness = modulus * slope * slope / 3;
  for (std::size_t node = 0; node < 8; ++node)
    if (i == m) {
      for (std::size_t q = 0; q < 3; ++q)
        if (q != m)
          found.coupling[3 * node + q] = slope * tensor.normal[m][q] * bubble_gradient(node, m, q, h);
    } else {
      found.coupling[3 * node + m] = slope * modulus * bubble_gradient(node, m, i, h);
    }
  return found;
}

std::array<Mode, 9> modes(const ElasticTensor& tensor, const BrickSize& h) {
  std::array<Mode, 9> all;
  for (std::size_t m = 0; m < 3; ++m)
    for (std::size_t i = 0; i < 3; ++i)
      all[3 * m + i] = mode(tensor, h, m, i);
  return all;
}

double volume(const BrickSize& h) {
  return h[0] * h[1] * h[2];
}

} // namespace

ElasticTensor elastic_tensor(const ElasticConstants& c) {
  for (std::size_t i = 0; i < 3; ++i)
    if (!(c.youngs_modulus_GPa[i] > 0) || !(c.shear_modulus_GPa[i] > 0))
      throw std::invalid_argument("elastic moduli must be positive");
  Eigen::Matrix3d compliance;
  for (int i = 0; i < 3; ++i)
    compliance(i, i) = 1 / c.youngs_modulus_GPa[static_cast<std::size_t>(i)];
  compliance(0, 1) = compliance(1, 0) = -c.poisson[0] / c.youngs_modulus_GPa[0];
  compliance(0, 2) = compliance(2, 0) = -c.poisson[1] / c.youngs_modulus_GPa[0];
  compliance(1, 2) = compliance(2, 1) = -c.poisson[2] / c.youngs_modulus_GPa[1];
  const Eigen::LLT<Eigen::Matrix3d> factor(compliance);
  constexpr double nearly_singular = 1e-6;
  if (factor.info() != Eigen::Success || compliance.determinant() < nearly_singular * compliance.diagonal().prod())
    throw std::invalid_argument("Poisson's ratios leave no stiffness against a change of volume or make it negative");
  const Eigen::Matrix3d stiffness = MPa_per_GPa * compliance.inverse();
  ElasticTensor tensor;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j)
      tensor.normal[i][j] = stiffness(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
    tensor.shear[i] = MPa_per_GPa * c.shear_modulus_GPa[i];
  }
  return tensor;
}

BrickForms brick_forms(const ElasticTensor& tensor) {
  constexpr BrickSize unit{1, 1, 1};
  BrickForms forms;
  for (std::size_t a = 0; a < 8; ++a)
    for (std::size_t b = 0; b < 8; ++b)
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
          const std::size_t row = 3 * a + i, column = 3 * b + j;
          if (i == j)
            for (std::size_t q = 0; q < 3; ++q)
              forms.along[q][row][column] =
                  (q == i ? tensor.normal[i][i] : tensor.shear[shear_of(i, q)]) * gradient_product(a, q, b, q, unit);
          else
            forms.across[row][column] = tensor.normal[i][j] * gradient_product(a, i, b, j, unit) +
                                        tensor.shear[shear_of(i, j)] * gradient_product(a, j, b, i, unit);
        }
  // A mode (m, i) couples through derivatives along q with the nodes: along every q but m where i = m, along i else.
  for (const Mode& m : modes(tensor, unit))
    for (std::size_t r = 0; r < 24; ++r)
      for (std::size_t c = 0; c < 24; ++c) {
        const double part = m.coupling[r] * m.coupling[c] / m.stiffness;
        if (r % 3 != c % 3)
          forms.across[r][c] -= part;
        else
          forms.along[m.along == m.bubble ? r % 3 : m.along][r][c] -= part;
      }
  return forms;
}

BrickMatrix brick_stiffness_N_per_mm(const BrickForms& forms, const BrickSize& h) {
  const double v = volume(h);
  const std::array<double, 3> share{v / (h[0] * h[0]), v / (h[1] * h[1]), v / (h[2] * h[2])};
  BrickMatrix k;
  for (std::size_t r = 0; r < 24; ++r)
    for (std::size_t b = 0; b < 24; b += 3)
      for (std::size_t j = 0; j < 3; ++j) {
        const std::size_t i = r % 3, c = b + j;
        k[r][c] =
            i == j ? share[0] * forms.along[0][r][c] + share[1] * forms.along[1][r][c] + share[2] * forms.along[2][r][c]
                   : h[3 - i - j] * forms.across[r][c];
      }
  return k;
}

BrickMatrix brick_stiffness_N_per_mm(const ElasticTensor& tensor, const BrickSize& h) {
  return brick_stiffness_N_per_mm(brick_forms(tensor), h);
}

BrickVector free_strain_forces_N(const ElasticTensor& tensor, const BrickSize& h,
                                 const std::array<double, 3>& free_strain) {
  BrickVector forces{};
  for (std::size_t i = 0; i < 3; ++i) {
    double stress = 0;
    for (std::size_t j = 0; j < 3; ++j)
      stress += tensor.normal[i][j] * free_strain[j];
    for (std::size_t node = 0; node < 8; ++node)
      forces[3 * node + i] = stress * corner(node, i) / (4 * h[i]) * volume(h);
  }
  return forces;
}

double greatest_principal_MPa(const Stress& s) {
  Eigen::Matrix3d m;
  m << s[0], s[5], s[4], s[5], s[1], s[3], s[4], s[3], s[2];
  return Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(m, Eigen::EigenvaluesOnly).eigenvalues()(2);
}

Stress brick_stress_MPa(const ElasticTensor& tensor, const BrickSize& h, const BrickVector& u,
                        const std::array<double, 3>& free_strain, const std::array<double, 3>& s) {
  double gradient[3][3] = {}; // of displacement i along x_q
  for (std::size_t node = 0; node < 8; ++node)
    for (std::size_t q = 0; q < 3; ++q) {
      double slope = corner(node, q) / h[q];
      for (std::size_t axis = 0; axis < 3; ++axis)
        if (axis != q)
          slope *= (1 + corner(node, axis) * s[axis]) / 2;
      for (std::size_t i = 0; i < 3; ++i)
        gradient[i][q] += slope * u[3 * node + i];
    }
  for (const Mode& m : modes(tensor, h)) {
    double amplitude = 0;
    for (std::size_t r = 0; r < 24; ++r)
      amplitude -= m.coupling[r] * u[r] / m.stiffness;
    gradient[m.along][m.bubble] += -4 * s[m.bubble] / h[m.bubble] * amplitude;
  }
  Stress stress{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j)
      stress[i] += tensor.normal[i][j] * (gradient[j][j] - free_strain[j]);
    const std::size_t a = (i + 1) % 3, b = (i + 2) % 3;
    stress[3 + i] = tensor.shear[i] * (gradient[a][b] + gradient[b][a]);
  }
  return stress;
}

} // namespace beachfront::thermal
