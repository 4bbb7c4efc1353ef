// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/read_blocks.hpp"

namespace beachfront::study {

namespace {

power::Supply read_supply(const Value& value) {
  return {value.number("delivery_delay_weeks"), value.number("delay_probability"), value.number("disruption_per_year"),
          static_cast<int>(value.integer("sources")), value.number("disruption_weeks")};
}

} // namespace

OwnershipChoices read_ownership(const Value& root) {
  const Value value = root.at("comparison.ownership");
  OwnershipChoices choices;
  power::OwnershipTerms& terms = choices.terms;
  terms.horizon_years = root.number("comparison.horizon_years");
  terms.electricity_eur_per_kWh = root.number("comparison.electricity_eur_per_kWh");
  terms.discount_rate = value.number("discount_rate_per_year");
  terms.cooling_capital_eur_per_kW = value.number("cooling_capital_eur_per_kW");
  terms.switch_week_eur = value.number("switch_week_eur");
  terms.downtime_eur_per_port_hour = value.number("downtime_eur_per_port_hour");
  terms.service_visit_eur = value.number("service_visit_eur");
  terms.stock_service_level = value.number("stock_service_level");
  terms.restock_weeks = value.number("restock_weeks");
  terms.stock_shared_by_switches = static_cast<double>(value.integer("stock_shared_by_switches"));
  terms.residual_fraction = value.number("residual_fraction");

  const Value pluggable = value.at("pluggable");
  choices.pluggable.annual_failure_fraction_per_400G_port = pluggable.number("annual_failure_fraction_per_400G_port");
  choices.pluggable.module_FIT = pluggable.optional_number("module_FIT");
  choices.pluggable.connector_FIT = pluggable.number("connector_FIT");
  choices.pluggable.hours_to_visit = pluggable.number("visit_after_hours");
  choices.pluggable.supply = read_supply(pluggable);

  const Value engines = value.at("co_packaged");
  power::CoPackagedService& service = choices.co_packaged;
  service.annual_failure_fraction_per_400G_port = engines.number("annual_failure_fraction_per_400G_port");
  service.laser_failure_share = engines.number("laser_failure_share");
  service.laser_FIT = engines.optional_number("laser_FIT");
  service.engine_FIT = engines.optional_number("engine_FIT");
  if (service.laser_FIT.has_value() != service.engine_FIT.has_value())
    throw engines.at(service.laser_FIT ? "laser_FIT" : "engine_FIT")
        .error("one of laser_FIT and engine_FIT", "both of them, or neither: together they take the fraction's place");
  service.connector_FIT = engines.number("connector_FIT");
  service.laser_module_eur = engines.number("laser_module_eur");
  service.switch_eur = engines.number("switch_eur");
  service.hours_to_visit = engines.number("visit_after_hours");
  service.laser_swap_hours = engines.number("laser_swap_hours");
  service.switch_swap_hours = engines.number("switch_swap_hours");
  service.supply = read_supply(engines);
  choices.lanes_per_laser = static_cast<int>(engines.integer("lanes_per_laser"));
  choices.lasers_per_module = static_cast<int>(engines.integer("lasers_per_module"));
  return choices;
}

} // namespace beachfront::study
