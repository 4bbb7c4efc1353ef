// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/alternatives.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace beachfront::power {
namespace {

void require_valid(const Transceiver& transceiver, const Comparison& comparison) {
  if (const auto reason = invalid_reason(transceiver))
    throw std::invalid_argument(*reason);
  if (!(comparison.traffic_Tbps > 0))
    throw std::invalid_argument("traffic_Tbps must be positive");
}

/// Relative slack of a ratio of two decimal bandwidths: 102.4 / 1.6 must not become 65.
constexpr double rounding = 1e-12;

double module_count(double traffic_Tbps, double module_Tbps) {
  return std::ceil(traffic_Tbps / module_Tbps * (1 - rounding));
}

/// The split with its ranges, the host's side of the class and the latency.
void add_parts(Alternative& result, const Transceiver& like, const ModulePower& modules_W,
               const Comparison& comparison) {
  result.kind = like.kind;
  result.host_serdes = like.host_serdes;
  result.host_energy_pJ_per_bit = like.host_energy_pJ_per_bit;
  result.channel_loss_dB = like.channel_loss_dB;
  result.host_reach_mm = like.host_reach_mm;
  result.parts =
      boundary_parts(scaled(like.host_energy_pJ_per_bit, comparison.traffic_Tbps), modules_W, comparison.facility);
  result.total_span_W = sum_of(result.parts);
  result.span_pJ_per_bit = scaled(result.total_span_W, 1 / comparison.traffic_Tbps);
  result.optics_span_W = sum_of(result.parts, {"dsp", "driver", "receiver", "control", "other", "laser"});
  if (like.price_usd_per_Gbps)
    result.capex_span_eur = scaled(*like.price_usd_per_Gbps, result.capacity_Tbps * 1e3 * comparison.eur_per_usd);
  if (like.latency)
    result.latency = link_latency(*like.latency, comparison.link);
  else
    result.latency_absent = fmt::format("transceiver class {} has no latency", like.name);
}

/// Everything that follows from the powers of the parts and the capacity bought; `like` gives host, price and failures.
void complete(Alternative& result, const Transceiver& like, const ModulePower& modules_W,
              const Comparison& comparison) {
  add_parts(result, like, modules_W, comparison);
  result.host_W = like.host_energy_pJ_per_bit.value * comparison.traffic_Tbps;
  const double load_W = result.host_W + result.optics_W + result.laser_W;
  result.overhead = overhead(load_W, comparison.facility);
  result.cooling_W = result.overhead.total_W();
  result.total_W = load_W + result.cooling_W;
  result.pJ_per_bit = energy_pJ_per_bit(result.total_W, comparison.traffic_Tbps);
  result.optics_pJ_per_bit = energy_pJ_per_bit(result.optics_W + result.laser_W, comparison.traffic_Tbps);
  result.energy_per_year_MWh = energy_per_year_MWh(result.total_W, comparison.utilisation);
  result.electricity_eur =
      result.energy_per_year_MWh * 1e3 * comparison.electricity_eur_per_kWh * comparison.horizon_years;

  if (like.price_usd_per_Gbps) {
    result.capex_eur = result.capacity_Tbps * 1e3 * like.price_usd_per_Gbps->value * comparison.eur_per_usd;
  } else {
    result.cost_absent = fmt::format("transceiver class {} has no price_usd_per_Gbps", like.name);
  }
  if (like.annual_failure_fraction_per_400G_port)
    result.failures_per_year = like.annual_failure_fraction_per_400G_port->value * result.capacity_Tbps / 0.4;
}

} // namespace

Alternative evaluate(const Transceiver& transceiver, const Comparison& comparison) {
  require_valid(transceiver, comparison);
  const double modules = module_count(comparison.traffic_Tbps, transceiver.bandwidth_Tbps);
  Alternative result;
  result.name = transceiver.name;
  result.capacity_Tbps = modules * transceiver.bandwidth_Tbps;
  result.optics_W = modules * optics_power_W(transceiver.power).value;
  result.laser_W = modules * transceiver.power.laser_W.value;
  complete(result, transceiver, scaled(transceiver.power, modules), comparison);
  return result;
}

Alternative evaluate(const OwnOptics& own, const Comparison& comparison) {
  require_valid(own.like, comparison);
  if (!(own.optics_W >= 0) || !(own.laser_W >= 0) || !std::isfinite(own.optics_W + own.laser_W))
    throw std::invalid_argument("the design's optics and laser power must be finite and not negative");
  Alternative result;
  result.name = own.name;
  result.capacity_Tbps = own.capacity_Tbps;
  result.optics_W = own.optics_W;
  result.laser_W = own.laser_W;
  const auto solved = [](double W) { return Estimate{W, W, W, "solved: the design"}; };
  ModulePower modules_W;
  if (own.parts)
    modules_W = *own.parts;
  else
    modules_W.other_W = solved(own.optics_W);
  modules_W.laser_W = solved(own.laser_W);
  complete(result, own.like, modules_W, comparison);
  return result;
}

Saving saving(const Alternative& of, const Alternative& against, bool host_and_cooling_included) {
  const auto power_W = [&](const Alternative& one) {
    return host_and_cooling_included ? one.total_W : one.optics_W + one.laser_W;
  };
  Saving result{
      of.name, against.name, host_and_cooling_included, power_W(against) - power_W(of), power_W(against), 0, {}, {}};
  if (!(result.denominator_W > 0))
    throw std::invalid_argument(against.name + " draws no power to save");
  result.ratio = result.numerator_W / result.denominator_W;
  const Estimate& of_W = host_and_cooling_included ? of.total_span_W : of.optics_span_W;
  const Estimate& against_W = host_and_cooling_included ? against.total_span_W : against.optics_span_W;
  if (against_W.low > 0) {
    result.ratio_low = 1 - of_W.high / against_W.low;
    result.ratio_high = 1 - of_W.low / against_W.high;
  }
  return result;
}

ComparisonResult compare(const OwnOptics& own, const std::vector<Transceiver>& classes, const Comparison& comparison) {
  ComparisonResult result;
  const bool carries_the_traffic = own.capacity_Tbps >= comparison.traffic_Tbps * (1 - rounding);
  if (carries_the_traffic)
    result.alternatives.push_back(evaluate(own, comparison));
  std::optional<std::size_t> pluggable;
  for (const Transceiver& transceiver : classes) {
    if (!pluggable && transceiver.kind == TransceiverKind::pluggable_dsp)
      pluggable = result.alternatives.size();
    result.alternatives.push_back(evaluate(transceiver, comparison));
  }
  if (!carries_the_traffic) {
    result.saving_absent = fmt::format("the design's engines carry {} Tb/s of the {} Tb/s compared", own.capacity_Tbps,
                                       comparison.traffic_Tbps);
    return result;
  }
  const Alternative& first = result.alternatives.front();
  for (std::size_t i = 1; i < result.alternatives.size(); ++i)
    for (const bool host_and_cooling_included : {true, false})
      result.savings.push_back(saving(first, result.alternatives[i], host_and_cooling_included));
  if (pluggable) {
    const Alternative& reference = result.alternatives[*pluggable];
    result.saving_vs_pluggable = saving(first, reference, true);
    result.optics_saving_vs_pluggable = saving(first, reference, false);
  } else {
    result.saving_absent = "no DSP pluggable class among the alternatives to compare with";
  }
  return result;
}

} // namespace beachfront::power
