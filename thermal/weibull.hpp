// SPDX-License-Identifier: GPL-3.0-or-later
// Weakest-link statistics of brittle strength: the chance that some flaw along an edge, or on a face, is critical.
// Two parameters, tension only; compressed parts never fail. Data and their sources in docs/facts/mechanics.md 3.
#pragma once

#include <span>

namespace beachfront::thermal {

/// Strength of pieces of one size under even tension: 63.2 % have failed at the characteristic stress.
struct WeibullStrength {
  double modulus = 0; ///< m; the larger, the less scatter
  double characteristic_MPa = 0;
};

/// A length of edge, or a part of a face, under even tension.
struct StressedLength {
  double stress_MPa = 0;
  double length_mm = 0;
};
struct StressedArea {
  double stress_MPa = 0;
  double area_mm2 = 0;
};

/// 1 - exp(-sum (stress / characteristic)^m size / reference size). Exact to the last digits for small chances.
double failure_probability(const WeibullStrength& strength, double reference_length_mm,
                           std::span<const StressedLength> spans);
double failure_probability(const WeibullStrength& strength, double reference_area_mm2,
                           std::span<const StressedArea> parts);

/// The even stress that breaks this share (above 0, below 1) of edges of a length.
double stress_at_probability_MPa(const WeibullStrength& strength, double reference_length_mm, double length_mm,
                                 double probability);

/// Length of edge that, evenly at the greatest stress, fails as often as the tension edge of a beam bent in four
/// points: (inner span) + (outer - inner) / (m + 1).
double four_point_effective_length_mm(double inner_span_mm, double outer_span_mm, double modulus);

/// The distribution of this mean and this coefficient of variation (0.02 to 1).
WeibullStrength weibull_from_mean(double mean_MPa, double coefficient_of_variation);

} // namespace beachfront::thermal
