// SPDX-License-Identifier: GPL-3.0-or-later
// Thermal fatigue of solder joints: shear strain range from the distance to the neutral point or from a solid's
// displacements, row by row; life after Engelmaier and Wild; the ratio of field to test cycles after Norris and
// Landzberg. A screening model: no bending, no board stiffness, no solder constitutive law; lives compare designs and
// are not predictions. Alloys are data; sources and ranges in docs/facts/mechanics.md 1.
#pragma once

#include "geometry/shapes.hpp"

#include <optional>
#include <span>
#include <vector>

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
/// SAC305 and SAC405 of the same paper, recalled: re-check before quoting a life. They give what the paper's summary
/// says of them (circuitinsight.com/programs/50677.html): under benign loads a third of tin-lead's life at worst.
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

/// Whether a life lies where the law was fitted: dwells of at least a minute (below, stress does not relax and the law
/// has no meaning) and 10^2 to 10^5 cycles.
bool within_fatigue_range(double cycles, double dwell_min);

/// Balls in rings that follow the outline, the outermost centres `edge_inset_mm` inside it. The pitch is adjusted so
/// that a whole number of balls fills each side.
struct BallGrid {
  geometry::Box outline;
  double pitch_mm = 0;
  double edge_inset_mm = 0;
};

struct Ball {
  geometry::Point position;
  int row = 0; ///< ring from the package edge inwards, the outermost 0
};

/// Every ball, y then x ascending. std::invalid_argument unless the pitch is positive and the inset leaves a width.
std::vector<Ball> balls(const BallGrid& grid);

/// How a solder joint is cycled in service.
struct SolderService {
  double joint_height_mm = 0;
  double idle_C = 0;
  double hot_C = 0;
  double dwell_min = 0;      ///< at each extreme
  double cycles_per_day = 0; ///< 0: no years
  double strain_factor = 1;  ///< of shear_strain_range
};

/// The worst joint of one ring.
struct JointRow {
  int row = 0;
  double distance_mm = 0; ///< from the neutral point, the middle of the outline
  double strain_range = 0;
  std::optional<double> cycles; ///< half of such joints failed; nothing without strain
  std::optional<double> years;
};

/// Ring by ring from the edge inwards, from the difference of free strains of package and board over the cycle.
std::vector<JointRow> joint_rows(const BallGrid& grid, double expansion_difference, const FatigueAlloy& alloy,
                                 const SolderService& service);

/// Movement in the plane of the package's pad against the board's over the cycle.
struct PadMovement {
  double x_um = 0;
  double y_um = 0;
};

/// The same from a solid's displacements, one movement for each ball in the order of `balls`; the factor of `service`
/// multiplies them. A row's distance is that of the ball which strains most. std::invalid_argument when the numbers
/// differ.
std::vector<JointRow> joint_rows(const BallGrid& grid, std::span<const PadMovement> movements,
                                 const FatigueAlloy& alloy, const SolderService& service);

/// A temperature cycle of a test or of the field.
struct ThermalCycle {
  double low_C = 0;
  double high_C = 0;
  double cycles_per_day = 0;
  double dwell_min = 0; ///< at the hot extreme
};

/// Norris and Landzberg's law: cycles ~ swing^-a x frequency^b x dwell^-c x exp(d / T_max).
struct CycleAcceleration {
  double swing_exponent = 0;
  double frequency_exponent = 0;
  double dwell_exponent = 0;
  double activation_K = 0;
};

/// Norris and Landzberg, IBM J. Res. Dev. 13, 266 (1969): tin-lead.
inline constexpr CycleAcceleration norris_landzberg_tin_lead{1.9, 1.0 / 3, 0, 1414};
/// Pan et al. 2005 for SnAgCu, dwell instead of frequency; exponents as in published re-implementations. Others find no
/// consistent set for SnAgCu (docs/facts/mechanics.md 1).
inline constexpr CycleAcceleration pan_tin_silver_copper{2.65, 0, 0.136, 2185};

/// Field cycles for one test cycle.
double acceleration_factor(const CycleAcceleration& law, const ThermalCycle& test, const ThermalCycle& field);

/// Syed, ECTC 2004, SnAgCu: cycles from what finite elements with creep accumulate in a cycle. Two secondary texts give
/// different energy constants, 0.0019 and 0.00165 per MPa; the first, shorter life is here. Nothing without creep.
std::optional<double> syed_cycles_from_creep_strain(double creep_strain);
std::optional<double> syed_cycles_from_creep_energy(double creep_energy_MPa);

/// The part of Anand's viscoplastic law that sets the stress of steady flow.
struct AnandSolder {
  double rate_constant_per_s = 0;      ///< A
  double activation_K = 0;             ///< Q/R
  double stress_multiplier = 0;        ///< xi
  double rate_sensitivity = 0;         ///< m
  double saturation_MPa = 0;           ///< s_hat
  double saturation_rate_exponent = 0; ///< n
};

/// Motalab et al., ITherm 2012, as tabulated in arXiv:2204.05583 table 2.
inline constexpr AnandSolder sac305_anand{3501, 9320, 4.0, 0.25, 30.2, 0.01};

/// Stress of steady flow: (s_hat / xi) (Z/A)^n asinh((Z/A)^m), Z the rate times exp(Q/RT). What the joint can carry at
/// this rate, and so an upper bound to the stress it puts on its neighbours.
double saturation_stress_MPa(const AnandSolder& solder, double strain_rate_per_s, double temperature_C);

} // namespace beachfront::thermal
