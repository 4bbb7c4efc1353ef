// SPDX-License-Identifier: GPL-3.0-or-later
// A package as bricks: what the field solvers mesh.
#pragma once

#include "geometry/material.hpp"
#include "geometry/shapes.hpp"
#include "thermal/grid.hpp"
#include "thermal/package.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace beachfront::thermal {

enum class Part {
  ply,
  die_joint,
  die,
  die_tim,
  engine_joint,
  engine,
  engine_tim,
  lid,
  lid_seal,
  stiffener,
  stiffener_adhesive,
  balls,
  board
};

/// A brick of one material.
struct Body {
  std::string name;
  Part part = Part::ply;
  std::size_t index = 0; ///< of the ply (from the board side), the die, the engine or the lid plate
  geometry::Box outline;
  double bottom_mm = 0; ///< above the bottom of the substrate
  double top_mm = 0;
  geometry::Material material; ///< a joint's as filled
};

/// Substrate, dies with joints and TIMs, engines with theirs, lid. Neighbouring plies of one material are one body. The
/// lid's plate lies on the tallest stack; over lower ones it reaches down, so that every TIM has its own thickness.
/// Its foot stands on the seal round the rim of a plate; a plate wider than the substrate has no foot. The stiffener's
/// ring as four bars on theirs of adhesive. A board that is a body below, on the balls as one layer.
std::vector<Body> bodies(const Package& package);

/// Whether the bodies share a point, but for rounding.
bool touch_or_overlap(const Body& a, const Body& b);

/// Why the bodies cannot be meshed, naming them: a body without extent or thinner than 0.1 um, bodies that overlap, a
/// body that touches no other. Empty if they can.
std::vector<std::string> body_faults(std::span<const Body> bodies);

/// How fine. Sizes are those of cells in the plane; between planes the size grows with the distance from the nearest
/// edge, so that neighbouring cells differ by less than the growth ratio.
struct GridRules {
  double edge_mm = 0.4;     ///< at the edges of dies, engines and substrate
  double largest_mm = 4;    ///< in the plane
  double growth = 2;        ///< greatest ratio of neighbouring cells, above 1
  double edge_patch_mm = 0; ///< a plane this far inside the edges of dies and engines; 0: none
  double layer_um = 450;    ///< a layer thicker than this is cut into equal cells
};

/// Every face of every body on a plane. Quarter or half where half_x, half_y say so: the model must be symmetric.
Grid grid(std::span<const Body> bodies, const GridRules& rules, bool half_x, bool half_y);

/// Whether the bodies are their own image in the plane x = 0 (or y = 0).
bool symmetric_in_x(std::span<const Body> bodies);
bool symmetric_in_y(std::span<const Body> bodies);

} // namespace beachfront::thermal
