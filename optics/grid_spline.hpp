// SPDX-License-Identifier: GPL-3.0-or-later
// Cubic splines through values on a line and on a tensor grid: smooth profiles for solvers of high order.
#pragma once

#include <utility>
#include <vector>

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

/// Slopes of a tensor spline at its nodes, values[j * x.size() + i]: per um, and per um^2 the mixed one.
struct GridSlopes {
  std::vector<double> x, y, xy;
};

/// `ends_x` and `ends_y`: what is known at the first and the last node of each axis. An axis of one node has no slopes.
GridSlopes grid_slopes(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& values,
                       std::pair<SplineEnd, SplineEnd> ends_x, std::pair<SplineEnd, SplineEnd> ends_y);

/// The spline at a place within the grid, twice differentiable; bilinear where there are no slopes.
double spline_at(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& values,
                 const GridSlopes& slopes, double at_x, double at_y);

/// The same on a tensor grid of places, the first axis fastest; both axes of nodes need two, and there are slopes.
std::vector<double> spline_on(const std::vector<double>& x, const std::vector<double>& y,
                              const std::vector<double>& values, const GridSlopes& slopes,
                              const std::vector<double>& at_x, const std::vector<double>& at_y);

} // namespace beachfront::optics
