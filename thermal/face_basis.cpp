// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/face_basis.hpp"

#include <cmath>
#include <numeric>

namespace beachfront::thermal {

namespace {

using Vector = std::vector<double>;

/// Adds what a vector has beside those that are there, at length one; nothing where that is little.
void add_orthonormal(Vector added, std::vector<Vector>& vectors) {
  constexpr double little = 1e-12; // of its square
  const double before = std::inner_product(added.begin(), added.end(), added.begin(), 0.0);
  for (int twice = 0; twice < 2; ++twice)
    for (const Vector& v : vectors) {
      const double share = std::inner_product(added.begin(), added.end(), v.begin(), 0.0);
      for (std::size_t n = 0; n < added.size(); ++n)
        added[n] -= share * v[n];
    }
  const double after = std::inner_product(added.begin(), added.end(), added.begin(), 0.0);
  if (!(after > little * before))
    return;
  for (double& a : added)
    a /= std::sqrt(after);
  vectors.push_back(std::move(added));
}

/// Columns of an orthonormal matrix, the moments of the free nodes at x first.
std::vector<float> line_vectors(const Vector& x_mm, const std::vector<char>& fixed, std::size_t moments) {
  std::vector<Vector> vectors;
  for (std::size_t power = 0; power < moments; ++power) {
    Vector moment(x_mm.size(), 0.0);
    for (std::size_t n = 0; n < x_mm.size(); ++n)
      if (fixed[n] == 0)
        moment[n] = std::pow(x_mm[n], static_cast<double>(power));
    add_orthonormal(std::move(moment), vectors);
  }
  for (std::size_t n = 0; n < x_mm.size() && vectors.size() < x_mm.size(); ++n) {
    Vector alone(x_mm.size(), 0.0);
    alone[n] = 1;
    add_orthonormal(std::move(alone), vectors);
  }
  std::vector<float> columns;
  for (const Vector& v : vectors)
    columns.insert(columns.end(), v.begin(), v.end());
  return columns;
}

} // namespace

FaceBasis face_basis(const Grid& grid, const Numbering& numbering, std::span<const char> fixed, const SharedFace& face,
                     std::size_t most_averages) {
  const std::size_t nx = grid.x_mm.size(), ny = grid.y_mm.size();
  FaceBasis basis;
  for (const FaceLine& line : face.lines) {
    Vector x_mm(line.count);
    for (std::size_t n = 0; n < line.count; ++n) {
      const std::size_t place = numbering.nodes[static_cast<std::size_t>(face.nodes[line.first + n])];
      x_mm[n] = grid.x_mm[place % nx] + grid.y_mm[place / nx % ny]; // one of them is the same along the line
    }
    const double middle = (x_mm.front() + x_mm.back()) / 2;
    for (double& x : x_mm)
      x -= middle;
    const std::size_t averages = std::min(most_averages, line.count);
    for (std::size_t c = 0; c < 3; ++c) {
      std::vector<char> held(line.count);
      for (std::size_t n = 0; n < line.count; ++n)
        held[n] = fixed[3 * static_cast<std::size_t>(face.nodes[line.first + n]) + c];
      basis.lines.push_back(
          {3 * line.first + c, line.count, averages, basis.rest, basis.averages, line_vectors(x_mm, held, averages)});
      basis.rest += line.count - averages;
      basis.averages += averages;
    }
  }
  return basis;
}

void to_basis(const FaceBasis& basis, const float* nodal, float* rest, float* averages) {
  for (const LineBasis& line : basis.lines)
    for (std::size_t v = 0; v < line.count; ++v) {
      const float* const vector = &line.vectors[v * line.count];
      float sum = 0;
      for (std::size_t n = 0; n < line.count; ++n)
        sum += vector[n] * nodal[line.first + 3 * n];
      (v < line.averages ? averages[line.average_at + v] : rest[line.rest_at + v - line.averages]) = sum;
    }
}

void to_nodal(const FaceBasis& basis, const float* rest, const float* averages, float* nodal) {
  for (const LineBasis& line : basis.lines)
    for (std::size_t n = 0; n < line.count; ++n) {
      float sum = 0;
      for (std::size_t v = 0; v < line.count; ++v)
        sum += line.vectors[v * line.count + n] *
               (v < line.averages ? averages[line.average_at + v] : rest[line.rest_at + v - line.averages]);
      nodal[line.first + 3 * n] = sum;
    }
}

} // namespace beachfront::thermal
