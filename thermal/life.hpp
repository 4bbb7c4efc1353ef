// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of life and fracture that follow from the stack-up in closed form, or from a solved state by such a form;
// both fidelities use them.
#pragma once

#include "thermal/mechanics.hpp"
#include "thermal/stack.hpp"

#include <span>
#include <vector>

namespace beachfront::thermal {

/// Of the plies alone, from the substrate's birth to the colder of room and idle: steady state and that of the edge
/// finish's flaw.
void add_splitting(const Package& package, const std::vector<Ply>& plies, Mechanics& m);

/// At the walls of copper vias in glass, over the same change: at a face (plane stress) and inside a thick core.
void add_via_stress(const Package& package, Mechanics& m);

/// Rows of balls by the free strains of a stack that is as warm as the substrate's mean and of the board.
void add_solder(const Package& package, const Temperatures& t, const std::vector<Ply>& plies, Mechanics& m);

/// The same rows by how far pads move against the board between idle and operation, one entry each ball (`balls`).
void add_solder(const Package& package, const Temperatures& t, std::span<const PadMovement> movements, Mechanics& m);
BallGrid ball_grid(const Package& package);
/// Round the centres of the outermost balls.
geometry::Box ball_field(const Package& package);

/// Fracture from the flaws of the finish along the edge, `years` under the given tension.
void add_edge_fracture(const Package& package, std::span<const StressedLength> spans, Mechanics& m);

/// Which figures are absent because the package has no such part.
void add_absent_bodies(const Package& package, Mechanics& m);

/// Deflections that are large against the thickness.
void warn_of_large_deflection(const std::vector<Ply>& plies, Mechanics& m);

} // namespace beachfront::thermal
