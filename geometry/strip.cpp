// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/strip.hpp"

#include "geometry/bend.hpp"
#include "geometry/piece.hpp"
#include "geometry/side_frame.hpp"
#include "geometry/spread.hpp"
#include "geometry/strip_check.hpp"
#include "geometry/weave.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>

namespace beachfront::geometry {

namespace {

constexpr double outwards_rad = std::numbers::pi / 2;

/// How far apart lanes are put where nothing else decides: clothoids need room for what the fan search cannot see.
double drawn_pitch_mm(const RoutingRules& rules) {
  return rules.min_pitch_um / 1000 + (rules.clothoids ? 3 * clothoid_deviation_mm : 0);
}

/// -1: comes from the left end of the edge and turns right, 1: from its right end, 0: faces the edge.
int comes_from(const StripLane& lane) {
  const double along = std::cos(lane.port.heading_rad);
  return std::abs(along) < 0.5 ? 0 : along < 0 ? -1 : 1;
}

/// Appends a path, its first straight joined to the last one.
void append(Path& path, const Path& more) {
  for (const Segment& segment : more) {
    if (!path.empty() && is_straight(segment) && is_straight(path.back()))
      path.back().length_mm += segment.length_mm;
    else
      path.push_back(path.empty() ? segment
                                  : Segment{end_pose(path), segment.length_mm, segment.curvature_per_mm,
                                            segment.curvature_rate_per_mm2});
  }
}

/// A lane on its way: what is drawn already and where it goes on from.
struct Progress {
  Path drawn;
  Point at;
};

/// Where each lane's quarter turn ends; lanes that face the edge start at their port. Nothing where a turn does not
/// fit.
std::optional<std::vector<Progress>> turn_in(const Strip& strip, const RoutingRules& rules, double radius_mm) {
  const std::size_t n = strip.lanes.size();
  const double pitch_mm = drawn_pitch_mm(rules);
  std::vector<Progress> starts(n);
  const auto turn = [&](std::size_t i, int from, double level_before_mm) {
    const StripLane& lane = strip.lanes[i];
    // Counted towards the end the lane comes from, so that both ends read alike.
    const double port_mm = from * lane.port.at.x_mm;
    double level_mm = std::max(from * lane.fibre.x_mm, port_mm + rules.lead_mm + radius_mm);
    level_mm = std::max(level_mm, level_before_mm + pitch_mm);
    Path path{{lane.port, level_mm - radius_mm - port_mm, 0}};
    append_bend(path, radius_mm, from * outwards_rad, rules.clothoids);
    starts[i] = {path, {from * level_mm, lane.port.at.y_mm + radius_mm}};
    return level_mm;
  };
  // The lane next to those that face the edge turns first, the others outside of it.
  constexpr double none = -std::numeric_limits<double>::infinity();
  double level_mm = none;
  for (std::size_t i = n; i-- > 0;)
    if (comes_from(strip.lanes[i]) < 0)
      level_mm = turn(i, -1, level_mm);
  level_mm = none;
  for (std::size_t i = 0; i < n; ++i)
    if (comes_from(strip.lanes[i]) > 0)
      level_mm = turn(i, 1, level_mm);
  for (std::size_t i = 0; i < n; ++i)
    if (comes_from(strip.lanes[i]) == 0)
      starts[i].at = strip.lanes[i].port.at;
    else if (starts[i].at.y_mm + 2 * rules.lead_mm > strip.lanes[i].fibre.y_mm)
      return std::nullopt;
  return starts;
}

/// The widest quarter turn for which every turned lane has room, at least the smallest radius.
double widest_turn_mm(const Strip& strip, const RoutingRules& rules, double smallest_mm) {
  double widest_mm = std::numeric_limits<double>::infinity();
  for (const StripLane& lane : strip.lanes)
    if (const int from = comes_from(lane); from != 0)
      widest_mm = std::min({widest_mm, from * (lane.fibre.x_mm - lane.port.at.x_mm) - rules.lead_mm,
                            lane.fibre.y_mm - lane.port.at.y_mm - 2 * rules.lead_mm});
  return std::max(smallest_mm, std::isinf(widest_mm) ? 0 : widest_mm);
}

/// Where the planned way is at a level; before its start and after its end, there.
double plan_at(const StripLane& lane, Point start, double y_mm) {
  const std::array straight{start, lane.fibre};
  const std::span<const Point> way = lane.plan.size() < 2 ? std::span<const Point>(straight) : lane.plan;
  for (std::size_t i = 1; i < way.size(); ++i)
    if (way[i].y_mm >= y_mm) {
      const double rise_mm = way[i].y_mm - way[i - 1].y_mm;
      const double share = rise_mm > 0 ? std::clamp((y_mm - way[i - 1].y_mm) / rise_mm, 0.0, 1.0) : 0;
      return way[i - 1].x_mm + share * (way[i].x_mm - way[i - 1].x_mm);
    }
  return way.back().x_mm;
}

std::vector<Block> thread(const Strip& strip, const std::vector<Progress>& starts) {
  std::vector<Block> blocks;
  for (const Box& body : strip.bodies) {
    Block block{body, 0};
    for (std::size_t i = 0; i < strip.lanes.size(); ++i)
      if (plan_at(strip.lanes[i], starts[i].at, body.centre().y_mm) < body.centre().x_mm)
        ++block.right_from;
    blocks.push_back(block);
  }
  return blocks;
}

/// Bodies that stand in a row, their heights overlapping, with the clearance above and below.
struct Band {
  double low_mm = 0;
  double high_mm = 0;
  std::vector<std::size_t> blocks;
};

/// Whether the body stands among the lanes, not beside all of them.
bool stands_among(const Strip& strip, const std::vector<Progress>& starts, const Block& block, double clearance_mm) {
  if (block.right_from > 0 && block.right_from < strip.lanes.size())
    return true;
  for (std::size_t i = 0; i < strip.lanes.size(); ++i) {
    const double x_mm = plan_at(strip.lanes[i], starts[i].at, block.outline.centre().y_mm);
    if (x_mm > block.outline.min.x_mm - clearance_mm && x_mm < block.outline.max.x_mm + clearance_mm)
      return true;
  }
  return false;
}

/// The bodies among the lanes that stand above where the lowest lane starts, from the lowest.
std::vector<Band> bands_of(const Strip& strip, const std::vector<Progress>& starts, const std::vector<Block>& blocks,
                           double clearance_mm) {
  double lowest_mm = std::numeric_limits<double>::infinity();
  for (const Progress& lane : starts)
    lowest_mm = std::min(lowest_mm, lane.at.y_mm);
  std::vector<std::size_t> order;
  for (std::size_t b = 0; b < blocks.size(); ++b)
    if (blocks[b].outline.min.y_mm > lowest_mm && stands_among(strip, starts, blocks[b], clearance_mm))
      order.push_back(b);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return blocks[a].outline.min.y_mm < blocks[b].outline.min.y_mm;
  });
  std::vector<Band> bands;
  for (std::size_t b : order) {
    const double low_mm = blocks[b].outline.min.y_mm - clearance_mm;
    const double high_mm = blocks[b].outline.max.y_mm + clearance_mm;
    if (bands.empty() || low_mm > bands.back().high_mm)
      bands.push_back({low_mm, high_mm, {}});
    bands.back().high_mm = std::max(bands.back().high_mm, high_mm);
    bands.back().blocks.push_back(b);
  }
  // Bodies beside all lanes stand aside of the gates, too.
  for (Band& band : bands)
    for (std::size_t b = 0; b < blocks.size(); ++b)
      if (blocks[b].outline.max.y_mm > band.low_mm && blocks[b].outline.min.y_mm < band.high_mm &&
          std::find(band.blocks.begin(), band.blocks.end(), b) == band.blocks.end())
        band.blocks.push_back(b);
  return bands;
}

/// Where the lanes pass a band: gates between its bodies. `share` of the way from their start to their fibre is where
/// they would like to.
std::optional<StripFailure> open_gates(const Strip& strip, const RoutingRules& rules, const std::vector<Block>& blocks,
                                       const Band& band, const std::vector<std::size_t>& lanes,
                                       const std::vector<Progress>& at, double share, std::vector<double>& gates_mm) {
  const auto limits = [&](std::size_t lane) {
    double low_mm = -std::numeric_limits<double>::infinity(), high_mm = -low_mm;
    for (std::size_t b : band.blocks)
      if (lane >= blocks[b].right_from)
        low_mm = std::max(low_mm, blocks[b].outline.max.x_mm + rules.keep_out_clearance_mm);
      else
        high_mm = std::min(high_mm, blocks[b].outline.min.x_mm - rules.keep_out_clearance_mm);
    return std::pair(low_mm, high_mm);
  };
  for (std::size_t first = 0; first < lanes.size();) {
    const auto [low_mm, high_mm] = limits(lanes[first]);
    std::vector<double> wishes_mm;
    std::size_t end = first;
    for (; end < lanes.size() && limits(lanes[end]) == std::pair(low_mm, high_mm); ++end) {
      const double from_mm = at[lanes[end]].at.x_mm;
      wishes_mm.push_back(from_mm + share * (strip.lanes[lanes[end]].fibre.x_mm - from_mm));
    }
    const auto places = spread(wishes_mm, drawn_pitch_mm(rules), low_mm, high_mm);
    if (!places) {
      const double need_mm = static_cast<double>(end - first - 1) * drawn_pitch_mm(rules);
      return StripFailure{StripFailure::Kind::gate,
                          lanes[first],
                          need_mm - (high_mm - low_mm),
                          band.blocks.front(),
                          {(low_mm + high_mm) / 2, (band.low_mm + band.high_mm) / 2},
                          0,
                          high_mm - low_mm};
    }
    for (std::size_t k = first; k < end; ++k)
      gates_mm[lanes[k]] = (*places)[k - first];
    first = end;
  }
  return std::nullopt;
}

StripFailure failure_of(const Shortage& shortage, const std::vector<std::size_t>& lanes,
                        const std::vector<Progress>& at) {
  const std::size_t lane = lanes[shortage.lane];
  const auto kind = shortage.kind == Shortage::Kind::bend      ? StripFailure::Kind::bend
                    : shortage.kind == Shortage::Kind::spacing ? StripFailure::Kind::spacing
                                                               : StripFailure::Kind::body;
  return {kind, lane, shortage.missing_mm, shortage.block, at[lane].at, shortage.offset_mm, shortage.room_mm};
}

/// One fan of the given lanes to their next places, drawn on from where they are.
std::optional<StripFailure> advance(const Strip& strip, const RoutingRules& rules, const PathLoss& loss,
                                    const std::vector<Block>& blocks, const std::vector<std::size_t>& lanes,
                                    const std::vector<Point>& to, std::vector<Progress>& at) {
  if (lanes.empty())
    return std::nullopt;
  Fan fan;
  for (std::size_t i : lanes)
    fan.lanes.push_back({at[i].at, to[i]});
  for (Block block : blocks) {
    const auto first_right =
        std::find_if(lanes.begin(), lanes.end(), [&](std::size_t i) { return i >= block.right_from; });
    block.right_from = static_cast<std::size_t>(first_right - lanes.begin());
    fan.blocks.push_back(block);
  }
  if (lanes.front() == 0)
    fan.left = strip.left;
  if (lanes.back() + 1 == strip.lanes.size())
    fan.right = strip.right;
  const FanResult drawn = draw_fan(fan, rules, loss);
  if (drawn.shortage)
    return failure_of(*drawn.shortage, lanes, at);
  for (std::size_t k = 0; k < lanes.size(); ++k) {
    append(at[lanes[k]].drawn, drawn.paths[k]);
    at[lanes[k]].at = to[lanes[k]];
  }
  return std::nullopt;
}

std::vector<Path> drawn_paths(std::vector<Progress>& at) {
  std::vector<Path> paths;
  for (Progress& lane : at)
    paths.push_back(std::move(lane.drawn));
  return paths;
}

std::vector<Point> fibres(const Strip& strip) {
  std::vector<Point> result;
  for (const StripLane& lane : strip.lanes)
    result.push_back(lane.fibre);
  return result;
}

/// The last fan: all lanes from where they are to their fibres.
StripResult finish(const Strip& strip, const RoutingRules& rules, const PathLoss& loss,
                   const std::vector<Block>& blocks, std::vector<Progress> at) {
  std::vector<std::size_t> lanes(strip.lanes.size());
  std::iota(lanes.begin(), lanes.end(), std::size_t{0});
  if (const auto failure = advance(strip, rules, loss, blocks, lanes, fibres(strip), at))
    return {{}, failure};
  return {drawn_paths(at), std::nullopt};
}

StripResult draw_through_gates(const Strip& strip, const RoutingRules& rules, const PathLoss& loss,
                               std::vector<Progress> at, double share) {
  const std::vector<Block> blocks = thread(strip, at);
  std::vector<Point> to = fibres(strip);
  std::vector<double> gates_mm(at.size());
  for (const Band& band : bands_of(strip, at, blocks, rules.keep_out_clearance_mm)) {
    std::vector<std::size_t> lanes;
    for (std::size_t i = 0; i < at.size(); ++i)
      if (at[i].at.y_mm + 2 * rules.lead_mm <= band.low_mm)
        lanes.push_back(i);
    if (const auto failure = open_gates(strip, rules, blocks, band, lanes, at, share, gates_mm))
      return {{}, failure};
    for (std::size_t i : lanes)
      to[i] = {gates_mm[i], band.low_mm};
    if (const auto failure = advance(strip, rules, loss, blocks, lanes, to, at))
      return {{}, failure};
    for (std::size_t i : lanes) {
      append(at[i].drawn, {{{at[i].at, outwards_rad}, band.high_mm - band.low_mm, 0}});
      at[i].at.y_mm = band.high_mm;
    }
  }
  return finish(strip, rules, loss, blocks, std::move(at));
}

/// The first quarter turn that does not fit between its port and the edge.
StripFailure no_turn(const Strip& strip, const RoutingRules& rules, double radius_mm) {
  for (std::size_t i = 0; i < strip.lanes.size(); ++i) {
    const StripLane& lane = strip.lanes[i];
    const double room_mm = lane.fibre.y_mm - lane.port.at.y_mm - 2 * rules.lead_mm;
    if (comes_from(lane) != 0 && room_mm < radius_mm)
      return {StripFailure::Kind::bend, i, radius_mm - room_mm, 0, lane.port.at, radius_mm, room_mm};
  }
  return {};
}

} // namespace

StripResult draw_strip(const Strip& strip, const RoutingRules& rules, const PathLoss& loss) {
  const auto turned = [](const StripLane& lane) { return comes_from(lane) != 0; };
  const bool turns = std::any_of(strip.lanes.begin(), strip.lanes.end(), turned);
  const auto crossing =
      std::find_if(strip.lanes.begin(), strip.lanes.end(), [](const StripLane& lane) { return lane.crosses; });
  if (crossing != strip.lanes.end()) {
    const auto lane = static_cast<std::size_t>(crossing - strip.lanes.begin());
    if (turns) // a weave leads straight outwards only
      return {{}, StripFailure{StripFailure::Kind::crossing, lane, 0, 0, crossing->port.at}};
    return draw_weave(strip, rules, loss);
  }
  StripResult best;
  double best_loss = std::numeric_limits<double>::infinity();
  const auto consider = [&](StripResult result) {
    if (turns && !result.failure)
      if (const auto failure = check_strip(strip, rules, result.paths))
        result = {{}, failure};
    // Of several failures one that says what is missing tells more than "no way past a body".
    const bool telling = result.failure && best.paths.empty() &&
                         (!best.failure || (best.failure->kind == StripFailure::Kind::body &&
                                            result.failure->kind != StripFailure::Kind::body));
    const double found_loss = result.failure ? std::numeric_limits<double>::infinity() : loss_of(result.paths, loss);
    if (telling || found_loss < best_loss * (1 - 1e-9)) {
      best_loss = found_loss;
      best = std::move(result);
    }
    return std::isfinite(found_loss);
  };
  const double smallest_mm = bend_radius_mm(rules.min_bend_radius_mm, outwards_rad, rules.clothoids);
  for (const double radius_mm : {widest_turn_mm(strip, rules, smallest_mm), smallest_mm}) {
    const auto starts = turn_in(strip, rules, radius_mm);
    if (!starts)
      consider({{}, no_turn(strip, rules, radius_mm)});
    else if (!consider(finish(strip, rules, loss, thread(strip, *starts), *starts)))
      for (const double share : {0.0, 0.5, 1.0})
        consider(draw_through_gates(strip, rules, loss, *starts, share));
    if (radius_mm == smallest_mm || !best.paths.empty())
      break;
  }
  return best;
}

Pose to_frame(Side edge, const Pose& pose) {
  const SideFrame frame = frame_of(edge);
  return {{frame.u_mm(pose.at), frame.v_mm(pose.at)}, pose.heading_rad - frame.outward_heading_rad + outwards_rad};
}

Path to_package(Side edge, Path path) {
  const SideFrame frame = frame_of(edge);
  for (Segment& segment : path) {
    segment.start.at = frame.to_package(segment.start.at.x_mm, segment.start.at.y_mm);
    segment.start.heading_rad += frame.outward_heading_rad - outwards_rad;
  }
  return path;
}

} // namespace beachfront::geometry
