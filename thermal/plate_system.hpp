// SPDX-License-Identifier: GPL-3.0-or-later
// Numbering of a plate and the plates over it, and the fronts in which it is factorised.
#pragma once

#include "thermal/fronts.hpp"
#include "thermal/plate.hpp"
#include "thermal/plate_element.hpp"
#include "thermal/plate_springs.hpp"

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace beachfront::thermal {

inline constexpr int fixed = -1; ///< in place of an equation

/// Where those unknowns of a cell's matrix that are not fixed stand in the front that it is added to, ascending there.
template <int size>
struct Places {
  std::size_t count = 0;
  std::array<int, static_cast<std::size_t>(size)> unknown{}, place{};
};

/// What is added to a front.
struct FrontCells {
  std::vector<std::size_t> cells;                         ///< of the plate
  std::vector<std::pair<std::size_t, std::size_t>> pairs; ///< upper plate and which of its cells
};

struct PlateSystem {
  PlateMesh mesh;
  std::vector<UpperPlate> uppers;
  std::vector<int> equation; ///< of every nodal value of the plate, then of each upper plate, or fixed
  int equations = 0;
  FrontTree tree;
  std::vector<FrontCells> front_cells; ///< of each front
  std::vector<bool> has_cells;         ///< each front
  std::vector<Places<cell_unknowns>> places;
  std::vector<std::vector<Places<pair_unknowns>>> pair_places; ///< of the cells of each upper plate
};

/// Values at the nodes of one plate.
std::size_t nodal_values(const PlateMesh& mesh);
std::size_t column_of(const PlateMesh& mesh, std::size_t cell);
std::size_t row_of(const PlateMesh& mesh, std::size_t cell);
/// Values of a cell's unknowns, in the order of the element.
std::array<std::size_t, cell_unknowns> cell_values(const PlateMesh& mesh, std::size_t cell);
/// Values of a cell and of the upper plate over it.
std::array<std::size_t, pair_unknowns> pair_values(const PlateMesh& mesh, std::size_t upper, std::size_t cell);

} // namespace beachfront::thermal
