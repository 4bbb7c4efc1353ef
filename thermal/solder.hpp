// SPDX-License-Identifier: GPL-3.0-or-later
// Thermal fatigue of solder joints: shear strain range from the distance to the neutral point, life after Engelmaier
// and Wild. A screening model: no bending, no board stiffness, no solder constitutive law; lives compare designs and
// are not predictions. Alloys are data.
#pragma once

#include <optional>

namespace beachfront::thermal {

/// Constants of c = c0 + c1 T_mean + c2 ln(1 + t0 / dwell) and of the fatigue ductility.
struct FatigueAlloy {
  double fatigue_ductility = 0;
  double c0 = 0;
  double c1_per_K = 0; ///< of the mean cyclic solder temperature in Celsius
  double c2 = 0;
  double t0_min = 0;
};

/// Engelmaier 1983, two independent re-implementations agree.
inline constexpr FatigueAlloy tin_lead{0.325, -0.442, -6.0e-4, 1.74e-2, 360};
/// Engelmaier's IPC paper as cited in published code.
inline constexpr FatigueAlloy tin_silver{0.275, -0.430, -6.3e-4, 1.82e-2, 400};
/// SAC305 and SAC405, recalled from the standard literature: re-check before quoting a life.
inline constexpr FatigueAlloy sac305{0.425, -0.480, -9.3e-4, 1.92e-2, 500};

/// Shear strain range of the joint farthest from the neutral point: factor x distance x expansion difference / height.
/// `expansion_difference` is the difference of free strains over the cycle; the factor (0.5 to 1.5 in the literature,
/// 1 without other knowledge) covers what the model leaves out.
double shear_strain_range(double neutral_distance_mm, double expansion_difference, double joint_height_mm,
                          double factor = 1);

/// Cycles until half of the joints have failed: (strain range / (2 ductility))^(1/c) / 2. Nothing without strain.
/// Valid for dwells of minutes to hours and 10^2 to 10^5 cycles.
std::optional<double> cycles_to_failure(const FatigueAlloy& alloy, double strain_range, double mean_temperature_C,
                                        double dwell_min);

double years_to_failure(double cycles, double cycles_per_day);

} // namespace beachfront::thermal
