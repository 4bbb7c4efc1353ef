// SPDX-License-Identifier: GPL-3.0-or-later
// Distances and meetings where one of the pieces is a clothoid: what geometry/distance.hpp hands on.
//
// Branch and bound. A stretch of a clothoid is kept between bounds by an arc (or a line) through its middle: with the
// rate c and the half length h no point of it is further than c h^3 / 6 from the same point of the arc, because their
// headings part by c u^2 / 2 at u from the middle. Pairs of stretches whose arcs, less these deviations, cannot beat
// the best pair of points found are dropped, the others are halved; the best pair is refined by Newton's method. The
// deviation falls by eight with each halving, so the search ends for any input.
#pragma once

#include "geometry/distance.hpp"

#include <limits>
#include <vector>

namespace beachfront::geometry {

Nearest clothoid_nearest(const Segment& clothoid, Point point);
/// Where the pieces are no closer than `of_interest_mm` any of their pairs of points may come back.
Nearest clothoid_nearest(const Segment& first, const Segment& second,
                         double of_interest_mm = std::numeric_limits<double>::infinity());
std::vector<Meeting> clothoid_meetings(const Segment& first, const Segment& second);

} // namespace beachfront::geometry
