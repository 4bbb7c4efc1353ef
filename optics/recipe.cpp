// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/recipe.hpp"

#include <cmath>
#include <fmt/format.h>

namespace beachfront::optics {
namespace {

void check_numbers(const Recipe& recipe, const IonDiffusion& ion, std::vector<std::string>& errors) {
  if (recipe.mask_opening_um && !(*recipe.mask_opening_um > 0 && std::isfinite(*recipe.mask_opening_um)))
    errors.push_back(fmt::format("mask opening {} um: must be above 0", *recipe.mask_opening_um));
  if (!(recipe.surface_fraction > 0 && recipe.surface_fraction <= 1))
    errors.push_back(fmt::format("surface fraction {}: must be above 0 and at most 1", recipe.surface_fraction));
  if (!(recipe.delta_n_max > 0 && recipe.delta_n_max < 1))
    errors.push_back(fmt::format("delta_n_max {}: must be above 0 and below 1", recipe.delta_n_max));
  if (!(ion.mobility_ratio >= 0.01 &&
        ion.mobility_ratio <= 100)) // beyond any measured; the solver's cost grows with it
    errors.push_back(fmt::format("mobility ratio {}: must be 0.01 to 100", ion.mobility_ratio));
  if (!(ion.D0_m2_per_s > 0 && ion.activation_energy_kJ_per_mol >= 0))
    errors.push_back("diffusion data: D0 must be above 0 and the activation energy not negative");
}

void check_steps(const Recipe& recipe, const IonDiffusion& ion, RecipeFindings& findings) {
  if (recipe.steps.empty() || recipe.steps.front().kind != StepKind::exchange)
    findings.errors.push_back("the first step must be an exchange: without one no ion enters the glass");
  for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
    const auto& step = recipe.steps[i];
    if (!(step.time_min > 0 && std::isfinite(step.time_min)))
      findings.errors.push_back(fmt::format("step {}: time {} min must be above 0", i, step.time_min));
    if (!(step.temperature_C > -273.15 && std::isfinite(step.temperature_C)))
      findings.errors.push_back(fmt::format("step {}: temperature {} C is no temperature", i, step.temperature_C));
    else if (ion.max_temperature_C > ion.min_temperature_C &&
             (step.temperature_C < ion.min_temperature_C || step.temperature_C > ion.max_temperature_C))
      findings.warnings.push_back(
          fmt::format("step {}: {} C is outside the {} to {} C in which the diffusion of {} was measured", i,
                      step.temperature_C, ion.min_temperature_C, ion.max_temperature_C, recipe.ion));
  }
}

} // namespace

std::optional<IonDiffusion> recipe_diffusion(const Recipe& recipe, const Glass& glass) {
  if (recipe.diffusion)
    return recipe.diffusion;
  if (recipe.ion == "Ag")
    return glass.silver;
  return std::nullopt;
}

double diffusion_product_um2(const Recipe& recipe, const IonDiffusion& ion) {
  double sum_um2 = 0;
  for (const auto& step : recipe.steps)
    sum_um2 += diffusivity_um2_per_min(ion, step.temperature_C) * step.time_min;
  return sum_um2;
}

RecipeFindings check_recipe(const Recipe& recipe, const Glass& glass) {
  RecipeFindings findings;
  if (!glass.ion_exchangeable) {
    findings.errors.push_back(
        fmt::format("{} has no mobile alkali, so no ion can be exchanged in it; choose an alkali glass", glass.name));
    return findings;
  }
  const auto ion = recipe_diffusion(recipe, glass);
  if (!ion) {
    findings.errors.push_back(
        fmt::format("no diffusion data for {} in {}: give them with the recipe", recipe.ion, glass.name));
    return findings;
  }
  check_numbers(recipe, *ion, findings.errors);
  check_steps(recipe, *ion, findings);
  if (!findings.errors.empty())
    return findings;
  const double length_um = std::sqrt(diffusion_product_um2(recipe, *ion));
  if (!(length_um > 1e-3 && length_um < 1e4))
    findings.errors.push_back(fmt::format("the steps add up to a diffusion length of {:.2g} um, no guide; check times, "
                                          "temperatures and diffusion data",
                                          length_um));
  else if (recipe.mask_opening_um && *recipe.mask_opening_um < length_um / 100)
    findings.errors.push_back(fmt::format("mask opening {} um: below 1/100 of the diffusion length, {:.3g} um, the "
                                          "opening is not resolved",
                                          *recipe.mask_opening_um, length_um));
  return findings;
}

} // namespace beachfront::optics
