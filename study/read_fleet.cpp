// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/read_blocks.hpp"

#include <fmt/core.h>

namespace beachfront::study {

namespace {

/// The fabric's tiers, checked against the number of accelerators.
void read_tree(const Value& fleet, power::Cluster& cluster) {
  cluster.radix = static_cast<int>(fleet.integer("switch_radix"));
  if (cluster.radix % 2 != 0 || (cluster.radix == 2 && cluster.accelerators > 2))
    throw fleet.at("switch_radix")
        .error(fmt::format("{}", cluster.radix), "an even number, above 2: a fat tree sends half of the ports up");
  if (!fleet.has("tiers")) {
    cluster.tiers = power::fat_tree_tiers(cluster.accelerators, cluster.radix);
    return;
  }
  cluster.tiers = static_cast<int>(fleet.integer("tiers"));
  if (const double hosts = power::fat_tree_hosts(cluster.radix, cluster.tiers); hosts < cluster.accelerators)
    throw fleet.at("tiers").error(
        fmt::format("{} of radix {}", cluster.tiers, cluster.radix),
        fmt::format("enough for {:.0f} accelerators: this tree holds {:.0f}", cluster.accelerators, hosts));
}

OpticalSwitching read_optical(const Value& ocs) {
  OpticalSwitching optical;
  optical.optical_switch = {static_cast<int>(ocs.integer("ports")), ocs.number("power_W"),
                            ocs.number("insertion_loss_dB"), ocs.flag("circulators"), ocs.number("circulator_loss_dB")};
  optical.in_link = ocs.flag("in_link");
  optical.remaining_optics = ocs.number("remaining_optics");
  optical.connectors = static_cast<int>(ocs.integer("connectors"));
  optical.connector_loss_dB = ocs.number("connector_loss_dB");
  for (const Value& ends : ocs.items("ends"))
    optical.ends.push_back({ends.text("name"), ends.number("budget_dB"), ends.number("fibre_dB_per_km"),
                            ends.number("reach_km"), ends.optional_number("dispersion_limit_ps_per_nm"),
                            ends.number("dispersion_ps_per_nm_km")});
  return optical;
}

} // namespace

std::optional<FleetChoices> read_fleet(const Value& root) {
  const std::optional<Value> fleet = root.find("fleet");
  if (!fleet)
    return std::nullopt;
  FleetChoices choices;
  power::Cluster& cluster = choices.cluster;
  cluster.accelerators = static_cast<double>(fleet->integer("accelerators"));
  cluster.link_Tbps = fleet->number("link_Gbps") / 1e3;
  cluster.copper_to_accelerator = fleet->flag("copper_to_accelerator");
  cluster.ends_per_accelerator = fleet->optional_number("transceivers_per_accelerator");
  if (!cluster.ends_per_accelerator)
    read_tree(*fleet, cluster);
  else if (fleet->has("tiers"))
    throw fleet->at("tiers").error(fmt::format("{}", fleet->integer("tiers")),
                                   "left out with transceivers_per_accelerator: tiers belong to switch_radix");
  else if (*cluster.ends_per_accelerator < (cluster.copper_to_accelerator ? 0 : 1))
    throw fleet->at("transceivers_per_accelerator")
        .error(fmt::format("{}", *cluster.ends_per_accelerator),
               "at least 1, the accelerator's own, where copper_to_accelerator is false");
  choices.switch_pJ_per_bit = fleet->number("switch_pJ_per_bit");
  choices.lanes_per_laser_pluggable = static_cast<int>(fleet->integer("lanes_per_laser_pluggable"));
  choices.wavelengths_per_fibre = static_cast<int>(root.integer("engines.wavelengths_per_fibre"));
  if (const auto ocs = fleet->find("ocs"))
    choices.optical = read_optical(*ocs);
  if (const auto world = fleet->find("shipments"))
    choices.shipments =
        power::Shipments{static_cast<int>(world->integer("first_year")), world->number("modules_million"),
                         world->number("module_W"), world->number("growth_per_year"), world->number("target_MW")};
  return choices;
}

} // namespace beachfront::study
