// SPDX-License-Identifier: GPL-3.0-or-later
// One-dimensional scalar modes on a line of cells: a slab, or one factor of a separable mode.
#pragma once

#include <span>
#include <vector>

namespace beachfront::optics {

/// A mode of u'' + k^2 n^2(x) u = beta^2 u with u = 0 at both ends of the line.
struct LineMode {
  double beta2_per_um2 = 0;
  std::vector<double> field; ///< one value a cell, normalised so that the sum of width * field^2 is 1
};

/// Finite volumes on cells of any width; `k2n2_per_um2` is the cell average of k^2 n^2. A jump of n^2 belongs on a cell
/// face. The error of beta^2 falls with the square of the cell width, also where neighbouring cells differ in width.
/// `order` counts modes from 0, the largest beta. `near` is a field like the mode's on the same cells, to start from,
/// or empty. Throws std::invalid_argument on sizes that do not fit.
LineMode line_mode(std::span<const double> edges_um, std::span<const double> k2n2_per_um2, int order,
                   std::span<const double> near = {});

/// The integral of u'^2 in the same discretisation, so that beta^2 = integral of k^2 n^2 u^2 - slope_energy.
double slope_energy_per_um2(std::span<const double> edges_um, std::span<const double> field);

/// Extrapolates a quantity with an h^2 error from cells of width h and h/2 to h -> 0 (Richardson).
inline double extrapolate_h2(double at_h, double at_half_h) {
  return at_half_h + (at_half_h - at_h) / 3;
}

/// Full width where field^2 first falls below 1/e^2 of its largest value, on both sides of it.
double width_1_over_e2_um(std::span<const double> edges_um, std::span<const double> field);

/// Twice the standard deviation of field^2: the waist of the Gaussian with the same second moment.
double second_moment_waist_um(std::span<const double> edges_um, std::span<const double> field);

/// Cell edges from the first to the last break with a face on every break, cells no wider than `spacing_um[i]` between
/// breaks i and i+1 and equal within each interval.
std::vector<double> edges_through(std::span<const double> breaks_um, std::span<const double> spacing_um);

/// Every cell cut into two equal ones.
std::vector<double> halved(std::span<const double> edges_um);

} // namespace beachfront::optics
