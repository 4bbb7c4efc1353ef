// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/edge_flaw.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double m_per_um = 1e-6;
constexpr double mm_per_um = 1e-3;
constexpr double seconds_per_year = 365.25 * 86400;

/// Depth by half length and depth by thickness of a flaw within the range of the fits.
struct Shape {
  double aspect = 0, depth = 0;
};

Shape shape(double depth_um, double half_length_um, double thickness_um) {
  const Shape s{depth_um / half_length_um, depth_um / thickness_um};
  if (!(s.aspect > 0 && s.aspect <= 1 && s.depth <= 0.8))
    throw std::domain_error("a flaw must be no deeper than half its length and than 0.8 of the thickness");
  return s;
}

/// Square of the ellipse's second elliptic integral (Rawe's fit, as Newman and Raju use it).
double shape_square(double aspect) {
  return 1 + 1.464 * std::pow(aspect, 1.65);
}

double seconds_of(const SlowGrowth& growth, double depth_um, double share) {
  return 2 * depth_um * mm_per_um / ((growth.exponent - 2) * growth.velocity_at_toughness_mm_per_s) *
         (std::pow(share, -growth.exponent) - std::pow(share, -2));
}

} // namespace

double surface_flaw_factor(double depth_um, double half_length_um, double thickness_um) {
  const auto [ac, at] = shape(depth_um, half_length_um, thickness_um);
  const double at2 = at * at;
  const double m1 = 1.13 - 0.09 * ac;
  const double m2 = -0.54 + 0.89 / (0.2 + ac);
  const double m3 = 0.5 - 1 / (0.65 + ac) + 14 * std::pow(1 - ac, 24);
  const double deepest = m1 + m2 * at2 + m3 * at2 * at2;
  const double ends = deepest * std::sqrt(ac) * (1.1 + 0.35 * at2);
  return std::max(deepest, ends) / std::sqrt(shape_square(ac));
}

double corner_flaw_factor(double depth_um, double half_length_um, double thickness_um) {
  const auto [ac, at] = shape(depth_um, half_length_um, thickness_um);
  const double at2 = at * at;
  const double m1 = 1.08 - 0.03 * ac;
  const double m2 = -0.44 + 1.06 / (0.3 + ac);
  const double m3 = -0.5 + 0.25 * ac + 14.8 * std::pow(1 - ac, 15);
  const double m = m1 + m2 * at2 + m3 * at2 * at2;
  const double in_depth = m * (1.08 + 0.15 * at2);
  const double along = m * std::sqrt(ac) * (1.08 + 0.4 * at2);
  return std::max(in_depth, along) / std::sqrt(shape_square(ac));
}

double stress_intensity_MPa_sqrt_m(double factor, double stress_MPa, double depth_um) {
  return factor * stress_MPa * std::sqrt(std::numbers::pi * depth_um * m_per_um);
}

double inert_strength_MPa(double factor, double toughness_MPa_sqrt_m, double depth_um) {
  return toughness_MPa_sqrt_m / stress_intensity_MPa_sqrt_m(factor, 1, depth_um);
}

double critical_depth_um(double factor, double toughness_MPa_sqrt_m, double stress_MPa) {
  if (!(stress_MPa > 0))
    return std::numeric_limits<double>::infinity();
  const double ratio = toughness_MPa_sqrt_m / (factor * stress_MPa);
  return ratio * ratio / std::numbers::pi / m_per_um;
}

double strength_share_over_life(const SlowGrowth& growth, double depth_um, double years_under_tension) {
  // seconds_of falls with the share: bisection on its logarithm.
  double low = 1e-6, high = 1;
  constexpr int halvings = 80;
  for (int i = 0; i < halvings; ++i) {
    const double middle = std::sqrt(low * high);
    if (seconds_of(growth, depth_um, middle) > years_under_tension * seconds_per_year)
      low = middle;
    else
      high = middle;
  }
  return high;
}

double life_years(const SlowGrowth& growth, double depth_um, double stress_per_inert_strength) {
  if (!(stress_per_inert_strength > 0))
    return std::numeric_limits<double>::infinity();
  return stress_per_inert_strength >= 1 ? 0
                                        : seconds_of(growth, depth_um, stress_per_inert_strength) / seconds_per_year;
}

double deepest_flaw_um(const EdgeFinish& finish, double toughness_MPa_sqrt_m, double edge_length_mm,
                       double probability) {
  return critical_depth_um(
      straight_edge_crack_factor, toughness_MPa_sqrt_m,
      stress_at_probability_MPa(finish.strength, finish.reference_length_mm, edge_length_mm, probability));
}

EdgeFracture edge_fracture(const EdgeFinish& finish, double toughness_MPa_sqrt_m, const SlowGrowth& growth,
                           std::span<const StressedLength> spans, double years_under_tension, double probability) {
  EdgeFracture found;
  double length_mm = 0;
  for (const StressedLength& span : spans) {
    found.greatest_MPa = std::max(found.greatest_MPa, span.stress_MPa);
    length_mm += span.length_mm;
  }
  found.flaw_um = deepest_flaw_um(finish, toughness_MPa_sqrt_m, length_mm, probability);
  found.stress_intensity_MPa_sqrt_m =
      stress_intensity_MPa_sqrt_m(straight_edge_crack_factor, found.greatest_MPa, found.flaw_um);
  const double share = strength_share_over_life(growth, found.flaw_um, years_under_tension);
  found.allowed_MPa = share * inert_strength_MPa(straight_edge_crack_factor, toughness_MPa_sqrt_m, found.flaw_um);
  found.probability_at_once = failure_probability(finish.strength, finish.reference_length_mm, spans);
  const WeibullStrength aged{finish.strength.modulus, share * finish.strength.characteristic_MPa};
  found.probability_over_life = failure_probability(aged, finish.reference_length_mm, spans);
  return found;
}

} // namespace beachfront::thermal
