// SPDX-License-Identifier: GPL-3.0-or-later
// What a transmission standard asks of a lane at its test points: average power and modulation amplitude, lower and
// upper limits.
#pragma once

#include <optional>
#include <string>

namespace beachfront::optics {

/// TP2 is the fibre connector behind the transmitter, TP3 the one before the receiver; the fibre plant lies between.
/// OMA is the outer optical modulation amplitude, the highest less the lowest of the four levels.
struct OpticalStandard {
  std::string name;
  double launch_min_dBm = 0; ///< average at TP2; informative in the standards, the amplitude is what counts
  double launch_max_dBm = 0;
  double receive_min_dBm = 0; ///< average at TP3
  double receive_max_dBm = 0; ///< average at TP3 at which a receiver still works
  double channel_loss_dB = 0; ///< fibre plant
  double penalty_dB = 0;      ///< of the budget, for multipath interference and differential group delay
  double baud_GBd = 0;
  double pre_fec_bit_error_ratio = 0; ///< that the link may have before error correction
  double launch_oma_min_dBm = 0;      ///< at TP2, however good the eye
  double launch_oma_max_dBm = 0;
  double launch_oma_less_tdecq_min_dBm = 0;
  /// What it is below an extinction ratio, where the standard makes a difference.
  struct LowExtinction {
    double below_dB = 0;
    double launch_oma_less_tdecq_min_dBm = 0;
  };
  std::optional<LowExtinction> low_extinction = std::nullopt;
  double tdecq_max_dB = 0;
  double extinction_ratio_min_dB = 0;
  /// A receiver works at TP3 from max(floor, this + TECQ) of OMA on, TECQ the eye closure of what it is given.
  double sensitivity_less_tecq_dBm = 0;
  double sensitivity_floor_dBm = 0;
  std::optional<double> damage_dBm = std::nullopt;        ///< average at TP3 that a receiver survives
  std::optional<double> rin_max_dB_per_Hz = std::nullopt; ///< intensity noise of the laser
};

/// IEEE P802.3dj clause 180, 200GBASE-DR1 and its multiples (200G a lane, 500 m); sources of each row:
/// docs/facts/power.md section 4.
OpticalStandard standard_200g_dr();

/// OMA at TP3 that a receiver of the standard needs for light of this eye closure.
double receiver_sensitivity_dBm(const OpticalStandard& standard, double tecq_dB);

/// Least launched OMA - TDECQ of a transmitter with this extinction ratio.
double launch_oma_less_tdecq_min_dBm(const OpticalStandard& standard, double extinction_ratio_dB);

/// What the amplitudes leave over between transmitter and receiver: least launched OMA - TDECQ, less the plant and the
/// penalties, less the sensitivity. 0 for a standard whose rows close.
double amplitude_slack_dB(const OpticalStandard& standard);

} // namespace beachfront::optics
