// SPDX-License-Identifier: GPL-3.0-or-later
// What fails in a switch's optics, how often, what is put in its place and how many ports are dark meanwhile.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace beachfront::power {

/// Equal parts of one kind. A 400G port counts as one port, whatever the switch sells it as.
struct ServicedPart {
  std::string name;             ///< what fails
  std::string replaced;         ///< what is put in: parts with the same word share a stock
  int in_service = 0;           ///< that must work
  int standby = 0;              ///< fitted, dark, and not ageing: each takes over one failure without a repair
  double failures_per_year = 0; ///< expected, of one in service
  double replacement_eur = 0;   ///< one of what is put in; 0: cleaned or mended
  double units_per_repair = 1;
  double ports_down = 0; ///< from the failure until the repair
  double hours_down = 0;
  double ports_in_repair = 0; ///< dark while it is repaired: the blast radius
  double repair_hours = 0;
};

/// How sure the deliveries of an alternative are.
struct Supply {
  double delivery_delay_weeks = 0;
  double delay_probability = 0;
  double disruption_per_year = 0; ///< probability that one source fails in a year
  int sources = 1;                ///< independent; supply stops when all fail in the same year
  double disruption_weeks = 0;    ///< that a stop lasts
};

/// Pluggable modules, replaced one by one at the faceplate.
struct PluggableService {
  /// Of a class that gives none itself: Meta's 0.55 million hours, ECOC 2025; see docs/facts/power.md section 5.
  double annual_failure_fraction_per_400G_port = 0.0158;
  std::optional<double> module_FIT; ///< instead of the fraction of the class
  double connector_FIT = 0;         ///< beside it; 0: field counts of ports have the connectors in them
  double hours_to_visit = 24;       ///< assumed
  Supply supply{0, 0, 0.02, 3, 8};  ///< assumed: three vendors at least
};

/// Engines in the switch's package, lasers in modules at the faceplate or in the engines.
struct CoPackagedService {
  /// Of a class that gives none itself: Meta's 2.6 million hours, ECOC 2025.
  double annual_failure_fraction_per_400G_port = 0.0034;
  double laser_failure_share = 0.976; ///< of those failures, as planning rates divide them: 50 FIT for each of 128
                                      ///< lasers, 10 FIT for each of 16 engines. It decides what a failure costs
  std::optional<double> laser_FIT;    ///< of one laser; with engine_FIT instead of the fraction and its share
  std::optional<double> engine_FIT;   ///< of one engine, lasers in it included
  double connector_FIT = 0;           ///< one a laser module
  double laser_module_eur = 500;      ///< assumed: no price was found
  double switch_eur = 70000;          ///< without optics. Assumed: a 51.2T chassis costs EUR 34,000 to 80,000
  double hours_to_visit = 24;         ///< assumed
  double laser_swap_hours = 0.25;     ///< assumed: hot swap
  double switch_swap_hours = 8;       ///< assumed
  Supply supply{4, 0.25, 0.05, 1, 8}; ///< assumed: one vendor, young
};

/// Counts of a switch with pluggables.
struct PluggableCount {
  int modules = 0;
  double module_Tbps = 0;
  double module_eur = 0;
  std::optional<double> annual_failure_fraction_per_400G_port; ///< of the class
};

/// Counts of a switch with co-packaged engines.
struct CoPackagedCount {
  int engines = 0; ///< that carry traffic
  int spare_engines = 0;
  double engine_Tbps = 0;
  int lasers = 0; ///< that feed the lanes
  int spare_lasers = 0;
  int lasers_per_module = 1;
  bool lasers_in_engine = false;                               ///< then a laser fails with its engine
  double optics_eur = 0;                                       ///< all engines and lasers: lost with the switch
  std::optional<double> annual_failure_fraction_per_400G_port; ///< of the class
};

/// 400G ports in a bandwidth: the unit that field data count.
inline double ports_400G(double bandwidth_Tbps) {
  return bandwidth_Tbps / 0.4;
}

/// A failed module darkens its ports until somebody has replaced it.
std::vector<ServicedPart> pluggable_parts(const PluggableService& service, const PluggableCount& count);

/// A failed laser darkens the lanes it feeds and its module the lanes of all its lasers while it is swapped; when the
/// spare lasers are used up, one module is swapped for each dead laser. A failed engine darkens its ports, and the
/// whole switch, optics included, is replaced. Throws std::invalid_argument when only one of laser_FIT and engine_FIT
/// is given for lasers outside the engines.
std::vector<ServicedPart> co_packaged_parts(const CoPackagedService& service, const CoPackagedCount& count);

} // namespace beachfront::power
