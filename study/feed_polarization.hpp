// SPDX-License-Identifier: GPL-3.0-or-later
// What the stress of the package does to the polarisation of the laser light on its way through the feed guides.
#pragma once

#include "geometry/layout.hpp"
#include "optics/polarization.hpp"
#include "study/design.hpp"
#include "thermal/solid_mechanics.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

struct FeedPolarization {
  std::vector<optics::PolarizationTransfer> guides; ///< one a guide of the layout, feeds alone filled; empty if absent
  double most_axis_angle_deg = 0;                   ///< of the principal axes against the surface
  std::string absent_because;
};

/// From the stress in operation along each feed, with the guide's own birefringence by shape and ions. Needs full
/// fidelity of both, the package and the modes, and a glass whose stress-optic coefficient is known.
FeedPolarization feed_polarization(const Design& design, const geometry::Layout& layout,
                                   const std::optional<optics::WaveguideFigures>& waveguide,
                                   const thermal::PackageFields* fields);

} // namespace beachfront::study
