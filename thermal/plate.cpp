// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate.hpp"

#include "thermal/plate_system.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace beachfront::thermal {

using InnerRecovery = Eigen::Matrix<double, inner_modes, cell_unknowns>;

struct PlateFactor {
  std::shared_ptr<const PlateSystem> system;
  std::vector<std::vector<InnerRecovery>> recovery;            ///< of every cell, for the plate and each upper one
  std::vector<std::vector<std::vector<PlateSprings>>> springs; ///< of each upper plate, each of its cells
  FrontFactor factor;
};

namespace {

/// Against any strain and curvature.
bool is_stiff(const LaminateStiffness& s) {
  const auto against = [&](std::size_t k) {
    return s.a_N_per_mm[k] > 0 && s.a_N_per_mm[k] * s.d_N_mm[k] - s.b_N[k] * s.b_N[k] > 0;
  };
  return against(0) && against(2) && against(3);
}

/// Adds a cell's matrix, of which the upper triangle is known.
template <int size>
void add_matrix(Eigen::Matrix<double, size, size>& matrix, const Places<size>& places, const FrontSum& sum) {
  matrix.template triangularView<Eigen::StrictlyLower>() = matrix.transpose();
  for (std::size_t c = 0; c < places.count; ++c) {
    double* const column = sum.at(places.place[c]);
    const double* const from = matrix.data() + places.unknown[c] * size;
    for (std::size_t r = c; r < places.count; ++r)
      column[places.place[r]] += from[places.unknown[r]];
  }
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
  const CellStiffness own =
      cell_stiffness(width_mm(mesh, cell), height_mm(mesh, cell), moved(of.stiffness, reference_mm));
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
  for (const std::vector<UpperCell>& upper : uppers)
    for (const UpperCell& cell : upper)
      factor->springs[static_cast<std::size_t>(&upper - uppers.data())].push_back(cell.springs);
  factor->factor = factorise(system->tree, system->has_cells, [&](std::size_t front, const FrontSum& sum) {
    for (const std::size_t cell : system->front_cells[front].cells) {
      CellStiffness stiffness = cell_stiffness(width_mm(system->mesh, cell), height_mm(system->mesh, cell),
                                               moved(cells[cell], system->mesh.reference_mm));
      factor->recovery[0][cell] = stiffness.recovery;
      add_matrix<cell_unknowns>(stiffness.matrix, system->places[cell], sum);
    }
    for (const auto& [upper, n] : system->front_cells[front].pairs) {
      const std::size_t cell = system->uppers[upper].cells[n];
      PairMatrix matrix = pair_stiffness(*system, upper, cell, uppers[upper][n], factor->recovery[1 + upper][cell]);
      add_matrix<pair_unknowns>(matrix, system->pair_places[upper][n], sum);
    }
  });
  if (!factor->factor.value)
    throw std::invalid_argument("the stiffness of the plate is not positive definite");
  return factor;
}

PlateField solve_plate(const PlateFactor& factor, std::span<const FreeStrainResultants> cells) {
  if (!factor.system->uppers.empty())
    throw std::invalid_argument("a plate with upper plates needs their loads");
  return solve_lowest_plate(factor, cells, {});
}

namespace {

/// All unknowns under these loads.
std::vector<double> solved_unknowns(const PlateFactor& factor, std::span<const FreeStrainResultants> cells,
                                    const UpperLoads& uppers) {
  const PlateSystem& system = *factor.system;
  const PlateMesh& mesh = system.mesh;
  if (cells.size() != mesh.cells() || !as_many(uppers, system.uppers))
    throw std::invalid_argument("a plate needs resultants for each cell of its mesh");
  std::vector<double> right(static_cast<std::size_t>(system.equations), 0.0);
  const auto free_load = [&](std::size_t cell, const FreeStrainResultants& free, double reference_mm) {
    return cell_load(width_mm(mesh, cell), height_mm(mesh, cell), moved(free, reference_mm));
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
  solve(system.tree, factor.factor, right);
  return right;
}

/// Of one plate: 0 is the lowest.
PlateField field_of(const PlateFactor& factor, std::size_t plate, const std::vector<double>& unknowns) {
  const PlateSystem& system = *factor.system;
  const PlateMesh& mesh = system.mesh;
  PlateField field = zero_field(mesh);
  const int* equation = system.equation.data() + plate * nodal_values(mesh);
  for (std::size_t k = 0; k < field.nodes.size(); ++k)
    if (equation[k] != fixed)
      field.nodes[k] = unknowns[static_cast<std::size_t>(equation[k])];
  for (std::size_t cell = 0; cell < mesh.cells(); ++cell) {
    const auto values = cell_values(mesh, cell);
    Eigen::Matrix<double, cell_unknowns, 1> local;
    for (std::size_t a = 0; a < cell_unknowns; ++a)
      local(static_cast<Eigen::Index>(a)) = field.nodes[values[a]];
    Eigen::Map<Eigen::Vector4d>(field.inner.data() + inner_modes * cell) = factor.recovery[plate][cell] * local;
  }
  return field;
}

} // namespace

PlateField solve_lowest_plate(const PlateFactor& factor, std::span<const FreeStrainResultants> cells,
                              const UpperLoads& uppers) {
  return field_of(factor, 0, solved_unknowns(factor, cells, uppers));
}

std::vector<PlateField> solve_plates(const PlateFactor& factor, std::span<const FreeStrainResultants> cells,
                                     const UpperLoads& uppers) {
  const std::vector<double> unknowns = solved_unknowns(factor, cells, uppers);
  std::vector<PlateField> fields;
  for (std::size_t plate = 0; plate < factor.recovery.size(); ++plate)
    fields.push_back(field_of(factor, plate, unknowns));
  return fields;
}

} // namespace beachfront::thermal
