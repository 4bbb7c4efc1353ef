// SPDX-License-Identifier: GPL-3.0-or-later
// What a guide loses at a crossing with its like, by sending its mode through the index of both.
#pragma once

#include "optics/bend_mode.hpp"
#include "optics/crossing.hpp"

#include <optional>
#include <vector>

namespace beachfront::optics {

/// What the glass has where both guides would be.
enum class CrossingExposure {
  one_mask,      ///< the higher of the two indices: both openings in one mask
  two_exposures, ///< the sum of both index differences
};

struct CrossingSteps {
  double longest_um = 2; ///< along the guide
  int degree = 10;       ///< of the elements along x
};

/// Shares of the power that came in; they add up to 1.
struct CrossingField {
  double angle_deg = 0;
  double loss_dB = 0; ///< of the mode that stays in its guide
  double through = 0;
  double crossed = 0;  ///< in the other guide, forwards; counted only at or below `largest_crosstalk_angle_deg`
  double radiated = 0; ///< still in the window
  double absorbed = 0; ///< by the edges of the window
  std::optional<double> crosstalk_dB; ///< of `crossed`; absent where the grid does not resolve it
  double empty_loss_dB = 0;           ///< of the same way without the other guide: what splitting and window cost
  int steps = 0;
};

/// Above this angle the light that goes over turns through more wavelengths than the grid holds. It is then far below
/// what the mode radiates.
constexpr double largest_crosstalk_angle_deg = 15;

/// Beam propagation of a guide's scalar mode across another of its kind at an angle, in steps of diffraction and phase
/// (Strang; Feit and Fleck, Appl. Opt. 17, 3990 (1978)): each step of diffraction is exact, by the modes of the plain
/// layers along x and y, and the guide's own mode travels without loss. Paraxial about that mode; against a wide-angle
/// beam the loss is right to 0.5 % between 5 and 90 degrees. Nothing is reflected. Sharp walls are averaged over the
/// distance of nodes. Angles beyond 90 degrees count as their supplement. Throws std::invalid_argument for angles not
/// above 0 and below 180, and for those so small that the guides cross over more than 5 mm.
CrossingField crossing_field(const StraightMode& guide, double angle_deg, CrossingExposure exposure,
                             const CrossingSteps& steps = {});

/// Points for CrossingModel::table, by rising angle.
std::vector<CrossingPoint> crossing_table(const StraightMode& guide, std::vector<double> angles_deg,
                                          CrossingExposure exposure);

} // namespace beachfront::optics
