// SPDX-License-Identifier: GPL-3.0-or-later
// An edge crack in the middle plane of a symmetric build-up/glass/build-up strip, by plane-strain finite elements
// (eight-node quadrilaterals, upper half, free edge at x = 0, symmetry at the far end). Shares nothing with the
// laminate theory it judges.
#pragma once

#include <Eigen/Dense>
#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace beachfront::thermal {

/// `free_strain`: what the build-up would strain along x beyond the glass if both were free, width held:
/// (1 + nu) alpha dT of the build-up less that of the glass.
struct SplitStrip {
  double core_mm = 0, build_up_mm = 0;
  double core_MPa = 0, build_up_MPa = 0;
  double core_poisson = 0, build_up_poisson = 0;
  double free_strain = 0;
};

inline Eigen::Matrix3d plane_strain_MPa(double modulus_MPa, double poisson) {
  const double c = modulus_MPa / ((1 + poisson) * (1 - 2 * poisson));
  Eigen::Matrix3d d;
  d << c * (1 - poisson), c * poisson, 0, c * poisson, c * (1 - poisson), 0, 0, 0, c * (1 - 2 * poisson) / 2;
  return d;
}

/// Lines from `from` to `to`, first step near `step`, growing by `growth` up to `largest`.
inline void append_graded(std::vector<double>& lines, double to, double step, double growth, double largest) {
  const double from = lines.back();
  std::vector<double> steps;
  double sum = 0;
  for (double s = step; sum < to - from - 1e-12; s = std::min(s * growth, largest)) {
    steps.push_back(s);
    sum += s;
  }
  double at = from;
  for (double s : steps)
    lines.push_back(at += s * (to - from) / sum);
}

/// Shape functions' derivatives by (xi, eta): corners from (-1, -1) counterclockwise, then mid-sides from the bottom.
inline Eigen::Matrix<double, 2, 8> serendipity_slopes(double xi, double eta) {
  Eigen::Matrix<double, 2, 8> g;
  constexpr std::array<double, 4> cx{-1, 1, 1, -1}, cy{-1, -1, 1, 1};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto k = static_cast<Eigen::Index>(i);
    g(0, k) = cx[i] * (1 + cy[i] * eta) * (2 * cx[i] * xi + cy[i] * eta) / 4;
    g(1, k) = cy[i] * (1 + cx[i] * xi) * (2 * cy[i] * eta + cx[i] * xi) / 4;
  }
  g(0, 4) = -xi * (1 - eta), g(1, 4) = -(1 - xi * xi) / 2;
  g(0, 5) = (1 - eta * eta) / 2, g(1, 5) = -eta * (1 + xi);
  g(0, 6) = -xi * (1 + eta), g(1, 6) = (1 - xi * xi) / 2;
  g(0, 7) = -(1 - eta * eta) / 2, g(1, 7) = -eta * (1 - xi);
  return g;
}

struct SplitMesh {
  std::vector<double> x_mm, z_mm;
};

/// Grid lines of even size round the tip at `crack_mm`, coarser away from it, one of them on the interface.
inline SplitMesh split_mesh(const SplitStrip& strip, double crack_mm, double tip_step_mm) {
  const double height_mm = strip.core_mm / 2 + strip.build_up_mm;
  const double largest_mm = std::min(strip.core_mm / 10, height_mm / 5);
  constexpr double growth = 1.3;
  constexpr int even = 6;
  SplitMesh mesh{{0}, {0}};
  std::vector<double> back{0};
  if (crack_mm > even * tip_step_mm * (1 + 1e-9)) {
    append_graded(back, crack_mm - even * tip_step_mm, tip_step_mm, growth, largest_mm);
    for (auto it = back.rbegin() + 1; it != back.rend(); ++it)
      mesh.x_mm.push_back(back.back() - *it);
  }
  for (int i = 0; i < 2 * even; ++i)
    mesh.x_mm.push_back(mesh.x_mm.back() + tip_step_mm);
  append_graded(mesh.x_mm, crack_mm + 5 * height_mm, tip_step_mm, growth, height_mm / 3);
  for (int i = 0; i < 3; ++i)
    mesh.z_mm.push_back(mesh.z_mm.back() + tip_step_mm);
  append_graded(mesh.z_mm, strip.core_mm / 2, tip_step_mm, growth, largest_mm);
  append_graded(mesh.z_mm, height_mm, strip.build_up_mm / 5, 1, strip.build_up_mm / 5);
  return mesh;
}

/// Elastic energy per width of the upper half with a crack that ends on grid line `tip`, N (MPa mm^2).
inline double split_energy_N(const SplitStrip& strip, const SplitMesh& mesh, std::size_t tip) {
  const std::size_t nx = mesh.x_mm.size() - 1, nz = mesh.z_mm.size() - 1;
  const std::size_t across = 2 * nx + 1;
  // Nodes on a grid of half steps; the centres of elements stay unused.
  const auto node = [&](std::size_t i, std::size_t k) { return k * across + i; };
  const std::size_t nodes = across * (2 * nz + 1);
  std::vector<int> number(2 * nodes, -1);
  int unknowns = 0;
  for (std::size_t k = 0; k <= 2 * nz; ++k)
    for (std::size_t i = 0; i <= 2 * nx; ++i) {
      if (i % 2 == 1 && k % 2 == 1)
        continue;
      if (i != 2 * nx)
        number[2 * node(i, k)] = unknowns++;
      if (k != 0 || i < 2 * tip)
        number[2 * node(i, k) + 1] = unknowns++;
    }
  std::vector<Eigen::Triplet<double>> entries;
  Eigen::VectorXd load = Eigen::VectorXd::Zero(unknowns);
  double free_energy = 0;
  const double root = std::sqrt(0.6);
  const std::array<double, 3> points{-root, 0, root}, weights{5.0 / 9, 8.0 / 9, 5.0 / 9};
  for (std::size_t ez = 0; ez < nz; ++ez)
    for (std::size_t ex = 0; ex < nx; ++ex) {
      const bool core = mesh.z_mm[ez] < strip.core_mm / 2 * (1 - 1e-9);
      const Eigen::Matrix3d d = core ? plane_strain_MPa(strip.core_MPa, strip.core_poisson)
                                     : plane_strain_MPa(strip.build_up_MPa, strip.build_up_poisson);
      const double free = core ? 0 : strip.free_strain;
      const Eigen::Vector3d free_strain(free, free, 0);
      const double dx = mesh.x_mm[ex + 1] - mesh.x_mm[ex], dz = mesh.z_mm[ez + 1] - mesh.z_mm[ez];
      Eigen::Matrix<double, 16, 16> stiffness = Eigen::Matrix<double, 16, 16>::Zero();
      Eigen::Matrix<double, 16, 1> force = Eigen::Matrix<double, 16, 1>::Zero();
      for (std::size_t p = 0; p < 3; ++p)
        for (std::size_t q = 0; q < 3; ++q) {
          const Eigen::Matrix<double, 2, 8> slopes = serendipity_slopes(points[p], points[q]);
          Eigen::Matrix<double, 3, 16> b = Eigen::Matrix<double, 3, 16>::Zero();
          for (Eigen::Index n = 0; n < 8; ++n) {
            b(0, 2 * n) = b(2, 2 * n + 1) = slopes(0, n) * 2 / dx;
            b(1, 2 * n + 1) = b(2, 2 * n) = slopes(1, n) * 2 / dz;
          }
          const double area = weights[p] * weights[q] * dx * dz / 4;
          stiffness += area * b.transpose() * d * b;
          force += area * b.transpose() * (d * free_strain);
          free_energy += area * free_strain.dot(d * free_strain) / 2;
        }
      const std::size_t i = 2 * ex, k = 2 * ez;
      const std::array<std::size_t, 8> at{node(i, k),     node(i + 2, k),     node(i + 2, k + 2), node(i, k + 2),
                                          node(i + 1, k), node(i + 2, k + 1), node(i + 1, k + 2), node(i, k + 1)};
      std::array<int, 16> unknown{};
      for (std::size_t n = 0; n < 16; ++n)
        unknown[n] = number[2 * at[n / 2] + n % 2];
      for (std::size_t r = 0; r < 16; ++r) {
        if (unknown[r] < 0)
          continue;
        load[unknown[r]] += force[static_cast<Eigen::Index>(r)];
        for (std::size_t c = 0; c < 16; ++c)
          if (unknown[c] >= 0 && unknown[c] <= unknown[r])
            entries.emplace_back(unknown[r], unknown[c],
                                 stiffness(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)));
      }
    }
  Eigen::SparseMatrix<double> matrix(unknowns, unknowns);
  matrix.setFromTriplets(entries.begin(), entries.end());
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>, Eigen::Lower> factor(matrix);
  const Eigen::VectorXd displacement = factor.solve(load);
  return free_energy - load.dot(displacement) / 2;
}

/// Energy release rate of a crack of this length with so many elements along it, from the energies with the tip one
/// grid line before and behind it.
inline double split_rate_J_per_m2(const SplitStrip& strip, double crack_mm, double steps_per_crack) {
  const double step_mm =
      std::min({crack_mm / steps_per_crack, strip.core_mm / 2 / steps_per_crack, strip.build_up_mm / 2});
  const SplitMesh mesh = split_mesh(strip, crack_mm, step_mm);
  const auto tip = static_cast<std::size_t>(
      std::min_element(mesh.x_mm.begin(), mesh.x_mm.end(),
                       [&](double a, double b) { return std::abs(a - crack_mm) < std::abs(b - crack_mm); }) -
      mesh.x_mm.begin());
  const double released_N = split_energy_N(strip, mesh, tip - 1) - split_energy_N(strip, mesh, tip + 1);
  constexpr double halves = 2, J_per_m2_per_N_per_mm = 1e3;
  return halves * released_N / (mesh.x_mm[tip + 1] - mesh.x_mm[tip - 1]) * J_per_m2_per_N_per_mm;
}

/// The same for infinitely small elements: the tip's square-root singularity makes the error proportional to their
/// size.
inline double converged_split_rate_J_per_m2(const SplitStrip& strip, double crack_mm) {
  return 2 * split_rate_J_per_m2(strip, crack_mm, 24) - split_rate_J_per_m2(strip, crack_mm, 12);
}

} // namespace beachfront::thermal
