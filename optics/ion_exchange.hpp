// SPDX-License-Identifier: GPL-3.0-or-later
// From a recipe to the concentration of the exchanged ion in the cross-section of a guide.
#pragma once

#include "optics/grid_spline.hpp"
#include "optics/recipe.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::optics {

/// What one step of a recipe took and did.
struct StepSolution {
  int time_steps = 0;
  double surface_fraction = 0;            ///< c0 it ran with
  double current_over_conductivity_V = 0; ///< integral of (1 - alpha c) E over the surface, mean over time: times the
                                          ///< ionic conductivity of the plain glass the current per length of guide.
                                          ///< For a planar guide, in V/um, times conductivity the current density.
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
  double error_estimate = 0; ///< of a fraction anywhere, relative to the largest: a third of what changes on cells
                             ///< twice as wide with eight times the tolerance
  GridSlopes slopes;         ///< of the spline of smooth_at; empty: bilinear

  /// Bilinear between the nodes, symmetric in x, 0 outside the grid and above the surface.
  double at(double x, double depth) const;

  /// Cubic spline through the nodes, twice differentiable, symmetric in x; 0 outside the grid and above the surface.
  double smooth_at(double x, double depth) const;

  bool holds(double x, double depth) const; ///< whether the grid reaches there
};

/// How finely a recipe is solved.
struct ExchangeGrid {
  double cells_per_length = 16; ///< on the shorter of the diffusion lengths of the recipe, at the edge of the mask
  double time_tolerance = 1e-4; ///< error of one time step, root mean square over that of the fraction itself
};

struct ExchangeResult {
  std::optional<IonField> ions; ///< absent if the recipe has errors
  RecipeFindings findings;
};

/// Binary Nernst-Planck inter-diffusion in the cross-section of one guide:
///   dc/dt = div[D_A grad c/(1 - alpha c) + D_A/(H V_T) c grad chi],  div[(1 - alpha c) grad chi] = 0,  alpha = 1 - M,
/// with chi = phi + H V_T ln(1 - alpha c); without applied field and metal mask chi is flat and drops out.
/// Conservative finite volumes on a graded half-plane grid, the root singularity at the edge of the mask built into the
/// fluxes, extrapolated from two grids; implicit and error-controlled in time. The defaults keep 1e-4 of the largest
/// fraction where the last step strips or seals the surface, 1e-3 where a field drives the ions. After an exchange as
/// the last step the fraction rises like a root at the edge of the mask, which no spline follows: 2 % within 0.1 um of
/// it.
///
/// A field is applied as a voltage between the open surface and the back of the glass, counted from the voltage without
/// current. Without a glass thickness the field far below is the given one. Under an insulating mask the current
/// spreads through the whole glass. A metal mask has the potential of the melt; at its edge the solution is of first
/// order in the cells, 1 % in content. A front narrower than the cells is smeared over them, with a warning. Not
/// modelled: stress, space charge, precipitation of silver, and neighbours (the field of one guide alone).
ExchangeResult exchange_ions(const Recipe& recipe, const Glass& glass, const ExchangeGrid& grid = {});

} // namespace beachfront::optics
