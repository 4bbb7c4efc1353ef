// SPDX-License-Identifier: GPL-3.0-or-later
// Numbering and sparsity of a plate and the plates over it.
#pragma once

#include "thermal/cholesky.hpp"
#include "thermal/plate.hpp"
#include "thermal/plate_element.hpp"
#include "thermal/plate_springs.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace beachfront::thermal {

inline constexpr int fixed = -1; ///< in place of an equation or of a place in the matrix

/// Where the upper triangle of a cell's matrix goes in the values of the pattern, column by column, or fixed.
template <int size>
using Scatter = std::array<int, static_cast<std::size_t>(size*(size + 1) / 2)>;

struct PlateSystem {
  PlateMesh mesh;
  std::vector<UpperPlate> uppers;
  std::vector<int> equation; ///< of every nodal value of the plate, then of each upper plate, or fixed
  int equations = 0;
  LowerTriangle pattern; ///< values zero
  Cholesky symbolic;     ///< of the pattern
  std::vector<Scatter<cell_unknowns>> scatter;
  std::vector<std::vector<Scatter<pair_unknowns>>> upper_scatter; ///< of the cells of each upper plate
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
