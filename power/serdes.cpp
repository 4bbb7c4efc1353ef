// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/serdes.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace beachfront::power {
namespace {

constexpr double long_reach_dB = 31.4; // of the measured 224 Gb/s long-reach receiver
constexpr double slowest_Gbps = 100, fastest_Gbps = 224;

double between(double left, double right, double share) {
  return left + share * (right - left);
}

} // namespace

const std::vector<SerdesPoint>& serdes_points() {
  static const std::vector<SerdesPoint> points = {
      {1,
       {1.1, 0.5, 1.55,
        "measured: 113 Gb/s XSR in 5 nm, channels of 1 to 12 dB, below 1.1 pJ/bit (IEEE SSC-L 8, 33, 2025); low OIF's "
        "target of CEI-224G-XSR, high a 112 Gb/s XSR quoted by Lightmatter (Hot Interconnects 2025)"}},
      {12,
       {1.1, 1.0, 1.55,
        "measured: 113 Gb/s XSR in 5 nm, channels of 1 to 12 dB, below 1.1 pJ/bit (IEEE SSC-L 8, 33, 2025); low OIF's "
        "target of CEI-112G-XSR, high a 112 Gb/s XSR quoted by Lightmatter (Hot Interconnects 2025)"}},
      {20.8,
       {2.29, 1.9, 2.7,
        "measured: 112 Gb/s medium reach in 28 nm, 20.8 dB (IEEE JSSC 58, 19, 2023); range SerDes-200G of OIF's energy "
        "panel (OFC 2026)"}},
      {31.4,
       {3.1, 2.3, 4.0,
        "derived: 224 Gb/s receiver of 1.41 pJ/bit over 31.4 dB (IEEE JSSC 2023, measured) and transmitter of 1.7 "
        "pJ/bit "
        "(ISSCC 2021), not one chip; low assumed, high Marvell's 224G long reach"}},
      {40,
       {4.0, 3.1, 5.0,
        "vendor: Marvell 224G long reach in 3 nm, 4 pJ/bit over 2.5 m of cable (2026), read at the 40 dB of IEEE "
        "802.3dj; high 224G long reach quoted by Lightmatter (Hot Interconnects 2025)"}},
  };
  return points;
}

Estimate serdes_energy_pJ_per_bit(double loss_dB, double lane_rate_Gbps) {
  if (!(loss_dB >= 0) || !std::isfinite(loss_dB))
    throw std::invalid_argument("the channel's loss must be finite and not negative");
  const std::vector<SerdesPoint>& points = serdes_points();
  std::size_t right = 1;
  while (right + 1 < points.size() && points[right].loss_dB < loss_dB)
    ++right;
  const SerdesPoint& a = points[right - 1];
  const SerdesPoint& b = points[right];
  const double share = std::fmin(1.0, std::fmax(0.0, (loss_dB - a.loss_dB) / (b.loss_dB - a.loss_dB)));

  Estimate energy;
  energy.value = between(a.energy_pJ_per_bit.value, b.energy_pJ_per_bit.value, share);
  energy.low = between(a.energy_pJ_per_bit.low, b.energy_pJ_per_bit.low, share);
  energy.high = between(a.energy_pJ_per_bit.high, b.energy_pJ_per_bit.high, share);
  energy.source =
      fmt::format("derived: {:.3g} dB between published SerDes of {:g} and {:g} dB", loss_dB, a.loss_dB, b.loss_dB);
  if (loss_dB < points.front().loss_dB || loss_dB > points.back().loss_dB)
    energy.source += "; the loss is outside of them";
  if (lane_rate_Gbps < slowest_Gbps || lane_rate_Gbps > fastest_Gbps)
    energy.source += fmt::format("; {:g} Gb/s a lane is outside of them", lane_rate_Gbps);
  return energy;
}

Estimate host_energy_pJ_per_bit(HostSerdes serdes, const std::vector<EngineChannel>& engines, double lane_rate_Gbps) {
  Estimate mean;
  int lanes = 0;
  double loss_dB = 0;
  for (const EngineChannel& engine : engines) {
    const double weight = engine.lanes;
    Estimate one = serdes_energy_pJ_per_bit(engine.insertion_loss_dB, lane_rate_Gbps);
    if (serdes == HostSerdes::linear) {
      one.value = serdes_energy_pJ_per_bit(2 * engine.insertion_loss_dB, lane_rate_Gbps).value;
      one.high = std::fmax(
          one.value,
          serdes_energy_pJ_per_bit(std::fmax(long_reach_dB, 2 * engine.insertion_loss_dB), lane_rate_Gbps).value);
    }
    mean.value += weight * one.value;
    mean.low += weight * one.low;
    mean.high += weight * one.high;
    loss_dB += weight * engine.insertion_loss_dB;
    lanes += engine.lanes;
  }
  if (lanes <= 0)
    throw std::invalid_argument("a host without lanes to engines");
  mean.value /= lanes;
  mean.low /= lanes;
  mean.high /= lanes;
  loss_dB /= lanes;
  mean.source = serdes_energy_pJ_per_bit(loss_dB, lane_rate_Gbps).source;
  mean.source += serdes == HostSerdes::linear
                     ? "; mean of the design's lanes, channels of both ends in series (no retimer between)"
                     : "; mean of the design's lanes";
  return mean;
}

} // namespace beachfront::power
