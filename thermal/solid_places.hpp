// SPDX-License-Identifier: GPL-3.0-or-later
// Places of a solid: where a point lies on the meshed part of a symmetric model, and how it moves.
#pragma once

#include "thermal/solid.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace beachfront::thermal {

inline constexpr double rounding_mm = 1e-9;

/// A place in the meshed part of a symmetric model, and the signs that bring its image back.
struct Folded {
  geometry::Point at;
  double sign_x = 1, sign_y = 1;
  std::size_t image = 0;
};

inline Folded fold(const Grid& grid, geometry::Point at) {
  const bool west = grid.half_x && at.x_mm < 0, south = grid.half_y && at.y_mm < 0;
  Folded folded{{west ? -at.x_mm : at.x_mm, south ? -at.y_mm : at.y_mm}, west ? -1.0 : 1.0, south ? -1.0 : 1.0, 0};
  folded.image = (west ? 1U : 0U) + (south ? (grid.half_x ? 2U : 1U) : 0U);
  return folded;
}

/// Images that differ: one for a state that is its own mirror image.
inline std::size_t images_of(const SolidState& state) {
  return std::max<std::size_t>(1, state.of_image.size());
}

/// Cell that holds a coordinate, and the share of the way through it.
struct Within {
  std::size_t cell;
  double share;
};
inline Within within(const std::vector<double>& planes, double at_mm) {
  const auto above = std::upper_bound(planes.begin(), planes.end(), at_mm) - planes.begin();
  const auto cell = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(above - 1, 0, std::ssize(planes) - 2));
  return {cell, std::clamp((at_mm - planes[cell]) / (planes[cell + 1] - planes[cell]), 0.0, 1.0)};
}

/// Bilinear in the plane z plane `k`.
inline std::array<double, 3> displacement_at(const SolidPath& path, const SolidState& state, geometry::Point at,
                                             std::size_t k, std::size_t since = 0) {
  const Folded folded = fold(path.grid, at);
  const Within x = within(path.grid.x_mm, folded.at.x_mm), y = within(path.grid.y_mm, folded.at.y_mm);
  std::array<double, 3> sum{};
  for (std::size_t j = 0; j < 2; ++j)
    for (std::size_t i = 0; i < 2; ++i) {
      const double weight = (i == 1 ? x.share : 1 - x.share) * (j == 1 ? y.share : 1 - y.share);
      if (weight == 0)
        continue;
      const std::array<double, 3> u =
          displacement_mm(path, state, node(path.grid, x.cell + i, y.cell + j, k), since, folded.image);
      for (std::size_t c = 0; c < 3; ++c)
        sum[c] += weight * u[c];
    }
  return {folded.sign_x * sum[0], folded.sign_y * sum[1], sum[2]};
}

inline std::size_t plane_at(const std::vector<double>& planes, double at_mm) {
  return static_cast<std::size_t>(std::lower_bound(planes.begin(), planes.end(), at_mm - rounding_mm) - planes.begin());
}

/// The plane of the substrate's lower face; below it is the board.
inline std::size_t substrate_bottom(const SolidPath& path) {
  return plane_at(path.grid.z_mm, 0);
}

} // namespace beachfront::thermal
