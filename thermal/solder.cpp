// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solder.hpp"

#include <cmath>

namespace beachfront::thermal {

double shear_strain_range(double neutral_distance_mm, double expansion_difference, double joint_height_mm,
                          double factor) {
  return factor * neutral_distance_mm * std::abs(expansion_difference) / joint_height_mm;
}

std::optional<double> cycles_to_failure(const FatigueAlloy& alloy, double strain_range, double mean_temperature_C,
                                        double dwell_min) {
  const double exponent =
      alloy.c0 + alloy.c1_per_K * mean_temperature_C + alloy.c2 * std::log1p(alloy.t0_min / dwell_min);
  if (!(strain_range > 0) || !(exponent < 0))
    return std::nullopt;
  const double cycles = 0.5 * std::pow(strain_range / (2 * alloy.fatigue_ductility), 1 / exponent);
  return std::isfinite(cycles) ? std::optional(cycles) : std::nullopt;
}

double years_to_failure(double cycles, double cycles_per_day) {
  constexpr double days_per_year = 365.25;
  return cycles / (cycles_per_day * days_per_year);
}

} // namespace beachfront::thermal
