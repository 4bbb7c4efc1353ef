// SPDX-License-Identifier: GPL-3.0-or-later
// Cost of owning a switch's optics over a horizon: each year's payments, their present value part by part, and when one
// alternative has paid for itself against another.
#pragma once

#include "power/service.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::power {

/// What all alternatives of a comparison share: the `comparison.ownership` block without its blocks.
struct OwnershipTerms {
  double horizon_years = 5;
  double discount_rate = 0.08;              ///< a year, effective. Assumed
  double electricity_eur_per_kWh = 0.12;    ///< as Comparison
  double cooling_capital_eur_per_kW = 2300; ///< of heat that the facility removes. $11.7M a MW of data centre, 53 %
                                            ///< of it critical capacity (Cushman & Wakefield 2025); 40 % of that
                                            ///< for cooling assumed
  double switch_week_eur = 1000;            ///< lost with each week a switch comes late. Assumed: its price over two
                                            ///< years
  double downtime_eur_per_port_hour = 1;    ///< of a 400G port. Assumed: half an accelerator at 2 EUR an hour
  double service_visit_eur = 150;           ///< one visit to one rack. Assumed
  double stock_service_level = 0.99;        ///< probability that the stock covers the demand. Assumed
  double restock_weeks = 8;                 ///< assumed
  double stock_shared_by_switches = 100;    ///< that share one stock of spares. Assumed
  double residual_fraction = 0;             ///< of the purchase, got back at the horizon
};

/// One alternative as bought, powered and served.
struct OwnedOptics {
  std::string name;
  double purchase_eur = 0; ///< optics with their lasers
  double traffic_Gbps = 0; ///< one direction
  double energy_per_year_MWh = 0;
  double cooled_kW = 0; ///< heat of load, fans and power conversion
  Supply supply;
  std::vector<ServicedPart> parts;
};

/// A sum of money by what it is for. EUR; a residual value is negative.
struct CostParts {
  double purchase_eur = 0;
  double spares_eur = 0;  ///< this switch's share of the stock
  double cooling_eur = 0; ///< capital for the plant, not its energy
  double delivery_eur = 0;
  double electricity_eur = 0; ///< overhead of fans, conversion and facility included
  double replacement_eur = 0; ///< parts, or switches, that take a failed one's place
  double visits_eur = 0;
  double downtime_eur = 0;
  double disruption_eur = 0; ///< of supply
  double residual_eur = 0;
  double total_eur() const;
};

/// Spares of one kind in a stock that several switches share.
struct Stock {
  std::string name;
  double demand = 0; ///< expected in the time to restock, all switches together
  int held = 0;
};

struct Ownership {
  std::string name;
  double horizon_years = 0;
  double discount_rate = 0;
  /// As paid: [0] at the start, [y] during year y, the last year cut at the horizon; the residual stands in the last.
  std::vector<CostParts> years;
  CostParts present;  ///< the same discounted to the start
  double tco_eur = 0; ///< present.total_eur()
  double eur_per_Gbps = 0;
  double eur_per_port_year = 0; ///< of the 400G ports of the traffic
  double failures_per_year = 0; ///< of parts in service
  double repairs = 0;           ///< expected over the horizon: what standby parts did not take over
  std::vector<Stock> stock;
};

/// Present value of 1 EUR a year that flows evenly from `from_years` to `to_years`: (v^from - v^to) / ln(1 + rate),
/// with v = 1/(1 + rate); without a rate the length of time. The rate must be above -1.
double flow_value(double discount_rate, double from_years, double to_years);

/// Costs over the horizon. Purchase, spares, cooling plant and an expected delay are paid at the start; the rest flows
/// evenly through its year; repairs by expected_repairs(), stock by spares_in_stock(). Repairs are those of single
/// switches with constant failure rates; a repair makes its kind of part new, but not the others.
/// Throws std::invalid_argument on an input that is negative or not finite, a horizon of nothing or a rate <= -1.
Ownership own(const OwnedOptics& optics, const OwnershipTerms& terms);

/// Present value of everything paid until `years` (at most the horizon), residual value left out.
double paid_eur(const Ownership& ownership, double years);

struct BreakEven {
  std::optional<double> years; ///< 0: cheaper from the start
  std::string reason;          ///< why there is none
};

/// First time at which what was paid for `one` is no more than what was paid for `other`, discounted. Both must have
/// the same horizon and rate; throws std::invalid_argument otherwise.
BreakEven break_even(const Ownership& one, const Ownership& other);

} // namespace beachfront::power
