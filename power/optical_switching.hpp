// SPDX-License-Identifier: GPL-3.0-or-later
// Optical circuit switches in place of the top tier of a fabric: what they save, and how far light still reaches
// through them.
#pragma once

#include "power/fleet.hpp"

#include <optional>
#include <string>

namespace beachfront::power {

/// An optical circuit switch: `ports` fibres on either side, any one to any one of the other side. Defaults: Google's
/// Palomar, 128 usable of 136 ports, 108 W, below 2 dB (SIGCOMM 2022, measured).
struct OpticalSwitch {
  int ports = 128;
  double power_W = 108;
  double insertion_loss_dB = 2.0;
  bool circulators = false;        ///< both directions of a link in one fibre: twice the link ends
  double circulator_loss_dB = 0.8; ///< of one; a link passes two. Assumed
};

/// Loss that the switch and its circulators add to a link.
double added_loss_dB(const OpticalSwitch& optical_switch);

/// Switches for `ends` link ends of `fibre_pairs` each. Without circulators an end takes a port on either side.
double optical_switches_needed(const OpticalSwitch& optical_switch, double ends, int fibre_pairs);

/// The top tier of the fabric, by packet switches or by light. Powers at the equipment, without overhead: it is the
/// same factor on all.
struct SwitchingTier {
  double ends = 0;                ///< link ends below the tier, which stay; as many on its packet switches
  double packet_switches = 0;     ///< that go
  double optical_switches = 0;    ///< that come
  double packet_switch_MW = 0;    ///< without optics
  double optics_MW_each_side = 0; ///< transceivers at one end of the tier's links
  double remaining_optics_MW = 0; ///< below the tier, with optical switches
  double optical_switch_MW = 0;
  double packet_MW() const { return packet_switch_MW + 2 * optics_MW_each_side; }
  double optical_MW() const { return remaining_optics_MW + optical_switch_MW; }
  /// Saved share of the tier's power, packet switches included.
  double saving() const { return 1 - optical_MW() / packet_MW(); }
  /// Saved share of the transceivers' power alone, the optical switches counted with what remains.
  double optics_saving() const { return 1 - optical_MW() / (2 * optics_MW_each_side); }
};

/// `switch_pJ_per_bit` is a packet switch without optics, `optics` the class on the tier's links, `remaining_optics`
/// the power of an end that must launch through the optical switch over that of an ordinary one. The cluster must be a
/// tree of at least two tiers; throws std::invalid_argument otherwise.
SwitchingTier switching_tier(const Cluster& cluster, const OpticalSwitch& optical_switch, const FleetClass& optics,
                             double switch_pJ_per_bit, int fibre_pairs, double remaining_optics);

/// What a pair of link ends can bridge.
struct OpticalReach {
  std::string name;
  double budget_dB = 0; ///< channel loss that the ends allow, connectors included
  double fibre_dB_per_km = 0;
  double reach_km = 0; ///< of its standard
  std::optional<double> dispersion_limit_ps_per_nm;
  double dispersion_ps_per_nm_km = 0;
};

/// Fibre that is left between the ends when the switch and `connectors` have taken their loss.
struct ReachLeft {
  std::string name;
  double fibre_loss_left_dB = 0; ///< negative: no link
  std::optional<double> reach_km;
  std::string limited_by;     ///< "loss", "dispersion" or "standard"
  std::string absent_because; ///< why no light gets through, with the term that takes most
};
ReachLeft reach_left(const OpticalReach& ends, const OpticalSwitch& optical_switch, int connectors,
                     double connector_loss_dB);

} // namespace beachfront::power
