// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/read_blocks.hpp"

namespace beachfront::study {

namespace {

power::Estimate read_estimate(const Value& value) {
  return {value.number("value"), value.number("low"), value.number("high"),
          value.text("confidence") + ": " + value.text("source")};
}

power::TransceiverKind read_kind(const Value& value) {
  using power::TransceiverKind;
  return value.is("", "pluggable-dsp")      ? TransceiverKind::pluggable_dsp
         : value.is("", "half-retimed")     ? TransceiverKind::half_retimed
         : value.is("", "linear-pluggable") ? TransceiverKind::linear_pluggable
         : value.is("", "near-packaged")    ? TransceiverKind::near_packaged
         : value.is("", "cpo-fibre")        ? TransceiverKind::cpo_fibre
                                            : TransceiverKind::cpo_glass;
}

/// A figure of the design itself: one value, no range.
power::Estimate own(double value) {
  return {value, value, value, "solved: the design"};
}

/// No latency of a co-packaged engine is published. Assumed from neighbours: below 10 ns for an optical chiplet with
/// its electrical interface (Intel OCI, both sides), below 25 ns for an engine (Alchip).
power::ModuleLatency assumed_engine_latency() {
  const power::Estimate side{5, 1, 12.5, "assumed: half of the 10 ns of Intel's OCI, high half of Alchip's 25 ns"};
  return {side, side};
}

power::LinkPath read_link_path(const Value& root, double traffic_Tbps) {
  const Value link = root.at("comparison.link");
  power::LinkPath path;
  if (const auto rate_Gbps = link.optional_number("port_rate_Gbps"))
    path.port_rate_Gbps = *rate_Gbps;
  else if (root.has("switch.ports"))
    path.port_rate_Gbps = traffic_Tbps * 1e3 / static_cast<double>(root.integer("switch.ports"));
  path.reach_m = link.number("reach_m");
  path.decoder_ns = link.number("decoder_ns");
  path.inner_code_ns = link.number("inner_code_ns");
  return path;
}

} // namespace

power::HostSerdes read_serdes(const std::string& word) {
  using power::HostSerdes;
  return word == "long-reach" || word == "lr"           ? HostSerdes::long_reach
         : word == "very-short-reach" || word == "vsr"  ? HostSerdes::very_short_reach
         : word == "extra-short-reach" || word == "xsr" ? HostSerdes::extra_short_reach
                                                        : HostSerdes::linear;
}

power::Transceiver read_transceiver(const Value& value) {
  power::Transceiver transceiver;
  transceiver.name = value.text("name");
  transceiver.kind = read_kind(value.at("kind"));
  transceiver.bandwidth_Tbps = value.number("bandwidth_Tbps");
  transceiver.host_serdes = read_serdes(value.text("host_serdes"));
  transceiver.host_energy_pJ_per_bit = read_estimate(value.at("host_energy_pJ_per_bit"));
  transceiver.channel_loss_dB = read_estimate(value.at("channel_loss_dB"));
  const Value parts = value.at("power");
  transceiver.power = {read_estimate(parts.at("dsp_W")),      read_estimate(parts.at("driver_W")),
                       read_estimate(parts.at("receiver_W")), read_estimate(parts.at("control_W")),
                       read_estimate(parts.at("laser_W")),    read_estimate(parts.at("other_W"))};
  if (value.has("price_usd_per_Gbps"))
    transceiver.price_usd_per_Gbps = read_estimate(value.at("price_usd_per_Gbps"));
  if (value.has("annual_failure_fraction_per_400G_port"))
    transceiver.annual_failure_fraction_per_400G_port =
        read_estimate(value.at("annual_failure_fraction_per_400G_port"));
  if (value.has("host_reach_mm"))
    transceiver.host_reach_mm = read_estimate(value.at("host_reach_mm"));
  if (value.has("latency"))
    transceiver.latency = {read_estimate(value.at("latency.transmit_ns")),
                           read_estimate(value.at("latency.receive_ns"))};
  transceiver.source = value.text("source");
  if (const auto reason = power::invalid_reason(transceiver))
    throw value.error(transceiver.name, "an entry that can be compared: " + *reason);
  return transceiver;
}

power::LaserSource read_laser(const Value& laser) {
  power::LaserSource source;
  source.location = read_laser_location(laser);
  source.modules = static_cast<int>(laser.integer("modules"));
  source.lasers_per_module = static_cast<int>(laser.integer("lasers_per_module"));
  source.lanes_per_laser = static_cast<int>(laser.integer("lanes_per_laser"));
  source.max_power_dBm = laser.number("max_power_dBm");
  source.wall_plug_efficiency = laser.number("wall_plug_efficiency");
  source.reference_C = laser.number("reference_C");
  source.efficiency_slope_per_K = laser.number("efficiency_slope_per_K");
  source.efficiency_floor = laser.number("efficiency_floor");
  source.module_overhead_W = laser.number("module_overhead_W");
  source.case_rise_K_per_W = laser.number("case_rise_K_per_W");
  if (const auto curve = laser.find("efficiency_curve"))
    for (const Value& point : curve->items())
      source.efficiency_curve.push_back({point.number("temperature_C"), point.number("efficiency")});
  return source;
}

std::optional<power::RingHeaters> read_rings(const Value& modulator, double lock_C) {
  if (!modulator.flag("ring"))
    return std::nullopt;
  power::RingHeaters rings;
  const auto replace = [&](double& value, const char* key) { value = modulator.optional_number(key).value_or(value); };
  replace(rings.shift_pm_per_K, "shift_pm_per_K");
  replace(rings.heater_nm_per_mW, "heater_nm_per_mW");
  replace(rings.free_spectral_range_nm, "free_spectral_range_nm");
  replace(rings.collapse_nm, "collapse_nm");
  rings.lock_C = lock_C;
  return rings;
}

power::Comparison read_comparison(const Value& root, double traffic_Tbps) {
  const Value value = root.at("comparison");
  power::Comparison comparison;
  comparison.traffic_Tbps = traffic_Tbps;
  comparison.facility = {value.number("pue"), value.number("fan_fraction"), value.number("conversion_loss_fraction")};
  comparison.electricity_eur_per_kWh = value.number("electricity_eur_per_kWh");
  comparison.eur_per_usd = value.number("eur_per_usd");
  comparison.horizon_years = value.number("horizon_years");
  comparison.utilisation = value.number("utilisation");
  comparison.link = read_link_path(root, traffic_Tbps);
  return comparison;
}

power::Transceiver read_own_class(const Value& root) {
  power::Transceiver transceiver;
  transceiver.name = root.text("name");
  transceiver.kind = root.has("waveguides") ? power::TransceiverKind::cpo_glass : power::TransceiverKind::cpo_fibre;
  transceiver.bandwidth_Tbps = root.number("engines.bandwidth_Tbps");
  transceiver.host_serdes = read_serdes(root.text("switch.serdes.class"));
  if (const auto energy = root.optional_number("switch.serdes.energy_pJ_per_bit")) {
    transceiver.host_energy_pJ_per_bit = own(*energy);
    transceiver.host_energy_pJ_per_bit.source = "assumed: the design, switch.serdes.energy_pJ_per_bit";
  }
  transceiver.channel_loss_dB = own(root.optional_number("switch.serdes.channel_loss_dB").value_or(0)); // else solved
  const auto part = [&](const char* energy) {
    return own(root.at("engines.energy").number(energy) * transceiver.bandwidth_Tbps);
  };
  transceiver.power.dsp_W = part("digital_pJ_per_bit");
  transceiver.power.driver_W = part("driver_pJ_per_bit");
  transceiver.power.receiver_W = part("receiver_pJ_per_bit");
  transceiver.power.control_W = part("control_pJ_per_bit");
  if (const auto price = root.optional_number("comparison.price_usd_per_Gbps"))
    transceiver.price_usd_per_Gbps = own(*price);
  transceiver.latency = assumed_engine_latency();
  if (const auto latency = root.find("comparison.engine_latency"))
    transceiver.latency = {own(latency->number("transmit_ns")), own(latency->number("receive_ns"))};
  return transceiver;
}

} // namespace beachfront::study
