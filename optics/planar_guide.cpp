// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/planar_guide.hpp"

#include "optics/guided_modes.hpp"
#include "optics/waveguide_full.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace beachfront::optics {
namespace {

const char* const no_width = "a planar guide holds light in depth only: give the recipe a mask_opening_um";

/// A planar guide has modes of every wave number along the surface; those that do not change along it are meant.
bool is_uniform(const VectorMode& mode) {
  Eigen::Index row = 0, column = 0;
  const double peak = mode.electric_field.cwiseAbs().maxCoeff(&row, &column);
  const auto along_x = mode.electric_field.col(column).cwiseAbs();
  constexpr double rounding = 1e-3; // a wave along the surface has nodes
  return peak - along_x.minCoeff() <= rounding * peak;
}

/// The modes of one wavelength, highest index first; false if there is none.
bool add_modes(const IndexProfile& profile, const Waveguide& guide, double wavelength_um, WaveguideFigures& figures) {
  ModeLimits limits;
  limits.index_tolerance = 1e-6; // a prism coupler reads 1e-4
  GuidedModes found =
      guided_modes(profile, wavelength_um, glass_group_index(guide.glass.dispersion, wavelength_um), limits);
  std::erase_if(found.modes, [](const VectorMode& mode) { return !is_uniform(mode); });
  const auto count = [&](Polarization polarization) {
    return static_cast<int>(std::count_if(found.modes.begin(), found.modes.end(),
                                          [&](const VectorMode& mode) { return mode.polarization == polarization; }));
  };
  for (const VectorMode& mode : found.modes) {
    ModeFigures row;
    row.wavelength_um = wavelength_um;
    row.polarization = mode.polarization == Polarization::te ? "TE" : "TM";
    row.effective_index = mode.effective_index;
    row.group_index = mode.group_index;
    row.mode_field_diameter_y_um = mode.mode_field_diameter_y_um;
    row.second_moment_diameter_y_um = mode.second_moment_diameter_y_um;
    row.mode_count = count(mode.polarization);
    row.error_estimate = mode.error_estimate;
    row.confinement = mode.confinement;
    row.te_fraction = mode.te_fraction;
    figures.modes.push_back(std::move(row));
  }
  if (!found.converged)
    figures.warnings.push_back(
        fmt::format("{} um: the modes have not settled; see their error estimates", wavelength_um));
  return !found.modes.empty();
}

} // namespace

bool is_planar(const Waveguide& guide) {
  const auto* recipe = std::get_if<Recipe>(&guide.source);
  return recipe && !recipe->mask_opening_um;
}

WaveguideFigures solve_planar(const Waveguide& guide) {
  WaveguideFigures figures;
  const auto& recipe = std::get<Recipe>(guide.source);
  for (const double wavelength_um : guide.wavelengths_um)
    if (!refractive_index(guide.glass.dispersion, wavelength_um))
      figures.errors.push_back(
          fmt::format("{}: no refractive index above 1 at {} um", guide.glass.name, wavelength_um));
  if (!figures.errors.empty())
    return figures;
  auto exchange = exchange_ions(recipe, guide.glass);
  figures.errors = std::move(exchange.findings.errors);
  figures.warnings = std::move(exchange.findings.warnings);
  if (!exchange.ions)
    return figures;
  IndexProfile profile{DiffusedProfile{std::move(*exchange.ions), recipe.delta_n_max}, 0, guide.cover_index};
  figures.propagation_loss_dB_per_cm = guide.propagation_loss_dB_per_cm;
  for (const double wavelength_um : guide.wavelengths_um) {
    profile.background_index = *refractive_index(guide.glass.dispersion, wavelength_um);
    if (!figures.profile) {
      figures.profile = size_of(profile);
      figures.profile->fwhm_x_um = figures.profile->width_1_over_e_um = 0;
      figures.index_contrast = figures.profile->peak_delta_n;
    }
    if (!add_modes(profile, guide, wavelength_um, figures)) {
      figures.modes.clear();
      for (const char* figure : {"effective_index", "mode_field_diameter_y_um", "mode_count"})
        figures.absent.push_back(
            {figure, fmt::format("no guided mode at {} um: the planar guide is below cut-off", wavelength_um)});
      break;
    }
  }
  if (!figures.modes.empty()) {
    const ModeFigures& first = figures.modes.front();
    figures.effective_index = first.effective_index;
    figures.mode_field_diameter_y_um = first.mode_field_diameter_y_um;
    figures.mode_count = first.mode_count;
    figures.error_estimate = first.error_estimate;
  }
  for (const char* figure : {"mode_field_diameter_x_um", "min_bend_radius_mm", "min_pitch_um", "fibre_coupling_loss_dB",
                             "engine_coupling_loss_dB", "birefringence", "fibre_pdl_dB", "bend_pdl_dB_per_cm"})
    figures.absent.push_back({figure, no_width});
  return figures;
}

} // namespace beachfront::optics
