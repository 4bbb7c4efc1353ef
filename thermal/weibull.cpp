// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/weibull.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

double risk(const WeibullStrength& strength, double stress_MPa) {
  return std::pow(std::max(0.0, stress_MPa) / strength.characteristic_MPa, strength.modulus);
}

double variation_squared(double modulus) {
  return std::expm1(std::lgamma(1 + 2 / modulus) - 2 * std::lgamma(1 + 1 / modulus));
}

} // namespace

double failure_probability(const WeibullStrength& strength, double reference_length_mm,
                           std::span<const StressedLength> spans) {
  double sum = 0;
  for (const StressedLength& span : spans)
    sum += risk(strength, span.stress_MPa) * span.length_mm / reference_length_mm;
  return -std::expm1(-sum);
}

double failure_probability(const WeibullStrength& strength, double reference_area_mm2,
                           std::span<const StressedArea> parts) {
  double sum = 0;
  for (const StressedArea& part : parts)
    sum += risk(strength, part.stress_MPa) * part.area_mm2 / reference_area_mm2;
  return -std::expm1(-sum);
}

double stress_at_probability_MPa(const WeibullStrength& strength, double reference_length_mm, double length_mm,
                                 double probability) {
  return strength.characteristic_MPa *
         std::pow(-std::log1p(-probability) * reference_length_mm / length_mm, 1 / strength.modulus);
}

double four_point_effective_length_mm(double inner_span_mm, double outer_span_mm, double modulus) {
  return inner_span_mm + (outer_span_mm - inner_span_mm) / (modulus + 1);
}

WeibullStrength weibull_from_mean(double mean_MPa, double coefficient_of_variation) {
  // The variation falls with the modulus: bisection on its logarithm.
  double low = 0.5, high = 100;
  constexpr int halvings = 60;
  for (int i = 0; i < halvings; ++i) {
    const double middle = std::sqrt(low * high);
    if (variation_squared(middle) > coefficient_of_variation * coefficient_of_variation)
      low = middle;
    else
      high = middle;
  }
  const double modulus = std::sqrt(low * high);
  return {modulus, mean_MPa / std::tgamma(1 + 1 / modulus)};
}

} // namespace beachfront::thermal
