// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate.hpp"

#include "thermal/cholesky.hpp"
#include "thermal/plate_element.hpp"
#include "thermal/plate_springs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr int fixed = -1;
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

/// Against any strain and curvature.
bool is_stiff(const LaminateStiffness& s) {
  const auto against = [&](std::size_t k) {
    return s.a_N_per_mm[k] > 0 && s.a_N_per_mm[k] * s.d_N_mm[k] - s.b_N[k] * s.b_N[k] > 0;
  };
  return against(0) && against(2) && against(3);
}

/// Calls visit(cell, i, j), x fastest.
template <typename Visit>
void for_each_cell(const PlateMesh& mesh, Visit visit) {
  for (std::size_t j = 0; j < mesh.cells_y(); ++j)
    for (std::size_t i = 0; i < mesh.cells_x(); ++i)
      visit(mesh.cell(i, j), i, j);
}

std::vector<SideIntegrals> integrals_between(const std::vector<double>& planes) {
  std::vector<SideIntegrals> integrals;
  for (std::size_t i = 0; i + 1 < planes.size(); ++i)
    integrals.push_back(side_integrals(planes[i + 1] - planes[i]));
  return integrals;
}

} // namespace

/// Where the upper triangle of a cell's matrix goes in the values of the pattern, column by column, or fixed.
template <int size>
using Scatter = std::array<int, static_cast<std::size_t>(size*(size + 1) / 2)>;

struct PlateSystem {
  PlateMesh mesh;
  std::vector<UpperPlate> uppers;
  std::vector<SideIntegrals> x, y; ///< of every column and row
  std::vector<CellIntegrals> cells;
  std::vector<int> equation; ///< of every nodal value of the plate, then of each upper plate, or fixed
  int equations = 0;
  LowerTriangle pattern; ///< values zero
  Cholesky symbolic;     ///< of the pattern
  std::vector<Scatter<cell_unknowns>> scatter;
  std::vector<std::vector<Scatter<pair_unknowns>>> upper_scatter; ///< of the cells of each upper plate
};

using InnerRecovery = Eigen::Matrix<double, inner_modes, cell_unknowns>;

struct PlateFactor {
  std::shared_ptr<const PlateSystem> system;
  std::vector<std::vector<InnerRecovery>> recovery;            ///< of every cell, for the plate and each upper one
  std::vector<std::vector<std::vector<PlateSprings>>> springs; ///< of each upper plate, each of its cells
  Cholesky factor;
};

namespace {

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

/// Values of a cell and of the upper plate over it.
std::array<std::size_t, pair_unknowns> pair_values(const PlateMesh& mesh, std::size_t upper, std::size_t cell) {
  const std::array<std::size_t, cell_unknowns> of_cell = cell_values(mesh, cell);
  std::array<std::size_t, pair_unknowns> values{};
  for (std::size_t a = 0; a < of_cell.size(); ++a) {
    values[a] = of_cell[a];
    values[of_cell.size() + a] = of_cell[a] + (upper + 1) * nodal_values(mesh);
  }
  return values;
}

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

/// Adds the upper triangle of a cell's matrix.
template <int size>
void add_matrix(const Eigen::Matrix<double, size, size>& matrix, const Scatter<size>& places, double* entries) {
  const int* place = places.data();
  for (int b = 0; b < size; ++b)
    for (int a = 0; a <= b; ++a, ++place)
      if (*place != fixed)
        entries[*place] += matrix(a, b);
}

template <std::size_t size, typename Load>
void add_load(const PlateSystem& system, const std::array<std::size_t, size>& values, const Load& load,
              std::vector<double>& right) {
  for (std::size_t a = 0; a < size; ++a)
    if (system.equation[values[a]] != fixed)
      right[static_cast<std::size_t>(system.equation[values[a]])] += load(static_cast<Eigen::Index>(a));
}

double width_mm(const PlateMesh& mesh, std::size_t cell) {
  return mesh.x_mm[column_of(mesh, cell) + 1] - mesh.x_mm[column_of(mesh, cell)];
}

double height_mm(const PlateMesh& mesh, std::size_t cell) {
  return mesh.y_mm[row_of(mesh, cell) + 1] - mesh.y_mm[row_of(mesh, cell)];
}

/// A pair of cells: the springs and the upper plate's own stiffness.
PairMatrix pair_stiffness(const PlateSystem& system, std::size_t upper, std::size_t cell, const UpperCell& of,
                          InnerRecovery& recovery) {
  const PlateMesh& mesh = system.mesh;
  const double reference_mm = system.uppers[upper].reference_mm;
  PairMatrix matrix = PairMatrix::Zero();
  for (const PlateSprings& springs : of.springs)
    add_springs(width_mm(mesh, cell), height_mm(mesh, cell), springs, mesh.reference_mm, reference_mm, matrix);
  const CellStiffness own = cell_stiffness(system.cells[cell], moved(of.stiffness, reference_mm));
  matrix.bottomRightCorner<cell_unknowns, cell_unknowns>() += own.matrix;
  recovery = own.recovery;
  return matrix;
}

template <typename Outer, typename Sizes>
bool as_many(const Outer& given, const Sizes& uppers) {
  return std::equal(given.begin(), given.end(), uppers.begin(), uppers.end(),
                    [](const auto& cells, const UpperPlate& upper) { return cells.size() == upper.cells.size(); });
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
  for_each_cell(system->mesh, [&](std::size_t, std::size_t i, std::size_t j) {
    system->cells.push_back(cell_integrals(system->x[i], system->y[j]));
  });
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

std::shared_ptr<const PlateFactor> factor_plate(std::shared_ptr<const PlateSystem> system,
                                                std::span<const LaminateStiffness> cells, const UpperCells& uppers) {
  if (cells.size() != system->mesh.cells() || !as_many(uppers, system->uppers))
    throw std::invalid_argument("a plate needs one stiffness for each cell of its mesh");
  const auto upper_is_stiff = [](const std::vector<UpperCell>& upper) {
    return std::all_of(upper.begin(), upper.end(), [](const UpperCell& cell) { return is_stiff(cell.stiffness); });
  };
  if (!std::all_of(cells.begin(), cells.end(), is_stiff) || !std::all_of(uppers.begin(), uppers.end(), upper_is_stiff))
    throw std::invalid_argument("a cell of the plate has no stiffness");
  auto factor = std::make_shared<PlateFactor>();
  factor->system = system;
  factor->recovery.assign(1 + uppers.size(), std::vector<InnerRecovery>(cells.size(), InnerRecovery::Zero()));
  factor->springs.resize(uppers.size());
  LowerTriangle matrix = system->pattern;
  double* entries = matrix.valuePtr();
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const CellStiffness stiffness = cell_stiffness(system->cells[cell], moved(cells[cell], system->mesh.reference_mm));
    factor->recovery[0][cell] = stiffness.recovery;
    add_matrix<cell_unknowns>(stiffness.matrix, system->scatter[cell], entries);
  }
  for (std::size_t upper = 0; upper < uppers.size(); ++upper)
    for (std::size_t n = 0; n < uppers[upper].size(); ++n) {
      const std::size_t cell = system->uppers[upper].cells[n];
      InnerRecovery& recovery = factor->recovery[1 + upper][cell];
      factor->springs[upper].push_back(uppers[upper][n].springs);
      add_matrix<pair_unknowns>(pair_stiffness(*system, upper, cell, uppers[upper][n], recovery),
                                system->upper_scatter[upper][n], entries);
    }
  factor->factor = factorise(system->symbolic, matrix);
  if (!factor->factor)
    throw std::invalid_argument("the stiffness of the plate is not positive definite");
  return factor;
}

PlateField solve_plate(const PlateFactor& factor, std::span<const FreeStrainResultants> cells) {
  if (!factor.system->uppers.empty())
    throw std::invalid_argument("a plate with upper plates needs their loads");
  return solve_plates(factor, cells, {}).front();
}

std::vector<PlateField> solve_plates(const PlateFactor& factor, std::span<const FreeStrainResultants> cells,
                                     const UpperLoads& uppers) {
  const PlateSystem& system = *factor.system;
  const PlateMesh& mesh = system.mesh;
  if (cells.size() != mesh.cells() || !as_many(uppers, system.uppers))
    throw std::invalid_argument("a plate needs resultants for each cell of its mesh");
  std::vector<double> right(static_cast<std::size_t>(system.equations), 0.0);
  const auto free_load = [&](std::size_t cell, const FreeStrainResultants& free, double reference_mm) {
    return cell_load(system.x[column_of(mesh, cell)], system.y[row_of(mesh, cell)], moved(free, reference_mm));
  };
  for (std::size_t cell = 0; cell < cells.size(); ++cell)
    add_load(system, cell_values(mesh, cell), free_load(cell, cells[cell], mesh.reference_mm), right);
  for (std::size_t upper = 0; upper < uppers.size(); ++upper)
    for (std::size_t n = 0; n < uppers[upper].size(); ++n) {
      const std::size_t cell = system.uppers[upper].cells[n];
      const UpperLoad& given = uppers[upper][n];
      PairVector load = PairVector::Zero();
      for (std::size_t s = 0; s < given.opening_MPa.size(); ++s)
        add_opening(width_mm(mesh, cell), height_mm(mesh, cell), factor.springs[upper][n][s], given.opening_MPa[s],
                    load);
      load.tail<cell_unknowns>() += free_load(cell, given.free, system.uppers[upper].reference_mm);
      add_load(system, pair_values(mesh, upper, cell), load, right);
    }
  const std::vector<double> solved = solve(factor.factor, right);
  std::vector<PlateField> fields;
  for (std::size_t plate = 0; plate < factor.recovery.size(); ++plate) {
    PlateField field = zero_field(mesh);
    const int* equation = system.equation.data() + plate * nodal_values(mesh);
    for (std::size_t k = 0; k < field.nodes.size(); ++k)
      if (equation[k] != fixed)
        field.nodes[k] = solved[static_cast<std::size_t>(equation[k])];
    for (std::size_t cell = 0; cell < mesh.cells(); ++cell) {
      const auto values = cell_values(mesh, cell);
      Eigen::Matrix<double, cell_unknowns, 1> local;
      for (std::size_t a = 0; a < cell_unknowns; ++a)
        local(static_cast<Eigen::Index>(a)) = field.nodes[values[a]];
      Eigen::Map<Eigen::Vector4d>(field.inner.data() + inner_modes * cell) = factor.recovery[plate][cell] * local;
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

} // namespace beachfront::thermal
