// SPDX-License-Identifier: GPL-3.0-or-later
// The electrical power of one optical engine, part by part; all of it becomes heat in the package.
#pragma once

#include <optional>

namespace beachfront::power {

/// The `engines.energy` block: energy a bit of one direction, transmitter and receiver of an engine together.
/// Defaults: 16 W a 6.4 Tb/s engine without its laser (2.5 pJ/bit, derived from Broadcom's 3.5 W for 800 Gb/s less
/// 12 W laser modules), split as a ring engine's driver / receiver / control / digital 1.0 / 0.8 / 0.5 / 0.7
/// (recalled).
struct EngineEnergy {
  double driver_pJ_per_bit = 0.85;   ///< modulators and their drivers
  double receiver_pJ_per_bit = 0.65; ///< transimpedance amplifiers
  double control_pJ_per_bit = 0.40;  ///< control loops; with rings, heaters at RingHeaters::excess_in_control_K too
  double digital_pJ_per_bit = 0.60;  ///< clock recovery, electrical interface to the switch die
};

/// Ring modulators held on their laser line by heaters. A heater moves a ring's resonance to longer wavelength only,
/// so lines are set to what the hottest ring meets unheated, and colder rings are heated towards it.
struct RingHeaters {
  double shift_pm_per_K = 80.0;        ///< resonance with ring temperature, silicon; 60 to 90 published
  double heater_nm_per_mW = 0.1;       ///< TiN heater, Photonics Research 10, 1127 (2022)
  double free_spectral_range_nm = 8.0; ///< never more heat than to the next order
  double collapse_nm = 0.1;            ///< detuning at which the modulation collapses (SemiAnalysis 2026)
  double lock_C = 95.0;                ///< ring temperature that meets the line unheated; assumed: the engine's limit
  /// Tuning that control_pJ_per_bit already pays for. Assumed: 1 nm. At this excess an engine draws its published
  /// power.
  double excess_in_control_K = 12.5;
};

/// Heating of one ring of an engine at `temperature_C`.
struct RingTuning {
  double heater_mW = 0;
  double detuning_nm = 0; ///< what is left because the ring is hotter than its lock temperature
  bool locked = true;     ///< detuning below collapse_nm
};
RingTuning ring_tuning(const RingHeaters& rings, double temperature_C);

/// Heater power that moves one ring by `temperature_difference_K`, at most to the next order.
double ring_heater_mW(const RingHeaters& rings, double temperature_difference_K);

/// One engine's electrical power by part.
struct EnginePower {
  double driver_W = 0;
  double receiver_W = 0;
  double control_W = 0; ///< without heaters
  double heater_W = 0;
  double digital_W = 0;
  double total_W() const { return driver_W + receiver_W + control_W + heater_W + digital_W; }
};

/// Power of an engine of `bandwidth_Tbps` (one direction) in `lanes` lanes, a modulator ring each, at `temperature_C`.
/// Without rings (Mach-Zehnder, electro-absorption) nothing here depends on temperature. Driver and receiver energies
/// are constants over temperature. Throws std::invalid_argument on a bandwidth that is not positive, fewer than one
/// lane, a negative energy or a ring constant that is not positive.
EnginePower engine_power(const EngineEnergy& energy, double bandwidth_Tbps, int lanes,
                         const std::optional<RingHeaters>& rings, double temperature_C);

} // namespace beachfront::power
