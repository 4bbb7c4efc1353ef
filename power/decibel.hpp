// SPDX-License-Identifier: GPL-3.0-or-later
// Decibels of power and powers over one milliwatt.
#pragma once

#include <cmath>

namespace beachfront::power {

/// The power ratio that a level difference in dB stands for: 10^(dB/10).
inline double ratio_from_dB(double level_dB) {
  return std::pow(10.0, level_dB / 10.0);
}

/// Power in mW of a level in dBm.
inline double mW_from_dBm(double level_dBm) {
  return ratio_from_dB(level_dBm);
}

/// Level in dBm of a power in mW, which must be positive: no power has no level.
inline double dBm_from_mW(double power_mW) {
  return 10.0 * std::log10(power_mW);
}

} // namespace beachfront::power
