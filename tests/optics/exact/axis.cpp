// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/axis.hpp"

#include <cmath>
#include <numbers>

namespace beachfront::optics::exact {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using std::numbers::pi;

/// Barycentric weights of Chebyshev points.
double chebyshev_weight(Index i, Index n) {
  return (i % 2 ? -1.0 : 1.0) * (i == 0 || i == n ? 0.5 : 1.0);
}

double sinc(double x) {
  return x == 0 ? 1 : std::sin(pi * x) / (pi * x);
}

/// Derivative at Chebyshev points cos(pi i/n), turned so that they ascend from a to b.
MatrixXd chebyshev_derivative(int n, double a, double b, VectorXd& at) {
  at.resize(n + 1);
  for (Index i = 0; i <= n; ++i)
    at(i) = (a + b) / 2 - (b - a) / 2 * std::cos(pi * static_cast<double>(i) / n);
  MatrixXd d = MatrixXd::Zero(n + 1, n + 1);
  for (Index i = 0; i <= n; ++i)
    for (Index j = 0; j <= n; ++j)
      if (i != j) {
        // the difference of two cosines as a product: a plain difference loses digits where points crowd
        const double angle_sum = pi * static_cast<double>(i + j) / (2 * n);
        const double angle_diff = pi * static_cast<double>(i - j) / (2 * n);
        d(i, j) = chebyshev_weight(j, n) / chebyshev_weight(i, n) / (2 * std::sin(angle_sum) * std::sin(angle_diff));
        d(i, i) -= d(i, j);
      }
  return d * (2 / (b - a));
}

} // namespace

Axis sinc_axis(int half, double step, double stretch_um) {
  const auto first = [&](Index m) { return m == 0 ? 0.0 : (m % 2 ? -1.0 : 1.0) / static_cast<double>(m) / step; };
  const auto second = [&](Index m) {
    const double d = static_cast<double>(m);
    return m == 0 ? -pi * pi / 3 / step / step : (m % 2 ? 2.0 : -2.0) / (d * d) / step / step;
  };
  Axis axis;
  axis.at_um.resize(half);
  axis.rows.assign(static_cast<std::size_t>(half), Row::equation);
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
  axis.elements.push_back({0, axis.at_um(half - 1), {axis.first[0], axis.first[1]}});
  axis.step = step;
  axis.stretch_um = stretch_um;
  return axis;
}

Axis chebyshev_axis(const std::vector<double>& edges, int points_below, int points_above) {
  Index size = 1;
  const auto points = [&](std::size_t e) { return edges[e + 1] <= 0 ? points_below : points_above; };
  for (std::size_t e = 0; e + 1 < edges.size(); ++e)
    size += points(e) - 1;
  Axis axis;
  axis.at_um.resize(size);
  axis.rows.assign(static_cast<std::size_t>(size), Row::equation);
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
    axis.elements.push_back({start, edges[e + 1], {d, d}});
    start += n;
  }
  axis.rows.front() = axis.rows.back() = Row::end;
  axis.first[0] = axis.first[1] = first;
  axis.second[0] = axis.second[1] = second;
  return axis;
}

std::size_t element_at(const Axis& axis, double at_um) {
  std::size_t e = 0;
  while (e + 1 < axis.elements.size() && at_um >= axis.elements[e].to_um)
    ++e;
  return e;
}

Eigen::RowVectorXd interpolation(const Axis& axis, std::size_t element, double at_um, bool odd) {
  const Index size = axis.elements[element].derivative[0].rows();
  Eigen::RowVectorXd weights(size);
  if (axis.step > 0) {
    const double t = std::asinh(at_um / axis.stretch_um) / axis.step;
    for (Index i = 0; i < size; ++i) {
      const double node = static_cast<double>(i) + 0.5;
      weights(i) = sinc(t - node) + (odd ? -1 : 1) * sinc(t + node);
    }
    return weights;
  }
  for (Index i = 0; i < size; ++i) {
    const double distance = at_um - axis.at_um(axis.elements[element].start + i);
    if (distance == 0)
      return Eigen::RowVectorXd::Unit(size, i);
    weights(i) = chebyshev_weight(i, size - 1) / distance;
  }
  return weights / weights.sum();
}

} // namespace beachfront::optics::exact
