// SPDX-License-Identifier: GPL-3.0-or-later
// Guides side by side: the light that each gets from its neighbours on the way that was routed.
#pragma once

#include "geometry/layout.hpp"
#include "study/design.hpp"

#include <optional>
#include <vector>

namespace beachfront::study {

/// One a guide of the layout; empty without guides, or where the modes give no pitch for the crosstalk budget.
/// Between a guide and the next one of its engine, kind and layer the amplitude goes over as sin(integral of C dz), C
/// falling as exp(-g d) with their distance d from the value that gives the budget at min_pitch_um over
/// parallel_length_mm; g = k sqrt(N^2 - n^2) is the slowest decay that the mode's tail has, so below the pitch of the
/// budget this reads low and above it high. Guides of another kind carry light the other way, or none. Equal guides in
/// phase all along; bends, where neighbours differ, would lower it.
std::vector<optics::GuideCrosstalk> guide_crosstalk(const Design& design, const geometry::Layout& layout,
                                                    const std::optional<optics::WaveguideFigures>& waveguide);

} // namespace beachfront::study
