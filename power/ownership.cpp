// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/ownership.hpp"

#include "power/reliability.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace beachfront::power {
namespace {

constexpr double weeks_per_year = hours_per_year / (7 * 24);

void require(bool holds, const char* what) {
  if (!holds)
    throw std::invalid_argument(what);
}

void require_terms(const OwnershipTerms& terms) {
  require(terms.horizon_years > 0 && std::isfinite(terms.horizon_years), "horizon_years must be positive");
  require(terms.discount_rate > -1 && std::isfinite(terms.discount_rate), "discount_rate must be above -1");
  for (const double value : {terms.electricity_eur_per_kWh, terms.cooling_capital_eur_per_kW, terms.switch_week_eur,
                             terms.downtime_eur_per_port_hour, terms.service_visit_eur, terms.restock_weeks})
    require(value >= 0 && std::isfinite(value), "prices and times of the ownership must not be negative");
  require(terms.stock_shared_by_switches >= 1, "stock_shared_by_switches must be at least 1");
  require(terms.residual_fraction >= 0 && terms.residual_fraction <= 1, "residual_fraction must be from 0 to 1");
}

void require_optics(const OwnedOptics& optics) {
  require(optics.traffic_Gbps > 0, "traffic_Gbps must be positive");
  for (const double value : {optics.purchase_eur, optics.energy_per_year_MWh, optics.cooled_kW,
                             optics.supply.delivery_delay_weeks, optics.supply.disruption_weeks})
    require(value >= 0 && std::isfinite(value), "amounts of an alternative must be finite and not negative");
  for (const double value : {optics.supply.delay_probability, optics.supply.disruption_per_year})
    require(value >= 0 && value <= 1, "a probability must be from 0 to 1");
  require(optics.supply.sources >= 1, "sources must be at least 1");
}

CostParts scaled(const CostParts& one, double factor) {
  return {one.purchase_eur * factor, one.spares_eur * factor,      one.cooling_eur * factor,
          one.delivery_eur * factor, one.electricity_eur * factor, one.replacement_eur * factor,
          one.visits_eur * factor,   one.downtime_eur * factor,    one.disruption_eur * factor,
          one.residual_eur * factor};
}

CostParts sum(const CostParts& a, const CostParts& b) {
  return {a.purchase_eur + b.purchase_eur, a.spares_eur + b.spares_eur,           a.cooling_eur + b.cooling_eur,
          a.delivery_eur + b.delivery_eur, a.electricity_eur + b.electricity_eur, a.replacement_eur + b.replacement_eur,
          a.visits_eur + b.visits_eur,     a.downtime_eur + b.downtime_eur,       a.disruption_eur + b.disruption_eur,
          a.residual_eur + b.residual_eur};
}

/// Failures a year of all parts of a kind.
double rate(const ServicedPart& part) {
  return part.in_service * part.failures_per_year;
}

/// The stock of everything that parts are replaced by, demands of the same word pooled; its cost in `share_eur`, this
/// switch's share.
std::vector<Stock> stock_of(const OwnedOptics& optics, const OwnershipTerms& terms, double& share_eur) {
  std::vector<Stock> stock;
  std::vector<double> prices_eur;
  const double switch_years = terms.stock_shared_by_switches * terms.restock_weeks / weeks_per_year;
  for (const ServicedPart& part : optics.parts) {
    if (!(part.replacement_eur > 0))
      continue;
    const double demand = rate(part) / (part.standby + 1) * part.units_per_repair * switch_years;
    const auto same =
        std::find_if(stock.begin(), stock.end(), [&](const Stock& one) { return one.name == part.replaced; });
    if (same == stock.end()) {
      stock.push_back({part.replaced, demand, 0});
      prices_eur.push_back(part.replacement_eur);
    } else {
      same->demand += demand;
    }
  }
  share_eur = 0;
  for (std::size_t i = 0; i < stock.size(); ++i) {
    stock[i].held = spares_in_stock(stock[i].demand, terms.stock_service_level);
    share_eur += stock[i].held * prices_eur[i] / terms.stock_shared_by_switches;
  }
  return stock;
}

CostParts start(const OwnedOptics& optics, const OwnershipTerms& terms, double spares_eur) {
  CostParts costs;
  costs.purchase_eur = optics.purchase_eur;
  costs.spares_eur = spares_eur;
  costs.cooling_eur = optics.cooled_kW * terms.cooling_capital_eur_per_kW;
  costs.delivery_eur = optics.supply.delay_probability * optics.supply.delivery_delay_weeks * terms.switch_week_eur;
  return costs;
}

double repairs_between(const ServicedPart& part, double from_years, double to_years) {
  return expected_repairs(rate(part) * to_years, part.standby) -
         expected_repairs(rate(part) * from_years, part.standby);
}

CostParts year(const OwnedOptics& optics, const OwnershipTerms& terms, double from_years, double to_years) {
  const double length_years = to_years - from_years;
  CostParts costs;
  costs.electricity_eur = optics.energy_per_year_MWh * 1e3 * terms.electricity_eur_per_kWh * length_years;
  costs.disruption_eur = std::pow(optics.supply.disruption_per_year, optics.supply.sources) *
                         optics.supply.disruption_weeks * terms.switch_week_eur * length_years;
  for (const ServicedPart& part : optics.parts) {
    const double repairs = repairs_between(part, from_years, to_years);
    costs.replacement_eur += repairs * part.units_per_repair * part.replacement_eur;
    costs.visits_eur += repairs * terms.service_visit_eur;
    costs.downtime_eur += repairs * terms.downtime_eur_per_port_hour *
                          (part.ports_down * part.hours_down + part.ports_in_repair * part.repair_hours);
  }
  return costs;
}

} // namespace

double CostParts::total_eur() const {
  return purchase_eur + spares_eur + cooling_eur + delivery_eur + electricity_eur + replacement_eur + visits_eur +
         downtime_eur + disruption_eur + residual_eur;
}

double flow_value(double discount_rate, double from_years, double to_years) {
  const double growth = std::log1p(discount_rate);
  if (growth == 0)
    return to_years - from_years;
  // expm1 keeps the small difference of two powers at a small rate.
  return -std::expm1(-growth * (to_years - from_years)) * std::exp(-growth * from_years) / growth;
}

Ownership own(const OwnedOptics& optics, const OwnershipTerms& terms) {
  require_terms(terms);
  require_optics(optics);
  Ownership result;
  result.name = optics.name;
  result.horizon_years = terms.horizon_years;
  result.discount_rate = terms.discount_rate;

  double spares_eur = 0;
  result.stock = stock_of(optics, terms, spares_eur);
  result.years.push_back(start(optics, terms, spares_eur));
  result.present = result.years.front();
  for (double from_years = 0; from_years < terms.horizon_years; from_years += 1) {
    const double to_years = std::min(from_years + 1, terms.horizon_years);
    const CostParts costs = year(optics, terms, from_years, to_years);
    result.years.push_back(costs);
    result.present = sum(
        result.present, scaled(costs, flow_value(terms.discount_rate, from_years, to_years) / (to_years - from_years)));
  }
  const double residual_eur = -terms.residual_fraction * optics.purchase_eur;
  result.years.back().residual_eur = residual_eur;
  result.present.residual_eur = residual_eur * std::pow(1 + terms.discount_rate, -terms.horizon_years);

  result.tco_eur = result.present.total_eur();
  result.eur_per_Gbps = result.tco_eur / optics.traffic_Gbps;
  result.eur_per_port_year = result.tco_eur / (ports_400G(optics.traffic_Gbps / 1e3) * terms.horizon_years);
  for (const ServicedPart& part : optics.parts) {
    result.failures_per_year += rate(part);
    result.repairs += expected_repairs(rate(part) * terms.horizon_years, part.standby);
  }
  return result;
}

namespace {

double running_eur(const CostParts& costs) {
  return costs.total_eur() - costs.residual_eur;
}

/// Running costs a year during [from, to] of year `y`, evenly spread.
double running_eur_per_year(const Ownership& ownership, std::size_t y) {
  const double from_years = static_cast<double>(y) - 1;
  return running_eur(ownership.years[y]) / (std::min(from_years + 1, ownership.horizon_years) - from_years);
}

} // namespace

double paid_eur(const Ownership& ownership, double years) {
  const double until_years = std::min(years, ownership.horizon_years);
  double paid = running_eur(ownership.years.front());
  for (std::size_t y = 1; y < ownership.years.size(); ++y) {
    const double from_years = static_cast<double>(y) - 1;
    if (from_years >= until_years)
      break;
    paid += running_eur_per_year(ownership, y) *
            flow_value(ownership.discount_rate, from_years, std::min(from_years + 1, until_years));
  }
  return paid;
}

BreakEven break_even(const Ownership& one, const Ownership& other) {
  if (one.horizon_years != other.horizon_years || one.discount_rate != other.discount_rate)
    throw std::invalid_argument("a break-even needs one horizon and one discount rate");
  double dearer_eur = running_eur(one.years.front()) - running_eur(other.years.front());
  if (dearer_eur <= 0)
    return {0.0, ""};
  const double growth = std::log1p(one.discount_rate);
  for (std::size_t y = 1; y < one.years.size(); ++y) {
    const double from_years = static_cast<double>(y) - 1;
    const double to_years = std::min(from_years + 1, one.horizon_years);
    const double saved_per_year = running_eur_per_year(other, y) - running_eur_per_year(one, y);
    const double saved_eur = saved_per_year * flow_value(one.discount_rate, from_years, to_years);
    if (saved_eur >= dearer_eur) {
      // saved_per_year * flow_value(from, t) = dearer, solved for t
      const double needed = dearer_eur / saved_per_year;
      if (growth == 0)
        return {from_years + needed, ""};
      return {-std::log(std::exp(-growth * from_years) - growth * needed) / growth, ""};
    }
    dearer_eur -= saved_eur;
  }
  return {std::nullopt, fmt::format("after {:g} years {} has still cost {:.0f} EUR more than {}", one.horizon_years,
                                    one.name, dearer_eur, other.name)};
}

} // namespace beachfront::power
