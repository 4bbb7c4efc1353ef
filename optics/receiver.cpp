// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/receiver.hpp"

#include "optics/pam4.hpp"

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace beachfront::optics {

namespace {

constexpr double electron_C = 1.602176634e-19;

double bit_error_ratio(const Receiver& receiver, const ReceivedSignal& signal, double oma_W) {
  const double bandwidth_Hz = receiver.bandwidth_per_baud * signal.baud_GBd * 1e9;
  const double noise_A_per_sqrt_Hz = receiver.noise_pA_per_sqrt_Hz * 1e-12;
  const double rin_per_Hz = signal.rin_dB_per_Hz ? std::pow(10, *signal.rin_dB_per_Hz / 10) : 0;
  const double lowest_W = oma_W / (std::pow(10, signal.extinction_ratio_dB / 10) - 1);
  double noise_A[4];
  for (int k = 0; k < 4; ++k) {
    const double current_A = receiver.responsivity_A_per_W * (lowest_W + k * oma_W / 3);
    noise_A[k] = std::sqrt(bandwidth_Hz * (noise_A_per_sqrt_Hz * noise_A_per_sqrt_Hz + 2 * electron_C * current_A +
                                           rin_per_Hz * current_A * current_A));
  }
  const double step_A = receiver.responsivity_A_per_W * oma_W / 3;
  double errors = 0;
  for (int k = 0; k < 3; ++k)
    errors += std::erfc(step_A / (noise_A[k] + noise_A[k + 1]) / std::numbers::sqrt2);
  return errors / 8;
}

} // namespace

double receiver_sensitivity_dBm(const Receiver& receiver, const ReceivedSignal& signal) {
  if (receiver.sensitivity_dBm)
    return *receiver.sensitivity_dBm;
  for (const double value : {receiver.responsivity_A_per_W, receiver.noise_pA_per_sqrt_Hz, receiver.bandwidth_per_baud,
                             signal.baud_GBd, signal.extinction_ratio_dB, signal.bit_error_ratio})
    if (!(value > 0))
      throw std::invalid_argument("a receiver's figures must be above 0");
  // The error ratio falls steadily with the amplitude, so halving the interval finds it.
  double low_dBm = -60, high_dBm = 40;
  const auto enough = [&](double oma_dBm) {
    return bit_error_ratio(receiver, signal, 1e-3 * std::pow(10, oma_dBm / 10)) <= signal.bit_error_ratio;
  };
  for (int i = 0; i < 60; ++i) {
    const double middle_dBm = (low_dBm + high_dBm) / 2;
    (enough(middle_dBm) ? high_dBm : low_dBm) = middle_dBm;
  }
  return high_dBm + receiver.implementation_penalty_dB;
}

double rin_penalty_dB(const Receiver& receiver, const ReceivedSignal& signal) {
  ReceivedSignal quiet = signal;
  quiet.rin_dB_per_Hz.reset();
  return receiver_sensitivity_dBm(receiver, signal) - receiver_sensitivity_dBm(receiver, quiet);
}

} // namespace beachfront::optics
