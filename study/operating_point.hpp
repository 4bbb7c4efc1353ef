// SPDX-License-Identifier: GPL-3.0-or-later
// A state of the whole package in operation: light, power, heat, temperature, stress.
#pragma once

#include "geometry/layout.hpp"
#include "optics/guide_in_operation.hpp"
#include "study/design.hpp"
#include "study/feed_polarization.hpp"
#include "thermal/mechanics.hpp"
#include "thermal/solid_mechanics.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace beachfront::study {

struct OperatingPoint {
  std::vector<power::EnginePower> engines; ///< working engines, in the order of the layout
  double absorbed_light_W = 0;             ///< in each working engine
  thermal::Package package;                ///< with engines and their heat
  thermal::Temperatures temperatures;
  thermal::Mechanics mechanics;
  std::shared_ptr<const thermal::PackageFields> fields; ///< full thermal fidelity: the fields behind the figures
  thermal::FieldOperation operation;                    ///< full thermal fidelity: temperatures of the cells
  std::optional<thermal::Mechanics> plate;              ///< full thermal fidelity: the plate's figures beside them
  std::vector<optics::MovementLoss> movement;     ///< of each working engine, at every passage between engine and guide
  std::vector<optics::GuideCrosstalk> crosstalk;  ///< as layout.guides; empty where it has no figure
  FeedPolarization polarization;                  ///< of the laser feeds, in operation
  std::optional<optics::GuideInOperation> guides; ///< absent with fibres, and before any temperature is known
  optics::LinkBudget link;
  double laser_dBm = 0; ///< mean over the lasers as they run: what their worst lane needs, at most their limit
  power::LaserPower laser;
};

} // namespace beachfront::study
