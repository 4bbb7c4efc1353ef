// SPDX-License-Identifier: GPL-3.0-or-later
// What the lasers draw for the light that the link budget asks for, and where that power turns into heat.
#pragma once

#include "geometry/shapes.hpp"
#include "optics/link_budget.hpp"

#include <optional>

namespace beachfront::power {

using optics::LaserLocation;

/// The `laser` block of a design. One or more modules of equal lasers, each laser split over several lanes.
struct LaserSource {
  LaserLocation location = LaserLocation::external;
  int modules = 0; ///< for in_engine: the engines that carry lasers
  int lasers_per_module = 0;
  int lanes_per_laser = 0;
  double max_power_dBm = 24.0; ///< of one laser at the module's output. Lumentum ELSFP: 8 x 250 mW
  /// Light out over electrical power in, of the whole module at `reference_C`. 8 x 250 mW at about 12 W (Lumentum
  /// ELSFP, vendor) is 0.167 with cooler and control included; planning range 0.15 to 0.20, bare chip 0.25 to 0.30.
  double wall_plug_efficiency = 0.167;
  double reference_C = 45.0; ///< assumed: middle of the 35 to 55 C case range of an external module
  /// Relative change of the efficiency a kelvin. Assumed: about 1/150 K, the slope-efficiency constant of an InP laser.
  double efficiency_slope_per_K = -0.0067;
  double efficiency_floor = 0.05; ///< assumed: below it the straight line means nothing
  /// Electrical power of one module that does not follow its light. 0 because the default efficiency is the module's.
  double module_overhead_W = 0.0;
};

/// Efficiency at the temperature of the laser module's case (in_engine: of the engine), a straight line
/// eta = eta_ref (1 + slope (T - T_ref)) held between the floor and 1. Meant for T_ref +- 40 K; `at_floor` says that
/// the line has ended, and the power that follows is a lower bound.
struct LaserEfficiency {
  double value = 0;
  bool at_floor = false;
};
LaserEfficiency laser_efficiency(const LaserSource& source, double temperature_C);

/// Lasers that feed `lanes` lanes, a part-used laser counted whole.
int lasers_needed(int lanes, int lanes_per_laser);

struct LaserPower {
  int lasers = 0;
  double optical_W = 0;    ///< all lasers together, at the module output
  double electrical_W = 0; ///< all modules together
  LaserEfficiency efficiency;
};

/// Electrical power of lasers that give `required_power_dBm` in the mean of their powers in mW: the need of the worst
/// lane, where all run alike. Throws std::invalid_argument on counts below
/// one, an efficiency or floor outside (0, 1], or a level that is not finite.
LaserPower laser_power(const LaserSource& source, double required_power_dBm, double temperature_C);

/// "laser_lanes": more lanes than the lasers feed; nothing if they do. A laser that is too weak is a missing link
/// margin.
std::optional<geometry::Violation> laser_shortage(const LaserSource& source, int lanes);

/// Light over the boundary of one engine.
struct EngineLight {
  double arriving_W = 0; ///< laser light that reaches the package for this engine; 0 with lasers in the engine
  double launched_W = 0; ///< modulated light that leaves it, average power, all lanes
  double received_W = 0; ///< from the far end: all of it ends in the photodiodes and on the way to them
};

/// Where the laser power goes, all of it: electrical_W + engines x received_W =
/// outside_package_W + engines x (each_engine_W + launched_W).
struct LaserHeat {
  double outside_package_W = 0; ///< laser modules, and light lost between them and the package
  double each_engine_W = 0;     ///< in each engine: light absorbed, and with lasers in the engine all their heat
};

/// Splits the laser power over package and surroundings for `engines` equal engines. Light that is lost in the package
/// on its way (guides, couplings) counts to the engine it is for, because most of it is lost there.
/// Throws std::invalid_argument when more light is launched or arrives than the lasers give.
LaserHeat laser_heat(const LaserSource& source, const LaserPower& power, int engines, const EngineLight& light);

} // namespace beachfront::power
