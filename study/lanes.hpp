// SPDX-License-Identifier: GPL-3.0-or-later
// Which guides each lane runs through, what the movement of its engine costs it, and the light that crosses the
// boundary of an engine.
#pragma once

#include "geometry/layout.hpp"
#include "study/design.hpp"
#include "study/feed_polarization.hpp"
#include "thermal/mechanics.hpp"

#include <vector>

namespace beachfront::study {

/// One entry a lane of every working engine. Lanes fill the ports in order, wavelengths of a fibre together; a laser
/// has one wavelength, so it feeds that wavelength's lane on each of several fibres. `routes` as layout.guides, empty
/// with fibres; `movement` one a working engine; `crosstalk` and `polarization` as `routes`, or empty;
/// `edge_change_dB` at each passage between guide and fibre.
std::vector<optics::LaneLosses> lane_losses(const Design& design, const geometry::Layout& layout,
                                            const std::vector<optics::RouteLoss>& routes,
                                            const std::vector<optics::MovementLoss>& movement,
                                            const std::vector<optics::GuideCrosstalk>& crosstalk,
                                            const FeedPolarization& polarization, double edge_change_dB);

/// Light over the boundary of one engine, the mean of all, with the lasers as the budget sets them and nothing aged
/// yet.
power::EngineLight engine_light(const optics::LinkDesign& link, const optics::LinkBudget& budget, int lanes_per_engine);

/// What the movement of an engine adds to each passage between it and its guides: its shift alone, then its tilt on
/// top. A fibre array is glued to its engine and moves with it, so it is not asked for.
optics::MovementLoss movement_loss(const thermal::PortShift& shift, geometry::Side side, const optics::Waveguide& guide,
                                   const optics::WaveguideFigures& figures);

} // namespace beachfront::study
