// SPDX-License-Identifier: GPL-3.0-or-later
// A substrate's stack-up as homogeneous plies, and a ply as an elastic layer between two temperatures.
#pragma once

#include "thermal/laminate.hpp"
#include "thermal/package.hpp"

#include <vector>

namespace beachfront::thermal {

struct Ply {
  geometry::Material material;
  double thickness_um = 0;
  geometry::Material film = {}; ///< of a film with patterned copper: its dielectric,
  double film_um = 0;           ///< which lies in series with the copper across the ply; 0: the ply is one material
};

/// The stack-up from the board side up, repeats written out, copper and vias mixed in (`mixture.hpp`).
std::vector<Ply> plies(const Substrate& substrate);

double total_um(const std::vector<Ply>& plies);

/// A ply is glass when its material has a fracture toughness.
bool is_glass(const geometry::Material& material);

/// A ply on its way between two temperatures: secant modulus and free strain.
ElasticLayer elastic_layer(const geometry::Material& material, double thickness_um, double from_C, double to_C);
std::vector<ElasticLayer> elastic_layers(const std::vector<Ply>& plies, double from_C, double to_C);

/// How far plies give to a shear that enters at their top, per unit of it: the integral of share^2 / G over the height,
/// with share the part of the plies' stiffness that lies below, which has taken up that part of the force. thickness /
/// (3 G) when there is one material.
double shear_compliance_um_per_GPa(const std::vector<Ply>& plies, double from_C, double to_C);

/// The joint under the dies: bumps alone (islands, no in-plane stiffness) or filled.
geometry::Material die_joint_material(const DieJoint& joint, bool underfilled);

} // namespace beachfront::thermal
