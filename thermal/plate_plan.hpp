// SPDX-License-Identifier: GPL-3.0-or-later
// A package on the plan as cells of a laminate plate: dies and engines at their places.
#pragma once

#include "geometry/shapes.hpp"
#include "thermal/package.hpp"
#include "thermal/plate.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace beachfront::thermal {

/// How fine. Between neighbouring edges the cells grow towards the middle. On the reference packages these rules are
/// 0.3 % (room) and 0.5 % (reflow) from a mesh of six times the unknowns.
struct PlateRules {
  double edge_mm = 3;            ///< cells at the edges of bodies
  double growth = 3;             ///< greatest ratio of neighbouring cells
  double largest_mm = 15;        ///< cells elsewhere
  double merge_mm = 0.2;         ///< edges nearer to each other share a plane; what they cover goes by shares of cells
  double same_transition_K = 15; ///< glass transitions nearer than this count as their mean
};

/// A die or an engine on the plan.
struct Footprint {
  geometry::Box outline;
  geometry::Box engaged; ///< the part of the outline in which the joint has loaded the body; empty: no part at all
};

struct PlatePlan {
  struct Cover {
    std::size_t body = 0; ///< index of the footprint
    double engaged = 0;   ///< share of the cell under the engaged part
    double outline = 0;   ///< share of the cell under the outline
  };
  PlateMesh mesh;
  std::vector<Footprint> bodies;
  std::vector<std::vector<Cover>> cells; ///< of each cell of the mesh, by body
};

/// The shares of a mesh's cells that bodies cover.
std::vector<std::vector<PlatePlan::Cover>> covers(const PlateMesh& mesh, std::span<const Footprint> bodies);

/// `more_edges`: other boxes whose edges cells follow.
PlatePlan plate_plan(const geometry::Box& substrate, std::vector<Footprint> bodies, bool half_x, bool half_y,
                     const PlateRules& rules = {}, std::span<const geometry::Box> more_edges = {});

/// Whether substrate, dies and engines with their thickness, and the lid and stiffener that the assembly joins, are
/// their own image in the plane x = 0 (or y = 0), and the figures of images agree: `of_body` holds one figure for each
/// die, then each engine.
bool symmetric_in_x(const Package& package, std::span<const double> of_body, double tolerance);
bool symmetric_in_y(const Package& package, std::span<const double> of_body, double tolerance);

} // namespace beachfront::thermal
