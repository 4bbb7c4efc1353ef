// SPDX-License-Identifier: GPL-3.0-or-later
// A graded rectilinear grid on which every face of every body lies on a plane. The one mesh of conduction and of
// thermo-elasticity.
#pragma once

#include <cstddef>
#include <vector>

namespace beachfront::thermal {

/// In a cell that no body fills.
inline constexpr int no_body = -1;

struct Grid {
  std::vector<double> x_mm, y_mm, z_mm; ///< planes, ascending
  std::vector<int> body;                ///< of each cell, x fastest, then y, then z: index of a body, or no_body
  bool half_x = false;                  ///< the first x plane is a plane of symmetry: the western half is its image
  bool half_y = false;                  ///< the same for the first y plane and the southern half

  std::size_t cells_x() const { return x_mm.size() - 1; }
  std::size_t cells_y() const { return y_mm.size() - 1; }
  std::size_t cells_z() const { return z_mm.size() - 1; }
  std::size_t cells() const { return cells_x() * cells_y() * cells_z(); }
  std::size_t cell(std::size_t i, std::size_t j, std::size_t k) const { return i + cells_x() * (j + cells_y() * k); }
};

} // namespace beachfront::thermal
