// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/optical_switching.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace beachfront::power {

double added_loss_dB(const OpticalSwitch& optical_switch) {
  return optical_switch.insertion_loss_dB + (optical_switch.circulators ? 2 * optical_switch.circulator_loss_dB : 0);
}

double optical_switches_needed(const OpticalSwitch& optical_switch, double ends, int fibre_pairs) {
  if (optical_switch.ports < 1 || fibre_pairs < 1)
    throw std::invalid_argument("an optical switch has ports, a link has fibres");
  const double ends_of_switch = optical_switch.ports * (optical_switch.circulators ? 2.0 : 1.0);
  return std::ceil(ends * fibre_pairs / ends_of_switch);
}

SwitchingTier switching_tier(const Cluster& cluster, const OpticalSwitch& optical_switch, const FleetClass& optics,
                             double switch_pJ_per_bit, int fibre_pairs, double remaining_optics) {
  if (cluster.ends_per_accelerator || cluster.tiers < 2)
    throw std::invalid_argument("optical switches take the place of the top of at least two tiers");
  constexpr double MW_per_W = 1e-6;
  SwitchingTier tier;
  tier.ends = cluster.accelerators;
  tier.packet_switches = fat_tree_switches(cluster.accelerators, cluster.radix, cluster.tiers, cluster.tiers);
  tier.packet_switch_MW = tier.packet_switches * cluster.radix * cluster.link_Tbps * switch_pJ_per_bit * MW_per_W;
  tier.optics_MW_each_side = tier.ends * cluster.link_Tbps * optics.optics_pJ_per_bit * MW_per_W;
  tier.remaining_optics_MW = tier.optics_MW_each_side * remaining_optics;
  tier.optical_switches = optical_switches_needed(optical_switch, tier.ends, fibre_pairs);
  tier.optical_switch_MW = tier.optical_switches * optical_switch.power_W * MW_per_W;
  return tier;
}

ReachLeft reach_left(const OpticalReach& ends, const OpticalSwitch& optical_switch, int connectors,
                     double connector_loss_dB) {
  if (!(ends.fibre_dB_per_km > 0))
    throw std::invalid_argument(ends.name + ": fibre_dB_per_km must be positive");
  const double connectors_dB = connectors * connector_loss_dB;
  ReachLeft left;
  left.name = ends.name;
  left.fibre_loss_left_dB = ends.budget_dB - added_loss_dB(optical_switch) - connectors_dB;
  if (left.fibre_loss_left_dB < 0) {
    const double circulators_dB = added_loss_dB(optical_switch) - optical_switch.insertion_loss_dB;
    const char* greatest = connectors_dB > std::max(optical_switch.insertion_loss_dB, circulators_dB) ? "connectors"
                           : circulators_dB > optical_switch.insertion_loss_dB                        ? "circulators"
                                                                                                      : "the switch";
    left.absent_because = fmt::format("{}: {:.2f} dB short of the {:g} dB budget; switch {:g} dB, circulators {:g} dB, "
                                      "connectors {:g} dB; most by {}",
                                      ends.name, -left.fibre_loss_left_dB, ends.budget_dB,
                                      optical_switch.insertion_loss_dB, circulators_dB, connectors_dB, greatest);
    return left;
  }
  left.reach_km = left.fibre_loss_left_dB / ends.fibre_dB_per_km;
  left.limited_by = "loss";
  if (ends.dispersion_limit_ps_per_nm && ends.dispersion_ps_per_nm_km > 0) {
    const double dispersion_km = *ends.dispersion_limit_ps_per_nm / ends.dispersion_ps_per_nm_km;
    if (dispersion_km < *left.reach_km) {
      left.reach_km = dispersion_km;
      left.limited_by = "dispersion";
    }
  }
  if (ends.reach_km < *left.reach_km) {
    left.reach_km = ends.reach_km;
    left.limited_by = "standard";
  }
  return left;
}

} // namespace beachfront::power
