// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate.hpp"

#include "thermal/library_threads.hpp"

#include "thermal/plate_element.hpp"

#include <Eigen/SparseCore>
#include <suitesparse/cholmod.h>

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

using Sparse = Eigen::SparseMatrix<double>;

/// CHOLMOD's settings and workspace: the order of the unknowns is ours, the factor in dense blocks, on one thread.
struct Workspace {
  Workspace() {
    cholmod_start(&common);
    common.nmethods = 1;
    common.method[0].ordering = CHOLMOD_NATURAL;
    common.postorder = 0; // nested dissection is in post-order
    common.supernodal = CHOLMOD_SUPERNODAL;
    common.print = 0;
  }
  ~Workspace() { cholmod_finish(&common); }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  cholmod_common common;
  OneThreadLibraries alone;
};

struct FreeFactor {
  void operator()(cholmod_factor* factor) const {
    Workspace workspace;
    cholmod_free_factor(&factor, &workspace.common);
  }
};
using Factor = std::unique_ptr<cholmod_factor, FreeFactor>;

/// A lower triangle as CHOLMOD sees it. It writes to none of it.
cholmod_sparse view(const Sparse& matrix) {
  cholmod_sparse s{};
  s.nrow = s.ncol = static_cast<std::size_t>(matrix.cols());
  s.nzmax = static_cast<std::size_t>(matrix.nonZeros());
  s.p = const_cast<int*>(matrix.outerIndexPtr());
  s.i = const_cast<int*>(matrix.innerIndexPtr());
  s.x = const_cast<double*>(matrix.valuePtr());
  s.stype = -1;
  s.itype = CHOLMOD_INT;
  s.xtype = CHOLMOD_REAL;
  s.dtype = CHOLMOD_DOUBLE;
  s.sorted = s.packed = 1;
  return s;
}

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

/// Values that symmetry or the choice of a rigid motion sets to zero.
std::vector<bool> held(const PlateMesh& mesh) {
  const std::size_t wide = nodes_x(mesh), high = mesh.y_mm.size();
  std::vector<bool> is_held(wide * high * values_per_node, false);
  const auto hold = [&](std::size_t i, std::size_t j, int value) { is_held[value_index(i + wide * j, value)] = true; };
  for (std::size_t j = 0; mesh.half_x && j < high; ++j)
    for (const int value : {u, w_x, w_xy})
      hold(0, j, value);
  for (std::size_t i = 0; mesh.half_y && i < wide; ++i)
    for (const int value : {v, w_y, w_xy})
      hold(i, 0, value);
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

struct PlateSystem {
  PlateMesh mesh;
  std::vector<SideIntegrals> x, y; ///< of every column and row
  std::vector<CellIntegrals> cells;
  std::vector<int> equation; ///< of every nodal value, or fixed
  int equations = 0;
  Sparse pattern;  ///< lower triangle, values zero
  Factor symbolic; ///< of the pattern
  /// Where the upper triangle of a cell's matrix goes in the pattern's values, column by column, or fixed.
  std::vector<std::array<int, cell_unknowns*(cell_unknowns + 1) / 2>> scatter;
};

struct PlateFactor {
  std::shared_ptr<const PlateSystem> system;
  std::vector<Eigen::Matrix<double, inner_modes, cell_unknowns>> recovery;
  Factor factor;
};

namespace {

void number_unknowns(PlateSystem& system) {
  const PlateMesh& mesh = system.mesh;
  const std::vector<bool> is_held = held(mesh);
  std::vector<std::size_t> order;
  dissect({0, nodes_x(mesh), 0, mesh.y_mm.size()}, nodes_x(mesh), order);
  system.equation.assign(is_held.size(), fixed);
  for (const std::size_t node : order)
    for (int value = 0; value < values_per_node; ++value)
      if (!is_held[value_index(node, value)])
        system.equation[value_index(node, value)] = system.equations++;
}

void find_pattern(PlateSystem& system) {
  std::vector<Eigen::Triplet<double>> entries;
  for_each_cell(system.mesh, [&](std::size_t, std::size_t i, std::size_t j) {
    for (const std::size_t row : cell_values(system.mesh, i, j))
      for (const std::size_t column : cell_values(system.mesh, i, j))
        if (system.equation[column] != fixed && system.equation[row] >= system.equation[column])
          entries.emplace_back(system.equation[row], system.equation[column], 0.0);
  });
  system.pattern.resize(system.equations, system.equations);
  system.pattern.setFromTriplets(entries.begin(), entries.end());
  const int *starts = system.pattern.outerIndexPtr(), *rows = system.pattern.innerIndexPtr();
  for_each_cell(system.mesh, [&](std::size_t, std::size_t i, std::size_t j) {
    const std::array<std::size_t, cell_unknowns> values = cell_values(system.mesh, i, j);
    auto& places = system.scatter.emplace_back();
    std::size_t at = 0;
    for (std::size_t b = 0; b < cell_unknowns; ++b)
      for (std::size_t a = 0; a <= b; ++a, ++at) {
        const int ea = system.equation[values[a]], eb = system.equation[values[b]];
        const int row = std::max(ea, eb), column = std::min(ea, eb);
        places[at] =
            column == fixed
                ? fixed
                : static_cast<int>(std::lower_bound(rows + starts[column], rows + starts[column + 1], row) - rows);
      }
  });
}

std::vector<double> solve(const PlateFactor& factor, std::vector<double>& right) {
  Workspace workspace;
  cholmod_dense loads{};
  loads.nrow = loads.d = loads.nzmax = right.size();
  loads.ncol = 1;
  loads.x = right.data();
  loads.xtype = CHOLMOD_REAL;
  loads.dtype = CHOLMOD_DOUBLE;
  cholmod_dense* solution = cholmod_solve(CHOLMOD_A, factor.factor.get(), &loads, &workspace.common);
  if (solution == nullptr)
    throw std::runtime_error("the plate's equations cannot be solved: out of memory");
  const double* values = static_cast<const double*>(solution->x);
  std::vector<double> solved(values, values + right.size());
  cholmod_free_dense(&solution, &workspace.common);
  return solved;
}

} // namespace

std::shared_ptr<const PlateSystem> plate_system(PlateMesh mesh) {
  require_ascending(mesh.x_mm);
  require_ascending(mesh.y_mm);
  auto system = std::make_shared<PlateSystem>();
  system->mesh = std::move(mesh);
  system->x = integrals_between(system->mesh.x_mm);
  system->y = integrals_between(system->mesh.y_mm);
  system->cells.reserve(system->mesh.cells());
  for_each_cell(system->mesh, [&](std::size_t, std::size_t i, std::size_t j) {
    system->cells.push_back(cell_integrals(system->x[i], system->y[j]));
  });
  number_unknowns(*system);
  find_pattern(*system);
  Workspace workspace;
  cholmod_sparse pattern = view(system->pattern);
  system->symbolic.reset(cholmod_analyze(&pattern, &workspace.common));
  if (!system->symbolic)
    throw std::runtime_error("the plate's equations cannot be ordered: out of memory");
  return system;
}

const PlateMesh& mesh(const PlateSystem& system) {
  return system.mesh;
}

std::size_t unknowns(const PlateSystem& system) {
  return static_cast<std::size_t>(system.equations);
}

std::shared_ptr<const PlateFactor> factor_plate(std::shared_ptr<const PlateSystem> system,
                                                std::span<const LaminateStiffness> cells) {
  if (cells.size() != system->mesh.cells())
    throw std::invalid_argument("a plate needs one stiffness for each cell of its mesh");
  if (!std::all_of(cells.begin(), cells.end(), is_stiff))
    throw std::invalid_argument("a cell of the plate has no stiffness");
  auto factor = std::make_shared<PlateFactor>();
  factor->system = system;
  factor->recovery.resize(cells.size());
  Sparse matrix = system->pattern;
  double* entries = matrix.valuePtr();
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const CellStiffness stiffness = cell_stiffness(system->cells[cell], moved(cells[cell], system->mesh.reference_mm));
    factor->recovery[cell] = stiffness.recovery;
    const int* place = system->scatter[cell].data();
    for (int b = 0; b < cell_unknowns; ++b)
      for (int a = 0; a <= b; ++a, ++place)
        if (*place != fixed)
          entries[*place] += stiffness.matrix(a, b);
  }
  Workspace workspace;
  factor->factor.reset(cholmod_copy_factor(system->symbolic.get(), &workspace.common));
  cholmod_sparse view_of_matrix = view(matrix);
  if (!factor->factor || !cholmod_factorize(&view_of_matrix, factor->factor.get(), &workspace.common) ||
      workspace.common.status != CHOLMOD_OK)
    throw std::invalid_argument("the stiffness of the plate is not positive definite");
  return factor;
}

PlateField solve_plate(const PlateFactor& factor, std::span<const FreeStrainResultants> cells) {
  const PlateSystem& system = *factor.system;
  if (cells.size() != system.mesh.cells())
    throw std::invalid_argument("a plate needs resultants for each cell of its mesh");
  std::vector<double> right(static_cast<std::size_t>(system.equations), 0.0);
  for_each_cell(system.mesh, [&](std::size_t cell, std::size_t i, std::size_t j) {
    const auto load = cell_load(system.x[i], system.y[j], moved(cells[cell], system.mesh.reference_mm));
    const auto values = cell_values(system.mesh, i, j);
    for (std::size_t a = 0; a < cell_unknowns; ++a)
      if (system.equation[values[a]] != fixed)
        right[static_cast<std::size_t>(system.equation[values[a]])] += load(static_cast<Eigen::Index>(a));
  });
  const std::vector<double> solved = solve(factor, right);
  PlateField field;
  field.nodes.assign(system.equation.size(), 0);
  for (std::size_t k = 0; k < field.nodes.size(); ++k)
    if (system.equation[k] != fixed)
      field.nodes[k] = solved[static_cast<std::size_t>(system.equation[k])];
  field.inner.resize(inner_modes * system.mesh.cells());
  for_each_cell(system.mesh, [&](std::size_t cell, std::size_t i, std::size_t j) {
    const auto values = cell_values(system.mesh, i, j);
    Eigen::Matrix<double, cell_unknowns, 1> local;
    for (std::size_t a = 0; a < cell_unknowns; ++a)
      local(static_cast<Eigen::Index>(a)) = field.nodes[values[a]];
    Eigen::Map<Eigen::Vector4d>(field.inner.data() + inner_modes * cell) = factor.recovery[cell] * local;
  });
  return field;
}

} // namespace beachfront::thermal
