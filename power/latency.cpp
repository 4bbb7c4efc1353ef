// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/latency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace beachfront::power {
namespace {

constexpr double code_word_bits = 5440;           // 544 symbols of 10 bits
constexpr double line_over_port_rate = 17.0 / 16; // 257/256 transcoding times 544/514
constexpr double speed_of_light_m_per_ns = 0.299792458;
constexpr double least_decoder_ns = 20, most_decoder_ns = 100;

} // namespace

int interleaved_code_words(double port_rate_Gbps) {
  return port_rate_Gbps <= 100 ? 1 : port_rate_Gbps <= 400 ? 2 : 4;
}

double code_block_ns(double port_rate_Gbps) {
  if (!(port_rate_Gbps > 0) || !std::isfinite(port_rate_Gbps))
    throw std::invalid_argument("the port's rate must be positive");
  return interleaved_code_words(port_rate_Gbps) * code_word_bits / (port_rate_Gbps * line_over_port_rate);
}

Estimate host_code_ns(const LinkPath& path) {
  const double block_ns = code_block_ns(path.port_rate_Gbps);
  return {
      block_ns + path.decoder_ns, block_ns + std::min(least_decoder_ns, path.decoder_ns),
      block_ns + std::max(most_decoder_ns, path.decoder_ns),
      fmt::format("derived: {} words of RS(544,514) arrive in {:.1f} ns (IEEE 802.3); the decoder's {:g} ns assumed",
                  interleaved_code_words(path.port_rate_Gbps), block_ns, path.decoder_ns)};
}

double fibre_ns(const LinkPath& path) {
  return path.reach_m * path.fibre_group_index / speed_of_light_m_per_ns;
}

Latency link_latency(const ModuleLatency& module, const LinkPath& path) {
  if (!(path.reach_m >= 0 && path.inner_code_ns >= 0 && path.decoder_ns >= 0))
    throw std::invalid_argument("reach and times of a link must not be negative");
  Latency latency;
  latency.parts = {{"host_code", host_code_ns(path)},
                   {"module_transmit", module.transmit_ns},
                   {"fibre", {fibre_ns(path), fibre_ns(path), fibre_ns(path), "standard: time of flight"}},
                   {"module_receive", module.receive_ns}};
  if (path.inner_code_ns > 0)
    latency.parts.push_back({"inner_code", {path.inner_code_ns, path.inner_code_ns, path.inner_code_ns, "the design"}});
  for (const LatencyPart& part : latency.parts) {
    latency.total_ns.value += part.ns.value;
    latency.total_ns.low += part.ns.low;
    latency.total_ns.high += part.ns.high;
  }
  latency.total_ns.source = "sum of the parts, each end of the range taken together";
  return latency;
}

} // namespace beachfront::power
