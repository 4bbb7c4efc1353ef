// SPDX-License-Identifier: GPL-3.0-or-later
// An ion-exchange recipe as it is run at the furnace, and what is wrong with one.
#pragma once

#include "optics/glass.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::optics {

enum class StepKind {
  exchange,  ///< in the melt of the incoming ion: surface fraction c0 in the mask opening
  diffusion, ///< in a sodium melt: the open surface, by default all of it, is held at zero
  anneal,    ///< in air: nothing passes the surface
};

/// What covers the surface outside the mask opening during a step.
enum class Mask {
  stripped,   ///< nothing: the whole surface is open
  insulating, ///< neither ions nor current pass
  metal,      ///< at the potential of the melt; the incoming ion does not pass, sodium carries the current to it
};

struct RecipeStep {
  StepKind kind = StepKind::exchange;
  double temperature_C = 0;
  double time_min = 0;
  std::optional<double> surface_fraction = std::nullopt; ///< c0 of this exchange instead of the recipe's
  std::optional<double> melt_mole_fraction =
      std::nullopt;                                    ///< of the incoming ion; gives c0 by the ion's melt equilibrium
  std::optional<double> field_V_per_um = std::nullopt; ///< applied, mean over the glass, driving the ions in
  std::optional<double> bias_V = std::nullopt;         ///< applied across the glass: field = bias / glass thickness
  std::optional<Mask> mask = std::nullopt; ///< instead of the kind's: on in an exchange, stripped in the others
};

struct Recipe {
  std::string name;
  std::string ion = "Ag";                ///< the ion that comes in for sodium
  std::optional<double> mask_opening_um; ///< absent: the whole surface is open (a planar guide)
  double surface_fraction = 1;           ///< c0, share of the mobile sites at the surface in the melt, 0 to 1
  double delta_n_max = 0;                ///< index change at full exchange, c = 1
  std::optional<IonDiffusion> diffusion; ///< instead of the glass's own data for the ion
  std::vector<RecipeStep> steps;
  std::optional<double> glass_thickness_mm = std::nullopt; ///< absent: so thick that the back does not matter
  bool two_sided = false;          ///< both faces take part alike; the middle of the glass is a mirror
  Mask mask = Mask::insulating;    ///< what an exchange is masked with
  double stress_birefringence = 0; ///< n_TE - n_TM at full exchange, from the stress that the larger ion makes
};

/// What keeps a recipe from being run (errors) and where its data are stretched (warnings), one sentence each.
struct RecipeFindings {
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

RecipeFindings check_recipe(const Recipe& recipe, const Glass& glass);

/// The diffusion data a recipe runs with: its own, else the glass's for the ion; nothing where neither has any.
std::optional<IonDiffusion> recipe_diffusion(const Recipe& recipe, const Glass& glass);

/// Sum of D_A t over the steps; its root is the length by which the ions spread.
double diffusion_product_um2(const Recipe& recipe, const IonDiffusion& ion);

/// c at the open surface during a step; 0 in a sodium melt. The recipe must be free of errors.
double surface_fraction(const RecipeStep& step, const Recipe& recipe, const IonDiffusion& ion);

/// What covers the surface during a step; `stripped` for a recipe without mask.
Mask mask_in(const RecipeStep& step, const Recipe& recipe);

/// The applied field, mean over the glass: given, or bias over thickness; 0 if neither.
double applied_field_V_per_um(const RecipeStep& step, const Recipe& recipe);

} // namespace beachfront::optics
