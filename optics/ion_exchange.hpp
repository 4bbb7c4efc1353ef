// SPDX-License-Identifier: GPL-3.0-or-later
// From a recipe to the concentration of the exchanged ion in the cross-section of a guide.
#pragma once

#include "optics/recipe.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::optics {

/// Fraction c of mobile sites held by the incoming ion, on nodes of a tensor grid. The guide is symmetric about x = 0,
/// y is the depth below the surface and its first node lies on the surface.
struct IonField {
  std::vector<double> x_um;     ///< from near 0 outwards; one node for a planar guide
  std::vector<double> y_um;     ///< from 0 downwards
  std::vector<double> fraction; ///< fraction[j * x_um.size() + i] at (x_um[i], y_um[j])
  double content_um2 = 0;       ///< integral of c over the cross-section; for a planar guide over the depth, in um
  double absorbed_um2 = 0;      ///< what passed the surface, summed step by step; equals content_um2 but for rounding

  /// Bilinear between the nodes, symmetric in x, 0 outside the grid and above the surface.
  double at(double x, double depth) const;
  bool holds(double x, double depth) const; ///< whether the grid reaches there
};

/// How finely a recipe is solved.
struct ExchangeGrid {
  double cells_per_diffusion_length = 25; ///< at the edge of the mask and at the surface, on sqrt(sum of D_A t)
  int time_steps = 24;                    ///< per step of the recipe
};

struct ExchangeResult {
  std::optional<IonField> ions; ///< absent if the recipe has errors
  RecipeFindings findings;
};

/// Solves dc/dt = div[D_A grad c / (1 - alpha c)], alpha = 1 - M: binary inter-diffusion without applied field, in
/// which the field of the ions themselves is exact in two dimensions (the total current is zero everywhere).
/// Conservative finite volumes on a graded half-plane grid, in time the stabilised explicit scheme RKL2 (second order);
/// both orders are shown in the test. The square-root singularity at the edge of the mask leaves an error of first
/// order in the cell width there: with the default grid a guide from a 2 um opening reads 1.6 % low in content. Not
/// modelled: applied fields, a conducting mask, stress, and neighbours (the field of one guide alone).
ExchangeResult exchange_ions(const Recipe& recipe, const Glass& glass, const ExchangeGrid& grid = {});

} // namespace beachfront::optics
