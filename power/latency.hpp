// SPDX-License-Identifier: GPL-3.0-or-later
// One-way latency of a link, from the host's forward error correction of one end to that of the other, by parts.
//
// Left out, being the same for all classes: MAC and PCS beyond the code, the switch's own buffers, serialising a frame.
#pragma once

#include "power/estimate.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::power {

/// The link that latency is stated for.
struct LinkPath {
  double port_rate_Gbps = 800; ///< of one port: the rate at which a code word fills
  double reach_m = 100;        ///< of fibre; assumed
  double inner_code_ns = 0;    ///< of IEEE 802.3dj's inner code where the link has one; DR links of 500 m have none
  double decoder_ns = 50;      ///< of the decoder behind the filled block; assumed, see host_code_ns()
  double fibre_group_index = 1.4676; ///< standard single-mode fibre at 1.31 um (data sheets)
};

/// What a module or engine adds: each end of a link has one, light passes a transmit and a receive side.
struct ModuleLatency {
  Estimate transmit_ns;
  Estimate receive_ns;
};

struct LatencyPart {
  std::string name;
  Estimate ns;
};

struct Latency {
  std::vector<LatencyPart> parts;
  Estimate total_ns; ///< each end of the range taken together
};

/// RS(544,514) words that IEEE 802.3 interleaves over one port: 1 up to 100G, 2 for 200G and 400G, 4 above.
int interleaved_code_words(double port_rate_Gbps);

/// Time in which the interleaved words arrive: 5,440 bits each at 17/16 of the port rate (257 bits for 256, 544 symbols
/// for 514). No decoder can correct before. Throws std::invalid_argument on a rate that is not positive.
double code_block_ns(double port_rate_Gbps);

/// Of the host's code: the block's arrival and the decoder's own time. The decoder's is an assumption (50 ns, 20 to
/// 100): the totals of 100 to 150 ns quoted for 100G ports less 51.2 ns of arrival leave 49 to 99 ns.
Estimate host_code_ns(const LinkPath& path);

/// Time of flight over the reach.
double fibre_ns(const LinkPath& path);

/// All parts. Throws as above, and on a negative reach or time.
Latency link_latency(const ModuleLatency& module, const LinkPath& path);

} // namespace beachfront::power
