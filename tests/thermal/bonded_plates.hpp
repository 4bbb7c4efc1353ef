// SPDX-License-Identifier: GPL-3.0-or-later
// Plates on each other as an elastic model, its refinement and its images.
#pragma once

#include "thermal/body.hpp"
#include "thermal/stiffness.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace beachfront::thermal {

inline ElasticTensor isotropic(const geometry::Material& m) {
  const double e = m.youngs_modulus_GPa, nu = m.poisson_ratio, shear = e / (2 * (1 + nu));
  return elastic_tensor({{e, e, e}, {nu, nu, nu}, {shear, shear, shear}});
}

inline Body plate(const geometry::Material& material, double width_mm, double height_mm, double bottom_mm,
                  double thickness_mm, Part part = Part::ply) {
  return {
      material.name, part, 0, geometry::box_around({0, 0}, width_mm, height_mm), bottom_mm, bottom_mm + thickness_mm,
      material};
}

inline std::vector<std::optional<ElasticTensor>> tensors_of(const std::vector<Body>& bodies) {
  std::vector<std::optional<ElasticTensor>> tensors;
  for (const Body& body : bodies)
    tensors.push_back(isotropic(body.material));
  return tensors;
}

/// Free strain of constant expansion, in the plane alike and across as the material says.
inline FreeStrains cooled(const std::vector<Body>& bodies, const Grid& grid, double change_K) {
  FreeStrains strains(grid.cells(), {0, 0, 0});
  for (std::size_t cell = 0; cell < strains.size(); ++cell)
    if (grid.body[cell] != no_body) {
      const geometry::Material& m = bodies[static_cast<std::size_t>(grid.body[cell])].material;
      const double in_plane = 1e-6 * m.cte_ppm_per_K * change_K;
      strains[cell] = {in_plane, in_plane, 1e-6 * m.cte_z_ppm_per_K.value_or(m.cte_ppm_per_K) * change_K};
    }
  return strains;
}

/// Every cell cut in two along each axis.
inline Grid refined(const Grid& coarse) {
  const auto halved = [](const std::vector<double>& planes) {
    std::vector<double> fine{planes.front()};
    for (std::size_t i = 0; i + 1 < planes.size(); ++i) {
      fine.push_back((planes[i] + planes[i + 1]) / 2);
      fine.push_back(planes[i + 1]);
    }
    return fine;
  };
  Grid fine{halved(coarse.x_mm), halved(coarse.y_mm), halved(coarse.z_mm), {}, coarse.half_x, coarse.half_y};
  for (std::size_t k = 0; k < fine.cells_z(); ++k)
    for (std::size_t j = 0; j < fine.cells_y(); ++j)
      for (std::size_t i = 0; i < fine.cells_x(); ++i)
        fine.body.push_back(coarse.body[coarse.cell(i / 2, j / 2, k / 2)]);
  return fine;
}

/// The grid of the whole, where the given one is a half along x (or y).
inline Grid unfolded(const Grid& half, bool along_x) {
  Grid whole = half;
  std::vector<double>& planes = along_x ? whole.x_mm : whole.y_mm;
  for (std::size_t i = 1; i < (along_x ? half.x_mm : half.y_mm).size(); ++i)
    planes.insert(planes.begin(), -(along_x ? half.x_mm : half.y_mm)[i]);
  (along_x ? whole.half_x : whole.half_y) = false;
  whole.body.clear();
  const auto source = [](std::size_t i, std::size_t half_cells) {
    return i < half_cells ? half_cells - 1 - i : i - half_cells;
  };
  for (std::size_t k = 0; k < whole.cells_z(); ++k)
    for (std::size_t j = 0; j < whole.cells_y(); ++j)
      for (std::size_t i = 0; i < whole.cells_x(); ++i)
        whole.body.push_back(half.body[along_x ? half.cell(source(i, half.cells_x()), j, k)
                                               : half.cell(i, source(j, half.cells_y()), k)]);
  return whole;
}

/// Stress at the middle of a cell.
inline Stress middle_stress_MPa(const Grid& grid, const std::vector<Body>& bodies, const FreeStrains& strains,
                                const std::vector<double>& displacement_mm, std::size_t i, std::size_t j, std::size_t k,
                                double height = 0) {
  const std::size_t cell = grid.cell(i, j, k);
  return brick_stress_MPa(isotropic(bodies[static_cast<std::size_t>(grid.body[cell])].material),
                          cell_size_mm(grid, i, j, k), cell_displacement_mm(grid, displacement_mm, i, j, k),
                          strains[cell], {0, 0, height});
}

} // namespace beachfront::thermal
