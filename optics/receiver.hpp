// SPDX-License-Identifier: GPL-3.0-or-later
// The photodiode and its amplifier: which modulation amplitude they need.
#pragma once

#include <optional>

namespace beachfront::optics {

/// Noise and bandwidth: 16.9 pA/sqrt(Hz) over 32 GHz at 56 GBd, -8.2 dBm (Patel et al., IEEE J. Solid-State Circuits
/// 58(3), 2023, doi 10.1109/JSSC.2022.3218558). The responsivity is assumed; the implementation penalty is what is then
/// left to the published sensitivity: equalisation, timing, levels, and the eye of the transmitter it was measured
/// with.
struct Receiver {
  double responsivity_A_per_W = 0.9;
  double noise_pA_per_sqrt_Hz = 16.9; ///< referred to the input, mean over the bandwidth
  double bandwidth_per_baud = 0.571;  ///< noise bandwidth in Hz a baud: 32/56
  double implementation_penalty_dB = 3.3;
  double overload_dBm = 2.0;                  ///< average at the photodiode
  std::optional<double> sensitivity_dBm = {}; ///< OMA at the photodiode, measured: instead of all above
};

/// The signal that it is given.
struct ReceivedSignal {
  double baud_GBd = 0;
  double bit_error_ratio = 0;
  double extinction_ratio_dB = 0;
  std::optional<double> rin_dB_per_Hz = {}; ///< of the laser; absent: none
};

/// Outer OMA in dBm at the photodiode at which four equally spaced levels have the bit error ratio, each threshold
/// where its two levels are equally safe:
///   BER = 1/8 sum over the eyes of erfc(Q_k/sqrt 2), Q_k = R OMA/3 / (s_k + s_k+1),
///   s_k^2 = B [i_n^2 + 2 q R P_k + RIN (R P_k)^2].
/// Gaussian noise, white over the bandwidth; no intersymbol interference, which the eye closure of the transmitter and
/// the implementation penalty stand for. 40 dBm and the penalty where the laser's own noise makes more errors at any
/// power. Throws std::invalid_argument for a value that is not above 0.
double receiver_sensitivity_dBm(const Receiver& receiver, const ReceivedSignal& signal);

/// What the laser's intensity noise adds to the sensitivity; 0 where the sensitivity is given.
double rin_penalty_dB(const Receiver& receiver, const ReceivedSignal& signal);

} // namespace beachfront::optics
