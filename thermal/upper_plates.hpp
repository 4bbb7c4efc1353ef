// SPDX-License-Identifier: GPL-3.0-or-later
// The lid of a package as plates that hang on the substrate's plate by the films over dies and engines and by the seal
// under their rim; the stiffener's ring as one that hangs on its adhesive; the board as one that hangs below, on the
// balls, as far as the substrate reaches.
#pragma once

#include "geometry/shapes.hpp"
#include "thermal/assembly.hpp"
#include "thermal/plate_increment.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace beachfront::thermal {

/// Whether the assembly joins a lid, a stiffener, a board, and the package has one as a body.
bool joins_lid(const Package& package);
bool joins_stiffener(const Package& package);
bool joins_board(const Package& package);

/// Share of its elastic modulus that a soft metal film under the lid keeps: one secant for the whole path, that of the
/// free slip by half a diagonal between lid and body from the lid's joining to room.
double flowing_share(const Package& package, const Film& film, const geometry::Box& outline,
                     const geometry::Material& under);

/// Edges that cells of the plan should follow: of the upper plates that the assembly joins and of the inside of their
/// rims.
std::vector<geometry::Box> upper_edges(const Package& package);

/// What the plates of lid, stiffener and board cover, as far as they are joined.
std::vector<UpperPart> upper_parts(const Package& package, const PlatePlan& plan, const Joined& joined);

/// Their plates over the plan, at the height of their middle.
std::vector<UpperPlate> upper_plates(const Package& package, std::span<const UpperPart> parts);

/// Temperatures on the way through an increment. A film goes with the mean of its body and the lid.
struct UpperTravel {
  std::vector<Travel> bodies, under_bodies; ///< as PartTemperatures
  Travel upper;                             ///< lid, stiffener, board and what holds them
};

struct UpperIncrement {
  UpperCells cells;
  UpperLoads loads;
};

/// Stiffness and loads of the plates and of what holds them. The balls' own stiffness is that of ball_layer.hpp. A film
/// resists opening with its confined modulus in series with the joint below its body, a seal or adhesive with its own;
/// both resist slip with their shear modulus. What lies between the plates grows with the temperature and drives them
/// apart. The films' and seals' own stiffness in the plane is left out.
UpperIncrement upper_increment(const Package& package, std::span<const UpperPart> parts, const Joined& joined,
                               const UpperTravel& travel);

} // namespace beachfront::thermal
