// SPDX-License-Identifier: GPL-3.0-or-later
// Electrical power of the solved design: its SerDes, and its optics beside the alternatives.
#pragma once

#include "study/solve.hpp"

#include <optional>
#include <vector>

namespace beachfront::study {

/// Of the switch die's SerDes, both directions of a port: what the design gives, else by the loss of its lanes.
power::Estimate host_energy_pJ_per_bit(const Design& design, const std::optional<power::ChannelFigures>& channel);

/// Heat of the SerDes in each die, where the design adds it to the dies' own: each die's by the lanes that leave it; by
/// area where the lanes are not solved. Zero where it is in the dies' power.
std::vector<double> serdes_heat_W(const Design& design, const std::optional<geometry::ElectricalEscape>& electrical,
                                  const std::optional<power::ChannelFigures>& channel);

/// The design's own optics at the operating point beside its alternatives.
/// `channel` gives the host's energy where the design leaves it to the channel.
power::ComparisonResult compare_power(const Design& design, const OperatingPoint& point,
                                      const std::optional<power::ChannelFigures>& channel);

} // namespace beachfront::study
