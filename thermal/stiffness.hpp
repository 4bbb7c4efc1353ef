// SPDX-License-Identifier: GPL-3.0-or-later
// The equations of linear thermo-elasticity on a grid of bricks, factorised once for any number of loads.
#pragma once

#include "thermal/brick.hpp"
#include "thermal/grid.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace beachfront::thermal {

/// Of a field against its image in a plane of symmetry of the grid. On the plane an even field does not move across it,
/// an odd one moves only across it.
enum class Parity { even, odd };

/// Free strain of each cell along x, y, z.
using FreeStrains = std::vector<std::array<double, 3>>;

/// Nodes of a grid, x fastest, then y, then z.
inline std::size_t node_count(const Grid& grid) {
  return grid.x_mm.size() * grid.y_mm.size() * grid.z_mm.size();
}
inline std::size_t node(const Grid& grid, std::size_t i, std::size_t j, std::size_t k) {
  return i + grid.x_mm.size() * (j + grid.y_mm.size() * k);
}

struct StiffnessPattern;

/// Loads of one stiffness and what they moved, in the order of its equations, each less what the earlier ones make of
/// it and of unit energy. A load like them starts from their sum and needs fewer iterations.
struct EarlierLoads {
  std::vector<std::vector<double>> force_N, displacement_mm;
};

/// Held without stress: a node of the lowest face near its middle stays, and that face has neither tilt nor turn in its
/// plane (least squares over its area).
class Stiffness {
public:
  /// `tensors` as the bodies of the grid; a body without one is not there. Symmetric positive definite; factorised in
  /// METIS' order, or where it is large in subdomains (bddc.hpp), in single precision unless a pivot of that is not
  /// positive. `pattern` of an earlier
  /// one with the same grid and the same bodies saves finding the order again, `spent` one that is needed no more
  /// lends its memory. std::invalid_argument when nothing is there or what is there falls apart into pieces;
  /// std::runtime_error when the factorisation fails.
  Stiffness(const Grid& grid, std::span<const std::optional<ElasticTensor>> tensors, Parity parity_x = Parity::even,
            Parity parity_y = Parity::even, std::shared_ptr<const StiffnessPattern> pattern = nullptr,
            std::unique_ptr<Stiffness> spent = nullptr);
  ~Stiffness();
  Stiffness(Stiffness&&) noexcept;
  Stiffness& operator=(Stiffness&&) noexcept;

  struct Solution {
    std::vector<double> displacement_mm; ///< 3 x node + component; 0 at nodes of no body
    double residual = 0;                 ///< |forces - stiffness x displacement| / |forces|
  };
  /// By the factor in double precision, or by conjugate gradients under that in single precision, which where they do
  /// not converge make the other. std::runtime_error with the history of the residual where that does not do either.
  /// `earlier` is added to; what it held makes no difference beyond the tolerance. `history` takes the error after each
  /// iteration over that at the start, in the factor's norm; none of the factor in double precision as a rule.
  Solution solve(const FreeStrains& free_strain, std::vector<double>* history = nullptr,
                 EarlierLoads* earlier = nullptr) const;

  std::size_t unknowns() const;
  double factor_MB() const;
  std::shared_ptr<const StiffnessPattern> pattern() const;

private:
  struct Parts;
  std::unique_ptr<Parts> parts;
};

/// Displacements of the nodes of a cell.
BrickVector cell_displacement_mm(const Grid& grid, const std::vector<double>& displacement_mm, std::size_t i,
                                 std::size_t j, std::size_t k);
BrickSize cell_size_mm(const Grid& grid, std::size_t i, std::size_t j, std::size_t k);

} // namespace beachfront::thermal
