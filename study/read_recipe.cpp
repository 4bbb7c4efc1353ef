// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/read_recipe.hpp"

#include "study/spelling.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace beachfront::study {

namespace {

/// Files name ions in words, recipes run on symbols; an ion that is not here is its own symbol.
constexpr std::array<std::pair<const char*, const char*>, 6> ion_names{{{"silver", "Ag"},
                                                                        {"potassium", "K"},
                                                                        {"thallium", "Tl"},
                                                                        {"lithium", "Li"},
                                                                        {"rubidium", "Rb"},
                                                                        {"caesium", "Cs"}}};

std::string symbol_of(const std::string& name) {
  for (const auto& [word, symbol] : ion_names)
    if (name == word)
      return symbol;
  return name;
}

std::string name_of(const std::string& symbol) {
  for (const auto& [word, of_word] : ion_names)
    if (symbol == of_word)
      return word;
  return symbol;
}

optics::IonDiffusion read_diffusion(const Value& value) {
  optics::IonDiffusion ion{value.number("D0_m2_per_s"), value.number("activation_energy_kJ_per_mol"),
                           value.optional_number("mobility_ratio").value_or(1), value.number("min_C"),
                           value.number("max_C")};
  ion.haven_ratio = value.number("haven_ratio");
  if (const auto sodium = value.find("sodium"))
    ion.sodium = optics::Arrhenius{sodium->number("D0_m2_per_s"), sodium->number("activation_energy_kJ_per_mol")};
  if (const auto melt = value.find("melt"))
    ion.melt = optics::MeltEquilibrium{melt->number("K"), melt->number("n")};
  if (ion.max_temperature_C < ion.min_temperature_C)
    throw value.at("max_C").error(fmt::format("{} C", ion.max_temperature_C),
                                  fmt::format("at least min_C, {} C", ion.min_temperature_C));
  return ion;
}

optics::Dispersion read_dispersion(const Value& glass) {
  optics::Dispersion dispersion;
  if (!glass.has("sellmeier")) {
    dispersion.constant_index = glass.number("index");
    return dispersion;
  }
  const bool squared = glass.has("sellmeier.C_um2");
  dispersion.form = squared ? optics::SellmeierForm::squared_resonances : optics::SellmeierForm::resonances;
  dispersion.offset = glass.number("sellmeier.offset");
  const std::vector<double> strengths = glass.numbers("sellmeier.B");
  const Value resonances_at = glass.at(squared ? "sellmeier.C_um2" : "sellmeier.C_um");
  const std::vector<double> resonances = resonances_at.numbers();
  if (strengths.size() != resonances.size())
    throw resonances_at.error(std::to_string(resonances.size()) + " resonances",
                              "as many as there are strengths, " + std::to_string(strengths.size()));
  for (std::size_t i = 0; i < strengths.size(); ++i)
    dispersion.terms.push_back({strengths[i], resonances[i]});
  return dispersion;
}

/// The data a recipe runs with: its own or the glass's, with the recipe's own ratios.
optics::IonDiffusion read_ion(const Value& value, const optics::Recipe& recipe, const optics::Glass& glass) {
  std::optional<optics::IonDiffusion> ion;
  if (value.has("diffusion"))
    ion = read_diffusion(value.at("diffusion"));
  else
    ion = optics::recipe_diffusion(recipe, glass);
  if (!ion) {
    std::vector<std::string> known;
    for (const optics::GlassIon& one : glass.ions)
      known.push_back(name_of(one.symbol));
    const std::string own = "the recipe's own `diffusion`";
    const Value at = value.at("ion");
    throw bad_value(at.node->mark, at.path, describe(*at.node),
                    known.empty() ? fmt::format("beside {}: {} has no diffusion data", own, glass.name)
                                  : fmt::format("one of the ions of {} ({}), or beside {}", glass.name,
                                                fmt::join(known, ", "), own),
                    nearest(value.text("ion"), known));
  }
  if (const auto ratio = value.optional_number("mobility_ratio")) {
    ion->mobility_ratio = *ratio;
    ion->sodium.reset();
  }
  ion->haven_ratio = value.optional_number("haven_ratio").value_or(ion->haven_ratio);
  return *ion;
}

optics::Mask mask_named(const std::string& word) {
  return word == "stripped" ? optics::Mask::stripped
                            : (word == "metal" ? optics::Mask::metal : optics::Mask::insulating);
}

void check_surface(const Value& step, optics::StepKind kind, const optics::IonDiffusion& ion) {
  for (const char* key : {"surface_fraction", "melt_mole_fraction"})
    if (kind != optics::StepKind::exchange && step.has(key))
      throw step.at(key).error(fmt::format("{} in a step of kind {}", step.number(key), step.text("kind")),
                               "left out: only an exchange brings ions in");
  if (step.has("melt_mole_fraction") && !ion.melt)
    throw step.at("melt_mole_fraction")
        .error(fmt::format("{}, for an ion without melt equilibrium", step.number("melt_mole_fraction")),
               "surface_fraction instead, or beside the ion's `melt: {K, n}`");
}

void check_field(const Value& step, const optics::RecipeStep& read, const optics::Recipe& recipe) {
  const char* key = step.has("bias_V") ? "bias_V" : "field_V_per_um";
  if (!step.has(key))
    return;
  const auto refuse = [&](const std::string& found, const std::string& allowed) {
    throw step.at(key).error(fmt::format("{}{}", step.number(key), found), allowed);
  };
  if (read.kind == optics::StepKind::anneal)
    refuse(" in an anneal", "left out: in air no melt carries a current");
  if (recipe.two_sided)
    refuse(" with sides: 2", "left out: a field cannot drive ions in from both faces");
  if (recipe.glass_thickness_mm)
    return;
  if (read.bias_V)
    refuse(" V across a glass of no thickness", "beside the recipe's glass_thickness_mm");
  if (optics::mask_in(read, recipe) == optics::Mask::insulating)
    refuse(" V/um through a mask opening", "beside the recipe's glass_thickness_mm: the field spreads into the glass");
}

optics::RecipeStep read_step(const Value& step, const optics::Recipe& recipe, const optics::IonDiffusion& ion) {
  const std::string& kind = step.text("kind");
  optics::RecipeStep read;
  read.kind = kind == "exchange"    ? optics::StepKind::exchange
              : kind == "diffusion" ? optics::StepKind::diffusion
                                    : optics::StepKind::anneal;
  read.temperature_C = step.number("temperature_C");
  read.time_min = step.number("time_min");
  read.surface_fraction = step.optional_number("surface_fraction");
  read.melt_mole_fraction = step.optional_number("melt_mole_fraction");
  read.field_V_per_um = step.optional_number("field_V_per_um");
  read.bias_V = step.optional_number("bias_V");
  if (step.has("mask")) {
    read.mask = mask_named(step.text("mask"));
    if (*read.mask != optics::Mask::stripped && !recipe.mask_opening_um)
      throw step.at("mask").error(step.text("mask"),
                                  "beside the recipe's mask_opening_um: without one nothing is masked");
  }
  check_surface(step, read.kind, ion);
  check_field(step, read, recipe);
  return read;
}

} // namespace

optics::Glass read_glass_entry(const Value& value) {
  optics::Glass glass;
  glass.name = value.text("name");
  glass.ion_exchangeable = value.flag("ion_exchangeable");
  glass.dispersion = read_dispersion(value);
  if (value.has("diffusion"))
    glass.ions.push_back({"Ag", read_diffusion(value.at("diffusion"))});
  if (const auto ions = value.find("ions"))
    for (std::size_t i = 0; i < ions->size(); ++i) {
      const std::string& name = ions->node->entries[i].key;
      const Value ion = ions->items()[i];
      const std::string symbol = symbol_of(name);
      const auto same = [&](const optics::GlassIon& earlier) { return earlier.symbol == symbol; };
      if (std::any_of(glass.ions.begin(), glass.ions.end(), same))
        throw ion.error(name + " a second time", "given once; `diffusion` holds the data of silver");
      glass.ions.push_back({symbol, read_diffusion(ion)});
    }
  glass.thermo_optic_per_K = value.number("thermo_optic_per_K");
  glass.stress_optic_per_TPa = value.number("stress_optic_per_TPa");
  return glass;
}

optics::Recipe read_recipe(const Value& value, const optics::Glass& glass) {
  optics::Recipe recipe;
  recipe.name = value.text("name");
  recipe.ion = symbol_of(value.text("ion"));
  recipe.mask_opening_um = value.optional_number("mask_opening_um");
  recipe.surface_fraction = value.number("surface_fraction");
  recipe.delta_n_max = value.number("delta_n_max");
  recipe.glass_thickness_mm = value.optional_number("glass_thickness_mm");
  recipe.two_sided = value.integer("sides") == 2;
  recipe.stress_birefringence = value.number("stress_birefringence");
  recipe.mask = mask_named(value.text("mask"));
  if (recipe.two_sided && !recipe.glass_thickness_mm)
    throw value.at("sides").error("2", "beside glass_thickness_mm: the faces share what is between them");
  recipe.diffusion = read_ion(value, recipe, glass);
  for (const Value& step : value.items("steps"))
    recipe.steps.push_back(read_step(step, recipe, *recipe.diffusion));
  if (recipe.steps.front().kind != optics::StepKind::exchange)
    throw value.at("steps[0].kind").error(value.text("steps[0].kind"), "exchange: without one no ion enters the glass");
  const optics::RecipeFindings findings = optics::check_recipe(recipe, glass);
  if (!findings.errors.empty())
    throw value.error(recipe.name, "a recipe that can be run: " + findings.errors.front());
  return recipe;
}

} // namespace beachfront::study
