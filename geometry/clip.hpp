// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces cut to a stretch of their length or to what lies outside a box.
#pragma once

#include "geometry/path.hpp"

#include <vector>

namespace beachfront::geometry {

/// The stretch of a piece between two of its arc lengths, 0 <= from <= to <= length.
Segment part(const Segment& segment, double from_mm, double to_mm);

/// What of a piece is outside the box, in order. Stretches below 1e-6 mm are dropped.
std::vector<Segment> parts_outside(const Segment& segment, const Box& box);

} // namespace beachfront::geometry
