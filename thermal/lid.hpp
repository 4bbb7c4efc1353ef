// SPDX-License-Identifier: GPL-3.0-or-later
// The lid of a package as plates that hang on the substrate's plate by the films over dies and engines and by the seal
// under their rim.
#pragma once

#include "geometry/shapes.hpp"
#include "thermal/assembly.hpp"
#include "thermal/plate_increment.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace beachfront::thermal {

/// Whether the assembly joins a lid.
bool joins_lid(const Package& package);

/// Share of its elastic modulus that a soft metal film under the lid keeps: one secant for the whole path, that of the
/// free slip by half a diagonal between lid and body from the lid's joining to room.
double flowing_share(const Package& package, const Film& film, const geometry::Box& outline,
                     const geometry::Material& under);

/// Edges that cells of the plan should follow: of the plates and of the inside of their rims. None without a lid.
std::vector<geometry::Box> lid_edges(const Package& package);

/// What a lid plate covers; empty without a lid.
std::vector<LidPlate> lid_plates(const Package& package, const PlatePlan& plan);

/// Its plates over the plan, at the height of their middle.
std::vector<UpperPlate> upper_plates(const Package& package, std::span<const LidPlate> lid);

/// Temperatures on the way through an increment. A film goes with the mean of its body and the lid.
struct LidTravel {
  std::vector<Travel> bodies, under_bodies; ///< as PartTemperatures
  Travel lid;                               ///< and seal
};

struct LidIncrement {
  UpperCells cells;
  UpperLoads loads;
};

/// Stiffness and loads of the plates and of what holds them. A film resists opening with its confined modulus in series
/// with the joint below its body, the seal with its own in series with the foot's height; both resist slip with their
/// shear modulus. What lies between the plates grows with the temperature and drives them apart. The films' and the
/// seal's own stiffness in the plane is left out.
LidIncrement lid_increment(const Package& package, std::span<const LidPlate> lid, const Joined& joined,
                           const LidTravel& travel);

} // namespace beachfront::thermal
