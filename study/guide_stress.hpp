// SPDX-License-Identifier: GPL-3.0-or-later
// What the package's warpage and heat do to the guides: the stress tensor along each, in the guide's own frame.
#pragma once

#include "geometry/layout.hpp"
#include "optics/waveguide.hpp"
#include "thermal/solid_mechanics.hpp"

#include <cstddef>
#include <vector>

namespace beachfront::study {

/// At one place of a guide. In optics::GuideStress x is across the guide in the plane, y up, z along.
struct GuideStressPoint {
  std::size_t guide = 0;
  double along_mm = 0; ///< from the guide's start
  geometry::Point at;
  optics::GuideStress stress;
};

/// In operation, at both ends of every guide and at least every `step_mm` between, at the upper face of the topmost
/// glass, on the mesh of the package; a guide below the surface by less than a cell sees the same. Empty without an
/// operating state or without glass. Thermal stress of the package alone: that of the exchanged ions is the recipe's.
std::vector<GuideStressPoint> guide_stress(const thermal::PackageFields& fields, const geometry::Layout& layout,
                                           double step_mm);

/// Of one guide, over its length: what the light sees, lateral less vertical stress.
struct GuideStressSpread {
  double mean_MPa = 0;
  double min_MPa = 0, max_MPa = 0;
};
GuideStressSpread lateral_less_vertical(const std::vector<GuideStressPoint>& points, std::size_t guide);

} // namespace beachfront::study
