// SPDX-License-Identifier: GPL-3.0-or-later
// Plates of layers on grids, for the tests of conduction.
#pragma once

#include "thermal/heat_flow.hpp"

#include <cstddef>
#include <vector>

namespace beachfront::thermal {

/// `cells` equal cells between each two planes.
inline std::vector<double> divided(const std::vector<double>& planes_mm, std::size_t cells) {
  std::vector<double> finer = {planes_mm.front()};
  for (std::size_t i = 0; i + 1 < planes_mm.size(); ++i)
    for (std::size_t c = 1; c <= cells; ++c)
      finer.push_back(planes_mm[i] +
                      (planes_mm[i + 1] - planes_mm[i]) * static_cast<double>(c) / static_cast<double>(cells));
  return finer;
}

struct PlateLayer {
  double thickness_mm;
  Conductivity conductivity;
};

/// Body i is layer i from below; the top of the last is cooled.
inline HeatProblem plate(std::vector<double> x_mm, std::vector<double> y_mm, const std::vector<PlateLayer>& layers,
                         std::size_t cells_a_layer, double film_W_per_m2K, double coolant_C) {
  HeatProblem problem;
  problem.grid.x_mm = std::move(x_mm);
  problem.grid.y_mm = std::move(y_mm);
  std::vector<double> faces_mm = {0};
  for (const PlateLayer& layer : layers) {
    faces_mm.push_back(faces_mm.back() + layer.thickness_mm);
    problem.conductivity.push_back(layer.conductivity);
  }
  problem.grid.z_mm = divided(faces_mm, cells_a_layer);
  const std::size_t across = problem.grid.cells_x() * problem.grid.cells_y();
  for (std::size_t k = 0; k < problem.grid.cells_z(); ++k)
    problem.grid.body.insert(problem.grid.body.end(), across, static_cast<int>(k / cells_a_layer));
  problem.cooled = {{static_cast<int>(layers.size()) - 1, true, film_W_per_m2K, coolant_C}};
  return problem;
}

inline HeatLoad on_bottom(geometry::Box outline, double power_W) {
  return {0, HeatSite::bottom_face, outline, power_W};
}

} // namespace beachfront::thermal
