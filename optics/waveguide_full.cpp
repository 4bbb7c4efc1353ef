// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/waveguide_full.hpp"

#include "optics/end_fire.hpp"
#include "optics/guide_tables.hpp"
#include "optics/mode_figures.hpp"
#include "optics/mode_window.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <utility>

namespace beachfront::optics {
namespace {

constexpr double index_tolerance = 1e-8;

void find_fundamentals(AtWavelength& at) {
  for (const VectorMode& mode : at.modes.modes) {
    const VectorMode*& first = mode.polarization == Polarization::te ? at.te : at.tm;
    if (!first)
      first = &mode;
  }
}

ModeFigures printed(const VectorMode& mode, int mode_count) {
  ModeFigures figures;
  figures.wavelength_um = mode.wavelength_um;
  figures.polarization = mode.polarization == Polarization::te ? "TE" : "TM";
  figures.effective_index = mode.effective_index;
  figures.group_index = mode.group_index;
  figures.mode_field_diameter_x_um = mode.mode_field_diameter_x_um;
  figures.mode_field_diameter_y_um = mode.mode_field_diameter_y_um;
  figures.effective_area_um2 = mode.effective_area_um2;
  figures.mode_count = mode_count;
  figures.error_estimate = mode.error_estimate;
  figures.second_moment_diameter_x_um = mode.second_moment_diameter_x_um;
  figures.second_moment_diameter_y_um = mode.second_moment_diameter_y_um;
  figures.confinement = mode.confinement;
  figures.te_fraction = mode.te_fraction;
  return figures;
}

int count_of(const GuidedModes& modes, Polarization polarization) {
  return static_cast<int>(std::count_if(modes.modes.begin(), modes.modes.end(),
                                        [&](const VectorMode& mode) { return mode.polarization == polarization; }));
}

Misalignment joint_of(const FibreEnd& fibre, double offset_um) {
  Misalignment joint;
  joint.offset_x_um = offset_um;
  joint.offset_y_um = fibre.vertical_offset_um;
  joint.tilt_x_mrad = fibre.tilt_x_mrad;
  joint.tilt_y_mrad = fibre.tilt_y_mrad;
  joint.gap_um = fibre.gap_um;
  joint.medium_index = fibre.gap_index.value_or(fibre.index);
  return joint;
}

FibreFigures fibre_figures(const Waveguide& guide, const AtWavelength& at, double offset_um) {
  const FibreEnd& fibre = guide.fibre;
  const Misalignment joint = joint_of(fibre, offset_um);
  const GaussianMode face{fibre.mode_field_diameter_um, fibre.mode_field_diameter_um};
  FibreFigures row;
  row.offset_um = offset_um;
  row.wavelength_um = at.wavelength_um;
  double power = 0, many = 0;
  for (const VectorMode* mode : {at.te, at.tm}) {
    if (!mode)
      continue;
    row.reflection_loss_dB =
        facet_reflection_loss_dB(mode->effective_index, fibre.index, fibre.gap_um, joint.medium_index);
    const double loss = end_fire_loss_dB(facet_field(*mode), face, joint) + row.reflection_loss_dB;
    (mode == at.te ? row.te_loss_dB : row.tm_loss_dB) = loss;
    power += std::pow(10, -loss / 10);
    many += 1;
  }
  row.loss_dB = -10 * std::log10(power / many);
  return row;
}

void fill_losses(const Waveguide& guide, const AtWavelength& at, WaveguideFigures& figures) {
  const VectorMode& mode = at.te ? *at.te : *at.tm;
  GuideLosses losses;
  losses.propagation_loss_dB_per_cm = guide.propagation_loss_dB_per_cm;
  losses.mode = {mode.second_moment_diameter_x_um / 2, mode.effective_index, mode.wavelength_um};
  losses.crossed = {figures.profile->width_1_over_e_um, mode.second_moment_diameter_x_um / 2, mode.effective_index,
                    mode.wavelength_um};
  losses.crossing = guide.crossing;
  fill_crossings(guide, at, losses.crossing, figures);
  losses.group_index = mode.group_index;
  losses.bends = bend_curve(at.bends, *figures.min_bend_radius_mm);
  if (losses.bends.points.size() < 2) {
    figures.absent.push_back({"losses", "bends near the smallest radius could not be solved"});
    return;
  }
  figures.losses = std::move(losses);
}

/// n_TE - n_TM that the stress of exchanged ions adds: the recipe's value at full exchange, times their fraction
/// averaged over the mode. First order, good while it is small against the index change.
double ion_stress_birefringence(const Waveguide& guide, const AtWavelength& at) {
  const auto* recipe = std::get_if<Recipe>(&guide.source);
  if (!recipe || recipe->stress_birefringence == 0)
    return 0;
  const Section& section = at.te->section;
  const Eigen::ArrayXXd field = to_points(section.x, section.y, at.te->electric_field);
  Eigen::ArrayXXd fraction = Eigen::ArrayXXd::Zero(field.rows(), field.cols());
  for (Eigen::Index j = 0; j < field.cols(); ++j)
    for (Eigen::Index i = 0; i < field.rows(); ++i)
      fraction(i, j) = delta_n_at(at.profile, section.x.points_um[i], section.y.points_um[j]) / recipe->delta_n_max;
  return recipe->stress_birefringence * integral(section, field.square() * fraction) /
         integral(section, field.square());
}

void fill_polarisation(const Waveguide& guide, const AtWavelength& at, WaveguideFigures& figures) {
  if (!at.te || !at.tm) {
    for (const char* figure : {"birefringence", "shape_birefringence", "fibre_pdl_dB", "bend_pdl_dB_per_cm"})
      figures.absent.push_back({figure, "only one polarisation is guided"});
    return;
  }
  const double ions = ion_stress_birefringence(guide, at);
  const Birefringence both = birefringence(at.te->effective_index - at.tm->effective_index + ions,
                                           guide.stress.value_or(GuideStress{}), guide.glass.stress_optic_per_TPa);
  figures.birefringence = both.total;
  figures.shape_birefringence = both.shape - ions;
  if (ions != 0)
    figures.ion_stress_birefringence = ions;
  if (guide.stress) {
    figures.stress_birefringence = both.stress;
    figures.polarisation_rotation_deg = both.rotation_deg;
    if (guide.glass.stress_optic_per_TPa == 0)
      figures.warnings.push_back(
          fmt::format("{}: no stress-optic coefficient is known, so the stress changes nothing", guide.glass.name));
  }
  const FibreFigures fibre = fibre_figures(guide, at, 0);
  figures.fibre_pdl_dB = std::abs(fibre.te_loss_dB - fibre.tm_loss_dB);
  if (figures.min_bend_radius_mm) {
    double low = 0, high = 0;
    for (const StraightMode& straight : at.bends.straights) {
      const double loss =
          bend_modes(straight, {*figures.min_bend_radius_mm}, Outside::positive_x).front().loss_dB_per_cm;
      (straight.polarization == Polarization::te ? low : high) = loss;
    }
    figures.bend_pdl_dB_per_cm = std::abs(high - low);
  }
}

/// The taper's own loss in both polarisations. The guide lies under its bond line, whatever its cover is elsewhere.
void fill_taper(const Waveguide& guide, const AtWavelength& at, WaveguideFigures& figures) {
  const TaperDesign& taper = *guide.engine.taper;
  TaperFigures out;
  for (const Polarization polarization : {Polarization::te, Polarization::tm}) {
    const TaperModes modes = taper_modes(at.profile, taper.stack, taper.narrow_um, taper.wide_um, at.wavelength_um,
                                         polarization, guide.engine.lateral_shift_um);
    if (!modes.missing.empty()) {
      figures.absent.push_back({"taper", modes.missing});
      return;
    }
    const double loss = taper_transfer(modes, 1e3 * taper.length_mm).loss_dB;
    const bool te = polarization == Polarization::te;
    (te ? out.te_loss_dB : out.tm_loss_dB) = loss;
    (te ? out.te_match_width_um : out.tm_match_width_um) = modes.match_width_um;
  }
  figures.taper = out;
}

/// The transfer with the solved loss of its taper, the polarisation that loses more, if there is one.
EngineTransfer solved_transfer(const Waveguide& guide, const WaveguideFigures& figures) {
  EngineTransfer engine = guide.engine;
  if (figures.taper) {
    engine.transfer_loss_dB = std::max(figures.taper->te_loss_dB, figures.taper->tm_loss_dB);
    engine.lateral_shift_um = 0; // it is in the taper's loss
  }
  return engine;
}

void fill_fundamental(const Waveguide& guide, const AtWavelength& at, WaveguideFigures& figures) {
  const VectorMode& mode = at.te ? *at.te : *at.tm;
  figures.effective_index = mode.effective_index;
  figures.mode_field_diameter_x_um = mode.mode_field_diameter_x_um;
  figures.mode_field_diameter_y_um = mode.mode_field_diameter_y_um;
  figures.mode_count = std::max(count_of(at.modes, Polarization::te), count_of(at.modes, Polarization::tm));
  figures.error_estimate = mode.error_estimate;
  figures.fibre_coupling_loss_dB = fibre_figures(guide, at, 0).loss_dB;
  figures.engine_coupling_loss_dB =
      engine_coupling_loss_dB(solved_transfer(guide, figures), mode.mode_field_diameter_x_um,
                              mode.mode_field_diameter_y_um, mode.effective_index, mode.wavelength_um);
}

std::string unguided(const AtWavelength& at) {
  return fmt::format("below cut-off at {} um: no mode has an effective index above {:.6f}, the index of the {}; the "
                     "profile's highest index is {:.6f}",
                     at.wavelength_um, at.modes.cutoff_index,
                     at.modes.cutoff_index > at.profile.background_index ? "cover" : "glass", at.modes.highest_index);
}

} // namespace

double glass_group_index(const Dispersion& dispersion, double wavelength_um) {
  constexpr double step_um = 1e-3; // truncation and rounding both below 1e-9
  const auto low = refractive_index(dispersion, wavelength_um - step_um);
  const auto high = refractive_index(dispersion, wavelength_um + step_um);
  const auto middle = refractive_index(dispersion, wavelength_um);
  if (!low || !high || !middle)
    return middle.value_or(dispersion.constant_index);
  return *middle - wavelength_um * (*high - *low) / (2 * step_um);
}

Birefringence birefringence(double shape, const GuideStress& stress, double stress_optic_per_TPa) {
  const double per_MPa = 1e-6 * stress_optic_per_TPa;
  Birefringence out;
  out.shape = shape;
  out.stress = per_MPa * (stress.xx_MPa - stress.yy_MPa);
  const double straight = shape + out.stress, shear = 2 * per_MPa * stress.xy_MPa;
  out.total = std::copysign(std::hypot(straight, shear), straight);
  out.rotation_deg = shear == 0 ? 0 : std::atan(shear / straight) / 2 * 180 / std::numbers::pi;
  return out;
}

namespace {

/// The scalar guides of the polarisations that are held well enough to be bent or to have a neighbour.
void find_scalar_guides(AtWavelength& at, WaveguideFigures& figures) {
  constexpr double least_decay_per_um = 0.01; // a field 100 um wide on either side
  const double cutoff = at.modes.cutoff_index;
  for (const VectorMode* mode : {at.te, at.tm}) {
    if (!mode)
      continue;
    const Polarization polarization = mode->polarization;
    const char* name = polarization == Polarization::te ? "TE" : "TM";
    const double decay = 2 * std::numbers::pi / at.wavelength_um *
                         std::sqrt(std::max(mode->effective_index * mode->effective_index - cutoff * cutoff, 0.0));
    std::optional<StraightMode> straight;
    if (decay > least_decay_per_um)
      straight = straight_mode(at.profile, at.wavelength_um, polarization);
    if (!straight) {
      figures.warnings.push_back(
          fmt::format("{} is barely guided at {} um: {:.1e} above cut-off, its field reaches {:.0f} "
                      "um to either side; no bend and no neighbour is solved for it",
                      name, at.wavelength_um, mode->effective_index - cutoff, 1 / decay));
      continue;
    }
    at.bends.straights.push_back(matched_to(*straight, mode->effective_index));
    at.scalar.straights.push_back(std::move(*straight));
  }
  at.scalar.lopsided = at.bends.lopsided = is_lopsided(at.profile);
}

/// A surface profile without a cover is solved as the file says: buried in endless glass. It is rarely meant.
void warn_of_missing_cover(const Waveguide& guide, const IndexProfile& profile, WaveguideFigures& figures) {
  if (profile.cover_index)
    return;
  if (std::holds_alternative<SurfaceErfcProfile>(profile.shape) ||
      std::holds_alternative<DiffusedProfile>(profile.shape) || guide.engine.taper)
    figures.warnings.push_back("no cover_index is given: the guide is solved as buried, with plain glass above y = 0");
}

/// More modes than this of a polarisation are counted by area in phase space, not solved; far more, and the grids of
/// these solvers would not hold them.
constexpr double most_solved_modes = 8, most_modes = 25;

/// Modes and scalar guides at the wavelength that is set. False when there are none; `figures` then says why.
bool solve_wavelength(const Waveguide& guide, AtWavelength& at, WaveguideFigures& figures) {
  const double many = estimated_modes(at.profile, at.wavelength_um);
  if (many > most_modes) {
    figures.errors.push_back(
        fmt::format("the guide holds about {:.0f} modes of each polarisation at {} um; the solvers "
                    "are for guides of a few, up to {:.0f}",
                    many, at.wavelength_um, most_modes));
    return false;
  }
  ModeLimits limits;
  limits.index_tolerance = index_tolerance;
  limits.all = many <= most_solved_modes;
  if (!limits.all)
    figures.warnings.push_back(fmt::format("the guide holds about {:.0f} modes of each polarisation at {} um; only the "
                                           "fundamental ones are solved and counted",
                                           many, at.wavelength_um));
  at.modes =
      guided_modes(at.profile, at.wavelength_um, glass_group_index(guide.glass.dispersion, at.wavelength_um), limits);
  find_fundamentals(at);
  if (!at.te && !at.tm) {
    for (const char* figure :
         {"effective_index", "mode_field_diameter_x_um", "mode_field_diameter_y_um", "mode_count", "min_bend_radius_mm",
          "min_pitch_um", "fibre_coupling_loss_dB", "engine_coupling_loss_dB", "birefringence"})
      figures.absent.push_back({figure, unguided(at)});
    return false;
  }
  if (!at.modes.converged)
    figures.warnings.push_back(
        fmt::format("modes at {} um: the effective index still moves by more than {:.0e} on the finest grid; "
                    "error_estimate says by how much",
                    at.wavelength_um, index_tolerance));
  find_scalar_guides(at, figures);
  return true;
}

} // namespace

void fill_full_figures(const Waveguide& guide, IndexProfile profile, WaveguideFigures& figures) {
  warn_of_missing_cover(guide, profile, figures);
  std::vector<AtWavelength> solved(guide.wavelengths_um.size());
  for (std::size_t i = 0; i < solved.size(); ++i) {
    solved[i].wavelength_um = guide.wavelengths_um[i];
    profile.background_index = *refractive_index(guide.glass.dispersion, guide.wavelengths_um[i]);
    solved[i].profile = profile;
    if (!solve_wavelength(guide, solved[i], figures))
      return;
  }
  const AtWavelength& first = solved.front();
  if (guide.engine.taper)
    fill_taper(guide, first, figures);
  fill_fundamental(guide, first, figures);
  const bool held =
      std::all_of(solved.begin(), solved.end(), [](const AtWavelength& at) { return !at.scalar.straights.empty(); });
  if (held)
    fill_rules(guide, solved, figures);
  else
    for (const char* figure : {"min_bend_radius_mm", "min_pitch_um"})
      figures.absent.push_back({figure, "the guide holds its light too weakly"});
  for (const AtWavelength& at : solved) {
    for (const VectorMode& mode : at.modes.modes)
      figures.modes.push_back(printed(mode, count_of(at.modes, mode.polarization)));
    if (held) {
      tabulate_bends(guide, at, figures);
      tabulate_couplers(guide, at, figures);
    }
    for (const double offset_um : guide.fibre.offsets_um)
      figures.fibre_coupling.push_back(fibre_figures(guide, at, offset_um));
  }
  fill_polarisation(guide, first, figures);
  if (figures.min_bend_radius_mm)
    fill_losses(guide, first, figures);
}

} // namespace beachfront::optics
