// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster of accelerators: the tiers of its fabric, the optics on its links, and what a class of optics draws, costs
// and loses to failures in all of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace beachfront::power {

/// Hosts of a folded Clos network (fat tree) of `tiers` tiers of switches with `radix` ports at full bisection,
/// 2 (k/2)^L. Throws std::invalid_argument on an odd radix, one below 2 or fewer than one tier.
double fat_tree_hosts(int radix, int tiers);

/// Fewest tiers that reach this many hosts. Throws as above, and where radix 2 never reaches them.
int fat_tree_tiers(double hosts, int radix);

/// Switches of one tier, from 1 at the accelerators to `tiers` at the top: N/(k/2), at the top N/k, rounded up.
double fat_tree_switches(double hosts, int radix, int tiers, int tier);

/// The `fleet` block without its classes and optical switches. A link end is one end of one accelerator's link, or of
/// as much bandwidth in an upper tier.
struct Cluster {
  double accelerators = 0;
  double link_Tbps = 0.8; ///< of one accelerator into the fabric, one direction
  bool copper_to_accelerator = true;
  std::optional<double> ends_per_accelerator; ///< optical link ends, given instead of the tree
  int radix = 0;                              ///< ports of link_Tbps on a switch, of the tree
  int tiers = 0;                              ///< of the tree
};

/// Optical link ends of an accelerator: its own, and those on switches. In a tree each tier has a link below it, all of
/// the same bandwidth; only the lowest may be copper.
struct LinkEnds {
  double at_accelerator = 0;
  double at_switches = 0;
  double all() const { return at_accelerator + at_switches; }
};
LinkEnds link_ends(const Cluster& cluster);

/// A class of optics per bit: 1 pJ/bit is 1 W for each Tb/s of one direction.
struct FleetClass {
  std::string name;
  bool co_packaged = false; ///< only on switches: accelerators keep the pluggable reference
  double module_Tbps = 0;
  double optics_pJ_per_bit = 0; ///< modules or engines with lasers
  double host_pJ_per_bit = 0;   ///< SerDes that face them
  double total_pJ_per_bit = 0;  ///< both with fans, conversion and facility: at the meter
  double lasers_per_Tbps = 0;
  std::optional<double> failures_per_year_per_Tbps;
  std::optional<double> price_eur_per_Gbps;
};

/// Running conditions that all classes share.
struct FleetTerms {
  double electricity_eur_per_kWh = 0.12;
  double utilisation = 1;
  double restock_weeks = 8;
  double stock_service_level = 0.99;
};

/// A class in the whole cluster.
struct FleetFigures {
  std::string name;
  std::string at_accelerators; ///< class of the ends there; empty with copper
  double modules = 0;          ///< or engines, of both classes where they differ
  double lasers = 0;
  double optics_MW = 0; ///< at the modules' supply pins
  double host_MW = 0;
  double meter_MW = 0; ///< optics and host with their overhead
  double meter_MW_per_million_accelerators = 0;
  double electricity_eur_per_year = 0;
  std::optional<double> failures_per_day; ///< expected, of modules, engines and lasers
  std::optional<int> spares;              ///< of modules, that cover the time to restock
  std::optional<double> purchase_eur;
};

/// `optics` on all link ends; co-packaged optics on those of switches, with `at_accelerators` on the others. Throws
/// std::invalid_argument on a cluster without accelerators, a class without bandwidth or negative energies.
FleetFigures fleet_figures(const Cluster& cluster, const FleetClass& optics, const FleetClass& at_accelerators,
                           const FleetTerms& terms);

/// Saved power as a ratio that can be reproduced.
struct FleetSaving {
  std::string of;
  std::string against;
  double numerator_MW = 0; ///< power of `against` less that of `of`
  double denominator_MW = 0;
  double ratio = 0;
  double eur_per_year = 0; ///< electricity saved
};
/// At the meter, or of the optics alone (the money is then that of the modules' power without overhead).
FleetSaving fleet_saving(const FleetFigures& of, const FleetFigures& against, bool at_the_meter,
                         const FleetTerms& terms);

} // namespace beachfront::power
