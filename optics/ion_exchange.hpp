// SPDX-License-Identifier: GPL-3.0-or-later
// From a recipe to the concentration of the exchanged ion in the cross-section of a guide.
#pragma once

#include "optics/recipe.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::optics {

/// What one step of a recipe took and did.
struct StepSolution {
  int time_steps = 0;
  double surface_fraction = 0;        ///< c0 it ran with
  double drift_current_um_V = 0;      ///< see ion_exchange.cpp
};

/// Fraction c of mobile sites held by the incoming ion, on nodes of a tensor grid. The guide is symmetric about x = 0,
/// y is the depth below the surface and its first node lies on the surface.
struct IonField {
  std::vector<double> x_um;     ///< from 0 outwards; one node for a planar guide
  std::vector<double> y_um;     ///< from 0 downwards
  std::vector<double> fraction; ///< fraction[j * x_um.size() + i] at (x_um[i], y_um[j])
  double content_um2 = 0;       ///< integral of c over the cross-section; for a planar guide over the depth, in um
  double absorbed_um2 = 0;      ///< what passed the faces of the glass, summed step by step; equals content_um2 but for
                                ///< rounding. Of a two-sided glass both are those of one half.
  std::vector<StepSolution> steps; ///< of the recipe, in order
  double error_estimate = 0;    ///< of a fraction anywhere, relative to the largest: a third of what changes on cells
                                ///< twice as wide with eight times the tolerance
  std::vector<double> slope_x, slope_y, slope_xy; ///< at the nodes, per um and per um^2: of the spline of smooth_at

  /// Bilinear between the nodes, symmetric in x, 0 outside the grid and above the surface.
  double at(double x, double depth) const;

  /// Cubic spline through the nodes, twice differentiable, symmetric in x; 0 outside the grid and above the surface.
  /// Bilinear before add_slopes.
  double smooth_at(double x, double depth) const;

  bool holds(double x, double depth) const; ///< whether the grid reaches there
};

/// Fills the slopes that smooth_at needs.
void add_slopes(IonField& field);

/// How finely a recipe is solved.
struct ExchangeGrid {
  double cells_per_length = 16;  ///< on the shorter of the diffusion lengths of the recipe, at the edge of the mask
  double time_tolerance = 1e-4;  ///< error of a fraction in one time step, relative to the largest
};

struct ExchangeResult {
  std::optional<IonField> ions; ///< absent if the recipe has errors
  RecipeFindings findings;
};

ExchangeResult exchange_ions(const Recipe& recipe, const Glass& glass, const ExchangeGrid& grid = {});

} // namespace beachfront::optics
