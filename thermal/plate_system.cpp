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

std::vector<SideIntegrals> integrals_between(const std::vector<double>& planes) {
  std::vector<SideIntegrals> integrals;
  for (std::size_t i = 0; i + 1 < planes.size(); ++i)
    integrals.push_back(side_integrals(planes[i + 1] - planes[i]));
  return integrals;
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

/// Whether any value of a plate at a node is free.
bool on_plate(const PlateSystem& system, std::size_t node, std::size_t plate) {
  const int* first = system.equation.data() + plate * nodal_values(system.mesh) + values_per_node * node;
  return std::any_of(first, first + values_per_node, [](int equation) { return equation != fixed; });
}

/// Columns of a node's neighbours and its own: every plate couples with itself, an upper plate with the one below.
void find_columns(PlateSystem& system) {
  const std::size_t wide = nodes_x(system.mesh), high = system.mesh.y_mm.size(), all = nodal_values(system.mesh);
  const auto of_plate = [&](std::size_t node, std::size_t plate) {
    return system.equation.data() + plate * all + values_per_node * node;
  };
  std::vector<std::vector<int>> columns(static_cast<std::size_t>(system.equations));
  const auto couple = [&](const int* column, const int* row) {
    for (int c = 0; c < values_per_node; ++c)
      for (int r = 0; r < values_per_node; ++r)
        if (column[c] != fixed && row[r] >= column[c])
          columns[static_cast<std::size_t>(column[c])].push_back(row[r]);
  };
  const auto couple_nodes = [&](std::size_t a, std::size_t b) {
    for (std::size_t plate = 0; plate <= system.uppers.size(); ++plate) {
      couple(of_plate(a, plate), of_plate(b, plate));
      if (plate > 0 && on_plate(system, a, plate) && on_plate(system, b, plate)) {
        couple(of_plate(a, 0), of_plate(b, plate));
        couple(of_plate(a, plate), of_plate(b, 0));
      }
    }
  };
  for (std::size_t j = 0; j < high; ++j)
    for (std::size_t i = 0; i < wide; ++i)
      for (std::size_t l = j - std::min<std::size_t>(j, 1); l < std::min(j + 2, high); ++l)
        for (std::size_t k = i - std::min<std::size_t>(i, 1); k < std::min(i + 2, wide); ++k)
          couple_nodes(i + wide * j, k + wide * l);
  system.pattern.resize(system.equations, system.equations);
  Eigen::VectorXi sizes(system.equations);
  for (std::size_t c = 0; c < columns.size(); ++c)
    sizes(static_cast<Eigen::Index>(c)) = static_cast<int>(columns[c].size());
  system.pattern.reserve(sizes);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    std::sort(columns[c].begin(), columns[c].end());
    for (const int row : columns[c])
      system.pattern.insert(row, static_cast<Eigen::Index>(c)) = 0;
  }
  system.pattern.makeCompressed();
}

/// `place` is scratch space as long as there are equations.
template <std::size_t size>
Scatter<static_cast<int>(size)> scatter(const PlateSystem& system, const std::array<std::size_t, size>& values,
                                        std::vector<int>& place) {
  const int *starts = system.pattern.outerIndexPtr(), *rows = system.pattern.innerIndexPtr();
  Scatter<static_cast<int>(size)> places;
  places.fill(fixed);
  for (std::size_t c = 0; c < size; ++c) {
    const int column = system.equation[values[c]];
    if (column == fixed)
      continue;
    for (int at = starts[column]; at < starts[column + 1]; ++at)
      place[static_cast<std::size_t>(rows[at])] = at;
    for (std::size_t r = 0; r < size; ++r) {
      const int row = system.equation[values[r]];
      const std::size_t low = std::min(r, c), high = std::max(r, c);
      if (row >= column)
        places[high * (high + 1) / 2 + low] = place[static_cast<std::size_t>(row)];
    }
  }
  return places;
}

void find_pattern(PlateSystem& system) {
  const PlateMesh& mesh = system.mesh;
  find_columns(system);
  std::vector<int> place(static_cast<std::size_t>(system.equations));
  for (std::size_t cell = 0; cell < mesh.cells(); ++cell)
    system.scatter.push_back(scatter(system, cell_values(mesh, cell), place));
  for (std::size_t upper = 0; upper < system.uppers.size(); ++upper) {
    auto& places = system.upper_scatter.emplace_back();
    for (const std::size_t cell : system.uppers[upper].cells)
      places.push_back(scatter(system, pair_values(mesh, upper, cell), place));
  }
}

} // namespace

std::shared_ptr<const PlateSystem> plate_system(PlateMesh mesh, std::vector<UpperPlate> uppers) {
  require_ascending(mesh.x_mm);
  require_ascending(mesh.y_mm);
  auto system = std::make_shared<PlateSystem>();
  system->mesh = std::move(mesh);
  system->uppers = std::move(uppers);
  system->x = integrals_between(system->mesh.x_mm);
  system->y = integrals_between(system->mesh.y_mm);
  system->cells.reserve(system->mesh.cells());
  for (std::size_t cell = 0; cell < system->mesh.cells(); ++cell)
    system->cells.push_back(
        cell_integrals(system->x[column_of(system->mesh, cell)], system->y[row_of(system->mesh, cell)]));
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
