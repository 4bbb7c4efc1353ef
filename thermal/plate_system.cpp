// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate_system.hpp"

#include <Eigen/SparseCore>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double narrowest_cell = 1e-4; // of the plate: rounding grows as 1e-16 / (share of the plate)^3
constexpr int values_per_node = 6;      // w, w,x, w,y, w,xy, u, v
enum Value { w, w_x, w_y, w_xy, u, v };

std::size_t nodes_x(const PlateMesh& mesh) {
  return mesh.x_mm.size();
}

std::size_t value_index(std::size_t node, int value) {
  return node * values_per_node + static_cast<std::size_t>(value);
}

/// Nodes of cell (i, j) in the order of the element.
std::array<std::size_t, 4> cell_nodes(const PlateMesh& mesh, std::size_t i, std::size_t j) {
  const std::size_t low = i + nodes_x(mesh) * j, high = low + nodes_x(mesh);
  return {low, low + 1, high, high + 1};
}

/// Values of a cell's unknowns, in the order of the element.
std::array<std::size_t, cell_unknowns> cell_values(const PlateMesh& mesh, std::size_t i, std::size_t j) {
  std::array<std::size_t, cell_unknowns> values{};
  const std::array<std::size_t, 4> nodes = cell_nodes(mesh, i, j);
  for (std::size_t n = 0; n < 4; ++n) {
    for (std::size_t k = 0; k < 2; ++k)
      values[2 * n + k] = value_index(nodes[n], u + static_cast<int>(k));
    for (std::size_t k = 0; k < 4; ++k)
      values[membrane_nodal + 4 * n + k] = value_index(nodes[n], static_cast<int>(k));
  }
  return values;
}

struct NodeRange {
  std::size_t low_x = 0, high_x = 0, low_y = 0, high_y = 0; ///< half open
};

/// Nested dissection of a rectangle of nodes: both halves first, the line between them last.
void dissect(const NodeRange& range, std::size_t row_length, std::vector<std::size_t>& order) {
  const std::size_t wide = range.high_x - range.low_x, high = range.high_y - range.low_y;
  if (wide == 0 || high == 0)
    return;
  constexpr std::size_t leaf = 2;
  NodeRange first = range, line = range, last = range;
  if (wide >= high && wide > leaf) {
    const std::size_t middle = range.low_x + wide / 2;
    first.high_x = line.low_x = middle;
    line.high_x = last.low_x = middle + 1;
  } else if (high > leaf) {
    const std::size_t middle = range.low_y + high / 2;
    first.high_y = line.low_y = middle;
    line.high_y = last.low_y = middle + 1;
  } else {
    first = last = NodeRange{};
  }
  dissect(first, row_length, order);
  dissect(last, row_length, order);
  for (std::size_t j = line.low_y; j < line.high_y; ++j)
    for (std::size_t i = line.low_x; i < line.high_x; ++i)
      order.push_back(i + row_length * j);
}

std::size_t nearest(const std::vector<double>& planes, double place) {
  const auto distance = [&](double a, double b) { return std::abs(a - place) < std::abs(b - place); };
  return static_cast<std::size_t>(std::min_element(planes.begin(), planes.end(), distance) - planes.begin());
}

/// Values that symmetry sets to zero.
std::vector<bool> held_by_symmetry(const PlateMesh& mesh) {
  const std::size_t wide = nodes_x(mesh), high = mesh.y_mm.size();
  std::vector<bool> is_held(wide * high * values_per_node, false);
  const auto hold = [&](std::size_t i, std::size_t j, int value) { is_held[value_index(i + wide * j, value)] = true; };
  for (std::size_t j = 0; mesh.half_x && j < high; ++j)
    for (const int value : {u, w_x, w_xy})
      hold(0, j, value);
  for (std::size_t i = 0; mesh.half_y && i < wide; ++i)
    for (const int value : {v, w_y, w_xy})
      hold(i, 0, value);
  return is_held;
}

/// With those that the choice of a rigid motion sets to zero.
std::vector<bool> held(const PlateMesh& mesh) {
  const std::size_t wide = nodes_x(mesh);
  std::vector<bool> is_held = held_by_symmetry(mesh);
  const auto hold = [&](std::size_t i, std::size_t j, int value) { is_held[value_index(i + wide * j, value)] = true; };
  const std::size_t i = mesh.half_x ? 0 : nearest(mesh.x_mm, (mesh.x_mm.front() + mesh.x_mm.back()) / 2);
  const std::size_t j = mesh.half_y ? 0 : nearest(mesh.y_mm, (mesh.y_mm.front() + mesh.y_mm.back()) / 2);
  for (const int value : {w, w_x, w_y, u, v})
    hold(i, j, value);
  if (!mesh.half_x && !mesh.half_y)
    hold(i + 1 < wide ? wide - 1 : 0, j, v); // no turn in the plane
  return is_held;
}

void require_ascending(const std::vector<double>& planes) {
  if (planes.size() < 2)
    throw std::invalid_argument("a plate mesh needs a cell");
  const double narrowest = (planes.back() - planes.front()) * narrowest_cell;
  for (std::size_t i = 0; i + 1 < planes.size(); ++i)
    if (!(planes[i + 1] - planes[i] >= narrowest && planes[i + 1] > planes[i]))
      throw std::invalid_argument("the planes of a plate mesh must ascend, by at least 1e-4 of its extent");
}

} // namespace

std::size_t nodal_values(const PlateMesh& mesh) {
  return values_per_node * nodes_x(mesh) * mesh.y_mm.size();
}

std::size_t column_of(const PlateMesh& mesh, std::size_t cell) {
  return cell % mesh.cells_x();
}

std::size_t row_of(const PlateMesh& mesh, std::size_t cell) {
  return cell / mesh.cells_x();
}

std::array<std::size_t, cell_unknowns> cell_values(const PlateMesh& mesh, std::size_t cell) {
  return cell_values(mesh, column_of(mesh, cell), row_of(mesh, cell));
}

std::array<std::size_t, pair_unknowns> pair_values(const PlateMesh& mesh, std::size_t upper, std::size_t cell) {
  const std::array<std::size_t, cell_unknowns> of_cell = cell_values(mesh, cell);
  std::array<std::size_t, pair_unknowns> values{};
  for (std::size_t a = 0; a < of_cell.size(); ++a) {
    values[a] = of_cell[a];
    values[of_cell.size() + a] = of_cell[a] + (upper + 1) * nodal_values(mesh);
  }
  return values;
}

namespace {

/// Values of the plate and its upper plates that have no equation: an upper plate has none off its cells.
std::vector<bool> held(const PlateMesh& mesh, std::span<const UpperPlate> uppers) {
  std::vector<bool> all = held(mesh);
  all.resize((1 + uppers.size()) * nodal_values(mesh), true);
  const std::vector<bool> by_symmetry = held_by_symmetry(mesh);
  for (std::size_t upper = 0; upper < uppers.size(); ++upper)
    for (const std::size_t cell : uppers[upper].cells)
      for (const std::size_t value : cell_values(mesh, cell))
        all[value + (upper + 1) * nodal_values(mesh)] = by_symmetry[value];
  return all;
}

void number_unknowns(PlateSystem& system) {
  const PlateMesh& mesh = system.mesh;
  const std::vector<bool> is_held = held(mesh, system.uppers);
  std::vector<std::size_t> order;
  dissect({0, nodes_x(mesh), 0, mesh.y_mm.size()}, nodes_x(mesh), order);
  system.equation.assign(is_held.size(), fixed);
  for (const std::size_t node : order)
    for (std::size_t plate = 0; plate <= system.uppers.size(); ++plate)
      for (int value = 0; value < values_per_node; ++value) {
        const std::size_t at = plate * nodal_values(mesh) + value_index(node, value);
        if (!is_held[at])
          system.equation[at] = system.equations++;
      }
}

/// The equations of a plate at a node, which follow each other; none where there is no plate.
struct Block {
  int first = 0, size = 0;
};

/// Of every node, plate by plate.
std::vector<Block> blocks(const PlateSystem& system) {
  const std::size_t plates = 1 + system.uppers.size(), values = nodal_values(system.mesh);
  std::vector<Block> all;
  for (std::size_t node = 0; node < values / values_per_node; ++node)
    for (std::size_t plate = 0; plate < plates; ++plate) {
      Block& block = all.emplace_back();
      const int* equation = system.equation.data() + plate * values + value_index(node, 0);
      for (int value = 0; value < values_per_node; ++value)
        if (equation[value] != fixed)
          block.first = equation[value] - block.size++;
    }
  return all;
}

/// What couples with a block on and below the diagonal, in order, itself first: every plate with itself at neighbouring
/// nodes, an upper plate with the one below it.
std::vector<Block> coupled_below(const PlateSystem& system, const std::vector<Block>& all, std::size_t node,
                                 std::size_t plate) {
  const std::size_t plates = 1 + system.uppers.size(), wide = nodes_x(system.mesh), high = system.mesh.y_mm.size();
  const std::size_t i = node % wide, j = node / wide;
  const int from = all[node * plates + plate].first;
  std::vector<Block> coupled;
  for (std::size_t l = j - std::min<std::size_t>(j, 1); l < std::min(j + 2, high); ++l)
    for (std::size_t k = i - std::min<std::size_t>(i, 1); k < std::min(i + 2, wide); ++k)
      for (std::size_t other = 0; other < plates; ++other) {
        const std::size_t upper = std::max(plate, other);
        const auto on_upper = [&](std::size_t n) { return all[n * plates + upper].size > 0; };
        const bool couple = plate == other || (std::min(plate, other) == 0 && on_upper(node) && on_upper(k + wide * l));
        const Block& block = all[(k + wide * l) * plates + other];
        if (couple && block.size > 0 && block.first >= from)
          coupled.push_back(block);
      }
  std::sort(coupled.begin(), coupled.end(), [](const Block& a, const Block& b) { return a.first < b.first; });
  return coupled;
}

void find_columns(PlateSystem& system, const std::vector<Block>& all) {
  const std::size_t plates = 1 + system.uppers.size();
  std::vector<std::size_t> order;
  for (std::size_t b = 0; b < all.size(); ++b)
    if (all[b].size > 0)
      order.push_back(b);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return all[a].first < all[b].first; });
  std::vector<int> starts{0}, rows;
  for (const std::size_t b : order) {
    const std::vector<Block> coupled = coupled_below(system, all, b / plates, b % plates);
    for (int column = all[b].first; column < all[b].first + all[b].size; ++column) {
      for (const Block& block : coupled)
        for (int row = std::max(column, block.first); row < block.first + block.size; ++row)
          rows.push_back(row);
      starts.push_back(static_cast<int>(rows.size()));
    }
  }
  const std::vector<double> zeros(rows.size(), 0.0);
  system.pattern =
      Eigen::Map<const LowerTriangle>(system.equations, system.equations, static_cast<Eigen::Index>(rows.size()),
                                      starts.data(), rows.data(), zeros.data());
}

/// Columns of one block have the same rows from the diagonal on.
template <std::size_t size>
Scatter<static_cast<int>(size)> scatter(const PlateSystem& system, const std::vector<Block>& all,
                                        const std::array<std::size_t, size>& values) {
  constexpr std::size_t most = 2 * 4; // plates, nodes
  const std::size_t plates = 1 + system.uppers.size(), of_plate = nodal_values(system.mesh);
  const int *starts = system.pattern.outerIndexPtr(), *rows = system.pattern.innerIndexPtr();
  std::vector<std::size_t> met;          // blocks
  std::array<std::size_t, size> block{}; // of each value, in `met`
  for (std::size_t a = 0; a < size; ++a) {
    const std::size_t b = values[a] % of_plate / values_per_node * plates + values[a] / of_plate;
    const auto known = std::find(met.begin(), met.end(), b);
    block[a] = static_cast<std::size_t>(known - met.begin());
    if (known == met.end())
      met.push_back(b);
  }
  std::array<std::array<int, most>, most> offset{}; // of the second block in the first column of the first one
  for (std::size_t c = 0; c < met.size(); ++c)
    for (std::size_t r = 0; r < met.size(); ++r)
      if (all[met[c]].size > 0 && all[met[r]].size > 0) {
        const int *from = rows + starts[all[met[c]].first], *to = rows + starts[all[met[c]].first + 1];
        offset[c][r] = static_cast<int>(std::lower_bound(from, to, all[met[r]].first) - from);
      }
  Scatter<static_cast<int>(size)> places;
  std::size_t next = 0;
  for (std::size_t b = 0; b < size; ++b)
    for (std::size_t a = 0; a <= b; ++a) {
      const bool turned = system.equation[values[a]] < system.equation[values[b]];
      const std::size_t c = turned ? a : b, r = turned ? b : a;
      const int column = system.equation[values[c]], row = system.equation[values[r]];
      places[next++] = column == fixed ? fixed
                                       : starts[column] + offset[block[c]][block[r]] +
                                             (row - all[met[block[r]]].first) - (column - all[met[block[c]]].first);
    }
  return places;
}

void find_pattern(PlateSystem& system) {
  const PlateMesh& mesh = system.mesh;
  const std::vector<Block> all = blocks(system);
  find_columns(system, all);
  for (std::size_t cell = 0; cell < mesh.cells(); ++cell)
    system.scatter.push_back(scatter(system, all, cell_values(mesh, cell)));
  for (std::size_t upper = 0; upper < system.uppers.size(); ++upper) {
    auto& places = system.upper_scatter.emplace_back();
    for (const std::size_t cell : system.uppers[upper].cells)
      places.push_back(scatter(system, all, pair_values(mesh, upper, cell)));
  }
}

} // namespace

std::shared_ptr<const PlateSystem> plate_system(PlateMesh mesh, std::vector<UpperPlate> uppers) {
  require_ascending(mesh.x_mm);
  require_ascending(mesh.y_mm);
  auto system = std::make_shared<PlateSystem>();
  system->mesh = std::move(mesh);
  system->uppers = std::move(uppers);
  number_unknowns(*system);
  find_pattern(*system);
  system->symbolic = analyse(system->pattern);
  return system;
}

const PlateMesh& mesh(const PlateSystem& system) {
  return system.mesh;
}

std::size_t unknowns(const PlateSystem& system) {
  return static_cast<std::size_t>(system.equations);
}

} // namespace beachfront::thermal
