// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/polarization.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace beachfront::optics {

PolarizationTransfer polarization_transfer(std::span<const BirefringentSection> sections, double wavelength_um) {
  using Amplitude = std::complex<double>;
  constexpr double c_mm_per_ps = 0.299792458;
  Amplitude along = 1, across = 0;
  PolarizationTransfer transfer;
  for (const BirefringentSection& section : sections) {
    const double retardation = 2 * std::numbers::pi * section.birefringence * section.length_mm * 1000 / wavelength_um;
    const double c = std::cos(section.axis_angle_rad), s = std::sin(section.axis_angle_rad);
    // Into the principal axes, through the section, and back.
    const Amplitude first = std::polar(1.0, retardation / 2) * (c * along + s * across);
    const Amplitude second = std::polar(1.0, -retardation / 2) * (c * across - s * along);
    along = c * first - s * second;
    across = s * first + c * second;
    transfer.delay_difference_ps += std::abs(section.birefringence) * section.length_mm / c_mm_per_ps;
  }
  transfer.crossed_share = std::norm(across);
  return transfer;
}

double polarization_loss_dB(double crossed_share) {
  constexpr double darkest = 1e-6; // 60 dB stand for no light at all
  return -10 * std::log10(std::max(1 - crossed_share, darkest));
}

} // namespace beachfront::optics
