// SPDX-License-Identifier: GPL-3.0-or-later
// The loop that makes the figures one: light lost is laser power, laser power is heat, heat bends and shifts, and what
// is shifted loses light.
#pragma once

#include "geometry/layout.hpp"
#include "study/design.hpp"
#include "study/feed_polarization.hpp"
#include "thermal/mechanics.hpp"
#include "thermal/solid_mechanics.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace beachfront::study {

/// A state of the whole package in operation.
struct OperatingPoint {
  std::vector<power::EnginePower> engines; ///< working engines, in the order of the layout
  double absorbed_light_W = 0;             ///< in each working engine
  thermal::Package package;                ///< with engines and their heat
  thermal::Temperatures temperatures;
  thermal::Mechanics mechanics;
  std::shared_ptr<const thermal::PackageFields> fields; ///< full thermal fidelity: the fields behind the figures
  thermal::FieldOperation operation;                    ///< full thermal fidelity: temperatures of the cells
  std::optional<thermal::Mechanics> plate;              ///< full thermal fidelity: the plate's figures beside them
  std::vector<optics::MovementLoss> movement;    ///< of each working engine, at every passage between engine and guide
  std::vector<optics::GuideCrosstalk> crosstalk; ///< as layout.guides; empty where it has no figure
  FeedPolarization polarization;                 ///< of the laser feeds, in operation
  optics::LinkBudget link;
  double laser_dBm = 0; ///< mean over the lasers as they run: what their worst lane needs, at most their limit
  power::LaserPower laser;
  int iterations = 0;
  double residual = 0; ///< largest relative change of laser power and engine heat in the last iteration
  bool converged = false;
  double open_chain_laser_dBm = 0; ///< need without the loop: engines where they were aligned
};

/// Repeats budget, heat, temperature, warpage and shift until laser power and engine heat change by less than the
/// tolerance. `link` is the design's with the passages that the modes give (routes.hpp); routes as layout.guides, empty
/// with fibres. The start is the aligned, cold package. A point that has not converged says so.
OperatingPoint close_loop(const Design& design, const optics::LinkDesign& link, const geometry::Layout& layout,
                          const std::vector<optics::RouteLoss>& routes,
                          const std::optional<optics::WaveguideFigures>& waveguide);

} // namespace beachfront::study
