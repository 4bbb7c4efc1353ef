// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/transceiver.hpp"

#include "power/boundary.hpp"

#include <fmt/format.h>

#include <cmath>
#include <initializer_list>

namespace beachfront::power {
namespace {

std::optional<std::string> invalid_estimate(const char* field, const Estimate& estimate) {
  // Written so that a NaN anywhere fails it.
  if (estimate.low >= 0 && estimate.low <= estimate.value && estimate.value <= estimate.high &&
      std::isfinite(estimate.high))
    return std::nullopt;
  return fmt::format("{} is {} in the range {} to {}: the range must be finite, not negative, and hold the value",
                     field, estimate.value, estimate.low, estimate.high);
}

} // namespace

Estimate optics_power_W(const ModulePower& power) {
  return sum_of({power.dsp_W, power.driver_W, power.receiver_W, power.control_W, power.other_W});
}

Estimate module_power_W(const ModulePower& power) {
  return sum_of({optics_power_W(power), power.laser_W});
}

std::optional<std::string> invalid_reason(const Transceiver& transceiver) {
  const auto named = [&](const std::string& reason) { return fmt::format("{}: {}", transceiver.name, reason); };
  if (!(transceiver.bandwidth_Tbps > 0) || !std::isfinite(transceiver.bandwidth_Tbps))
    return named(fmt::format("bandwidth_Tbps is {}: it must be positive", transceiver.bandwidth_Tbps));
  struct Field {
    const char* name;
    const Estimate* estimate;
  };
  const ModulePower& power = transceiver.power;
  for (const Field& field : {
           Field{"host_energy_pJ_per_bit", &transceiver.host_energy_pJ_per_bit},
           Field{"channel_loss_dB", &transceiver.channel_loss_dB},
           Field{"power.dsp_W", &power.dsp_W},
           Field{"power.driver_W", &power.driver_W},
           Field{"power.receiver_W", &power.receiver_W},
           Field{"power.control_W", &power.control_W},
           Field{"power.laser_W", &power.laser_W},
           Field{"power.other_W", &power.other_W},
       })
    if (const auto reason = invalid_estimate(field.name, *field.estimate))
      return named(*reason);
  if (transceiver.price_usd_per_Gbps)
    if (const auto reason = invalid_estimate("price_usd_per_Gbps", *transceiver.price_usd_per_Gbps))
      return named(*reason);
  if (transceiver.annual_failure_fraction_per_400G_port)
    if (const auto reason = invalid_estimate("annual_failure_fraction_per_400G_port",
                                             *transceiver.annual_failure_fraction_per_400G_port))
      return named(*reason);
  if (transceiver.host_reach_mm)
    if (const auto reason = invalid_estimate("host_reach_mm", *transceiver.host_reach_mm))
      return named(*reason);
  if (transceiver.latency)
    for (const Field& field : {Field{"latency.transmit_ns", &transceiver.latency->transmit_ns},
                               Field{"latency.receive_ns", &transceiver.latency->receive_ns}})
      if (const auto reason = invalid_estimate(field.name, *field.estimate))
        return named(*reason);
  if (module_power_W(power).value <= 0)
    return named("power has no part above 0 W");
  return std::nullopt;
}

} // namespace beachfront::power
