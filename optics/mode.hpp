// SPDX-License-Identifier: GPL-3.0-or-later
// The fast mode of a guide: the best field of the form X(x) Y(y).
#pragma once

#include "optics/profile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::optics {

/// A separable field on a grid and its propagation constant.
struct SeparableMode {
  double effective_index = 0;
  std::vector<double> x_field; ///< per column, sum of width * field^2 = 1
  std::vector<double> y_field; ///< per row, likewise
  bool converged = false;
};

/// Maximises beta^2 = integral of k^2 n^2 X^2 Y^2 - X'^2 Y^2 - X^2 Y'^2 over X and Y by turns, each a one-dimensional
/// mode in the index weighted with the other factor ("weighted index method": Kendall et al., IEE Proc. A 134, 699
/// (1987)). Scalar (weak guidance). Exact where n^2 is a sum f(x) + g(y); otherwise, but for the grid's own error, a
/// lower bound of the scalar effective index for orders 0, 0. `order_x`, `order_y` count nodes. Ends when a turn
/// changes beta^2 by less than the share `settled`. `start` has fields like the mode's on the same cells, or none. With
/// `only_side_of`, an effective index, it also ends once it is sure on which side of that the mode's own lies.
SeparableMode separable_mode(const IndexGrid& grid, double wavelength_um, int order_x, int order_y,
                             double settled = 1e-13, const SeparableMode& start = {}, double only_side_of = 0);

/// Second-order estimate (Moller and Plesset's, of the same mean-field problem) of how far the best separable field
/// falls short of the scalar effective index; never negative, for orders 0, 0.
double separability_shortfall(const IndexGrid& grid, const SeparableMode& mode, double wavelength_um);

/// A guided mode of a profile, on a window and grid chosen for it.
struct GuidedMode {
  double wavelength_um = 0;
  IndexGrid grid;
  SeparableMode field;                 ///< on `grid`
  double effective_index = 0;          ///< separable value, extrapolated to vanishing cells, plus the shortfall
  double separable_index = 0;          ///< without the shortfall: a lower bound of the scalar value
  double grid_error = 0;               ///< what the extrapolation changed
  double separability_error = 0;       ///< half the shortfall: what the second-order estimate may itself be wrong by
  double mode_field_diameter_x_um = 0; ///< 1/e^2 of intensity
  double mode_field_diameter_y_um = 0;
  double waist_x_um = 0;         ///< 2 sigma of intensity along x: above half the diameter where tails are long
  double effective_area_um2 = 0; ///< (integral of intensity)^2 / integral of intensity^2
};

/// The mode with the given orders, or why there is none: below cut-off, with the index that was found.
struct ModeResult {
  std::optional<GuidedMode> mode;
  std::string reason; ///< when there is no mode
};
ModeResult guided_mode(const IndexProfile& profile, double wavelength_um, int order_x = 0, int order_y = 0);

/// Group index d(k N)/dk of a mode by the theorem of Hellmann and Feynman: the fields that make beta^2 stationary may
/// be held while k moves. `background_group_index` is the plain glass's own; the guide keeps its index above it.
double separable_group_index(const IndexProfile& profile, const GuidedMode& mode, double background_group_index);

/// Number of guided separable modes of one polarisation, counted up to `most`. Modes closer to cut-off than about 1e-5
/// in effective index may be missed.
int count_modes(const IndexProfile& profile, double wavelength_um, int most = 20);

} // namespace beachfront::optics
