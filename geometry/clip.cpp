// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/clip.hpp"

#include "geometry/distance.hpp"

#include <algorithm>

namespace beachfront::geometry {

Segment part(const Segment& segment, double from_mm, double to_mm) {
  return {pose_at(segment, from_mm), to_mm - from_mm, curvature_at(segment, from_mm), segment.curvature_rate_per_mm2};
}

std::vector<Segment> parts_outside(const Segment& segment, const Box& box) {
  std::vector<double> cuts{0, segment.length_mm};
  for (const Segment& edge : edges(box))
    for (const Meeting& meeting : meetings(segment, edge))
      cuts.push_back(meeting.s_first_mm);
  std::sort(cuts.begin(), cuts.end());
  std::vector<Segment> result;
  for (std::size_t i = 1; i < cuts.size(); ++i) {
    const double from = cuts[i - 1];
    const double to = cuts[i];
    if (to - from > 1e-6 && !contains(box, pose_at(segment, (from + to) / 2).at))
      result.push_back(part(segment, from, to));
  }
  return result;
}

} // namespace beachfront::geometry
