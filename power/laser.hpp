// SPDX-License-Identifier: GPL-3.0-or-later
// What the lasers draw for the light that the link budget asks for, and where that power turns into heat.
#pragma once

#include "geometry/shapes.hpp"
#include "optics/link_budget.hpp"

#include <optional>
#include <vector>

namespace beachfront::power {

using optics::LaserLocation;

struct EfficiencyPoint {
  double temperature_C = 0;
  double efficiency = 0;
};

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
  /// Measured points of the efficiency, rising in temperature, at least two; replaces the line. Between them straight.
  std::vector<EfficiencyPoint> efficiency_curve = {};
  double case_rise_K_per_W = 0; ///< of an external module's case over its sink, per watt of the module's heat
  int lit = 0;                  ///< lasers that feed lanes, the others stand by dark; 0: all
};

/// Efficiency at the temperature of the laser module's case (in_engine: of the engine): the measured curve, held beyond
/// its ends; else a straight line eta = eta_ref (1 + slope (T - T_ref)) held between the floor and 1, meant for T_ref
/// +- 40 K. `at_floor` says that line or curve has ended below this temperature: the power that follows is a lower
/// bound.
struct LaserEfficiency {
  double value = 0;
  bool at_floor = false;
  double temperature_C = 0; ///< that it is for
  double known_to_C = 0;    ///< where line or curve ends; infinite for a line that does not fall
};
LaserEfficiency laser_efficiency(const LaserSource& source, double temperature_C);

/// Lasers that feed `lanes` lanes, a part-used laser counted whole.
int lasers_needed(int lanes, int lanes_per_laser);

struct LaserPower {
  int lasers = 0;          ///< lit
  double optical_W = 0;    ///< all of them together, at the module output
  double electrical_W = 0; ///< all modules together
  LaserEfficiency efficiency;
};

/// Electrical power of lasers that give `required_power_dBm` in the mean of their powers in mW: the need of the worst
/// lane, where all run alike. Throws std::invalid_argument on counts below
/// one, an efficiency or floor outside (0, 1], or a level that is not finite.
LaserPower laser_power(const LaserSource& source, double required_power_dBm, double temperature_C);

/// The same for external modules on a sink at `sink_C`: case = sink + rise x heat of a module, and that heat depends on
/// the efficiency at the case. The lowest such case is found by going up from the sink. Without one below 300 C the
/// modules run away: `efficiency.at_floor` is set.
LaserPower laser_power_on_sink(const LaserSource& source, double required_power_dBm, double sink_C);

/// "laser_lanes": more lanes than the lasers feed; nothing if they do. `needed` is more than lasers_needed() where
/// lanes of two engines, or of two wavelengths, cannot share a laser. A laser that is too weak is a missing link
/// margin.
std::optional<geometry::Violation> laser_shortage(const LaserSource& source, int lanes, int needed);
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
