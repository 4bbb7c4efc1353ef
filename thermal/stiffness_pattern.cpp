// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/stiffness_pattern.hpp"

#include "thermal/bddc.hpp"
#include "thermal/cholmod_workspace.hpp"

#include <suitesparse/cholmod.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

/// The lower triangle of the graph of the nodes, a third of the unknowns: column by column the nodes that move a cell
/// together with one and have numbers not below its own, ascending.
struct NodeGraph {
  std::vector<int> start{0}, other;
};
NodeGraph node_graph(const Grid& grid, const std::vector<FilledCell>& cells, const Numbering& numbering) {
  const std::vector<char> above_thin = above_thin_cells(grid, cells);
  const std::ptrdiff_t along_y = std::ssize(grid.x_mm), along_z = along_y * std::ssize(grid.y_mm);
  // A bit for each of the 63 nodes round about one and itself, up to three planes below and above.
  std::vector<std::uint64_t> near(node_count(grid), 0);
  for (const FilledCell& cell : cells) {
    const auto nodes = nodes_of(grid, cell);
    std::array<int, 4> lowest{}; // planes from the cell's lower face to the last node that moves its corner
    for (std::size_t a = 0; a < 4; ++a)
      for (std::size_t n = nodes[a]; above_thin[n] != 0; n -= static_cast<std::size_t>(along_z))
        --lowest[a];
    for (unsigned a = 0; a < 4; ++a)
      for (int plane_a = lowest[a]; plane_a < 2; ++plane_a) {
        std::uint64_t& bits = near[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(nodes[a]) + plane_a * along_z)];
        for (unsigned b = 0; b < 4; ++b)
          for (int plane_b = lowest[b]; plane_b < 2; ++plane_b) {
            const auto step = [&](unsigned axis) { return 1 + (b >> axis & 1U) - (a >> axis & 1U); };
            bits |= std::uint64_t{1} << (step(0) + 3 * step(1) + 9 * static_cast<unsigned>(3 + plane_b - plane_a));
          }
      }
  }
  std::array<std::ptrdiff_t, 63> away{};
  for (std::ptrdiff_t n = 0; n < 63; ++n)
    away[static_cast<std::size_t>(n)] = n % 3 - 1 + (n / 3 % 3 - 1) * along_y + (n / 9 - 3) * along_z;
  NodeGraph graph;
  graph.other.reserve(16 * numbering.nodes.size());
  for (std::size_t own = 0; own < numbering.nodes.size(); ++own) {
    const std::size_t node = numbering.nodes[own];
    for (std::uint64_t bits = near[node]; bits != 0; bits &= bits - 1) {
      const std::ptrdiff_t step = away[static_cast<std::size_t>(std::countr_zero(bits))];
      const int other = numbering.of_node[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(node) + step)];
      if (other >= static_cast<int>(own))
        graph.other.push_back(other);
    }
    std::sort(graph.other.begin() + graph.start.back(), graph.other.end());
    graph.start.push_back(static_cast<int>(graph.other.size()));
  }
  return graph;
}

Numbering reordered(const Grid& grid, const Numbering& given, std::span<const int> order) {
  std::vector<std::size_t> nodes;
  for (const int n : order)
    nodes.push_back(given.nodes[static_cast<std::size_t>(n)]);
  return numbered(grid, std::move(nodes));
}

/// The same nodes in the order of METIS' nested dissection.
Numbering dissected(const Grid& grid, const std::vector<FilledCell>& cells, const Numbering& given,
                    cholmod_common& common) {
  const NodeGraph nodes = node_graph(grid, cells, given);
  cholmod_sparse graph = lower_triangle(nodes.start, nodes.other);
  std::vector<int> order(given.nodes.size());
  if (!dissect(graph, order, common))
    throw std::runtime_error("out of memory for the order of the stiffness matrix");
  return reordered(grid, given, order);
}

/// The same nodes in the order that they have in another numbering, which has them all, post-ordered afresh.
Numbering restricted(const Grid& grid, const std::vector<FilledCell>& cells, const Numbering& given,
                     const Numbering& more, cholmod_common& common) {
  std::vector<std::size_t> kept;
  for (const std::size_t n : more.nodes)
    if (given.of_node[n] != nowhere)
      kept.push_back(n);
  const Numbering numbering = numbered(grid, std::move(kept));
  const NodeGraph nodes = node_graph(grid, cells, numbering);
  cholmod_sparse graph = lower_triangle(nodes.start, nodes.other);
  common.postorder = 1;
  const std::unique_ptr<cholmod_factor_struct, FreeAnalysis> analysis(cholmod_analyze(&graph, &common));
  common.postorder = 0;
  if (!analysis)
    throw std::runtime_error("out of memory for the order of the stiffness matrix");
  return reordered(grid, numbering, {static_cast<const int*>(analysis->Perm), analysis->n});
}

/// Of the lower triangle, from the numbering.
void set_rows(const Grid& grid, StiffnessPattern& pattern) {
  pattern.start.assign(1, 0);
  pattern.row.clear();
  const NodeGraph graph = node_graph(grid, pattern.cells, pattern.numbering);
  pattern.row.reserve(9 * graph.other.size());
  for (std::size_t n = 0; n < pattern.numbering.nodes.size(); ++n)
    for (int c = 0; c < 3; ++c) {
      for (int at = graph.start[n]; at < graph.start[n + 1]; ++at) {
        const int other = graph.other[static_cast<std::size_t>(at)];
        for (int d = other == static_cast<int>(n) ? c : 0; d < 3; ++d)
          pattern.row.push_back(3 * other + d);
      }
      pattern.start.push_back(static_cast<int>(pattern.row.size()));
    }
}

void set_counted_from(const Grid& grid, StiffnessPattern& pattern) {
  const std::vector<char> above_thin = above_thin_cells(grid, pattern.cells);
  const std::size_t plane = grid.x_mm.size() * grid.y_mm.size();
  for (const std::size_t n : pattern.numbering.nodes)
    pattern.counted_from.push_back(above_thin[n] != 0 ? pattern.numbering.of_node[n - plane] : nowhere);
}

void set_places(const Grid& grid, StiffnessPattern& pattern) {
  for (const FilledCell& cell : pattern.cells) {
    const Movers all = movers(grid, pattern, cell);
    for (const Mover& a : all) {
      const auto first = pattern.row.begin() + pattern.start[3 * a.node],
                 last = pattern.row.begin() + pattern.start[3 * a.node + 1];
      for (const Mover& b : all)
        if (b.node >= a.node)
          pattern.place.push_back(
              static_cast<int>(std::lower_bound(first, last, static_cast<int>(3 * b.node)) - first));
    }
  }
}

/// Nodes that lie together, one after the other: halved across the longer side in the plan until they are a column.
void gather_neighbours(const Grid& grid, std::span<std::size_t> nodes) {
  const std::size_t nx = grid.x_mm.size(), ny = grid.y_mm.size();
  const auto x = [&](std::size_t n) { return n % nx; };
  const auto y = [&](std::size_t n) { return n / nx % ny; };
  std::size_t west = nx, east = 0, south = ny, north = 0;
  for (const std::size_t n : nodes) {
    west = std::min(west, x(n)), east = std::max(east, x(n));
    south = std::min(south, y(n)), north = std::max(north, y(n));
  }
  if (west == east && south == north) {
    std::sort(nodes.begin(), nodes.end());
    return;
  }
  const bool wide = east - west >= north - south;
  const std::size_t middle = wide ? (west + east + 1) / 2 : (south + north + 1) / 2;
  const auto beyond =
      std::stable_partition(nodes.begin(), nodes.end(), [&](std::size_t n) { return (wide ? x(n) : y(n)) < middle; });
  gather_neighbours(grid, {nodes.begin(), beyond});
  gather_neighbours(grid, {beyond, nodes.end()});
}

/// Puts the nodes of each dense block of the factor in an order in which what an earlier block touches of it lies
/// together. The blocks stay: inside one every order has the same entries.
void order_inside_blocks(const Grid& grid, cholmod_factor& analysis, Numbering& numbering) {
  const auto* const column = static_cast<const int*>(analysis.super);
  auto* const row = static_cast<int*>(analysis.s);
  const auto* const start = static_cast<const int*>(analysis.pi);
  const Numbering before = numbering;
  std::vector<std::size_t> nodes = before.nodes;
  for (std::size_t b = 0; b < analysis.nsuper; ++b)
    gather_neighbours(grid, std::span(nodes).subspan(static_cast<std::size_t>(column[b]) / 3,
                                                     static_cast<std::size_t>(column[b + 1] - column[b]) / 3));
  numbering = numbered(grid, std::move(nodes));
  for (std::size_t b = 0; b < analysis.nsuper; ++b) {
    for (int at = start[b]; at < start[b + 1]; ++at)
      row[at] = 3 * numbering.of_node[before.nodes[static_cast<std::size_t>(row[at]) / 3]] + row[at] % 3;
    std::sort(row + start[b], row + start[b + 1]);
  }
}

} // namespace

void FreeAnalysis::operator()(cholmod_factor_struct* analysis) const {
  CholmodWorkspace workspace;
  cholmod_free_factor(&analysis, &workspace.common);
}

Movers movers(const Grid& grid, const StiffnessPattern& pattern, const FilledCell& cell) {
  Movers found;
  const auto nodes = nodes_of(grid, cell);
  for (std::size_t corner = 0; corner < 8; ++corner)
    for (int n = pattern.numbering.of_node[nodes[corner]]; n != nowhere;
         n = pattern.counted_from[static_cast<std::size_t>(n)])
      found.all[found.count++] = {corner, static_cast<std::size_t>(n)};
  return found;
}

bool nearly_all(const Grid& grid, std::span<const std::optional<ElasticTensor>> tensors,
                std::span<const std::optional<ElasticTensor>> more) {
  for (std::size_t b = 0; b < tensors.size(); ++b)
    if (tensors[b] && !more[b])
      return false;
  return 4 * filled_cells(grid, tensors).size() >= 3 * filled_cells(grid, more).size();
}

std::shared_ptr<const StiffnessPattern> stiffness_pattern(const Grid& grid,
                                                          std::span<const std::optional<ElasticTensor>> tensors,
                                                          const StiffnessPattern* more, StiffnessSolver solver) {
  auto pattern = std::make_shared<StiffnessPattern>();
  pattern->cells = filled_cells(grid, tensors);
  if (pattern->cells.empty())
    throw std::invalid_argument("there is no body to solve");
  CholmodWorkspace workspace;
  const Numbering given = number_nodes(grid, pattern->cells);
  if (solver == StiffnessSolver::subdomains ||
      (solver == StiffnessSolver::by_size && 3 * given.nodes.size() > most_unknowns_whole)) {
    refuse_pieces(grid, pattern->cells);
    pattern->numbering = given;
    pattern->counted_from.assign(given.nodes.size(), nowhere);
    pattern->bddc = std::make_shared<const BddcPattern>(bddc_pattern(grid, pattern->cells, given));
    return pattern;
  }
  // An order of the grid lends nothing.
  if (more != nullptr && more->bddc)
    more = nullptr;
  pattern->numbering = more != nullptr ? restricted(grid, pattern->cells, given, more->numbering, workspace.common)
                                       : dissected(grid, pattern->cells, given, workspace.common);
  refuse_pieces(grid, pattern->cells);
  set_rows(grid, *pattern);
  cholmod_sparse seen = lower_triangle(pattern->start, pattern->row);
  pattern->analysis.reset(cholmod_analyze(&seen, &workspace.common));
  if (!pattern->analysis)
    throw std::runtime_error("out of memory for the analysis of the stiffness matrix");
  order_inside_blocks(grid, *pattern->analysis, pattern->numbering);
  set_rows(grid, *pattern);
  set_counted_from(grid, *pattern);
  set_places(grid, *pattern);
  return pattern;
}

} // namespace beachfront::thermal
