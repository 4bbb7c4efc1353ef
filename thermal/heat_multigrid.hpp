// SPDX-License-Identifier: GPL-3.0-or-later
// Multigrid preconditioner of steady conduction. Layers of a package are thin, so heat is tied most strongly along z:
// whole columns are solved at once and only x and y are coarsened, down to a single column. A package of a million
// cells to 1e-6, set-up included, in seconds of one processor (tests/bench/thermal_bench, g++ 12): 0.40 in 7
// iterations; BoomerAMG of hypre 2.26 2.7 in 15, CHOLMOD 27, Eigen's incomplete Cholesky 51 in 533, the diagonal 8.1 in
// 741.
#pragma once

#include "thermal/heat_matrix.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace beachfront::thermal {

/// Which neighbouring cells along one axis become one cell of the next level: one or two.
struct Merging {
  std::vector<std::uint32_t> first; ///< of each coarse cell; one more entry than there are cells, the last the count
  std::vector<std::uint32_t> own, beyond; ///< along x, by place in a layer: place of its coarse cell, and of the next

  std::size_t cells() const { return first.size() - 1; }
};

struct HeatLevel {
  HeatMatrix<float> matrix;
  std::vector<float> inverse_pivot; ///< of the column's elimination from the bottom upwards; 0 where no body is
  std::vector<float> link;          ///< up / pivot
  Merging merging_x, merging_y;     ///< empty at the last level
  std::vector<float> share_x;       ///< of each cell: weight of the coarse cell beyond its own, along x
  std::vector<float> share_y;       ///< the same along y, of cells already merged along x
  // Storage of the cycle.
  std::vector<float> load_W, rise_K, merged_x;
};

struct HeatMultigrid {
  std::vector<HeatLevel> levels;
};

/// Coarse conductances are those of the parts in series along an axis and in parallel across it. Cells are merged where
/// they are narrowest first, so that coarse cells tend to be square. `width_x_mm`, `width_y_mm`: of the cells.
HeatMultigrid heat_multigrid(const HeatMatrix<double>& matrix, std::span<const double> width_x_mm,
                             std::span<const double> width_y_mm, int threads);

/// One V-cycle from zero, symmetric and positive definite: the temperature rise that `load_W` causes, nearly. The same
/// bytes for any number of threads.
void heat_cycle(HeatMultigrid& multigrid, std::span<const double> load_W, std::span<double> rise_K, int threads);

} // namespace beachfront::thermal
