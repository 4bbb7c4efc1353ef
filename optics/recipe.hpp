// SPDX-License-Identifier: GPL-3.0-or-later
// An ion-exchange recipe as it is run at the furnace, and what is wrong with one.
#pragma once

#include "optics/glass.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::optics {

enum class StepKind {
  exchange,  ///< in the melt: surface fraction c0 in the mask opening, no flux under the mask
  diffusion, ///< mask stripped, sodium melt: the surface is held at zero
  anneal,    ///< in air: nothing passes the surface
};

struct RecipeStep {
  StepKind kind = StepKind::exchange;
  double temperature_C = 0;
  double time_min = 0;
};

struct Recipe {
  std::string name;
  std::string ion = "Ag";                ///< the ion that comes in for sodium
  std::optional<double> mask_opening_um; ///< absent: the whole surface is open (a planar guide)
  double surface_fraction = 1;           ///< c0, share of the mobile sites at the surface in the melt, 0 to 1
  double delta_n_max = 0;                ///< index change at full exchange, c = 1
  std::optional<IonDiffusion> diffusion; ///< instead of the glass's own data for silver
  std::vector<RecipeStep> steps;
};

/// What keeps a recipe from being run (errors) and where its data are stretched (warnings), one sentence each.
struct RecipeFindings {
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

RecipeFindings check_recipe(const Recipe& recipe, const Glass& glass);

/// The diffusion data a recipe runs with: its own, else the glass's for silver; nothing for another ion without data.
std::optional<IonDiffusion> recipe_diffusion(const Recipe& recipe, const Glass& glass);

/// Sum of D_A t over the steps; its root is the length by which the ions spread.
double diffusion_product_um2(const Recipe& recipe, const IonDiffusion& ion);

} // namespace beachfront::optics
