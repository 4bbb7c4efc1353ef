// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/line_mode.hpp"

#include "optics/tridiagonal.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace beachfront::optics {
namespace {

/// 1/distance between the unknowns on both sides of face i; at the ends from the unknown to the wall.
double face_conductance(std::span<const double> edges, std::size_t face) {
  const std::size_t last = edges.size() - 1;
  const double left = face > 0 ? edges[face] - edges[face - 1] : 0.0;
  const double right = face < last ? edges[face + 1] - edges[face] : 0.0;
  return 2 / (left + right);
}

} // namespace

LineMode line_mode(std::span<const double> edges_um, std::span<const double> k2n2_per_um2, int order,
                   std::span<const double> near) {
  const std::size_t n = k2n2_per_um2.size();
  if (n < 2 || edges_um.size() != n + 1 || (!near.empty() && near.size() != n))
    throw std::invalid_argument("line_mode: one edge more than cells, and at least two cells");
  Tridiagonal matrix{std::vector<double>(n), std::vector<double>(n - 1)};
  for (std::size_t i = 0; i < n; ++i) {
    const double width = edges_um[i + 1] - edges_um[i];
    const double right = face_conductance(edges_um, i + 1);
    matrix.diagonal[i] = k2n2_per_um2[i] - (face_conductance(edges_um, i) + right) / width;
    if (i + 1 < n)
      matrix.off_diagonal[i] = right / std::sqrt(width * (edges_um[i + 2] - edges_um[i + 1]));
  }
  std::vector<double> start(near.begin(), near.end());
  for (std::size_t i = 0; i < start.size(); ++i)
    start[i] *= std::sqrt(edges_um[i + 1] - edges_um[i]);
  EigenPair pair =
      start.empty() ? eigenpair_from_top(matrix, order) : eigenpair_from_top(matrix, order, std::move(start));
  LineMode mode{pair.value, std::move(pair.vector)};
  for (std::size_t i = 0; i < n; ++i) // back from the unknowns that made the matrix symmetric
    mode.field[i] /= std::sqrt(edges_um[i + 1] - edges_um[i]);
  return mode;
}

double slope_energy_per_um2(std::span<const double> edges_um, std::span<const double> field) {
  double energy = 0;
  for (std::size_t face = 0; face <= field.size(); ++face) {
    const double left = face > 0 ? field[face - 1] : 0.0;
    const double right = face < field.size() ? field[face] : 0.0;
    energy += (right - left) * (right - left) * face_conductance(edges_um, face);
  }
  return energy;
}

double width_1_over_e2_um(std::span<const double> edges_um, std::span<const double> field) {
  const auto centre = [&](std::size_t i) { return (edges_um[i] + edges_um[i + 1]) / 2; };
  const auto size = [&](std::size_t i) { return std::abs(field[i]); };
  std::size_t top = 0;
  for (std::size_t i = 1; i < field.size(); ++i)
    top = size(i) > size(top) ? i : top;
  double peak = size(top);
  if (top > 0 && top + 1 < field.size()) { // vertex of the parabola through three cells
    const double curvature = 2 * size(top) - size(top - 1) - size(top + 1);
    const double slope = (size(top + 1) - size(top - 1)) / 2;
    if (curvature > 0)
      peak += slope * slope / (2 * curvature);
  }
  const double level = peak * std::exp(-1.0);
  const auto crossing = [&](std::size_t inside, std::size_t outside) { // straight line in the logarithm of the field
    if (size(outside) <= 0)
      return centre(outside);
    const double share = std::log(size(inside) / level) / std::log(size(inside) / size(outside));
    return centre(inside) + share * (centre(outside) - centre(inside));
  };
  double left = edges_um.front(), right = edges_um.back();
  for (std::size_t i = top; i + 1 < field.size(); ++i)
    if (size(i + 1) < level) {
      right = crossing(i, i + 1);
      break;
    }
  for (std::size_t i = top; i > 0; --i)
    if (size(i - 1) < level) {
      left = crossing(i, i - 1);
      break;
    }
  return right - left;
}

double second_moment_waist_um(std::span<const double> edges_um, std::span<const double> field) {
  double norm = 0, first = 0, second = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const double x = (edges_um[i] + edges_um[i + 1]) / 2;
    const double power = (edges_um[i + 1] - edges_um[i]) * field[i] * field[i];
    norm += power;
    first += power * x;
    second += power * x * x;
  }
  const double centre = first / norm;
  return 2 * std::sqrt(std::max(0.0, second / norm - centre * centre));
}

std::vector<double> edges_through(std::span<const double> breaks_um, std::span<const double> spacing_um) {
  std::vector<double> edges{breaks_um.front()};
  for (std::size_t i = 0; i + 1 < breaks_um.size(); ++i) {
    const double length = breaks_um[i + 1] - breaks_um[i];
    // a touch of slack, so that a length that is a whole number of spacings stays so
    const int cells = std::max(1, static_cast<int>(std::ceil(length / spacing_um[i] - 1e-9)));
    for (int c = 1; c < cells; ++c)
      edges.push_back(breaks_um[i] + length * c / cells);
    edges.push_back(breaks_um[i + 1]);
  }
  return edges;
}

std::vector<double> halved(std::span<const double> edges_um) {
  std::vector<double> fine;
  fine.reserve(2 * edges_um.size());
  for (std::size_t i = 0; i + 1 < edges_um.size(); ++i) {
    fine.push_back(edges_um[i]);
    fine.push_back((edges_um[i] + edges_um[i + 1]) / 2);
  }
  fine.push_back(edges_um.back());
  return fine;
}

} // namespace beachfront::optics
