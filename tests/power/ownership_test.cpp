// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/ownership.hpp"

#include "power/reliability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace beachfront::power {
namespace {

/// Only what a test sets costs anything.
OwnershipTerms free_terms(double horizon_years, double discount_rate) {
  OwnershipTerms terms;
  terms.horizon_years = horizon_years;
  terms.discount_rate = discount_rate;
  terms.electricity_eur_per_kWh = 0.1;
  terms.cooling_capital_eur_per_kW = 0;
  terms.switch_week_eur = 0;
  terms.downtime_eur_per_port_hour = 0;
  terms.service_visit_eur = 0;
  terms.stock_service_level = 0;
  return terms;
}

/// Bought for `purchase_eur`, then `eur_per_year` of electricity at 0.1 EUR/kWh.
OwnedOptics line(const char* name, double purchase_eur, double eur_per_year) {
  OwnedOptics optics;
  optics.name = name;
  optics.purchase_eur = purchase_eur;
  optics.traffic_Gbps = 102400;
  optics.energy_per_year_MWh = eur_per_year / 100;
  return optics;
}

ServicedPart part(int in_service, double failures_per_year, double replacement_eur) {
  ServicedPart one;
  one.name = one.replaced = "module";
  one.in_service = in_service;
  one.failures_per_year = failures_per_year;
  one.replacement_eur = replacement_eur;
  return one;
}

TEST(Ownership, WithoutDiscountIsThePlainSumOfItsYears) {
  const Ownership result = own(line("a", 1000, 200), free_terms(5, 0));
  ASSERT_EQ(result.years.size(), 6u);
  double sum = 0;
  for (const CostParts& year : result.years)
    sum += year.total_eur();
  EXPECT_NEAR(sum, 2000, 1e-9);
  EXPECT_NEAR(result.tco_eur, 2000, 1e-9);
  EXPECT_NEAR(result.eur_per_Gbps, 2000 / 102400.0, 1e-12);
  EXPECT_NEAR(result.eur_per_port_year, 2000 / (256 * 5.0), 1e-12); // 256 ports of 400G in 102.4 Tb/s
}

TEST(Ownership, RunningCostIsTheAnnuityThatFlowsEvenly) {
  // c (1 - (1 + r)^-T) / ln(1 + r), also where the horizon ends within a year.
  for (const double horizon : {0.5, 1.0, 3.7, 5.0, 20.0})
    for (const double rate : {0.0, 0.03, 0.08, 0.25}) {
      const double factor = rate == 0 ? horizon : (1 - std::pow(1 + rate, -horizon)) / std::log1p(rate);
      EXPECT_NEAR(own(line("a", 1000, 200), free_terms(horizon, rate)).tco_eur, 1000 + 200 * factor, 1e-9)
          << horizon << " years at " << rate;
    }
  // At a rate close to none, where the closed form loses its digits: T - r T^2/2.
  EXPECT_NEAR(flow_value(1e-9, 0, 20), 20 - 200e-9, 1e-13);
}

TEST(Ownership, ResidualValueComesBackDiscounted) {
  OwnershipTerms terms = free_terms(4, 0.1);
  terms.residual_fraction = 0.2;
  const Ownership result = own(line("a", 1000, 0), terms);
  EXPECT_NEAR(result.present.residual_eur, -200 / std::pow(1.1, 4), 1e-9);
  EXPECT_NEAR(result.tco_eur, 1000 - 200 / std::pow(1.1, 4), 1e-9);
  EXPECT_NEAR(result.years.back().residual_eur, -200, 1e-12);
  EXPECT_NEAR(paid_eur(result, 4), 1000, 1e-9);
}

TEST(Ownership, TwoLinesBreakEvenWhereTheyCross) {
  const OwnershipTerms terms = free_terms(10, 0);
  const Ownership dear = own(line("dear", 1000, 100), terms);
  const Ownership cheap = own(line("cheap", 600, 260), terms);
  // 400 EUR more at the start, 160 EUR a year less.
  EXPECT_NEAR(break_even(dear, cheap).years.value(), 2.5, 1e-12);
  EXPECT_EQ(break_even(cheap, dear).years.value(), 0);
}

TEST(Ownership, DiscountingDelaysTheBreakEvenAsTheClosedFormSays) {
  const OwnershipTerms terms = free_terms(10, 0.08);
  const Ownership dear = own(line("dear", 1000, 100), terms);
  const Ownership cheap = own(line("cheap", 600, 260), terms);
  // 160 (1 - v^t)/ln 1.08 = 400
  const double growth = std::log(1.08);
  const double years = -std::log(1 - 400.0 / 160 * growth) / growth;
  EXPECT_NEAR(break_even(dear, cheap).years.value(), years, 1e-12);
  EXPECT_GT(years, 2.5);
  EXPECT_NEAR(paid_eur(dear, years), paid_eur(cheap, years), 1e-9);
}

TEST(Ownership, WithoutABreakEvenTheReasonNamesTheRest) {
  const OwnershipTerms terms = free_terms(2, 0);
  const BreakEven never = break_even(own(line("dear", 1000, 100), terms), own(line("cheap", 600, 260), terms));
  EXPECT_FALSE(never.years);
  EXPECT_EQ(never.reason, "after 2 years dear has still cost 80 EUR more than cheap");
  EXPECT_THROW(break_even(own(line("a", 1, 1), terms), own(line("b", 1, 1), free_terms(3, 0))), std::invalid_argument);
}

TEST(Ownership, FailuresCostPartVisitAndDarkPorts) {
  OwnershipTerms terms = free_terms(5, 0);
  terms.service_visit_eur = 100;
  terms.downtime_eur_per_port_hour = 2;
  OwnedOptics optics = line("a", 0, 0);
  ServicedPart module = part(64, 0.05, 800);
  module.ports_down = 4;
  module.hours_down = 24;
  module.ports_in_repair = 16;
  module.repair_hours = 0.5;
  optics.parts = {module};
  const Ownership result = own(optics, terms);
  const double repairs = 64 * 0.05 * 5; // 16
  EXPECT_NEAR(result.failures_per_year, 3.2, 1e-12);
  EXPECT_NEAR(result.repairs, repairs, 1e-12);
  EXPECT_NEAR(result.present.replacement_eur, repairs * 800, 1e-9);
  EXPECT_NEAR(result.present.visits_eur, repairs * 100, 1e-9);
  EXPECT_NEAR(result.present.downtime_eur, repairs * 2 * (4 * 24 + 16 * 0.5), 1e-9);
}

TEST(Ownership, ASpareLaserAbsorbsTheFirstFailure) {
  OwnedOptics optics = line("a", 0, 0);
  ServicedPart laser = part(128, 0.005, 500);
  optics.parts = {laser};
  const double without = own(optics, free_terms(5, 0)).present.replacement_eur;
  optics.parts[0].standby = 1;
  const Ownership with = own(optics, free_terms(5, 0));
  const double mean = 128 * 0.005 * 5;
  EXPECT_NEAR(without, mean * 500, 1e-9);
  EXPECT_NEAR(with.present.replacement_eur, 500 * (mean - (1 - std::exp(-2 * mean)) / 2) / 2, 1e-8);
  // Few repairs in the first year, when the spare is fresh.
  EXPECT_LT(with.years[1].replacement_eur, with.years[5].replacement_eur);
}

TEST(Ownership, StockIsSharedAndPooledByWhatIsPutIn) {
  OwnershipTerms terms = free_terms(5, 0);
  terms.stock_service_level = 0.99;
  terms.stock_shared_by_switches = 100;
  terms.restock_weeks = 365.0 / 7 / 10; // a tenth of a year
  OwnedOptics optics = line("a", 0, 0);
  optics.parts = {part(10, 0.01, 700), part(5, 0.02, 700)};
  const Ownership result = own(optics, terms);
  ASSERT_EQ(result.stock.size(), 1u);
  EXPECT_NEAR(result.stock[0].demand, 0.2 * 100 / 10, 1e-12);
  EXPECT_EQ(result.stock[0].held, 6); // Poisson of mean 2
  EXPECT_NEAR(result.present.spares_eur, 6 * 700 / 100.0, 1e-12);
}

TEST(Ownership, DelayIsPaidAtOnceAndADisruptionNeedsEverySourceToFail) {
  OwnershipTerms terms = free_terms(5, 0);
  terms.switch_week_eur = 1000;
  terms.cooling_capital_eur_per_kW = 2000;
  OwnedOptics optics = line("a", 0, 0);
  optics.cooled_kW = 1.5;
  optics.supply = {4, 0.25, 0.1, 2, 8};
  const Ownership result = own(optics, terms);
  EXPECT_NEAR(result.years[0].delivery_eur, 1000, 1e-12);
  EXPECT_NEAR(result.years[0].cooling_eur, 3000, 1e-12);
  EXPECT_NEAR(result.present.disruption_eur, 5 * 0.01 * 8000, 1e-9);
  optics.supply.sources = 1;
  EXPECT_NEAR(own(optics, terms).present.disruption_eur, 5 * 0.1 * 8000, 1e-9);
}

TEST(Ownership, PartsAddUpToTheTotal) {
  OwnershipTerms terms;
  terms.residual_fraction = 0.1;
  OwnedOptics optics = line("a", 1000, 100);
  optics.cooled_kW = 1;
  optics.supply = CoPackagedService{}.supply;
  optics.parts = pluggable_parts({}, {64, 1.6, 900, std::nullopt});
  const Ownership result = own(optics, terms);
  const CostParts& p = result.present;
  EXPECT_NEAR(p.purchase_eur + p.spares_eur + p.cooling_eur + p.delivery_eur + p.electricity_eur + p.replacement_eur +
                  p.visits_eur + p.downtime_eur + p.disruption_eur + p.residual_eur,
              result.tco_eur, 1e-9);
  for (const double each : {p.purchase_eur, p.spares_eur, p.cooling_eur, p.delivery_eur, p.electricity_eur,
                            p.replacement_eur, p.visits_eur, p.downtime_eur, p.disruption_eur})
    EXPECT_GT(each, 0);
}

TEST(Ownership, RefusesWhatHasNoMeaning) {
  EXPECT_THROW(own(line("a", -1, 0), free_terms(5, 0)), std::invalid_argument);
  EXPECT_THROW(own(line("a", std::numeric_limits<double>::infinity(), 0), free_terms(5, 0)), std::invalid_argument);
  EXPECT_THROW(own(line("a", 1, 0), free_terms(0, 0)), std::invalid_argument);
  EXPECT_THROW(own(line("a", 1, 0), free_terms(5, -1)), std::invalid_argument);
  OwnershipTerms nothing_shared = free_terms(5, 0);
  nothing_shared.stock_shared_by_switches = 0;
  EXPECT_THROW(own(line("a", 1, 0), nothing_shared), std::invalid_argument);
}

TEST(Service, APluggableLosesItsOwnPortsOnly) {
  const std::vector<ServicedPart> parts = pluggable_parts({}, {64, 1.6, 900, 0.0158});
  EXPECT_EQ(parts[0].in_service, 64);
  EXPECT_NEAR(parts[0].failures_per_year, 4 * 0.0158, 1e-15); // four 400G ports a module
  EXPECT_NEAR(parts[0].ports_down, 4, 1e-12);
  EXPECT_EQ(parts[0].ports_in_repair, 0);
  PluggableService rated;
  rated.module_FIT = 1818;
  EXPECT_NEAR(pluggable_parts(rated, {64, 1.6, 900, 0.0158})[0].failures_per_year, 1818 * 8760e-9, 1e-15);
}

TEST(Service, AnEngineTakesTheSwitchWithItAndALaserItsModule) {
  CoPackagedCount count;
  count.engines = 16;
  count.spare_engines = 2;
  count.engine_Tbps = 6.4;
  count.lasers = 128;
  count.lasers_per_module = 8;
  count.optics_eur = 80000;
  const CoPackagedService service;
  const std::vector<ServicedPart> parts = co_packaged_parts(service, count);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].replaced, "switch");
  EXPECT_EQ(parts[0].standby, 2);
  EXPECT_NEAR(parts[0].ports_in_repair, 256, 1e-9); // of 400G: the whole switch
  EXPECT_NEAR(parts[0].replacement_eur, 150000, 1e-9);
  EXPECT_NEAR(parts[1].ports_down, 2, 1e-9);       // four lanes of 200G
  EXPECT_NEAR(parts[1].ports_in_repair, 16, 1e-9); // eight lasers
  // The field's failures of all ports, split.
  EXPECT_NEAR(16 * parts[0].failures_per_year, 256 * 0.0034 * 0.024, 1e-12);
  EXPECT_NEAR(128 * parts[1].failures_per_year, 256 * 0.0034 * 0.976, 1e-12);

  count.lasers_in_engine = true;
  const std::vector<ServicedPart> inside = co_packaged_parts(service, count);
  ASSERT_EQ(inside.size(), 1u); // no laser to swap: every failure is the switch's
  EXPECT_NEAR(16 * inside[0].failures_per_year, 256 * 0.0034, 1e-12);
}

TEST(Service, PlanningRatesReplaceTheFieldsAndMakeNearlyAllFailuresLasers) {
  CoPackagedService service;
  service.laser_FIT = 50;
  service.engine_FIT = 10;
  CoPackagedCount count;
  count.engines = 16;
  count.engine_Tbps = 6.4;
  count.lasers = 128;
  const std::vector<ServicedPart> parts = co_packaged_parts(service, count);
  const double lasers = 128 * parts[1].failures_per_year;
  EXPECT_NEAR(lasers, 128 * 50 * 8760e-9, 1e-12);
  EXPECT_NEAR(lasers / (lasers + 16 * parts[0].failures_per_year), 0.976, 0.0005);
  service.engine_FIT.reset();
  EXPECT_THROW(co_packaged_parts(service, count), std::invalid_argument);
}

} // namespace
} // namespace beachfront::power
