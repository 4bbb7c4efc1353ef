// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/weave.hpp"

#include "geometry/fan_run.hpp"
#include "geometry/strip_check.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace beachfront::geometry {

namespace {

/// The straight between a feed's bends; nothing where its bends touch.
const Segment* slope_of(const Path& feed) {
  for (std::size_t i = 1; i + 1 < feed.size(); ++i)
    if (is_straight(feed[i]))
      return &feed[i];
  return nullptr;
}

/// How high a feed passes over a lane at x, where it does so on its slope at the angle; false where it meets the lane
/// elsewhere. `height_mm` is left where it does not pass over.
bool passes_over(const Path& feed, Point port, double least_angle_rad, double& height_mm) {
  const double from_mm = feed.front().start.at.x_mm, to_mm = end_pose(feed).at.x_mm;
  if (port.x_mm <= from_mm || port.x_mm >= to_mm)
    return true;
  const Segment* slope = slope_of(feed);
  if (!slope)
    return false;
  const Point low = slope->start.at, high = end_pose(*slope).at;
  const double angle_rad = std::numbers::pi / 2 - slope->start.heading_rad; // to the lane, which runs along y
  if (port.x_mm <= low.x_mm || port.x_mm >= high.x_mm || angle_rad < least_angle_rad)
    return false;
  height_mm = std::max(height_mm, low.y_mm + (port.x_mm - low.x_mm) / std::tan(angle_rad));
  return true;
}

struct Parts {
  std::vector<std::size_t> feeds, data; ///< lanes of the strip
};

Parts parts_of(const Strip& strip) {
  Parts parts;
  for (std::size_t i = 0; i < strip.lanes.size(); ++i)
    (strip.lanes[i].crosses ? parts.feeds : parts.data).push_back(i);
  return parts;
}

/// The feeds and what the data lanes must wait for them; empty paths where a feed meets data on a bend.
struct Feeds {
  std::vector<Path> paths;
  std::vector<double> waits_mm; ///< as the data
};

Feeds draw_feeds(const Strip& strip, const RoutingRules& rules, const Parts& parts, double radius_mm) {
  Fan fan;
  for (std::size_t i : parts.feeds)
    fan.lanes.push_back({strip.lanes[i].port.at, strip.lanes[i].fibre});
  fan.right = strip.right;
  Feeds feeds;
  feeds.paths = draw_run(fan, rules, 0, fan.lanes.size(), {radius_mm, 1}).paths;
  for (std::size_t i : parts.data) {
    double height_mm = -std::numeric_limits<double>::infinity();
    const Point port = strip.lanes[i].port.at;
    for (const Path& feed : feeds.paths)
      if (!passes_over(feed, port, rules.min_crossing_angle_rad, height_mm))
        return {};
    feeds.waits_mm.push_back(std::max(0.0, height_mm + rules.min_pitch_um / 1000 - port.y_mm - rules.lead_mm));
  }
  return feeds;
}

/// What the data must stay left of: the leftmost feed from the end of its slope on.
Wall end_of(const Path& feed, double pitch_mm) {
  const Segment* slope = slope_of(feed);
  const auto after = static_cast<std::ptrdiff_t>(slope ? slope - feed.data() + 1 : 0);
  return {Path(feed.begin() + after, feed.end()), pitch_mm};
}

} // namespace

StripResult draw_weave(const Strip& strip, const RoutingRules& rules, const PathLoss& loss) {
  const Parts parts = parts_of(strip);
  StripFailure failure{StripFailure::Kind::crossing, parts.feeds.front(), 0, 0,
                       strip.lanes[parts.feeds.front()].port.at};
  constexpr double rungs_per_octave = 8;
  for (double rung = 3 * rungs_per_octave; rung >= 0; --rung) {
    const Feeds feeds = draw_feeds(strip, rules, parts, rules.min_bend_radius_mm * std::exp2(rung / rungs_per_octave));
    if (feeds.paths.empty())
      continue;
    Fan fan;
    for (std::size_t k = 0; k < parts.data.size(); ++k) {
      const StripLane& lane = strip.lanes[parts.data[k]];
      fan.lanes.push_back({lane.port.at, lane.fibre, feeds.waits_mm[k]});
    }
    fan.left = strip.left;
    fan.right = end_of(feeds.paths.front(), rules.min_pitch_um / 1000);
    const FanResult data = draw_fan(fan, rules, loss);
    if (data.shortage) {
      failure = {data.shortage->kind == Shortage::Kind::bend ? StripFailure::Kind::bend : StripFailure::Kind::spacing,
                 parts.data[data.shortage->lane],
                 data.shortage->missing_mm,
                 0,
                 fan.lanes[data.shortage->lane].from,
                 data.shortage->offset_mm,
                 data.shortage->room_mm};
      continue;
    }
    StripResult result;
    result.paths.resize(strip.lanes.size());
    for (std::size_t k = 0; k < parts.feeds.size(); ++k)
      result.paths[parts.feeds[k]] = feeds.paths[k];
    for (std::size_t k = 0; k < parts.data.size(); ++k)
      result.paths[parts.data[k]] = data.paths[k];
    const auto wrong = check_strip(strip, rules, result.paths);
    if (!wrong)
      return result;
    failure = *wrong;
  }
  return {{}, failure};
}

} // namespace beachfront::geometry
