// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/nearest_recipe.hpp"

#include "optics/planar_guide.hpp"
#include "study/read_blocks.hpp"
#include "study/resolve.hpp"

#include <cmath>
#include <limits>

namespace beachfront::study {

namespace {

/// The guide of the file with another recipe; nothing where the recipe cannot be run in its glass.
std::optional<optics::Waveguide> with_recipe(const Tree& resolved, const Library& library, const std::string& name) {
  Tree changed = resolved;
  std::erase_if(changed.node.entries, [](const Entry& e) { return e.key == "profile" || e.key == "recipe"; });
  Node recipe;
  recipe.kind = NodeKind::scalar;
  recipe.text = name;
  recipe.mark = resolved.node.mark;
  changed.node.entries.push_back({"recipe", recipe.mark, recipe});
  try {
    const Tree tree = resolve(changed, waveguide_schema(), library);
    optics::Waveguide guide = read_waveguide(tree.root(), tree.file);
    guide.fidelity = optics::Fidelity::fast;
    guide.bend_radii_mm.clear();
    guide.gaps_um.clear();
    guide.fibre.offsets_um.clear();
    return guide;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

/// Sum of the squared logarithms of the ratios; sizes that one of them lacks do not count.
double distance(const optics::ProfileSize& a, const optics::ProfileSize& b) {
  double sum = 0;
  const auto compare = [&](double one, double other) {
    if (one > 0 && other > 0)
      sum += std::pow(std::log(one / other), 2);
  };
  compare(a.peak_delta_n, b.peak_delta_n);
  compare(a.fwhm_x_um, b.fwhm_x_um);
  compare(a.fwhm_y_um, b.fwhm_y_um);
  return sum;
}

bool wants_planar(const Value& guide) {
  return guide.has("recipe") && !guide.has("recipe.mask_opening_um");
}

} // namespace

std::optional<NearestRecipe> nearest_recipe(const Tree& resolved, const Library& library,
                                            const optics::ProfileSize& profile) {
  const bool planar = wants_planar(resolved.root());
  std::optional<NearestRecipe> nearest;
  double least = std::numeric_limits<double>::infinity();
  for (const std::string& name : library.names("recipes")) {
    const auto guide = with_recipe(resolved, library, name);
    if (!guide || optics::is_planar(*guide) != planar)
      continue;
    const optics::WaveguideFigures figures = planar ? optics::solve_planar(*guide) : optics::solve_waveguide(*guide);
    if (!figures.errors.empty() || !figures.effective_index || !figures.profile)
      continue;
    const double away = distance(profile, *figures.profile);
    if (away < least) {
      least = away;
      nearest = NearestRecipe{name, *figures.profile, *figures.effective_index};
    }
  }
  return nearest;
}

} // namespace beachfront::study
