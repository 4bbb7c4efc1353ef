// SPDX-License-Identifier: GPL-3.0-or-later
// Half a turn of the loop: from the temperature and movement of the engines to the light that the lasers must give, and
// to the heat that light and bits leave in every engine.
#pragma once

#include "study/operating_point.hpp"

#include <optional>
#include <vector>

namespace beachfront::study {

/// What the loop turns in, the same in every turn. Refers to its parts, which must outlive it.
struct Chain {
  const Design& design;
  const optics::LinkDesign& link; ///< the design's with the passages that the modes give (routes.hpp)
  const geometry::Layout& layout;
  const std::vector<optics::RouteLoss>& routes; ///< as layout.guides, empty with fibres
  const std::optional<optics::WaveguideFigures>& waveguide;
  std::vector<std::size_t> working;       ///< engines that carry traffic, as indices into layout.engines
  std::vector<double> serdes_heat_W = {}; ///< of each die, on top of its own
};
Chain chain(const Design& design, const optics::LinkDesign& link, const geometry::Layout& layout,
            const std::vector<optics::RouteLoss>& routes, const std::optional<optics::WaveguideFigures>& waveguide);

/// A working engine as the fields left it.
struct EngineState {
  double mean_C = 0; ///< of its active face
  optics::MovementLoss movement;
};

/// All working engines at one temperature, aligned.
std::vector<EngineState> aligned_engines(const Chain& chain, double temperature_C);
/// The guides at the temperature of the substrate between its dies and engines; absent with fibres.
std::optional<optics::GuideInOperation> guides_in_operation(const Chain& chain,
                                                            const thermal::Temperatures& temperatures);
/// As a turn of the package found them.
std::vector<EngineState> engine_states(const Chain& chain, const thermal::Temperatures& temperatures,
                                       const std::vector<thermal::PortShift>& shifts);

/// The package with its engines in place, without their heat.
thermal::Package package_with_engines(const Design& design, const geometry::Layout& layout);

/// The package before any turn: engines in place, crosstalk of the routes, feeds without stress.
OperatingPoint cold_point(const Chain& chain);

/// Link powers with the point's crosstalk and polarisation, lasers, light left in the package and power of every
/// engine; their heat goes into `point.package`.
void light_and_heat(const Chain& chain, const std::vector<EngineState>& engines, OperatingPoint& point);

/// The whole link budget of the point, term by term and with its limits, once its turns are done.
void itemise(const Chain& chain, OperatingPoint& point);

} // namespace beachfront::study
