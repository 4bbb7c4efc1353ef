// SPDX-License-Identifier: GPL-3.0-or-later
// Temperatures of a package by conduction in three dimensions.
#pragma once

#include "thermal/heat_flow.hpp"
#include "thermal/solid.hpp"
#include "thermal/temperature.hpp"

#include <cstddef>
#include <vector>

namespace beachfront::thermal {

/// A package's conduction, prepared once for any heat in it.
struct PackageHeat {
  Mesh mesh;
  std::vector<std::size_t> meshed_cell; ///< of every cell of the whole grid, the cell of the mesh it is an image of
  std::vector<std::size_t> image;       ///< of every cell of the whole grid
  HeatSystem system;                    ///< on the whole grid, the mesh unfolded
};

/// The lid's plates are cooled on top over their whole area, the substrate's lower face where the board takes heat.
/// Heat enters each active face, patches of its map where they lie and the rest evenly. The contact of a TIM lies
/// between it and the lid. Dies' joints conduct as filled. Errors as heat_system.
PackageHeat package_heat(const Package& package, const Mesh& mesh, int threads);

struct PackageTemperature {
  Temperatures temperatures; ///< resistances left empty
  HeatFlow flow;
  std::vector<std::vector<double>> image_cell_C; ///< as add_operating reads it: one field where all images agree
};

/// The figures of solve_temperature, from the field: means and peaks of active faces, of the substrate's plies, heat
/// through lid and board. Sources that no lid plate covers are violations, and nothing is solved; so is a solver that
/// does not converge, with its residuals.
PackageTemperature solve_package_heat(PackageHeat& heat, const Package& package);

/// Who heats whom: rise of the mean of i's active face per watt in j; dies, then engines. One solve for each.
std::vector<std::vector<double>> thermal_resistance_K_per_W(PackageHeat& heat, const Package& package);

} // namespace beachfront::thermal
