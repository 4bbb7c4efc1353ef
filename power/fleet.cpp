// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/fleet.hpp"

#include "power/facility.hpp"
#include "power/reliability.hpp"

#include <cmath>
#include <stdexcept>

namespace beachfront::power {
namespace {

constexpr double MW_per_W = 1e-6;
constexpr double rounding = 1e-9; // of counts that are ratios of decimal bandwidths

double whole(double count) {
  return std::ceil(count * (1 - rounding));
}

void require_radix(int radix, int tiers) {
  if (radix < 2 || radix % 2 != 0)
    throw std::invalid_argument("a switch of a fat tree has an even number of ports, at least 2");
  if (tiers < 1)
    throw std::invalid_argument("a fat tree has at least one tier");
}

double eur_per_year(double power_MW, const FleetTerms& terms) {
  return energy_per_year_MWh(power_MW / MW_per_W, terms.utilisation) * 1e3 * terms.electricity_eur_per_kWh;
}

void require_class(const FleetClass& optics) {
  if (!(optics.module_Tbps > 0))
    throw std::invalid_argument(optics.name + " has no bandwidth");
  for (const double energy : {optics.optics_pJ_per_bit, optics.host_pJ_per_bit, optics.total_pJ_per_bit})
    if (!(energy >= 0 && std::isfinite(energy)))
      throw std::invalid_argument(optics.name + ": energies must be finite and not negative");
}

/// Adds `bandwidth_Tbps` of link ends of a class.
void add(FleetFigures& figures, const FleetClass& optics, double bandwidth_Tbps) {
  figures.modules += whole(bandwidth_Tbps / optics.module_Tbps);
  figures.lasers += whole(bandwidth_Tbps * optics.lasers_per_Tbps);
  figures.optics_MW += bandwidth_Tbps * optics.optics_pJ_per_bit * MW_per_W;
  figures.host_MW += bandwidth_Tbps * optics.host_pJ_per_bit * MW_per_W;
  figures.meter_MW += bandwidth_Tbps * optics.total_pJ_per_bit * MW_per_W;
  if (figures.failures_per_day && optics.failures_per_year_per_Tbps)
    *figures.failures_per_day += bandwidth_Tbps * *optics.failures_per_year_per_Tbps / (hours_per_year / 24);
  else
    figures.failures_per_day.reset();
  if (figures.purchase_eur && optics.price_eur_per_Gbps)
    *figures.purchase_eur += bandwidth_Tbps * 1e3 * *optics.price_eur_per_Gbps;
  else
    figures.purchase_eur.reset();
}

} // namespace

double fat_tree_hosts(int radix, int tiers) {
  require_radix(radix, tiers);
  return 2 * std::pow(radix / 2, tiers);
}

int fat_tree_tiers(double hosts, int radix) {
  require_radix(radix, 1);
  if (radix == 2 && hosts > 2)
    throw std::invalid_argument("switches of two ports reach two hosts only");
  int tiers = 1;
  while (fat_tree_hosts(radix, tiers) < hosts)
    ++tiers;
  return tiers;
}

double fat_tree_switches(double hosts, int radix, int tiers, int tier) {
  require_radix(radix, tiers);
  if (tier < 1 || tier > tiers)
    throw std::invalid_argument("the tree has no such tier");
  return whole(hosts / (tier == tiers ? radix : radix / 2));
}

LinkEnds link_ends(const Cluster& cluster) {
  const double at_accelerator = cluster.copper_to_accelerator ? 0 : 1;
  if (!cluster.ends_per_accelerator)
    return {at_accelerator, 2.0 * (cluster.tiers - 1) + at_accelerator};
  if (*cluster.ends_per_accelerator < at_accelerator)
    throw std::invalid_argument("an accelerator without copper has an optical end of its own");
  return {at_accelerator, *cluster.ends_per_accelerator - at_accelerator};
}

FleetFigures fleet_figures(const Cluster& cluster, const FleetClass& optics, const FleetClass& at_accelerators,
                           const FleetTerms& terms) {
  if (!(cluster.accelerators > 0) || !(cluster.link_Tbps > 0))
    throw std::invalid_argument("a cluster has accelerators and links");
  const FleetClass& there = optics.co_packaged ? at_accelerators : optics;
  require_class(optics);
  require_class(there);
  const LinkEnds ends = link_ends(cluster);
  const double end_Tbps = cluster.accelerators * cluster.link_Tbps;

  FleetFigures figures;
  figures.name = optics.name;
  figures.failures_per_day = 0;
  figures.purchase_eur = 0;
  add(figures, optics, ends.at_switches * end_Tbps);
  if (ends.at_accelerator > 0) {
    figures.at_accelerators = there.name;
    add(figures, there, ends.at_accelerator * end_Tbps);
  }
  figures.meter_MW_per_million_accelerators = figures.meter_MW / cluster.accelerators * 1e6;
  figures.electricity_eur_per_year = eur_per_year(figures.meter_MW, terms);
  if (figures.failures_per_day)
    figures.spares = spares_in_stock(*figures.failures_per_day * 7 * terms.restock_weeks, terms.stock_service_level);
  return figures;
}

FleetSaving fleet_saving(const FleetFigures& of, const FleetFigures& against, bool at_the_meter,
                         const FleetTerms& terms) {
  const auto power_MW = [&](const FleetFigures& one) { return at_the_meter ? one.meter_MW : one.optics_MW; };
  FleetSaving saving{of.name, against.name, power_MW(against) - power_MW(of), power_MW(against), 0, 0};
  if (!(saving.denominator_MW > 0))
    throw std::invalid_argument(against.name + " draws no power to save");
  saving.ratio = saving.numerator_MW / saving.denominator_MW;
  saving.eur_per_year = eur_per_year(saving.numerator_MW, terms);
  return saving;
}

} // namespace beachfront::power
