// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/vector_reference.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <numbers>

namespace beachfront::optics::exact {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using std::numbers::pi;

/// What an equation at a node of the y axis says.
enum class Row { operator_, end, joint, surface };

/// One coordinate: first and second derivative at its nodes, for functions that are even and odd in it. At a joint the
/// two one-sided first derivatives are kept apart.
struct Axis {
  VectorXd at_um;
  MatrixXd first[2], second[2]; ///< [0] even, [1] odd; the same where there is no symmetry
  MatrixXd first_below;         ///< from the element before the node
  std::vector<Row> rows;
};

/// Sinc functions on the whole line, folded on the half with nodes (i + 1/2) step, of t where x = stretch sinh(t).
Axis sinc_axis(int half, double step, double stretch_um) {
  const auto first = [&](Index m) { return m == 0 ? 0.0 : (m % 2 ? -1.0 : 1.0) / static_cast<double>(m) / step; };
  const auto second = [&](Index m) {
    const double d = static_cast<double>(m);
    return m == 0 ? -pi * pi / 3 / step / step : (m % 2 ? 2.0 : -2.0) / (d * d) / step / step;
  };
  Axis axis;
  axis.at_um.resize(half);
  axis.rows.assign(static_cast<std::size_t>(half), Row::operator_);
  for (int odd = 0; odd < 2; ++odd) {
    axis.first[odd].resize(half, half);
    axis.second[odd].resize(half, half);
    const double sign = odd ? -1 : 1;
    for (Index i = 0; i < half; ++i) {
      const double t = (static_cast<double>(i) + 0.5) * step;
      axis.at_um(i) = stretch_um * std::sinh(t);
      const double dx = stretch_um * std::cosh(t), d2x = stretch_um * std::sinh(t);
      for (Index j = 0; j < half; ++j) {
        const double by_t = first(i - j) + sign * first(i + j + 1);
        const double by_t2 = second(i - j) + sign * second(i + j + 1);
        axis.first[odd](i, j) = by_t / dx;
        axis.second[odd](i, j) = by_t2 / (dx * dx) - by_t * d2x / (dx * dx * dx);
      }
    }
  }
  return axis;
}

/// Derivative at Chebyshev points cos(pi i/n), turned so that they ascend from a to b.
MatrixXd chebyshev_derivative(int n, double a, double b, VectorXd& at) {
  at.resize(n + 1);
  VectorXd s(n + 1), weight(n + 1);
  for (Index i = 0; i <= n; ++i) {
    s(i) = -std::cos(pi * static_cast<double>(i) / n);
    weight(i) = (i % 2 ? -1.0 : 1.0) * (i == 0 || i == n ? 0.5 : 1.0);
    at(i) = (a + b) / 2 + (b - a) / 2 * s(i);
  }
  MatrixXd d = MatrixXd::Zero(n + 1, n + 1);
  for (Index i = 0; i <= n; ++i)
    for (Index j = 0; j <= n; ++j)
      if (i != j) {
        // s_i - s_j as a product: a plain difference loses digits where points crowd
        const double angle_sum = pi * static_cast<double>(i + j) / (2 * n);
        const double angle_diff = pi * static_cast<double>(i - j) / (2 * n);
        d(i, j) = weight(j) / weight(i) / (2 * std::sin(angle_sum) * std::sin(angle_diff));
        d(i, i) -= d(i, j);
      }
  return d * (2 / (b - a));
}

Axis element_axis(const VectorNodes& nodes) {
  std::vector<double> edges = nodes.cover_edges_um;
  edges.insert(edges.end(), nodes.glass_edges_um.begin() + 1, nodes.glass_edges_um.end());
  Index size = 1;
  const auto points = [&](std::size_t e) { return edges[e + 1] <= 0 ? nodes.points_cover : nodes.points_glass; };
  for (std::size_t e = 0; e + 1 < edges.size(); ++e)
    size += points(e) - 1;
  Axis axis;
  axis.at_um.resize(size);
  axis.rows.assign(static_cast<std::size_t>(size), Row::operator_);
  MatrixXd first = MatrixXd::Zero(size, size), second = first;
  axis.first_below = first;
  Index start = 0;
  for (std::size_t e = 0; e + 1 < edges.size(); ++e) {
    const Index n = points(e) - 1;
    VectorXd at;
    const MatrixXd d = chebyshev_derivative(static_cast<int>(n), edges[e], edges[e + 1], at);
    axis.at_um.segment(start, n + 1) = at;
    axis.first_below.block(start + n, start, 1, n + 1) = d.row(n);
    first.row(start).setZero();
    first.block(start, start, n + 1, n + 1) = d;
    second.block(start, start, n + 1, n + 1) = d * d;
    axis.rows[static_cast<std::size_t>(start)] = edges[e] == 0 ? Row::surface : Row::joint;
    start += n;
  }
  axis.rows.front() = axis.rows.back() = Row::end;
  axis.first[0] = axis.first[1] = first;
  axis.second[0] = axis.second[1] = second;
  return axis;
}

/// Dense A h = beta^2 B h; B is 1 where the row is the operator's.
struct Equations {
  MatrixXd a;
  VectorXd b;
};

Equations assemble(const VectorGuide& guide, const Axis& x, const Axis& y, double k_per_um, Polarisation sort) {
  const Index nx = x.at_um.size(), ny = y.at_um.size(), n = nx * ny;
  const int odd_hx = sort == Polarisation::quasi_te ? 1 : 0, odd_hy = 1 - odd_hx; // in x, and in y where it is folded
  Equations eq{MatrixXd::Zero(2 * n, 2 * n), VectorXd::Ones(2 * n)};
  for (Index i = 0; i < nx; ++i)
    for (Index j = 0; j < ny; ++j) {
      const Index hx = i * ny + j, hy = n + hx;
      const Row row = y.rows[static_cast<std::size_t>(j)];
      const auto add_x = [&](Index r, Index column, const MatrixXd& d, double factor) { // derivative along x
        for (Index m = 0; m < nx; ++m)
          eq.a(r, column + m * ny + j) += factor * d(i, m);
      };
      const auto add_y = [&](Index r, Index column, const MatrixXd& d, double factor) {
        for (Index m = 0; m < ny; ++m)
          eq.a(r, column + i * ny + m) += factor * d(j, m);
      };
      if (row != Row::operator_)
        eq.b(hx) = eq.b(hy) = 0;
      if (row == Row::end) {
        eq.a(hx, hx) = eq.a(hy, hy) = 1;
        continue;
      }
      const double cover2 = guide.cover_index * guide.cover_index;
      const bool in_cover = !guide.even_in_y && y.at_um(j) < -1e-9;
      const Medium medium = in_cover ? Medium{cover2, 0, 0} : guide.glass(x.at_um(i), y.at_um(j));
      if (row != Row::operator_) {
        const double below = row == Row::surface ? cover2 : medium.permittivity;
        add_y(hx, 0, y.first[0], 1 / medium.permittivity);
        add_y(hx, 0, y.first_below, -1 / below);
        add_x(hx, n, x.first[odd_hy], 1 / below - 1 / medium.permittivity);
        add_y(hy, n, y.first[0], 1);
        add_y(hy, n, y.first_below, -1);
        continue;
      }
      add_x(hx, 0, x.second[odd_hx], 1);
      add_y(hx, 0, y.second[odd_hx], 1);
      add_x(hy, n, x.second[odd_hy], 1);
      add_y(hy, n, y.second[odd_hy], 1);
      eq.a(hx, hx) += k_per_um * k_per_um * medium.permittivity;
      eq.a(hy, hy) += k_per_um * k_per_um * medium.permittivity;
      for (const auto& [r, factor] : {std::pair{hx, medium.d_dy_per_um / medium.permittivity},
                                      std::pair{hy, -medium.d_dx_per_um / medium.permittivity}}) {
        add_x(r, n, x.first[odd_hy], factor);
        add_y(r, 0, y.first[odd_hx], -factor);
      }
    }
  return eq;
}

} // namespace

VectorGuide buried_gaussian(double background_index, double delta_n, double half_width_x_um, double half_width_y_um) {
  return {[=](double x, double y) {
            const double u = x / half_width_x_um, v = y / half_width_y_um;
            const double dn = delta_n * std::exp(-u * u - v * v), n = background_index + dn;
            return Medium{n * n, -4 * n * dn * u / half_width_x_um, -4 * n * dn * v / half_width_y_um};
          },
          true, 1};
}

VectorGuide surface_erfc(double background_index, double cover_index, double delta_n, double depth_um,
                         double opening_um, double side_diffusion_um) {
  return {[=](double x, double y) {
            const double right = (x + opening_um / 2) / side_diffusion_um;
            const double left = (x - opening_um / 2) / side_diffusion_um;
            const double across = (std::erf(right) - std::erf(left)) / 2, down = std::erfc(y / depth_um);
            const double slope = std::sqrt(1 / pi); // half of d erf/du at 0
            const double across_dx = slope * (std::exp(-right * right) - std::exp(-left * left)) / side_diffusion_um;
            const double down_dy = -2 * slope * std::exp(-y * y / depth_um / depth_um) / depth_um;
            const double n = background_index + delta_n * across * down;
            return Medium{n * n, 2 * n * delta_n * across_dx * down, 2 * n * delta_n * across * down_dy};
          },
          false, cover_index};
}

VectorMode vector_mode(const VectorGuide& guide, const VectorNodes& nodes, double wavelength_um, Polarisation sort,
                       double guess) {
  const double k = 2 * pi / wavelength_um;
  const Axis x = sinc_axis(nodes.half_x, nodes.step_x, nodes.stretch_um);
  const Axis y = guide.even_in_y ? sinc_axis(nodes.half_y, nodes.step_y, nodes.stretch_um) : element_axis(nodes);
  Equations eq = assemble(guide, x, y, k, sort);
  const double shift = k * k * guess * guess;
  eq.a.diagonal() -= shift * eq.b;
  const Eigen::PartialPivLU<Eigen::Ref<MatrixXd>> lu(eq.a);
  const Index n = x.at_um.size() * y.at_um.size();
  VectorXd h = VectorXd::Zero(2 * n);
  for (Index i = 0; i < n; ++i) // a bell in the main component
    h(sort == Polarisation::quasi_te ? n + i : i) =
        std::exp(-(std::pow(x.at_um(i / y.at_um.size()), 2) + std::pow(y.at_um(i % y.at_um.size()), 2)) / 25);
  VectorMode mode;
  for (int step = 0; step < 200; ++step) {
    h.normalize();
    const VectorXd old = eq.b.cwiseProduct(h);
    h = lu.solve(old);
    const double index = std::sqrt(shift + old.squaredNorm() / old.dot(h)) / k;
    mode = {index, index - mode.effective_index};
    if (std::abs(mode.change) < 1e-14)
      break;
  }
  return mode;
}

} // namespace beachfront::optics::exact
