// SPDX-License-Identifier: GPL-3.0-or-later
// The increments that take a plate of a package from one state to other temperatures, and how far its bodies are
// engaged meanwhile.
#pragma once

#include "geometry/shapes.hpp"
#include "thermal/assembly.hpp"

#include <cstddef>
#include <span>

namespace beachfront::thermal {

/// Bodies of a package: its dies, then its engines.
std::size_t body_count(const Package& package);
bool is_die(const Package& package, std::size_t body);
const geometry::Box& body_outline(const Package& package, std::size_t body);

/// Die or engine, its joint between it and the substrate.
struct BodyLayers {
  geometry::Material joint, body;
  double joint_um = 0, body_um = 0;
};
BodyLayers body_layers(const Package& package, std::size_t body, bool underfilled);
bool is_on(const Package& package, std::size_t body, const Joined& joined);

/// Gauss points of the cells: bare or under a body for the glass, on a die for the die as well; none within 0.5 mm of
/// the edges of the substrate or, for the die, of the die.
std::vector<WatchedPlace> watched_places(const Package& package, const PlatePlan& plan, std::size_t glass_plies);

/// A part on its way through an increment.
struct Travel {
  double from_C = 0, to_C = 0;
};

Travel mean(const Travel& a, const Travel& b);

/// Suhir's k of a body on a substrate of these plies, which give to shear ply by ply. Bumps that are not filled carry
/// shear with their share of the area.
double body_lag_per_mm(const Package& package, std::size_t body, bool underfilled, const std::vector<Ply>& plies,
                       const Travel& body_travel, const Travel& under);

/// Share of a side over which a joint has loaded the body, 1 - tanh(kl)/(kl).
struct EngagedShare {
  double along_x = 0, along_y = 0;
};
EngagedShare engaged_share(double lag_per_mm, const geometry::Box& outline);
/// Share of the sides that the plan engages for it: not below one half, where the rest is taken off the stiffness.
EngagedShare engaged_part(const EngagedShare& share);

enum class Watch { shape, stresses };

/// Adds the increments up to the temperatures, in which nothing is joined. Factors that neither the assembly nor
/// `factors` has join `factors`.
void move_to(const PlateAssembly& assembly, const PartTemperatures& to, Watch watch, PlateState& state,
             PlateFactors& factors);

} // namespace beachfront::thermal
