// SPDX-License-Identifier: GPL-3.0-or-later
// What bends and their joints cost at any radius, from modes solved at some.
#pragma once

#include "optics/bend_mode.hpp"

#include <optional>
#include <vector>

namespace beachfront::optics {

/// One solved radius: the larger of both polarisations and of both directions.
struct BendPoint {
  double radius_mm = 0;
  double loss_dB_per_cm = 0;
  double joint_loss_dB = 0;    ///< straight to bend
  double reversal_loss_dB = 0; ///< between opposite bends
};

/// Rising radii, losses falling. Empty: no curve.
struct BendCurve {
  std::vector<BendPoint> points;
};

/// Straight lines in ln(loss) over the radius, which is what radiation follows (chords of the 20 % steps of
/// bend_curve read up to 0.3 % high); the outer ones go on. Falls steadily with the radius.
double loss_dB_per_cm(const BendCurve& curve, double radius_mm);

/// Loss of a jump of curvature: straight lines in the logarithms, through the joints and the reversals (whose jump is
/// twice the curvature); below the least solved jump it falls with its square.
double jump_loss_dB(const BendCurve& curve, double curvature_step_per_mm);

/// The modes a curve is made from.
struct BendGuides {
  std::vector<StraightMode> straights; ///< one a polarisation that is guided
  bool lopsided = false;               ///< left and right bends differ
};
BendGuides bend_guides(const IndexProfile& profile, double wavelength_um);

/// Whether left and right bends differ: a measured map need not be its own mirror image.
bool is_lopsided(const IndexProfile& profile);

/// The worst loss of all polarisations and directions.
BendPoint worst_bend(const BendGuides& guides, double radius_mm);

/// The radius whose worst loss is the budget, to a relative 1e-4, never below the least at which all modes survive.
/// Nothing where no radius up to 10 m will do.
std::optional<double> radius_for_loss_mm(const BendGuides& guides, double budget_dB_per_cm);

/// Solved around a radius that is going to be the smallest: 0.8 to 6 times as large.
BendCurve bend_curve(const BendGuides& guides, double smallest_radius_mm);

} // namespace beachfront::optics
