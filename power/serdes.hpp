// SPDX-License-Identifier: GPL-3.0-or-later
// What the SerDes on the switch die draws, from the loss of the channel that it has to equalise.
#pragma once

#include "power/channel.hpp"
#include "power/estimate.hpp"
#include "power/transceiver.hpp"

#include <vector>

namespace beachfront::power {

/// A published transceiver, transmitter and receiver together, both ends of one lane on one die.
struct SerdesPoint {
  double loss_dB = 0; ///< of the channel, bump to bump, at Nyquist
  Estimate energy_pJ_per_bit;
};

/// The points that serdes_energy_pJ_per_bit() goes through, loss rising. PAM4 lanes of 106 to 224 Gb/s in 28 to 3 nm:
/// node and rate are not separated, since the published energies of one loss differ by less than the papers do.
const std::vector<SerdesPoint>& serdes_points();

/// Energy of a lane whose channel loses `loss_dB`: straight lines between the points, flat beyond both ends, low and
/// high likewise. Valid from 1 to 40 dB; `source` says when the loss is outside. A design at a rate other than 100 to
/// 224 Gb/s a lane is outside too, for no point stands there. Throws std::invalid_argument on a loss that is negative
/// or not finite.
Estimate serdes_energy_pJ_per_bit(double loss_dB, double lane_rate_Gbps);

/// Mean over all lanes of a package, each engine at the loss of its longest lane. A retimed class equalises that
/// channel. In the linear class nothing retimes on the way, so the receiving die sees the channels of both ends in
/// series: value at twice the loss, low at the loss, high at what a long-reach SerDes spends (31.4 dB); assumed, after
/// the diagrams of Ranovus (LightCounting linear-drive webinar, 2023). Throws as above, and where there is no lane.
Estimate host_energy_pJ_per_bit(HostSerdes serdes, const std::vector<EngineChannel>& engines, double lane_rate_Gbps);

} // namespace beachfront::power
