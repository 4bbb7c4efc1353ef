// SPDX-License-Identifier: GPL-3.0-or-later
// From the contents of cells to fractions on the nodes of a grid, by splines.
#pragma once

#include "optics/ion_exchange.hpp"
#include "optics/ion_exchange_potential.hpp"

namespace beachfront::optics {

/// What a cubic spline knows at an end: its slope, that it is straight there (no curvature), or nothing (its first two
/// pieces are one cubic).
struct SplineEnd {
  enum Kind { slope, straight, free } kind = free;
  double value = 0; ///< the slope
};

/// Slopes at the nodes of the cubic spline through the values; two nodes at least.
std::vector<double> spline_slopes(const std::vector<double>& nodes, const std::vector<double>& values, SplineEnd start,
                                  SplineEnd end);

/// Fractions on the edges of the cells, fourth order in the cell widths: derivatives of the splines through the sums of
/// the cells' contents, which keep the content of every cell. The surface row is what the last step held
/// there. Cells that no ion reaches are left out.
IonField field_on_edges(const ExchangeCells& cells, const Eigen::VectorXd& fraction,
                        const ExchangeConditions& last);

/// The field of a grid improved by that of the grid with every two cells joined. The error of both goes with the square
/// of the cell width, so a third of their difference takes off all but the fourth power (Richardson). Fractions stay
/// between 0 and `highest`.
void extrapolate(IonField& fine, IonField coarse, double highest);

/// Largest difference on the nodes of the coarse, which the fine has too, over the largest fraction.
double largest_difference(const IonField& fine, const IonField& coarse);

} // namespace beachfront::optics
