// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/ion_exchange_grid.hpp"

#include <algorithm>
#include <cmath>
#include <complex>

namespace beachfront::optics {
namespace {

/// One step of dx/ds = width, fourth order.
double advanced(double x, double s, const std::function<double(double)>& width) {
  const double a = width(x), b = width(x + s * a / 2), c = width(x + s * b / 2), d = width(x + s * c);
  return x + s * (a + 2 * b + 2 * c + d) / 6;
}

std::vector<double> every_other(const std::vector<double>& edges) {
  std::vector<double> kept;
  for (std::size_t i = 0; i < edges.size(); i += 2)
    kept.push_back(edges[i]);
  return kept;
}

double centre(const std::vector<double>& edges, std::size_t i) {
  return (edges[i] + edges[i + 1]) / 2;
}

} // namespace

std::vector<double> graded_edges(double length, const std::function<double(double)>& width_at) {
  constexpr int parts = 4; // of a cell
  double cells = 0;
  for (double x = 0; x < length;) {
    const double next = advanced(x, 1.0 / parts, width_at);
    cells += (next > length ? (length - x) / (next - x) : 1.0) / parts;
    x = next;
  }
  const auto count = 4 * std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(cells / 4 - 1e-9)));
  const double step = cells / static_cast<double>(count * parts);
  std::vector<double> edges{0.0};
  double x = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (int part = 0; part < parts; ++part)
      x = advanced(x, step, width_at);
    edges.push_back(x);
  }
  for (double& edge : edges)
    edge *= length / x;
  return edges;
}

ExchangeCells joined(const ExchangeCells& cells) {
  if (cells.planar)
    return {cells.x_edges_um, every_other(cells.y_edges_um), cells.open_columns, true, 1, cells.ion_rows / 2};
  return {every_other(cells.x_edges_um), every_other(cells.y_edges_um), cells.open_columns / 2, false,
          cells.ion_columns / 2,         cells.ion_rows / 2};
}

FaceConductances conductances(const ExchangeCells& cells) {
  FaceConductances faces;
  const std::size_t nx = cells.columns(), ny = cells.rows();
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0; i + 1 < nx; ++i)
      faces.across.push_back(2 * cells.height(j) / (cells.width(i) + cells.width(i + 1)));
  for (std::size_t j = 0; j + 1 < ny; ++j)
    for (std::size_t i = 0; i < nx; ++i)
      faces.down.push_back(2 * cells.width(i) / (cells.height(j) + cells.height(j + 1)));
  for (std::size_t i = 0; i < nx; ++i) {
    faces.surface.push_back(2 * cells.width(i) / cells.height(0));
    faces.back.push_back(2 * cells.width(i) / cells.height(ny - 1));
  }
  return faces;
}

FaceConductances edge_conductances(const ExchangeCells& cells) {
  FaceConductances faces = conductances(cells);
  const std::size_t nx = cells.columns(), ny = cells.rows();
  const double a = cells.x_edges_um[cells.open_columns];
  const auto potential = [a](double x, double y) { return std::acosh(std::complex<double>(x / a, y / a)); };
  std::vector<double> at_centre(nx * ny), at_corner((nx + 1) * (ny + 1));
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0; i < nx; ++i)
      at_centre[j * nx + i] = potential(centre(cells.x_edges_um, i), centre(cells.y_edges_um, j)).real();
  for (std::size_t j = 0; j <= ny; ++j)
    for (std::size_t i = 0; i <= nx; ++i)
      at_corner[j * (nx + 1) + i] = potential(cells.x_edges_um[i], cells.y_edges_um[j]).imag();
  const auto corner = [&](std::size_t i, std::size_t j) { return at_corner[j * (nx + 1) + i]; };
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0; i + 1 < nx; ++i)
      faces.across[j * (nx - 1) + i] =
          (corner(i + 1, j + 1) - corner(i + 1, j)) / (at_centre[j * nx + i + 1] - at_centre[j * nx + i]);
  for (std::size_t j = 0; j + 1 < ny; ++j)
    for (std::size_t i = 0; i < nx; ++i)
      faces.down[j * nx + i] =
          (corner(i, j + 1) - corner(i + 1, j + 1)) / (at_centre[(j + 1) * nx + i] - at_centre[j * nx + i]);
  for (std::size_t i = 0; i < cells.open_columns; ++i)
    faces.surface[i] = (corner(i, 0) - corner(i + 1, 0)) / at_centre[i];
  return faces;
}

} // namespace beachfront::optics
