// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/service.hpp"

#include "power/reliability.hpp"

#include <stdexcept>

namespace beachfront::power {
namespace {

/// Dirt is cleaned where it sits: a visit, no part.
ServicedPart connector(int count, double fit, double ports, double hours_to_visit) {
  ServicedPart part;
  part.name = "connector";
  part.replaced = "nothing";
  part.in_service = count;
  part.failures_per_year = failures_per_year_from_fit(fit);
  part.ports_down = ports;
  part.hours_down = hours_to_visit;
  return part;
}

struct EngineAndLaserRates {
  double engine_per_year = 0;
  double laser_per_year = 0; ///< of one
};

EngineAndLaserRates co_packaged_rates(const CoPackagedService& service, const CoPackagedCount& count) {
  const bool separate = !count.lasers_in_engine;
  if (service.engine_FIT && (service.laser_FIT || !separate))
    return {failures_per_year_from_fit(*service.engine_FIT),
            separate ? failures_per_year_from_fit(*service.laser_FIT) : 0};
  if (service.engine_FIT || (service.laser_FIT && separate))
    throw std::invalid_argument("laser_FIT and engine_FIT must be given together");
  const double fraction =
      count.annual_failure_fraction_per_400G_port.value_or(service.annual_failure_fraction_per_400G_port);
  const double all_per_year = fraction * ports_400G(count.engines * count.engine_Tbps);
  const double laser_share = separate && count.lasers > 0 ? service.laser_failure_share : 0;
  return {all_per_year * (1 - laser_share) / count.engines,
          laser_share > 0 ? all_per_year * laser_share / count.lasers : 0};
}

} // namespace

std::vector<ServicedPart> pluggable_parts(const PluggableService& service, const PluggableCount& count) {
  const double ports = ports_400G(count.module_Tbps);
  ServicedPart module;
  module.name = "module";
  module.replaced = "module";
  module.in_service = count.modules;
  module.failures_per_year =
      service.module_FIT
          ? failures_per_year_from_fit(*service.module_FIT)
          : ports * count.annual_failure_fraction_per_400G_port.value_or(service.annual_failure_fraction_per_400G_port);
  module.replacement_eur = count.module_eur;
  module.ports_down = ports;
  module.hours_down = service.hours_to_visit;
  return {module, connector(count.modules, service.connector_FIT, ports, service.hours_to_visit)};
}

std::vector<ServicedPart> co_packaged_parts(const CoPackagedService& service, const CoPackagedCount& count) {
  if (count.engines < 1)
    throw std::invalid_argument("a co-packaged switch has engines");
  const EngineAndLaserRates rates = co_packaged_rates(service, count);
  const double all_ports = ports_400G(count.engines * count.engine_Tbps);
  ServicedPart engine;
  engine.name = "engine";
  engine.replaced = "switch";
  engine.in_service = count.engines;
  engine.standby = count.spare_engines;
  engine.failures_per_year = rates.engine_per_year;
  engine.replacement_eur = service.switch_eur + count.optics_eur;
  engine.ports_down = ports_400G(count.engine_Tbps);
  engine.hours_down = service.hours_to_visit;
  engine.ports_in_repair = all_ports;
  engine.repair_hours = service.switch_swap_hours;
  if (count.lasers_in_engine || count.lasers < 1)
    return {engine};

  const double ports_of_laser = all_ports / count.lasers;
  const double ports_of_module = ports_of_laser * count.lasers_per_module;
  ServicedPart laser;
  laser.name = "laser";
  laser.replaced = "laser module";
  laser.in_service = count.lasers;
  laser.standby = count.spare_lasers;
  laser.failures_per_year = rates.laser_per_year;
  laser.replacement_eur = service.laser_module_eur;
  laser.units_per_repair = count.spare_lasers + 1;
  laser.ports_down = ports_of_laser;
  laser.hours_down = service.hours_to_visit;
  laser.ports_in_repair = ports_of_module * laser.units_per_repair;
  laser.repair_hours = service.laser_swap_hours;
  const int modules = (count.lasers + count.spare_lasers + count.lasers_per_module - 1) / count.lasers_per_module;
  return {engine, laser, connector(modules, service.connector_FIT, ports_of_module, service.hours_to_visit)};
}

} // namespace beachfront::power
