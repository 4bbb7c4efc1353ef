// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/own_power.hpp"

#include "power/serdes.hpp"

#include <algorithm>

namespace beachfront::study {

namespace {

/// From the channel where that is solved; else from the loss that the design reports, or the most its class takes.
power::Estimate energy_by_loss(const Design& design, const std::optional<power::ChannelFigures>& channel) {
  const double rate_Gbps = design.traffic.lane_rate_Gbps;
  const power::HostSerdes serdes = design.own_class.host_serdes;
  if (channel && !channel->engines.empty())
    return power::host_energy_pJ_per_bit(serdes, channel->engines, rate_Gbps);
  const ElectricalLanes& lanes = design.electrical;
  const double loss_dB = lanes.reported_loss_dB.value_or(lanes.limit.loss_dB);
  power::Estimate energy =
      power::host_energy_pJ_per_bit(serdes, {{0, design.traffic.lanes_per_engine, {}, 0, loss_dB}}, rate_Gbps);
  energy.source += lanes.reported_loss_dB ? "; loss as the design reports it"
                                          : "; no channel could be worked out: at the most its class takes";
  return energy;
}

/// Loss of the design's longest lane as solved, or as it reports it.
power::Estimate channel_loss(const Design& design, const std::optional<power::ChannelFigures>& channel) {
  if (!channel || channel->engines.empty())
    return design.own_class.channel_loss_dB;
  const double worst_dB = channel->limit.loss_dB - channel->worst_margin_dB;
  return {worst_dB, worst_dB, worst_dB, "solved: the longest lane"};
}

power::Estimate longest_trace(const power::ChannelFigures& channel) {
  double longest_mm = 0;
  for (const power::EngineChannel& engine : channel.engines)
    longest_mm = std::max(longest_mm, engine.trace_length_mm);
  return {longest_mm, longest_mm, longest_mm, "solved: the longest trace"};
}

/// All working engines together.
power::ModulePower engine_parts(const std::vector<power::EnginePower>& engines) {
  power::EnginePower sum;
  for (const power::EnginePower& engine : engines) {
    sum.driver_W += engine.driver_W;
    sum.receiver_W += engine.receiver_W;
    sum.control_W += engine.control_W;
    sum.heater_W += engine.heater_W;
    sum.digital_W += engine.digital_W;
  }
  const auto solved = [](double W) { return power::Estimate{W, W, W, "solved: the design's engines"}; };
  power::ModulePower parts;
  parts.dsp_W = solved(sum.digital_W);
  parts.driver_W = solved(sum.driver_W);
  parts.receiver_W = solved(sum.receiver_W);
  parts.control_W = solved(sum.control_W + sum.heater_W);
  parts.laser_W = solved(0);
  parts.other_W = solved(0);
  return parts;
}

} // namespace

power::Estimate host_energy_pJ_per_bit(const Design& design, const std::optional<power::ChannelFigures>& channel) {
  const power::Estimate& given = design.own_class.host_energy_pJ_per_bit;
  if (!given.source.empty())
    return given;
  power::Estimate energy = energy_by_loss(design, channel);
  for (double* end : {&energy.value, &energy.low, &energy.high})
    *end *= design.serdes_energy_factor;
  return energy;
}

std::vector<double> serdes_heat_W(const Design& design, const std::optional<geometry::ElectricalEscape>& electrical,
                                  const std::optional<power::ChannelFigures>& channel) {
  std::vector<double> heat_W(design.thermal.dies.size(), 0.0);
  if (!design.serdes_heat_added)
    return heat_W;
  const double energy_pJ_per_bit = host_energy_pJ_per_bit(design, channel).value;
  if (!electrical) {
    double area_mm2 = 0;
    for (const thermal::Die& die : design.thermal.dies)
      area_mm2 += die.outline.area_mm2();
    for (std::size_t i = 0; i < heat_W.size(); ++i)
      heat_W[i] =
          energy_pJ_per_bit * design.traffic.bandwidth_Tbps * design.thermal.dies[i].outline.area_mm2() / area_mm2;
    return heat_W;
  }
  for (const geometry::EngineEscape& engine : electrical->engines)
    for (std::size_t i = 0; i < heat_W.size(); ++i)
      if (design.thermal.dies[i].name == engine.die)
        heat_W[i] += energy_pJ_per_bit * engine.lanes * design.traffic.lane_rate_Gbps * 1e-3;
  return heat_W;
}

power::ComparisonResult compare_power(const Design& design, const OperatingPoint& point,
                                      const std::optional<power::ChannelFigures>& channel) {
  power::OwnOptics own;
  own.name = design.name;
  const geometry::Engines& row = design.package.engines;
  own.capacity_Tbps = (row.count + row.spares) * row.bandwidth_Tbps;
  for (const power::EnginePower& engine : point.engines)
    own.optics_W += engine.total_W();
  own.laser_W = point.laser.electrical_W;
  own.like = design.own_class;
  own.like.host_energy_pJ_per_bit = host_energy_pJ_per_bit(design, channel);
  own.like.channel_loss_dB = channel_loss(design, channel);
  if (channel)
    own.like.host_reach_mm = longest_trace(*channel);
  own.parts = engine_parts(point.engines);
  return power::compare(own, design.alternatives, design.comparison);
}

} // namespace beachfront::study
