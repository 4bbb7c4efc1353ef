// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate_system.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
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

/// Nodes that are eliminated together, a line or a whole rectangle, and all nodes that are by then.
struct Part {
  NodeRange own, all;
  std::vector<std::size_t> children;
};

/// Nested dissection of a rectangle of nodes: both halves first, the line between them last.
std::size_t dissect(const NodeRange& range, std::vector<Part>& parts) {
  const std::size_t wide = range.high_x - range.low_x, high = range.high_y - range.low_y;
  constexpr std::size_t leaf = 3; // smaller ones cost more calls than their products save
  NodeRange first = range, line = range, last = range;
  std::vector<std::size_t> children;
  if (std::max(wide, high) > leaf) {
    if (wide >= high) {
      first.high_x = line.low_x = range.low_x + wide / 2;
      line.high_x = last.low_x = line.low_x + 1;
    } else {
      first.high_y = line.low_y = range.low_y + high / 2;
      line.high_y = last.low_y = line.low_y + 1;
    }
    children = {dissect(first, parts), dissect(last, parts)};
  }
  parts.push_back({line, range, std::move(children)});
  return parts.size() - 1;
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

template <typename Visit>
void for_each_node(const NodeRange& range, std::size_t row_length, const Visit& visit) {
  for (std::size_t j = range.low_y; j < range.high_y; ++j)
    for (std::size_t i = range.low_x; i < range.high_x; ++i)
      visit(i + row_length * j);
}

void number_unknowns(PlateSystem& system, const std::vector<Part>& parts) {
  const PlateMesh& mesh = system.mesh;
  const std::vector<bool> is_held = held(mesh, system.uppers);
  system.equation.assign(is_held.size(), fixed);
  for (const Part& part : parts)
    for_each_node(part.own, nodes_x(mesh), [&](std::size_t node) {
      for (std::size_t plate = 0; plate <= system.uppers.size(); ++plate)
        for (int value = 0; value < values_per_node; ++value) {
          const std::size_t at = plate * nodal_values(mesh) + value_index(node, value);
          if (!is_held[at])
            system.equation[at] = system.equations++;
        }
    });
}

/// The nodes around a rectangle, each with its nearest neighbours in it.
template <typename Visit>
void for_each_around(const NodeRange& inside, std::size_t nodes_x, std::size_t nodes_y, const Visit& visit) {
  const auto below = [](std::size_t at) { return at - std::min<std::size_t>(at, 1); };
  const NodeRange with{below(inside.low_x), std::min(inside.high_x + 1, nodes_x), below(inside.low_y),
                       std::min(inside.high_y + 1, nodes_y)};
  for (std::size_t j = with.low_y; j < with.high_y; ++j)
    for (std::size_t i = with.low_x; i < with.high_x; ++i)
      if (i < inside.low_x || i >= inside.high_x || j < inside.low_y || j >= inside.high_y)
        visit(i + nodes_x * j, NodeRange{std::max(below(i), inside.low_x), std::min(i + 2, inside.high_x),
                                         std::max(below(j), inside.low_y), std::min(j + 2, inside.high_y)});
}

/// Equations around a part: of each plate that a neighbouring node of the part has too.
std::vector<int> border(const PlateSystem& system, const NodeRange& inside) {
  const std::size_t wide = nodes_x(system.mesh);
  const auto first_of = [&](std::size_t node, std::size_t plate) {
    return system.equation.begin() +
           static_cast<std::ptrdiff_t>(plate * nodal_values(system.mesh) + value_index(node, 0));
  };
  const auto is_free = [](int equation) { return equation != fixed; };
  std::vector<int> around;
  for_each_around(inside, wide, system.mesh.y_mm.size(), [&](std::size_t node, const NodeRange& neighbours) {
    for (std::size_t plate = 0; plate <= system.uppers.size(); ++plate) {
      bool touches = plate == 0;
      if (!touches)
        for_each_node(neighbours, wide, [&](std::size_t other) {
          const auto first = first_of(other, plate);
          touches = touches || std::any_of(first, first + values_per_node, is_free);
        });
      const auto first = first_of(node, plate);
      if (touches)
        std::copy_if(first, first + values_per_node, std::back_inserter(around), is_free);
    }
  });
  std::sort(around.begin(), around.end());
  return around;
}

void find_fronts(PlateSystem& system, const std::vector<Part>& parts) {
  std::vector<Front> fronts;
  int next = 0;
  for (const Part& part : parts) {
    Front front{next, 0, border(system, part.all), part.children};
    for_each_node(part.own, nodes_x(system.mesh), [&](std::size_t node) {
      for (std::size_t plate = 0; plate <= system.uppers.size(); ++plate)
        for (int value = 0; value < values_per_node; ++value)
          front.own += system.equation[plate * nodal_values(system.mesh) + value_index(node, value)] != fixed ? 1 : 0;
    });
    next += front.own;
    fronts.push_back(std::move(front));
  }
  system.tree = front_tree(std::move(fronts));
}

/// The front that eliminates the first of a cell's unknowns, and where it has all of them.
template <std::size_t size>
std::size_t find_places(const PlateSystem& system, const std::vector<std::size_t>& front_of,
                        const std::array<std::size_t, size>& values, Places<static_cast<int>(size)>& places) {
  std::array<std::pair<int, int>, size> order; // equation, unknown
  for (std::size_t a = 0; a < size; ++a)
    if (const int equation = system.equation[values[a]]; equation != fixed)
      order[places.count++] = {equation, static_cast<int>(a)};
  if (places.count == 0)
    return 0;
  std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(places.count));
  const std::size_t at = front_of[static_cast<std::size_t>(order.front().first)];
  const Front& front = system.tree.fronts[at];
  auto border = front.border.begin();
  for (std::size_t n = 0; n < places.count; ++n) {
    const auto [equation, unknown] = order[n];
    places.unknown[n] = unknown;
    places.place[n] = equation - front.first;
    if (places.place[n] >= front.own) {
      border = std::lower_bound(border, front.border.end(), equation);
      places.place[n] = front.own + static_cast<int>(border - front.border.begin());
    }
  }
  return at;
}

void place_cells(PlateSystem& system) {
  const PlateMesh& mesh = system.mesh;
  std::vector<std::size_t> front_of;
  for (std::size_t f = 0; f < system.tree.fronts.size(); ++f)
    front_of.insert(front_of.end(), static_cast<std::size_t>(system.tree.fronts[f].own), f);
  system.front_cells.resize(system.tree.fronts.size());
  system.places.resize(mesh.cells());
  for (std::size_t cell = 0; cell < mesh.cells(); ++cell)
    system.front_cells[find_places(system, front_of, cell_values(mesh, cell), system.places[cell])].cells.push_back(
        cell);
  for (std::size_t upper = 0; upper < system.uppers.size(); ++upper) {
    const std::vector<std::size_t>& cells = system.uppers[upper].cells;
    auto& places = system.pair_places.emplace_back(cells.size());
    for (std::size_t n = 0; n < cells.size(); ++n)
      system.front_cells[find_places(system, front_of, pair_values(mesh, upper, cells[n]), places[n])].pairs.push_back(
          {upper, n});
  }
  for (const FrontCells& of_front : system.front_cells)
    system.has_cells.push_back(!of_front.cells.empty() || !of_front.pairs.empty());
}

} // namespace

std::shared_ptr<const PlateSystem> plate_system(PlateMesh mesh, std::vector<UpperPlate> uppers) {
  require_ascending(mesh.x_mm);
  require_ascending(mesh.y_mm);
  auto system = std::make_shared<PlateSystem>();
  system->mesh = std::move(mesh);
  system->uppers = std::move(uppers);
  std::vector<Part> parts;
  dissect({0, nodes_x(system->mesh), 0, system->mesh.y_mm.size()}, parts);
  number_unknowns(*system, parts);
  find_fronts(*system, parts);
  place_cells(*system);
  return system;
}

const PlateMesh& mesh(const PlateSystem& system) {
  return system.mesh;
}

std::size_t unknowns(const PlateSystem& system) {
  return static_cast<std::size_t>(system.equations);
}

} // namespace beachfront::thermal
