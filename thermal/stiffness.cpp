// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/stiffness.hpp"

#include "thermal/library_threads.hpp"

#include <suitesparse/cholmod.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr int nowhere = -1;

struct Cell {
  std::size_t i, j, k;
  std::size_t body;
};

std::array<std::size_t, 8> nodes_of(const Grid& grid, const Cell& cell) {
  std::array<std::size_t, 8> nodes;
  for (std::size_t n = 0; n < 8; ++n)
    nodes[n] = node(grid, cell.i + (n & 1U), cell.j + (n >> 1 & 1U), cell.k + (n >> 2 & 1U));
  return nodes;
}

std::vector<Cell> filled_cells(const Grid& grid, std::span<const std::optional<ElasticTensor>> tensors) {
  std::vector<Cell> cells;
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const int body = grid.body[grid.cell(i, j, k)];
        if (body != no_body && tensors[static_cast<std::size_t>(body)])
          cells.push_back({i, j, k, static_cast<std::size_t>(body)});
      }
  return cells;
}

/// The number of every node that a cell has; nowhere for the others.
struct Numbering {
  std::vector<int> of_node;
  std::vector<std::size_t> nodes;
};

Numbering numbered(const Grid& grid, std::vector<std::size_t> nodes) {
  Numbering numbering{std::vector<int>(node_count(grid), nowhere), std::move(nodes)};
  for (std::size_t n = 0; n < numbering.nodes.size(); ++n)
    numbering.of_node[numbering.nodes[n]] = static_cast<int>(n);
  return numbering;
}

Numbering number_nodes(const Grid& grid, const std::vector<Cell>& cells) {
  std::vector<char> used(node_count(grid), 0);
  for (const Cell& cell : cells)
    for (const std::size_t n : nodes_of(grid, cell))
      used[n] = 1;
  std::vector<std::size_t> nodes;
  for (std::size_t n = 0; n < used.size(); ++n)
    if (used[n] != 0)
      nodes.push_back(n);
  return numbered(grid, std::move(nodes));
}

/// Cells hang together by whole faces: an edge alone is a hinge.
void refuse_pieces(const Grid& grid, const std::vector<Cell>& cells) {
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

/// What holds the solid. fixed: unknowns that do not move, by symmetry and against rigid movement. centre: a node of
/// the lowest face that stays. turns: rotations about x, y, z that the planes of symmetry leave free.
struct Support {
  std::vector<char> fixed;
  std::array<std::size_t, 3> centre{};
  std::array<bool, 3> turns{};
};

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

/// Half the lengths of the cells on both sides of a plane.
double share_mm(const std::vector<double>& planes, std::size_t i) {
  return (planes[std::min(i + 1, planes.size() - 1)] - planes[i > 0 ? i - 1 : 0]) / 2;
}

/// Turns a solution about the node that stays until the lowest face has, by least squares over its area, neither tilt
/// nor turn in its plane. Where the nodes that were held lie then means nothing, so that images of a design have images
/// of its displacements.
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

/// The nodes that share a cell with one, with numbers not below its own, ascending.
std::vector<std::vector<int>> neighbours(const Grid& grid, const std::vector<Cell>& cells, const Numbering& numbering) {
  std::vector<std::vector<int>> lists(numbering.nodes.size());
  for (const Cell& cell : cells) {
    const auto nodes = nodes_of(grid, cell);
    for (const std::size_t a : nodes)
      for (const std::size_t b : nodes)
        if (numbering.of_node[b] >= numbering.of_node[a])
          lists[static_cast<std::size_t>(numbering.of_node[a])].push_back(numbering.of_node[b]);
  }
  for (auto& list : lists) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return lists;
}

/// The same nodes in the order of METIS' nested dissection of the nodes, a third of the unknowns.
Numbering dissected(const Grid& grid, const std::vector<Cell>& cells, const Numbering& given, cholmod_common& common) {
  const auto lists = neighbours(grid, cells, given);
  std::size_t entries = 0;
  for (const auto& list : lists)
    entries += list.size();
  constexpr int lower = -1;
  cholmod_sparse* graph =
      cholmod_allocate_sparse(lists.size(), lists.size(), entries, 1, 1, lower, CHOLMOD_PATTERN, &common);
  std::vector<int> order(lists.size());
  if (graph != nullptr) {
    int at = 0;
    for (std::size_t n = 0; n < lists.size(); ++n) {
      static_cast<int*>(graph->p)[n] = at;
      for (const int other : lists[n])
        static_cast<int*>(graph->i)[at++] = other;
    }
    static_cast<int*>(graph->p)[lists.size()] = at;
  }
  bool ordered = false;
  if (graph != nullptr) {
    // METIS seeds and draws from the C library's one generator: two at once would give neither its usual order.
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> lock(one_at_a_time);
    ordered = cholmod_metis(graph, nullptr, 0, 0, order.data(), &common) != 0;
  }
  cholmod_free_sparse(&graph, &common);
  if (!ordered)
    throw std::runtime_error("out of memory for the order of the stiffness matrix");
  std::vector<std::size_t> nodes;
  for (const int n : order)
    nodes.push_back(given.nodes[static_cast<std::size_t>(n)]);
  return numbered(grid, std::move(nodes));
}

} // namespace

BrickSize cell_size_mm(const Grid& grid, std::size_t i, std::size_t j, std::size_t k) {
  return {grid.x_mm[i + 1] - grid.x_mm[i], grid.y_mm[j + 1] - grid.y_mm[j], grid.z_mm[k + 1] - grid.z_mm[k]};
}

BrickVector cell_displacement_mm(const Grid& grid, const std::vector<double>& displacement_mm, std::size_t i,
                                 std::size_t j, std::size_t k) {
  BrickVector u;
  const auto nodes = nodes_of(grid, {i, j, k, 0});
  for (std::size_t n = 0; n < 8; ++n)
    for (std::size_t c = 0; c < 3; ++c)
      u[3 * n + c] = displacement_mm[3 * nodes[n] + c];
  return u;
}

struct Stiffness::Parts {
  Grid grid;
  std::vector<std::optional<ElasticTensor>> tensors;
  std::vector<Cell> cells;
  Numbering numbering;
  Support support;
  mutable cholmod_common common;
  cholmod_sparse* matrix = nullptr;
  cholmod_factor* factor = nullptr;

  Parts() {
    const OneThreadLibraries alone;
    cholmod_start(&common);
  }
  ~Parts() {
    cholmod_free_factor(&factor, &common);
    cholmod_free_sparse(&matrix, &common);
    cholmod_finish(&common);
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void assemble();
  void factorise();
};

void Stiffness::Parts::assemble() {
  const auto lists = neighbours(grid, cells, numbering);
  const std::size_t unknowns = 3 * lists.size();
  std::size_t entries = 0;
  for (const auto& list : lists)
    entries += 9 * list.size() - 3;
  constexpr int lower = -1;
  matrix = cholmod_allocate_sparse(unknowns, unknowns, entries, 1, 1, lower, CHOLMOD_REAL, &common);
  if (matrix == nullptr)
    throw std::runtime_error("out of memory for the stiffness matrix");
  int* const start = static_cast<int*>(matrix->p);
  int* const row = static_cast<int*>(matrix->i);
  double* const value = static_cast<double*>(matrix->x);
  int at = 0;
  for (std::size_t n = 0; n < lists.size(); ++n)
    for (int c = 0; c < 3; ++c) {
      start[3 * n + static_cast<std::size_t>(c)] = at;
      for (const int other : lists[n])
        for (int d = other == static_cast<int>(n) ? c : 0; d < 3; ++d)
          row[at++] = 3 * other + d;
    }
  start[unknowns] = at;
  std::fill(value, value + at, 0.0);

  for (const Cell& cell : cells) {
    const BrickMatrix k = brick_stiffness_N_per_mm(*tensors[cell.body], cell_size_mm(grid, cell.i, cell.j, cell.k));
    const auto nodes = nodes_of(grid, cell);
    for (std::size_t a = 0; a < 8; ++a) {
      const auto na = static_cast<std::size_t>(numbering.of_node[nodes[a]]);
      for (std::size_t b = 0; b < 8; ++b) {
        const auto nb = static_cast<std::size_t>(numbering.of_node[nodes[b]]);
        if (nb < na)
          continue;
        const auto& list = lists[na];
        const auto place =
            static_cast<std::size_t>(std::lower_bound(list.begin(), list.end(), static_cast<int>(nb)) - list.begin());
        for (std::size_t c = 0; c < 3; ++c)
          for (std::size_t d = nb == na ? c : 0; d < 3; ++d)
            if (support.fixed[3 * na + c] == 0 && support.fixed[3 * nb + d] == 0)
              value[static_cast<std::size_t>(start[3 * na + c]) + 3 * place + d - c] += k[3 * a + c][3 * b + d];
      }
    }
  }
  for (std::size_t u = 0; u < unknowns; ++u)
    if (support.fixed[u] != 0)
      value[start[u]] = 1;
}

void Stiffness::Parts::factorise() {
  common.nmethods = 1;
  common.method[0].ordering = CHOLMOD_NATURAL; // METIS has ordered the nodes
  common.postorder = 1;
  common.supernodal = CHOLMOD_SUPERNODAL;
  common.print = 0;
  const OneThreadLibraries alone; // callers run several factorisations at once instead
  factor = cholmod_analyze(matrix, &common);
  const bool done = factor != nullptr && cholmod_factorize(matrix, factor, &common) != 0;
  if (!done || common.status != CHOLMOD_OK)
    throw std::runtime_error(common.status == CHOLMOD_NOT_POSDEF
                                 ? "the stiffness is not positive definite: a body is not held, or has no stiffness"
                                 : "the stiffness could not be factorised (out of memory?)");
}

Stiffness::Stiffness(const Grid& grid, std::span<const std::optional<ElasticTensor>> tensors, Parity parity_x,
                     Parity parity_y)
    : parts(std::make_unique<Parts>()) {
  parts->grid = grid;
  parts->tensors.assign(tensors.begin(), tensors.end());
  parts->cells = filled_cells(grid, tensors);
  if (parts->cells.empty())
    throw std::invalid_argument("there is no body to solve");
  parts->numbering = dissected(grid, parts->cells, number_nodes(grid, parts->cells), parts->common);
  refuse_pieces(grid, parts->cells);
  parts->support = held(grid, parts->numbering, parity_x, parity_y);
  parts->assemble();
  parts->factorise();
}

Stiffness::~Stiffness() = default;
Stiffness::Stiffness(Stiffness&&) noexcept = default;
Stiffness& Stiffness::operator=(Stiffness&&) noexcept = default;

Stiffness::Solution Stiffness::solve(const FreeStrains& free_strain) const {
  const Parts& p = *parts;
  const std::size_t unknowns = 3 * p.numbering.nodes.size();
  cholmod_dense* forces = cholmod_zeros(unknowns, 1, CHOLMOD_REAL, &p.common);
  double* const f = static_cast<double*>(forces->x);
  for (const Cell& cell : p.cells) {
    const BrickVector load = free_strain_forces_N(*p.tensors[cell.body], cell_size_mm(p.grid, cell.i, cell.j, cell.k),
                                                  free_strain[p.grid.cell(cell.i, cell.j, cell.k)]);
    const auto nodes = nodes_of(p.grid, cell);
    for (std::size_t n = 0; n < 8; ++n)
      for (std::size_t c = 0; c < 3; ++c)
        f[3 * static_cast<std::size_t>(p.numbering.of_node[nodes[n]]) + c] += load[3 * n + c];
  }
  for (std::size_t u = 0; u < unknowns; ++u)
    if (p.support.fixed[u] != 0)
      f[u] = 0;
  const OneThreadLibraries alone;
  cholmod_dense* moved = cholmod_solve(CHOLMOD_A, p.factor, forces, &p.common);
  if (moved == nullptr)
    throw std::runtime_error("out of memory for the displacements");
  const double* const u = static_cast<double*>(moved->x);
  Solution solution;
  solution.displacement_mm.assign(3 * node_count(p.grid), 0.0);
  for (std::size_t n = 0; n < p.numbering.nodes.size(); ++n)
    for (std::size_t c = 0; c < 3; ++c)
      solution.displacement_mm[3 * p.numbering.nodes[n] + c] = u[3 * n + c];
  level(p.grid, p.numbering, p.support, solution.displacement_mm);

  double force = 0;
  for (std::size_t i = 0; i < unknowns; ++i)
    force += f[i] * f[i];
  double minus_one[2] = {-1, 0}, one[2] = {1, 0};
  cholmod_sdmult(p.matrix, 0, minus_one, one, moved, forces, &p.common);
  double rest = 0;
  for (std::size_t i = 0; i < unknowns; ++i)
    rest += f[i] * f[i];
  solution.residual = force > 0 ? std::sqrt(rest / force) : 0;
  cholmod_free_dense(&moved, &p.common);
  cholmod_free_dense(&forces, &p.common);
  return solution;
}

std::size_t Stiffness::unknowns() const {
  return 3 * parts->numbering.nodes.size();
}

double Stiffness::factor_MB() const {
  return static_cast<double>(parts->factor->xsize) * sizeof(double) / 1e6;
}

} // namespace beachfront::thermal
