// SPDX-License-Identifier: GPL-3.0-or-later
// How far guides are from each other, and where they cross. Knows only the paths, nothing of how they were found.
#pragma once

#include "geometry/layout.hpp"

#include <optional>

namespace beachfront::geometry {

struct Spacing {
  std::vector<Violation> violations;    ///< "guide_spacing", one a pair of guides, at its closest place
  std::vector<Crossing> crossings;      ///< by first, second, then along the first guide
  std::optional<double> min_spacing_um; ///< away from crossings; absent with fewer than two guides
  long pairs_checked = 0;               ///< pairs of segments whose exact distance was computed
};

/// Centre-line distance of every two different guides against `min_pitch_um`, with a tolerance of 1e-6 mm. Exact to
/// the bound of geometry/distance.hpp. Guides are not compared with themselves, nor with guides of another layer.
///
/// Where two guides cross they must come close: the stretch of each within pitch / sin(angle) of the crossing, widened
/// for their curvature and never more than 10 pitches, is not held to the rule. A touch at a guide's end, or at less
/// than 1e-6 rad, is no crossing but a violation at distance 0.
/// Cost O(S + k log k) for S segments and k pairs of short stretches of them within two pitches; memory O(S).
Spacing check_spacing(const std::vector<Guide>& guides, double min_pitch_um);

} // namespace beachfront::geometry
