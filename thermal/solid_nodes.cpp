// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solid_nodes.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace beachfront::thermal {

std::array<std::size_t, 8> nodes_of(const Grid& grid, const FilledCell& cell) {
  std::array<std::size_t, 8> nodes;
  for (std::size_t n = 0; n < 8; ++n)
    nodes[n] = node(grid, cell.i + (n & 1U), cell.j + (n >> 1 & 1U), cell.k + (n >> 2 & 1U));
  return nodes;
}

std::vector<FilledCell> filled_cells(const Grid& grid, std::span<const std::optional<ElasticTensor>> tensors) {
  std::vector<FilledCell> cells;
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const int body = grid.body[grid.cell(i, j, k)];
        if (body != no_body && tensors[static_cast<std::size_t>(body)])
          cells.push_back({i, j, k, static_cast<std::size_t>(body)});
      }
  return cells;
}

Numbering numbered(const Grid& grid, std::vector<std::size_t> nodes) {
  Numbering numbering{std::vector<int>(node_count(grid), nowhere), std::move(nodes)};
  for (std::size_t n = 0; n < numbering.nodes.size(); ++n)
    numbering.of_node[numbering.nodes[n]] = static_cast<int>(n);
  return numbering;
}

Numbering number_nodes(const Grid& grid, const std::vector<FilledCell>& cells) {
  std::vector<char> used(node_count(grid), 0);
  for (const FilledCell& cell : cells)
    for (const std::size_t n : nodes_of(grid, cell))
      used[n] = 1;
  std::vector<std::size_t> nodes;
  for (std::size_t n = 0; n < used.size(); ++n)
    if (used[n] != 0)
      nodes.push_back(n);
  return numbered(grid, std::move(nodes));
}

std::vector<char> above_thin_cells(const Grid& grid, const std::vector<FilledCell>& cells) {
  constexpr double thin = 0.03; // of the width: between 0.002 and 0.5 conjugate gradients take as many iterations
  std::vector<char> above(node_count(grid), 0);
  for (const FilledCell& cell : cells) {
    const BrickSize size_mm = cell_size_mm(grid, cell.i, cell.j, cell.k);
    if (size_mm[2] > thin * std::min(size_mm[0], size_mm[1]))
      continue;
    const auto nodes = nodes_of(grid, cell);
    for (std::size_t n = 4; n < 8; ++n)
      above[nodes[n]] = 1;
  }
  const std::size_t plane = grid.x_mm.size() * grid.y_mm.size();
  for (std::size_t n = 2 * plane; n < above.size(); ++n)
    if (above[n - plane] != 0 && above[n - 2 * plane] != 0)
      above[n] = 0;
  return above;
}

void refuse_pieces(const Grid& grid, const std::vector<FilledCell>& cells) {
  constexpr std::size_t empty = static_cast<std::size_t>(-1);
  std::vector<std::size_t> number(grid.cells(), empty), parent(cells.size());
  const auto root = [&](std::size_t n) {
    while (parent[n] != n)
      n = parent[n] = parent[parent[n]];
    return n;
  };
  std::size_t pieces = cells.size();
  for (std::size_t n = 0; n < cells.size(); ++n) {
    const auto [i, j, k, body] = cells[n];
    number[grid.cell(i, j, k)] = parent[n] = n;
    const std::array<std::size_t, 3> before{i > 0 ? number[grid.cell(i - 1, j, k)] : empty,
                                            j > 0 ? number[grid.cell(i, j - 1, k)] : empty,
                                            k > 0 ? number[grid.cell(i, j, k - 1)] : empty};
    for (const std::size_t other : before) {
      if (other == empty || root(other) == root(n))
        continue;
      parent[root(other)] = root(n);
      --pieces;
    }
  }
  if (pieces > 1)
    throw std::invalid_argument("the bodies do not hang together: " + std::to_string(pieces) +
                                " pieces, and nothing holds one to another");
}

Support held(const Grid& grid, const Numbering& numbering, Parity parity_x, Parity parity_y) {
  std::vector<char> fixed(3 * numbering.nodes.size(), 0);
  const std::size_t nx = grid.x_mm.size(), ny = grid.y_mm.size();
  const auto hold = [&](std::size_t n, std::size_t component) {
    fixed[3 * static_cast<std::size_t>(numbering.of_node[n]) + component] = 1;
  };
  for (const std::size_t n : numbering.nodes) {
    const bool on_x = grid.half_x && n % nx == 0, on_y = grid.half_y && n / nx % ny == 0;
    for (std::size_t c = 0; c < 3; ++c) {
      if (on_x && (c == 0) == (parity_x == Parity::even))
        hold(n, c);
      if (on_y && (c == 1) == (parity_y == Parity::even))
        hold(n, c);
    }
  }
  // The lowest face: its first node nearest the middle, the farthest along x and along y.
  std::size_t lowest = grid.z_mm.size();
  for (const std::size_t n : numbering.nodes)
    lowest = std::min(lowest, n / (nx * ny));
  const auto at = [&](std::size_t i, std::size_t j) { return node(grid, i, j, lowest); };
  const auto there = [&](std::size_t i, std::size_t j) { return numbering.of_node[at(i, j)] != nowhere; };
  std::size_t ci = grid.half_x ? 0 : nx / 2, cj = grid.half_y ? 0 : ny / 2;
  if (!there(ci, cj))
    for (std::size_t j = 0; j < ny; ++j)
      for (std::size_t i = 0; i < nx; ++i)
        if (there(i, j))
          ci = i, cj = j;
  std::size_t far_i = ci, far_j = cj;
  for (std::size_t i = 0; i < nx; ++i)
    if (there(i, cj) && std::abs(grid.x_mm[i] - grid.x_mm[ci]) > std::abs(grid.x_mm[far_i] - grid.x_mm[ci]))
      far_i = i;
  for (std::size_t j = 0; j < ny; ++j)
    if (there(ci, j) && std::abs(grid.y_mm[j] - grid.y_mm[cj]) > std::abs(grid.y_mm[far_j] - grid.y_mm[cj]))
      far_j = j;
  const bool even_x = grid.half_x && parity_x == Parity::even, odd_x = grid.half_x && !even_x;
  const bool even_y = grid.half_y && parity_y == Parity::even, odd_y = grid.half_y && !even_y;
  // Translations that the planes leave free.
  if (!even_x && !odd_y)
    hold(at(ci, cj), 0);
  if (!even_y && !odd_x)
    hold(at(ci, cj), 1);
  if (!odd_x && !odd_y)
    hold(at(ci, cj), 2);
  // Rotations about x (w grows along y), y (w along x) and z (v along x).
  const std::array<bool, 3> turns{!even_y && !odd_x, !even_x && !odd_y, !even_x && !even_y};
  if (turns[0])
    hold(at(ci, far_j), 2);
  if (turns[1])
    hold(at(far_i, cj), 2);
  if (turns[2])
    hold(at(far_i, cj), 1);
  return {std::move(fixed), {ci, cj, lowest}, turns};
}

namespace {

/// Half the lengths of the cells on both sides of a plane.
double share_mm(const std::vector<double>& planes, std::size_t i) {
  return (planes[std::min(i + 1, planes.size() - 1)] - planes[i > 0 ? i - 1 : 0]) / 2;
}

} // namespace

void level(const Grid& grid, const Numbering& numbering, const Support& support, std::vector<double>& u) {
  const auto [ci, cj, lowest] = support.centre;
  std::vector<std::array<std::size_t, 2>> face;
  double area = 0, middle_x = 0, middle_y = 0;
  const auto area_of = [&](std::size_t i, std::size_t j) { return share_mm(grid.x_mm, i) * share_mm(grid.y_mm, j); };
  for (std::size_t j = 0; j < grid.y_mm.size(); ++j)
    for (std::size_t i = 0; i < grid.x_mm.size(); ++i)
      if (numbering.of_node[node(grid, i, j, lowest)] != nowhere) {
        face.push_back({i, j});
        area += area_of(i, j);
        middle_x += area_of(i, j) * grid.x_mm[i];
        middle_y += area_of(i, j) * grid.y_mm[j];
      }
  middle_x = grid.half_x ? grid.x_mm.front() : middle_x / area;
  middle_y = grid.half_y ? grid.y_mm.front() : middle_y / area;
  double xx = 0, yy = 0, xw = 0, yw = 0, turn = 0;
  for (const auto& [i, j] : face) {
    const double a = area_of(i, j), x = grid.x_mm[i] - middle_x, y = grid.y_mm[j] - middle_y;
    const double* const moved = &u[3 * node(grid, i, j, lowest)];
    xx += a * x * x;
    yy += a * y * y;
    xw += a * x * moved[2];
    yw += a * y * moved[2];
    turn += a * (x * moved[1] - y * moved[0]);
  }
  const double about_x = support.turns[0] ? yw / yy : 0, about_y = support.turns[1] ? -xw / xx : 0,
               about_z = support.turns[2] ? turn / (xx + yy) : 0;
  for (const std::size_t n : numbering.nodes) {
    const std::size_t nx = grid.x_mm.size(), ny = grid.y_mm.size();
    const double x = grid.x_mm[n % nx] - grid.x_mm[ci], y = grid.y_mm[n / nx % ny] - grid.y_mm[cj],
                 z = grid.z_mm[n / (nx * ny)] - grid.z_mm[lowest];
    u[3 * n] -= about_y * z - about_z * y;
    u[3 * n + 1] -= about_z * x - about_x * z;
    u[3 * n + 2] -= about_x * y - about_y * x;
  }
}

} // namespace beachfront::thermal
