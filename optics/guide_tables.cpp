// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/guide_tables.hpp"

#include "optics/crossing_field.hpp"
#include "optics/supermodes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <numbers>

namespace beachfront::optics {

namespace {

/// Length of a linear rise of curvature that takes 20 dB off a joint: a mode pulled aside by x0 answers like an
/// oscillator of the beat between the fundamental and the next mode, here that of a Gaussian of the mode's own width,
/// 1/z_R. A rise over L leaves sinc^2(L/(2 z_R)) of the joint's loss, at most (2 z_R/L)^2.
double clothoid_length_um(const VectorMode& mode) {
  const double waist = mode.second_moment_diameter_x_um / 2;
  const double rayleigh = std::numbers::pi * mode.effective_index * waist * waist / mode.wavelength_um;
  return 20 * rayleigh;
}

} // namespace

void tabulate_bends(const Waveguide& guide, const AtWavelength& at, WaveguideFigures& figures) {
  const std::vector<double>& radii_mm = guide.bend_radii_mm;
  std::vector<BendFigures> rows(radii_mm.size());
  for (const StraightMode& straight : at.bends.straights) {
    const auto right = bend_modes(straight, radii_mm, Outside::positive_x);
    const auto left = at.bends.lopsided ? bend_modes(straight, radii_mm, Outside::negative_x) : right;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      BendFigures& row = rows[i];
      row.radius_mm = radii_mm[i];
      row.wavelength_um = at.wavelength_um;
      const double loss = std::max(right[i].loss_dB_per_cm, left[i].loss_dB_per_cm);
      (straight.polarization == Polarization::te ? row.te_loss_dB_per_cm : row.tm_loss_dB_per_cm) = loss;
      row.left_loss_dB_per_cm = std::max(row.left_loss_dB_per_cm, right[i].loss_dB_per_cm);
      row.right_loss_dB_per_cm = std::max(row.right_loss_dB_per_cm, left[i].loss_dB_per_cm);
      row.guiding = row.guiding && right[i].guiding && left[i].guiding;
      if (loss < row.loss_dB_per_cm && i > 0)
        continue;
      row.loss_dB_per_cm = loss;
      const BendMode& worse = left[i].loss_dB_per_cm > right[i].loss_dB_per_cm ? left[i] : right[i];
      row.joint_loss_dB = worse.joint_loss_dB;
      row.shift_um = worse.shift_um;
      row.best_offset_um = worse.best_offset_um;
      row.offset_joint_loss_dB = worse.offset_joint_loss_dB;
      row.reversal_loss_dB = joint_loss_dB(
          straight, right[i].field, at.bends.lopsided ? left[i].field : right[i].field.colwise().reverse().eval());
    }
  }
  for (BendFigures& row : rows) {
    row.clothoid_length_um = clothoid_length_um(at.te ? *at.te : *at.tm);
    if (!row.guiding)
      figures.warnings.push_back(fmt::format(
          "bend radius {} mm at {} um: no mode survives the bend; the loss only says that the light is lost",
          row.radius_mm, row.wavelength_um));
    figures.bends.push_back(row);
  }
}

void tabulate_couplers(const Waveguide& guide, const AtWavelength& at, WaveguideFigures& figures) {
  for (const double gap_um : guide.gaps_um) {
    CouplerFigures row;
    row.gap_um = gap_um;
    row.wavelength_um = at.wavelength_um;
    for (const StraightMode& straight : at.scalar.straights) {
      const auto pair = supermodes(straight, gap_um);
      if (!pair)
        continue;
      (straight.polarization == Polarization::te ? row.te_index_splitting : row.tm_index_splitting) =
          pair->index_splitting;
      row.merged = row.merged || pair->merged;
      if (pair->index_splitting <= row.index_splitting)
        continue;
      row.index_splitting = pair->index_splitting;
      row.coupling_length_mm = pair->coupling_length_mm;
      row.crosstalk_dB = crosstalk_dB(pair->coupling_per_mm, guide.budget.parallel_length_mm);
    }
    if (row.index_splitting == 0) {
      figures.absent.push_back({fmt::format("couplers[{} um]", gap_um), "the pair has no guided supermode"});
      continue;
    }
    if (row.merged)
      figures.warnings.push_back(fmt::format("gap {} um: the two profiles overlap and are one wide guide; the "
                                             "splitting is that of its two lowest modes",
                                             gap_um));
    figures.couplers.push_back(row);
  }
}

namespace {

/// Whether two guides at a distance keep to the crosstalk budget.
bool keeps_pitch(const StraightMode& straight, double pitch_um, const RuleBudget& budget) {
  const auto pair = supermodes(straight, pitch_um);
  return pair && crosstalk_dB(pair->coupling_per_mm, budget.parallel_length_mm) <= budget.crosstalk_dB;
}

} // namespace

/// The longest wavelength, which is held most weakly, goes first; the others are solved only where they do not keep
/// what it has set.
void fill_rules(const Waveguide& guide, const std::vector<AtWavelength>& solved, WaveguideFigures& figures) {
  std::vector<const AtWavelength*> order;
  for (const AtWavelength& at : solved)
    order.push_back(&at);
  std::stable_sort(order.begin(), order.end(),
                   [](const AtWavelength* a, const AtWavelength* b) { return a->wavelength_um > b->wavelength_um; });
  double radius_mm = 0, pitch_um = figures.profile->width_1_over_e_um;
  for (const AtWavelength* at : order) {
    const double budget = guide.budget.bend_loss_dB_per_cm;
    if (radius_mm == 0 || worst_bend(at->bends, radius_mm).loss_dB_per_cm > budget) {
      if (const auto radius = radius_for_loss_mm(at->bends, budget))
        radius_mm = std::max(radius_mm, *radius);
      else
        figures.absent.push_back(
            {"min_bend_radius_mm",
             fmt::format("no radius up to 10 m keeps to the bend budget at {} um", at->wavelength_um)});
    }
    for (const StraightMode& straight : at->scalar.straights)
      if (!keeps_pitch(straight, pitch_um, guide.budget))
        if (const auto distance =
                distance_for_crosstalk_um(straight, guide.budget.parallel_length_mm, guide.budget.crosstalk_dB))
          pitch_um = std::max(pitch_um, *distance);
  }
  if (radius_mm > 0)
    figures.min_bend_radius_mm = radius_mm;
  figures.min_pitch_um = pitch_um;
}

namespace {

/// Angles at which the router's table is solved; it reads straight lines in the logarithms between them.
constexpr double table_angles_deg[] = {15, 20, 30, 45, 60, 75, 90};

} // namespace

void fill_crossings(const Waveguide& guide, const AtWavelength& at, CrossingModel& model, WaveguideFigures& figures) {
  const StraightMode& straight = at.scalar.straights.front();
  if (guide.crossings_from_fields && model.table.empty())
    model.table = crossing_table(straight, {std::begin(table_angles_deg), std::end(table_angles_deg)},
                                 CrossingExposure::one_mask);
  for (const double angle_deg : guide.crossing_angles_deg) {
    const double diffraction = crossing_field(straight, angle_deg, CrossingExposure::one_mask).loss_dB;
    figures.crossings.push_back({angle_deg, diffraction + model.process_floor_dB, diffraction});
  }
}

} // namespace beachfront::optics
