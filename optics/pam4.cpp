// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/pam4.hpp"

#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace beachfront::optics {

namespace {

double extinction_ratio(double extinction_ratio_dB) {
  if (!(extinction_ratio_dB > 0))
    throw std::invalid_argument("an extinction ratio must be above 0 dB");
  return std::pow(10, extinction_ratio_dB / 10);
}

/// In dB, of an eye of which `open` is left.
double closure_dB(double open, double per_decade) {
  constexpr double shut_dB = 30;
  return open > 0 ? std::min(per_decade * std::log10(1 / open), shut_dB) : shut_dB;
}

} // namespace

double modulation_loss_dB(double extinction_ratio_dB) {
  return -10 * std::log10((1 + 1 / extinction_ratio(extinction_ratio_dB)) / 2);
}

double oma_over_average_dB(double extinction_ratio_dB) {
  const double off_over_on = 1 / extinction_ratio(extinction_ratio_dB);
  return 10 * std::log10(2 * (1 - off_over_on) / (1 + off_over_on));
}

double pam4_q(double bit_error_ratio) {
  if (!(bit_error_ratio > 0 && bit_error_ratio < 0.375))
    throw std::invalid_argument("a bit error ratio of four levels lies between 0 and 3/8");
  return std::numbers::sqrt2 * boost::math::erfc_inv(8 * bit_error_ratio / 3);
}

double crosstalk_penalty_dB(Crosstalk kind, double sum, double root_sum, double extinction_ratio_dB, double q) {
  if (kind == Crosstalk::incoherent)
    return closure_dB(1 - 3 * sum, 10);
  const double average_over_oma = std::pow(10, -oma_over_average_dB(extinction_ratio_dB) / 10);
  const double noise_dB = closure_dB(1 - 72 * q * q * sum * average_over_oma * average_over_oma, 5);
  return std::min(noise_dB, closure_dB(1 - 12 * root_sum * average_over_oma, 10));
}

} // namespace beachfront::optics
