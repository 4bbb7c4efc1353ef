// SPDX-License-Identifier: GPL-3.0-or-later
// The conductances of a grid's cells, and how they lie in memory: a row of columns along x with all its layers is one
// block, and a layer of a row holds its even cells before its odd ones, so that a chequerboard of columns is
// contiguous.
#pragma once

#include <cstddef>
#include <vector>

namespace beachfront::thermal {

struct HeatLayout {
  std::size_t columns = 0; ///< cells along x
  std::size_t rows = 0;    ///< along y
  std::size_t layers = 0;  ///< along z
  std::size_t half = 0;    ///< places for the even, and again for the odd cells; the last of each stays empty

  std::size_t layer_stride() const { return 2 * half; }
  std::size_t row_stride() const { return layers * layer_stride(); }
  std::size_t size() const { return rows * row_stride(); }
  std::size_t column(std::size_t i) const { return (i % 2) * half + i / 2; }
  std::size_t at(std::size_t i, std::size_t j, std::size_t k) const {
    return column(i) + layer_stride() * (k + layers * j);
  }
};

/// The empty place at the end of each half is what lies west of column 0 and east of the last one.
inline HeatLayout heat_layout(std::size_t columns, std::size_t rows, std::size_t layers) {
  return {columns, rows, layers, (columns + 1) / 2 + 1};
}

/// A symmetric operator in W/K. `Real` is double for the solution, float for the preconditioner.
template <typename Real>
struct HeatMatrix {
  HeatLayout layout;
  std::vector<Real> east;   ///< to the cell with the next x; 0 where there is none
  std::vector<Real> north;  ///< to the next y
  std::vector<Real> up;     ///< to the next z
  std::vector<Real> ground; ///< to the coolants
};

} // namespace beachfront::thermal
