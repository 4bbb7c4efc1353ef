// SPDX-License-Identifier: GPL-3.0-or-later
// Between optics and geometry: what the modes ask of the routes, what the routes cost, and what the loop is given.
#pragma once

#include "study/solve.hpp"

namespace beachfront::study {

/// The design's own rules, else those of the modes; a minimum radius of 0 where there is no guided mode to take it
/// from.
geometry::RoutingRules routing_rules(const Design& design, const std::optional<optics::WaveguideFigures>& waveguide);

/// Whether engines stand, lasers are enough and, with guides, light is guided and every net is routed: light and heat
/// can be solved.
bool is_built(const Design& design, const Solution& solution);

/// What the router minimises: the dB of a path, its crossings apart; its length where no mode tells the loss.
/// Refers to `waveguide`, which must live as long.
geometry::PathLoss path_loss(const std::optional<optics::WaveguideFigures>& waveguide);

/// One a guide of the layout.
std::vector<optics::RouteLoss> route_losses(const geometry::Layout& layout,
                                            const std::vector<geometry::Crossing>& crossings,
                                            const std::optional<optics::WaveguideFigures>& waveguide);

/// The loss of all routes over a lower bound: propagation along the shortest path of the smallest radius between the
/// same ends (geometry/dubins.hpp), and the crossings. Empty without routes or loss.
std::optional<double> loss_over_bound(const Solution& solution);

/// Guides that a package asks for.
int nets_of(const geometry::Package& package);

/// The design's link with the couplings that the modes give.
optics::LinkDesign passages(const Design& design, const std::optional<optics::WaveguideFigures>& waveguide);

} // namespace beachfront::study
