// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/waveguide.hpp"

#include "optics/waveguide_full.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <type_traits>
#include <utility>

namespace beachfront::optics {
namespace {

void require_positive(const std::vector<double>& values, const char* what, std::vector<std::string>& errors) {
  for (const double value : values)
    if (!(value > 0 && std::isfinite(value)))
      errors.push_back(fmt::format("{} {}: must be above 0", what, value));
}

void require_not_negative(const std::vector<double>& values, const char* what, std::vector<std::string>& errors) {
  for (const double value : values)
    if (!(value >= 0 && std::isfinite(value)))
      errors.push_back(fmt::format("{} {}: must not be negative", what, value));
}

std::vector<std::string> input_errors(const Waveguide& guide) {
  std::vector<std::string> errors;
  if (guide.wavelengths_um.empty())
    errors.push_back("no wavelength given");
  require_positive(guide.wavelengths_um, "wavelength_um", errors);
  require_positive(guide.bend_radii_mm, "bend_radii_mm", errors);
  require_positive(guide.gaps_um, "gaps_um", errors);
  require_positive({guide.budget.bend_loss_dB_per_cm}, "bend_loss_budget_dB_per_cm", errors);
  require_positive({guide.budget.parallel_length_mm}, "parallel_length_mm", errors);
  require_positive({guide.fibre.mode_field_diameter_um}, "fibre mode_field_diameter_um", errors);
  require_positive({guide.fibre.index}, "fibre index", errors);
  require_not_negative({guide.fibre.gap_um}, "fibre gap_um", errors);
  require_not_negative(guide.fibre.offsets_um, "fibre offsets_um", errors);
  require_not_negative({guide.propagation_loss_dB_per_cm}, "propagation_loss_dB_per_cm", errors);
  require_not_negative({guide.engine.transfer_loss_dB}, "engine_transfer_loss_dB", errors);
  if (!(guide.budget.crosstalk_dB < 0 && guide.budget.crosstalk_dB >= -300))
    errors.push_back(
        fmt::format("crosstalk_budget_dB {}: must be below 0 and at least -300", guide.budget.crosstalk_dB));
  if (auto error = crossing_table_error(guide.crossing); !error.empty())
    errors.push_back(std::move(error));
  for (const double wavelength : guide.wavelengths_um)
    if (wavelength > 0 && !refractive_index(guide.glass.dispersion, wavelength))
      errors.push_back(fmt::format("{}: no refractive index above 1 at {} um", guide.glass.name, wavelength));
  return errors;
}

/// For the separable mode: 1e-3 of the largest fraction is below what the form X Y leaves out (docs/performance.md).
constexpr ExchangeGrid fast_grid{8, 8e-4};

/// The guide's profile at the first wavelength, or nothing with the errors in `figures`.
std::optional<IndexProfile> profile_of(const Waveguide& guide, WaveguideFigures& figures) {
  IndexProfile profile;
  profile.background_index = *refractive_index(guide.glass.dispersion, guide.wavelengths_um.front());
  profile.cover_index = guide.cover_index;
  if (const auto* recipe = std::get_if<Recipe>(&guide.source)) {
    auto result = exchange_ions(*recipe, guide.glass, guide.fidelity == Fidelity::full ? ExchangeGrid{} : fast_grid);
    figures.warnings = std::move(result.findings.warnings);
    figures.errors = std::move(result.findings.errors);
    if (!result.ions)
      return std::nullopt;
    profile.shape = DiffusedProfile{std::move(*result.ions), recipe->delta_n_max};
  } else {
    std::visit(
        [&](const auto& shape) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(shape)>, Recipe>)
            profile.shape = shape;
        },
        guide.source);
  }
  figures.errors = profile_errors(profile);
  if (!figures.errors.empty())
    return std::nullopt;
  if (auto* table = std::get_if<TableProfile>(&profile.shape); table && guide.fidelity == Fidelity::full)
    table->slopes = table_slopes(*table);
  return profile;
}

/// A guided wavelength: its mode, its tail and what is printed of them.
struct Solved {
  GuidedMode mode;
  LateralTail tail;
  ModeFigures figures;
  double glass_index = 0;
};

std::optional<Solved> solve_wavelength(const IndexProfile& profile, const Waveguide& guide, double wavelength_um,
                                       std::string& reason) {
  auto result = guided_mode(profile, wavelength_um);
  if (!result.mode) {
    reason = std::move(result.reason);
    return std::nullopt;
  }
  Solved solved;
  solved.mode = std::move(*result.mode);
  solved.tail = lateral_tail(profile, solved.mode);
  solved.glass_index = profile.background_index;
  ModeFigures& figures = solved.figures;
  figures.wavelength_um = wavelength_um;
  figures.effective_index = solved.mode.effective_index;
  figures.group_index =
      separable_group_index(profile, solved.mode, glass_group_index(guide.glass.dispersion, wavelength_um));
  figures.mode_field_diameter_x_um = solved.mode.mode_field_diameter_x_um;
  figures.mode_field_diameter_y_um = solved.mode.mode_field_diameter_y_um;
  figures.effective_area_um2 = solved.mode.effective_area_um2;
  figures.mode_count = std::max(1, count_modes(profile, wavelength_um));
  figures.error_estimate = solved.mode.grid_error + solved.mode.separability_error;
  return solved;
}

/// The distance at which crosstalk over the budget's length falls to the budget, never less than the profiles' own
/// width, below which they would merge.
double pitch_for_crosstalk_um(const LateralTail& tail, const RuleBudget& budget, double profile_width_um) {
  const auto fits = [&](double distance_um) {
    return crosstalk_dB(coupling_per_mm(tail, distance_um), budget.parallel_length_mm) <= budget.crosstalk_dB;
  };
  if (fits(profile_width_um))
    return profile_width_um;
  double low = profile_width_um, high = 2 * profile_width_um;
  while (!fits(high)) {
    low = high;
    high *= 2;
  }
  constexpr int halvings = 60;
  for (int i = 0; i < halvings; ++i) {
    const double middle = (low + high) / 2;
    (fits(middle) ? high : low) = middle;
  }
  return high;
}

double fibre_loss_dB(const Waveguide& guide, const Solved& solved, double offset_um) {
  const FibreEnd& fibre = guide.fibre;
  const double guide_index = solved.mode.effective_index;
  const double medium = fibre.gap_index.value_or(fibre.index);
  Misalignment miss;
  miss.offset_x_um = offset_um;
  miss.gap_um = fibre.gap_um;
  miss.medium_index = medium;
  const GaussianMode face{fibre.mode_field_diameter_um, fibre.mode_field_diameter_um};
  return mode_coupling_loss_dB(solved.mode, face, miss) + fresnel_loss_dB(guide_index, medium) +
         fresnel_loss_dB(medium, fibre.index);
}

LateralMode lateral_mode(const Solved& solved) {
  return {solved.mode.waist_x_um, solved.mode.effective_index, solved.mode.wavelength_um};
}

void tabulate(const Waveguide& guide, const Solved& solved, WaveguideFigures& figures) {
  const double guiding_mm = smallest_guiding_radius_mm(solved.mode, solved.glass_index);
  for (const double radius_mm : guide.bend_radii_mm) {
    figures.bends.push_back({radius_mm, bend_loss_dB_per_cm(solved.tail, radius_mm),
                             straight_to_bend_loss_dB(lateral_mode(solved), radius_mm), radius_mm >= guiding_mm});
    if (radius_mm < guiding_mm)
      figures.warnings.push_back(
          fmt::format("bend radius {} mm: below about {:.1f} mm no mode survives the bend", radius_mm, guiding_mm));
  }
  const double k_per_mm = 2e3 * std::numbers::pi / solved.mode.wavelength_um;
  for (const double gap_um : guide.gaps_um) {
    const double coupling = coupling_per_mm(solved.tail, gap_um);
    figures.couplers.push_back({gap_um, 2 * coupling / k_per_mm, coupling_length_mm(coupling),
                                crosstalk_dB(coupling, guide.budget.parallel_length_mm)});
    if (gap_um < figures.profile->width_1_over_e_um)
      figures.warnings.push_back(fmt::format("gap {} um: the two profiles, {:.1f} um wide at 1/e, merge; the coupling "
                                             "is beyond weak-coupling theory",
                                             gap_um, figures.profile->width_1_over_e_um));
  }
  for (const double offset_um : guide.fibre.offsets_um)
    figures.fibre_coupling.push_back({offset_um, fibre_loss_dB(guide, solved, offset_um)});
}

void fill_figures(const Waveguide& guide, const std::vector<Solved>& solved, WaveguideFigures& figures) {
  const Solved& first = solved.front();
  const double width_um = figures.profile->width_1_over_e_um;
  figures.effective_index = first.mode.effective_index;
  figures.mode_field_diameter_x_um = first.mode.mode_field_diameter_x_um;
  figures.mode_field_diameter_y_um = first.mode.mode_field_diameter_y_um;
  figures.mode_count = first.figures.mode_count;
  figures.error_estimate = first.figures.error_estimate;
  figures.fibre_coupling_loss_dB = fibre_loss_dB(guide, first, 0);
  figures.engine_coupling_loss_dB =
      engine_coupling_loss_dB(guide.engine, first.mode.mode_field_diameter_x_um, first.mode.mode_field_diameter_y_um,
                              first.mode.effective_index, first.mode.wavelength_um);
  double radius_mm = 0, pitch_um = 0;
  for (const auto& at : solved) {
    figures.modes.push_back(at.figures);
    radius_mm = std::max(radius_mm, radius_for_loss_mm(at.tail, guide.budget.bend_loss_dB_per_cm,
                                                       smallest_guiding_radius_mm(at.mode, at.glass_index)));
    pitch_um = std::max(pitch_um, pitch_for_crosstalk_um(at.tail, guide.budget, width_um));
  }
  figures.min_bend_radius_mm = radius_mm;
  figures.min_pitch_um = pitch_um;
  figures.losses = GuideLosses{guide.propagation_loss_dB_per_cm,
                               first.tail,
                               lateral_mode(first),
                               {width_um, first.mode.waist_x_um, first.mode.effective_index, first.mode.wavelength_um},
                               guide.crossing,
                               first.figures.group_index};
  tabulate(guide, first, figures);
}

} // namespace

double engine_coupling_loss_dB(const EngineTransfer& engine, double mode_field_diameter_x_um,
                               double mode_field_diameter_y_um, double effective_index, double wavelength_um) {
  const GaussianMode mode{mode_field_diameter_x_um, mode_field_diameter_y_um};
  const Misalignment miss{engine.lateral_shift_um, engine.vertical_shift_um, engine.tilt_x_mrad, engine.tilt_y_mrad, 0,
                          effective_index};
  return engine.transfer_loss_dB + gaussian_coupling_loss_dB(mode, mode, miss, wavelength_um);
}

WaveguideFigures with_given_losses(WaveguideFigures figures, const Waveguide& guide) {
  if (figures.propagation_loss_dB_per_cm)
    figures.propagation_loss_dB_per_cm = guide.propagation_loss_dB_per_cm;
  if (figures.losses)
    figures.losses->propagation_loss_dB_per_cm = guide.propagation_loss_dB_per_cm;
  if (figures.engine_coupling_loss_dB && !guide.engine.taper)
    figures.engine_coupling_loss_dB =
        engine_coupling_loss_dB(guide.engine, *figures.mode_field_diameter_x_um, *figures.mode_field_diameter_y_um,
                                *figures.effective_index, guide.wavelengths_um.front());
  return figures;
}

WaveguideFigures solve_waveguide(const Waveguide& guide) {
  WaveguideFigures figures;
  figures.errors = input_errors(guide);
  if (!figures.errors.empty())
    return figures;
  auto profile = profile_of(guide, figures);
  if (!profile)
    return figures;
  figures.profile = size_of(*profile);
  figures.index_contrast = figures.profile->peak_delta_n;
  figures.propagation_loss_dB_per_cm = guide.propagation_loss_dB_per_cm;
  if (guide.fidelity == Fidelity::full) {
    fill_full_figures(guide, std::move(*profile), figures);
    return figures;
  }
  figures.absent.push_back({"birefringence", "the fast mode is scalar; birefringence needs the polarised mode solver"});
  std::vector<Solved> solved;
  for (const double wavelength_um : guide.wavelengths_um) {
    profile->background_index = *refractive_index(guide.glass.dispersion, wavelength_um);
    std::string reason;
    if (auto at = solve_wavelength(*profile, guide, wavelength_um, reason)) {
      solved.push_back(std::move(*at));
      continue;
    }
    for (const char* figure :
         {"effective_index", "mode_field_diameter_x_um", "mode_field_diameter_y_um", "mode_count", "min_bend_radius_mm",
          "min_pitch_um", "fibre_coupling_loss_dB", "engine_coupling_loss_dB"})
      figures.absent.push_back({figure, reason});
    return figures;
  }
  fill_figures(guide, solved, figures);
  return figures;
}

} // namespace beachfront::optics
