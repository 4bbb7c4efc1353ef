// SPDX-License-Identifier: GPL-3.0-or-later
// What a design says of the cost of ownership and of a fleet: the blocks `comparison.ownership` and `fleet`.
#pragma once

#include "power/fleet.hpp"
#include "power/optical_switching.hpp"
#include "power/ownership.hpp"
#include "power/service.hpp"
#include "power/shipments.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

struct OwnershipChoices {
  power::OwnershipTerms terms;
  power::PluggableService pluggable;
  power::CoPackagedService co_packaged;
  int lanes_per_laser = 4; ///< of co-packaged classes of the library; the design gives its own
  int lasers_per_module = 8;
};

/// Optical switches at the top of the fabric.
struct OpticalSwitching {
  power::OpticalSwitch optical_switch;
  bool in_link = false; ///< the design's own links pass it
  double remaining_optics = 1;
  int connectors = 2;
  double connector_loss_dB = 0;
  std::vector<power::OpticalReach> ends;
};

struct FleetChoices {
  power::Cluster cluster; ///< with the tiers that hold its accelerators
  double switch_pJ_per_bit = 0;
  int lanes_per_laser_pluggable = 1;
  int wavelengths_per_fibre = 1; ///< of the design's links, for the ports that an optical switch needs
  std::optional<OpticalSwitching> optical;
  std::optional<power::Shipments> shipments;
};

} // namespace beachfront::study
