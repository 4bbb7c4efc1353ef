// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/optical_standard.hpp"

#include <algorithm>

namespace beachfront::optics {

OpticalStandard standard_200g_dr() {
  OpticalStandard standard;
  standard.name = "200G DR";
  standard.launch_min_dBm = -3.1;
  standard.launch_max_dBm = 4.0;
  standard.receive_min_dBm = -6.1;
  standard.receive_max_dBm = 4.0;
  standard.channel_loss_dB = 3.0;
  standard.penalty_dB = 0.1;
  standard.baud_GBd = 106.25;
  standard.pre_fec_bit_error_ratio = 2.28e-4;
  standard.launch_oma_min_dBm = -0.1;
  standard.launch_oma_max_dBm = 4.2;
  standard.launch_oma_less_tdecq_min_dBm = -1.0;
  standard.tdecq_max_dB = 3.4;
  standard.extinction_ratio_min_dB = 3.5;
  standard.sensitivity_less_tecq_dBm = -4.3;
  standard.sensitivity_floor_dBm = -3.4;
  return standard;
}

double receiver_sensitivity_dBm(const OpticalStandard& standard, double tecq_dB) {
  return std::max(standard.sensitivity_floor_dBm, standard.sensitivity_less_tecq_dBm + tecq_dB);
}

double launch_oma_less_tdecq_min_dBm(const OpticalStandard& standard, double extinction_ratio_dB) {
  return standard.low_extinction && extinction_ratio_dB < standard.low_extinction->below_dB
             ? standard.low_extinction->launch_oma_less_tdecq_min_dBm
             : standard.launch_oma_less_tdecq_min_dBm;
}

double amplitude_slack_dB(const OpticalStandard& standard) {
  return standard.launch_oma_less_tdecq_min_dBm - standard.channel_loss_dB - standard.penalty_dB -
         standard.sensitivity_less_tecq_dBm;
}

} // namespace beachfront::optics
