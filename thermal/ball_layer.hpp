// SPDX-License-Identifier: GPL-3.0-or-later
// The solder balls between package and board as one layer.
#pragma once

#include "geometry/material.hpp"
#include "geometry/shapes.hpp"
#include "thermal/brick.hpp"
#include "thermal/package.hpp"

namespace beachfront::thermal {

/// The field of balls with half a pitch round it, as far as the substrate reaches.
geometry::Box ball_layer_outline(const Package& package);

/// Each ball a cylinder of its diameter, built in at both pads, that bends and shears (Timoshenko; Cowper's coefficient
/// of a circle, J. Appl. Mech. 33, 335, 1966), spread over its pitch. Islands: next to nothing in the plane.
struct BallLayer {
  double across_GPa = 0; ///< modulus across
  double shear_GPa = 0;  ///< across to along
};
BallLayer ball_layer(const Package& package);
ElasticTensor ball_layer_tensor(const Package& package);

/// Solder that conducts as balls in air do: parallel across, Maxwell's cylinders in the plane.
geometry::Material ball_layer_material(const Package& package);

} // namespace beachfront::thermal
