// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/strip_check.hpp"

#include "geometry/distance.hpp"
#include "geometry/spacing.hpp"

#include <algorithm>

namespace beachfront::geometry {

namespace {

/// What a lane runs into.
std::optional<StripFailure> meets(const Strip& strip, const RoutingRules& rules, const std::vector<Path>& paths) {
  constexpr double rounding_mm = 1e-7; // a tenth of the verifier's tolerance
  for (std::size_t i = 0; i < paths.size(); ++i)
    for (const Segment& segment : paths[i]) {
      const Box here = bounds(segment);
      const Point place = pose_at(segment, segment.length_mm / 2).at;
      const double beyond_mm = std::max(strip.side_low_mm - here.min.x_mm, here.max.x_mm - strip.side_high_mm);
      if (beyond_mm > rounding_mm)
        return StripFailure{StripFailure::Kind::side, i, beyond_mm, 0, place};
      for (std::size_t b = 0; b < strip.bodies.size(); ++b) {
        const Box& body = strip.bodies[b];
        const bool own = distance_mm(body, {strip.lanes[i].port.at, strip.lanes[i].port.at}) < rounding_mm;
        const double clearance_mm = rules.keep_out_clearance_mm - rounding_mm;
        if (!own && distance_mm(body, here) < clearance_mm && nearest(segment, body).distance_mm < clearance_mm)
          return StripFailure{StripFailure::Kind::body, i, 0, b, place};
      }
    }
  return std::nullopt;
}

/// Two lanes that come too near, or cross where they may not.
std::optional<StripFailure> crowds(const Strip& strip, const RoutingRules& rules, const std::vector<Path>& paths) {
  std::vector<Guide> guides(paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i)
    guides[i].path = paths[i];
  const Spacing spacing = check_spacing(guides, rules.min_pitch_um);
  const auto wrong = std::find_if(spacing.crossings.begin(), spacing.crossings.end(),
                                  [&](const Crossing& crossing) { return !may_stand(crossing, rules); });
  if (wrong != spacing.crossings.end())
    return StripFailure{StripFailure::Kind::crossing, wrong->first, 0, 0, wrong->place};
  if (spacing.violations.empty())
    return std::nullopt;
  const double room_mm = strip.lanes.front().fibre.y_mm - strip.lanes.front().port.at.y_mm;
  return StripFailure{StripFailure::Kind::spacing, 0, 0, 0, spacing.violations.front().place, 0, room_mm};
}

} // namespace

std::optional<StripFailure> check_strip(const Strip& strip, const RoutingRules& rules, const std::vector<Path>& paths) {
  if (auto failure = meets(strip, rules, paths))
    return failure;
  return crowds(strip, rules, paths);
}

bool may_stand(const Crossing& crossing, const RoutingRules& rules) {
  return rules.crossings && crossing.on_straights && crossing.angle_rad >= rules.min_crossing_angle_rad - 1e-9;
}

} // namespace beachfront::geometry
