// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/engine.hpp"

#include <algorithm>
#include <stdexcept>

namespace beachfront::power {
namespace {

void require_valid(const EngineEnergy& energy, double bandwidth_Tbps, int lanes) {
  if (!(bandwidth_Tbps > 0) || lanes < 1)
    throw std::invalid_argument("an engine needs bandwidth and lanes");
  for (const double part_pJ_per_bit :
       {energy.driver_pJ_per_bit, energy.receiver_pJ_per_bit, energy.control_pJ_per_bit, energy.digital_pJ_per_bit})
    if (!(part_pJ_per_bit >= 0))
      throw std::invalid_argument("an energy a bit must not be negative");
}

void require_valid(const RingHeaters& rings) {
  if (!(rings.heater_nm_per_mW > 0) || !(rings.shift_pm_per_K > 0) || !(rings.free_spectral_range_nm > 0))
    throw std::invalid_argument("ring shift, heater efficiency and free spectral range must be positive");
}

} // namespace

double ring_heater_mW(const RingHeaters& rings, double temperature_difference_K) {
  require_valid(rings);
  const double shift_nm = rings.shift_pm_per_K * 1e-3 * std::max(temperature_difference_K, 0.0);
  return std::min(shift_nm, rings.free_spectral_range_nm) / rings.heater_nm_per_mW;
}

RingTuning ring_tuning(const RingHeaters& rings, double temperature_C) {
  RingTuning result;
  result.heater_mW = ring_heater_mW(rings, rings.lock_C - temperature_C);
  result.detuning_nm = rings.shift_pm_per_K * 1e-3 * std::max(temperature_C - rings.lock_C, 0.0);
  result.locked = result.detuning_nm < rings.collapse_nm;
  return result;
}

EnginePower engine_power(const EngineEnergy& energy, double bandwidth_Tbps, int lanes,
                         const std::optional<RingHeaters>& rings, double temperature_C) {
  require_valid(energy, bandwidth_Tbps, lanes);
  // 1 pJ/bit at 1 Tb/s is 1 W.
  EnginePower result;
  result.driver_W = energy.driver_pJ_per_bit * bandwidth_Tbps;
  result.receiver_W = energy.receiver_pJ_per_bit * bandwidth_Tbps;
  result.control_W = energy.control_pJ_per_bit * bandwidth_Tbps;
  result.digital_W = energy.digital_pJ_per_bit * bandwidth_Tbps;
  if (rings) {
    const double counted_W = lanes * ring_heater_mW(*rings, rings->excess_in_control_K) * 1e-3;
    result.control_W -= std::min(counted_W, result.control_W);
    result.heater_W = lanes * ring_tuning(*rings, temperature_C).heater_mW * 1e-3;
  }
  return result;
}

} // namespace beachfront::power
