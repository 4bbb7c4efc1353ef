// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/recipe.hpp"

#include <cmath>
#include <fmt/format.h>

namespace beachfront::optics {
namespace {

void require(bool good, std::vector<std::string>& errors, std::string sentence) {
  if (!good)
    errors.push_back(std::move(sentence));
}

/// Two that together say nothing certain.
void not_both(const std::optional<double>& a, const std::optional<double>& b, const std::string& what,
              std::vector<std::string>& errors) {
  require(!(a && b), errors, fmt::format("{}: give one of the two, not both", what));
}

void check_numbers(const Recipe& recipe, const IonDiffusion& ion, std::vector<std::string>& errors) {
  const auto fraction = [](double share) { return share > 0 && share <= 1; };
  if (recipe.mask_opening_um)
    require(*recipe.mask_opening_um > 0 && std::isfinite(*recipe.mask_opening_um), errors,
            fmt::format("mask opening {} um: must be above 0", *recipe.mask_opening_um));
  require(fraction(recipe.surface_fraction), errors,
          fmt::format("surface fraction {}: must be above 0 and at most 1", recipe.surface_fraction));
  require(recipe.delta_n_max > 0 && recipe.delta_n_max < 1, errors,
          fmt::format("delta_n_max {}: must be above 0 and below 1", recipe.delta_n_max));
  require(ion.D0_m2_per_s > 0 && ion.activation_energy_kJ_per_mol >= 0, errors,
          "diffusion data: D0 must be above 0 and the activation energy not negative");
  if (ion.sodium)
    require(ion.sodium->D0_m2_per_s > 0 && ion.sodium->activation_energy_kJ_per_mol >= 0, errors,
            "diffusion data of sodium: D0 must be above 0 and the activation energy not negative");
  require(ion.haven_ratio >= 0.01 && ion.haven_ratio <= 10, errors,
          fmt::format("Haven ratio {}: must be 0.01 to 10; glasses have 0.1 to 1", ion.haven_ratio));
  if (ion.melt)
    require(ion.melt->K > 0 && ion.melt->n > 0 && std::isfinite(ion.melt->K) && std::isfinite(ion.melt->n), errors,
            fmt::format("melt equilibrium K {}, n {}: both must be above 0", ion.melt->K, ion.melt->n));
  if (recipe.glass_thickness_mm)
    require(*recipe.glass_thickness_mm >= 1e-3 && *recipe.glass_thickness_mm <= 100, errors,
            fmt::format("glass thickness {} mm: must be 0.001 to 100", *recipe.glass_thickness_mm));
  require(!recipe.two_sided || recipe.glass_thickness_mm, errors,
          "a two-sided recipe needs the glass thickness: the faces share what is between them");
}

void check_surface(const RecipeStep& step, const IonDiffusion& ion, const std::string& name,
                   std::vector<std::string>& errors) {
  if (step.kind != StepKind::exchange) {
    require(!step.surface_fraction && !step.melt_mole_fraction, errors,
            name + ": only an exchange has a surface or melt fraction");
    return;
  }
  not_both(step.surface_fraction, step.melt_mole_fraction, name + ": surface fraction and melt fraction", errors);
  if (step.surface_fraction)
    require(*step.surface_fraction > 0 && *step.surface_fraction <= 1, errors,
            fmt::format("{}: surface fraction {} must be above 0 and at most 1", name, *step.surface_fraction));
  if (step.melt_mole_fraction) {
    require(*step.melt_mole_fraction > 0 && *step.melt_mole_fraction < 1, errors,
            fmt::format("{}: melt mole fraction {} must be above 0 and below 1", name, *step.melt_mole_fraction));
    require(ion.melt.has_value(), errors,
            name + ": a melt fraction needs the ion's melt equilibrium; give a surface fraction");
  }
}

void check_field(const RecipeStep& step, const Recipe& recipe, const std::string& name,
                 std::vector<std::string>& errors) {
  if (step.mask && *step.mask != Mask::stripped)
    require(recipe.mask_opening_um.has_value(), errors, name + ": a mask needs the recipe's mask opening");
  not_both(step.field_V_per_um, step.bias_V, name + ": field and bias", errors);
  if (!step.field_V_per_um && !step.bias_V)
    return;
  if (step.bias_V && !recipe.glass_thickness_mm) {
    errors.push_back(name + ": a bias needs the glass thickness");
    return;
  }
  const double field = applied_field_V_per_um(step, recipe);
  require(field >= 0 && field <= 10, errors,
          fmt::format("{}: field {:.4g} V/um must be 0 (none) to 10; it drives the ions in", name, field));
  require(step.kind != StepKind::anneal, errors, name + ": in air there is no melt to carry a current");
  require(!recipe.two_sided, errors, name + ": a field cannot drive ions in from both faces");
  require(mask_in(step, recipe) != Mask::insulating || recipe.glass_thickness_mm, errors,
          name + ": through a mask opening the field spreads into the glass, so its thickness is needed");
}

void check_step(const RecipeStep& step, const Recipe& recipe, const IonDiffusion& ion, const std::string& name,
                RecipeFindings& findings) {
  constexpr double molten_C = 1500; // no alkali glass is a solid there
  require(step.time_min > 0 && std::isfinite(step.time_min), findings.errors,
          fmt::format("{}: time {} min must be above 0", name, step.time_min));
  check_surface(step, ion, name, findings.errors);
  check_field(step, recipe, name, findings.errors);
  if (!(step.temperature_C > -273.15 && step.temperature_C <= molten_C)) {
    findings.errors.push_back(fmt::format("{}: temperature {} C is none of a furnace", name, step.temperature_C));
    return;
  }
  const double M = mobility_ratio(ion, step.temperature_C);
  require(M >= 0.01 && M <= 100, findings.errors, // beyond any measured
          fmt::format("{}: mobility ratio {:.4g} must be 0.01 to 100", name, M));
  if (ion.max_temperature_C > ion.min_temperature_C &&
      (step.temperature_C < ion.min_temperature_C || step.temperature_C > ion.max_temperature_C))
    findings.warnings.push_back(
        fmt::format("{}: {} C is outside the {} to {} C in which the diffusion of {} was measured", name,
                    step.temperature_C, ion.min_temperature_C, ion.max_temperature_C, recipe.ion));
}

void check_steps(const Recipe& recipe, const IonDiffusion& ion, RecipeFindings& findings) {
  if (recipe.steps.empty() || recipe.steps.front().kind != StepKind::exchange)
    findings.errors.push_back("the first step must be an exchange: without one no ion enters the glass");
  for (std::size_t i = 0; i < recipe.steps.size(); ++i)
    check_step(recipe.steps[i], recipe, ion, fmt::format("step {}", i), findings);
}

/// Lengths that leave no guide, or none that a grid resolves.
void check_lengths(const Recipe& recipe, const IonDiffusion& ion, std::vector<std::string>& errors) {
  const double length_um = std::sqrt(diffusion_product_um2(recipe, ion));
  if (!(length_um > 1e-3 && length_um < 1e4)) {
    errors.push_back(fmt::format("the steps add up to a diffusion length of {:.2g} um, no guide; check times, "
                                 "temperatures and diffusion data",
                                 length_um));
    return;
  }
  require(!recipe.mask_opening_um || *recipe.mask_opening_um >= length_um / 100, errors,
          fmt::format("mask opening {} um: below 1/100 of the diffusion length, {:.3g} um, the opening is not resolved",
                      recipe.mask_opening_um.value_or(0), length_um));
  for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
    const auto& step = recipe.steps[i];
    const double drift_um = diffusivity_um2_per_min(ion, step.temperature_C) * step.time_min *
                            applied_field_V_per_um(step, recipe) / haven_voltage(ion, step.temperature_C);
    const double limit_um = recipe.glass_thickness_mm ? 1e3 * *recipe.glass_thickness_mm : 1e4;
    require(drift_um < limit_um, errors,
            fmt::format("step {}: the field drives the ions {:.4g} um, through the glass; check field and time", i,
                        drift_um));
  }
}

} // namespace

std::optional<IonDiffusion> recipe_diffusion(const Recipe& recipe, const Glass& glass) {
  if (recipe.diffusion)
    return recipe.diffusion;
  for (const auto& ion : glass.ions)
    if (ion.symbol == recipe.ion)
      return ion.diffusion;
  return std::nullopt;
}

double diffusion_product_um2(const Recipe& recipe, const IonDiffusion& ion) {
  double sum_um2 = 0;
  for (const auto& step : recipe.steps)
    sum_um2 += diffusivity_um2_per_min(ion, step.temperature_C) * step.time_min;
  return sum_um2;
}

double surface_fraction(const RecipeStep& step, const Recipe& recipe, const IonDiffusion& ion) {
  if (step.kind != StepKind::exchange)
    return 0;
  if (step.melt_mole_fraction && ion.melt)
    return surface_fraction_of(*ion.melt, *step.melt_mole_fraction);
  return step.surface_fraction.value_or(recipe.surface_fraction);
}

Mask mask_in(const RecipeStep& step, const Recipe& recipe) {
  if (!recipe.mask_opening_um)
    return Mask::stripped;
  return step.mask.value_or(step.kind == StepKind::exchange ? recipe.mask : Mask::stripped);
}

double applied_field_V_per_um(const RecipeStep& step, const Recipe& recipe) {
  if (step.bias_V && recipe.glass_thickness_mm)
    return *step.bias_V / (1e3 * *recipe.glass_thickness_mm);
  return step.field_V_per_um.value_or(0);
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
  check_lengths(recipe, *ion, findings.errors);
  return findings;
}

} // namespace beachfront::optics
