// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/fleet.hpp"

#include "study/co_packaged.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

/// A class per bit, from its column in the comparison. `optics`: null for the design's own engines.
power::FleetClass class_of(const Design& design, const power::Alternative& alternative, const OwnedAlternative& owned,
                           const power::Transceiver* optics) {
  power::FleetClass one;
  one.name = alternative.name;
  one.co_packaged = !optics || is_co_packaged(optics->kind);
  one.module_Tbps = optics ? optics->bandwidth_Tbps : design.package.engines.bandwidth_Tbps;
  one.optics_pJ_per_bit = alternative.optics_pJ_per_bit;
  one.host_pJ_per_bit = power::energy_pJ_per_bit(alternative.host_W, design.comparison.traffic_Tbps);
  one.total_pJ_per_bit = alternative.pJ_per_bit;
  const int lanes_per_laser = !optics           ? design.laser.lanes_per_laser
                              : one.co_packaged ? design.ownership.lanes_per_laser
                                                : design.fleet->lanes_per_laser_pluggable;
  one.lasers_per_Tbps = 1e3 / design.traffic.lane_rate_Gbps / lanes_per_laser;
  one.failures_per_year_per_Tbps = owned.failures_per_year / design.comparison.traffic_Tbps;
  if (alternative.capex_eur)
    one.price_eur_per_Gbps = *alternative.capex_eur / (design.comparison.traffic_Tbps * 1e3);
  return one;
}

void add_switches(FleetSolution& fleet, const FleetChoices& choices) {
  const power::Cluster& cluster = choices.cluster;
  if (cluster.ends_per_accelerator)
    return;
  for (int tier = 1; tier <= cluster.tiers; ++tier) {
    fleet.packet_switches.push_back(power::fat_tree_switches(cluster.accelerators, cluster.radix, cluster.tiers, tier));
    fleet.packet_switch_MW +=
        fleet.packet_switches.back() * cluster.radix * cluster.link_Tbps * choices.switch_pJ_per_bit * 1e-6;
  }
}

void add_optical(FleetSolution& fleet, const Design& design, const power::FleetClass* reference) {
  const FleetChoices& choices = *design.fleet;
  const OpticalSwitching& optical = *choices.optical;
  for (const power::OpticalReach& ends : optical.ends)
    fleet.reach.push_back(
        power::reach_left(ends, optical.optical_switch, optical.connectors, optical.connector_loss_dB));
  if (choices.cluster.ends_per_accelerator)
    fleet.tier_absent = "transceivers are given for each accelerator, not tiers: give fleet.switch_radix";
  else if (choices.cluster.tiers < 2)
    fleet.tier_absent = "the fabric has one tier, and the accelerators' links cannot be switched without it";
  else if (!reference)
    fleet.tier_absent = fleet.saving_absent;
  if (!fleet.tier_absent.empty())
    return;
  const double fibres = choices.cluster.link_Tbps * 1e3 / design.traffic.lane_rate_Gbps / choices.wavelengths_per_fibre;
  fleet.tier_optics = reference->name;
  fleet.tier = power::switching_tier(choices.cluster, optical.optical_switch, *reference, choices.switch_pJ_per_bit,
                                     std::max(1, static_cast<int>(std::ceil(fibres - 1e-9))), optical.remaining_optics);
}

} // namespace

FleetSolution solve_fleet(const Design& design, const power::ComparisonResult& comparison,
                          const std::vector<OwnedAlternative>& owned) {
  const FleetChoices& choices = *design.fleet;
  const power::FleetTerms terms{design.comparison.electricity_eur_per_kWh, design.comparison.utilisation,
                                design.ownership.terms.restock_weeks, design.ownership.terms.stock_service_level};
  const std::size_t own_rows = comparison.alternatives.size() - design.alternatives.size();
  std::vector<power::FleetClass> classes;
  std::optional<std::size_t> reference;
  for (std::size_t i = 0; i < comparison.alternatives.size(); ++i) {
    const power::Transceiver* optics = i < own_rows ? nullptr : &design.alternatives[i - own_rows];
    if (optics && !reference && optics->kind == power::TransceiverKind::pluggable_dsp)
      reference = i;
    classes.push_back(class_of(design, comparison.alternatives[i], owned[i], optics));
  }

  FleetSolution fleet;
  fleet.ends = power::link_ends(choices.cluster);
  add_switches(fleet, choices);
  for (const power::FleetClass& one : classes) // without a pluggable, accelerators carry the switches' own class
    fleet.alternatives.push_back(
        {power::fleet_figures(choices.cluster, one, reference ? classes[*reference] : one, terms), {}, {}});
  if (!reference)
    fleet.saving_absent = "no DSP pluggable class among the alternatives to compare with";
  else if (!(fleet.ends.all() > 0))
    fleet.saving_absent = "the fabric has no optical link: one tier, with copper to the accelerators";
  if (fleet.saving_absent.empty())
    for (FleetAlternative& alternative : fleet.alternatives) {
      const power::FleetFigures& against = fleet.alternatives[*reference].figures;
      alternative.at_the_meter = power::fleet_saving(alternative.figures, against, true, terms);
      alternative.of_optics = power::fleet_saving(alternative.figures, against, false, terms);
    }
  if (choices.optical)
    add_optical(fleet, design, reference ? &classes[*reference] : nullptr);
  return fleet;
}

} // namespace beachfront::study
