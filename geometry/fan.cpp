// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/fan.hpp"

#include "geometry/bend.hpp"
#include "geometry/distance.hpp"
#include "geometry/piece.hpp"
#include "geometry/s_bend.hpp"

#include <cmath>
#include <iterator>
#include <numbers>

namespace beachfront::geometry {

namespace {

constexpr double outwards_rad = std::numbers::pi / 2;

/// Offsets below this are drawn straight: a hundredth of the 1 nm database unit.
constexpr double straight_offset_mm = 1e-8;

/// What equals the rule but for rounding keeps it; a tenth of the verifier's tolerance.
constexpr double rounding_mm = 1e-7;

/// Waits are found to this: a tenth of the database unit.
constexpr double wait_tolerance_mm = 1e-7;

double offset_mm(const Lane& lane) {
  return lane.to.x_mm - lane.from.x_mm;
}
bool is_straight(const Lane& lane) {
  return std::abs(offset_mm(lane)) < straight_offset_mm;
}
int direction(const Lane& lane) {
  return is_straight(lane) ? 0 : offset_mm(lane) > 0 ? 1 : -1;
}
double room_mm(const Lane& lane, const RoutingRules& rules) {
  return lane.to.y_mm - lane.from.y_mm - 2 * rules.lead_mm - lane.least_wait_mm;
}

/// The lane waiting `wait_mm`. A wait beyond the room draws on past the second row: how far tells what is missing.
Path draw(const Lane& lane, const SBend& bend, double wait_mm, const RoutingRules& rules) {
  Path path;
  const double length_mm = lane.to.y_mm - lane.from.y_mm;
  if (is_straight(lane)) {
    path.push_back({{lane.from, outwards_rad}, length_mm, 0});
    return path;
  }
  const double turn_rad = -direction(lane) * bend.angle_rad; // to the right: the first arc turns right
  path.push_back({{lane.from, outwards_rad}, rules.lead_mm + wait_mm, 0});
  append_bend(path, bend.radius_mm, turn_rad, rules.clothoids);
  if (bend.straight_mm > straight_offset_mm)
    path.push_back({end_pose(path), bend.straight_mm, 0});
  append_bend(path, bend.radius_mm, -turn_rad, rules.clothoids);
  path.push_back({end_pose(path), std::max(rules.lead_mm, length_mm - rules.lead_mm - wait_mm - bend.length_mm), 0});
  return path;
}

/// Whether the path is left of the body's middle: where it passes the body's height, or at its nearer end.
bool passes_left(const Path& path, const Box& body) {
  const double level_mm = body.centre().y_mm;
  for (const Segment& segment : path) {
    const Pose end = end_pose(segment);
    if (end.at.y_mm < level_mm && &segment != &path.back())
      continue;
    if (segment.start.at.y_mm >= level_mm)
      return segment.start.at.x_mm < body.centre().x_mm;
    double low_mm = 0, high_mm = segment.length_mm;
    for (int i = 0; i < 60 && end.at.y_mm > level_mm; ++i) {
      const double middle_mm = (low_mm + high_mm) / 2;
      (pose_at(segment, middle_mm).at.y_mm < level_mm ? low_mm : high_mm) = middle_mm;
    }
    return pose_at(segment, high_mm).at.x_mm < body.centre().x_mm;
  }
  return false;
}

/// A run of lanes with one shape; lanes are counted in the fan.
struct Search {
  const Fan& fan;
  const RoutingRules& rules;
  std::size_t first, last;
  std::vector<SBend> bends; ///< as the run
  FanResult result;
  std::vector<Piece> settled; ///< of the lane that was settled last

  Path path_of(std::size_t lane, double wait_mm) const {
    return draw(fan.lanes[lane], bend(lane), fan.lanes[lane].least_wait_mm + wait_mm, rules);
  }
  const SBend& bend(std::size_t lane) const { return bends[lane - first]; }
  Path& path(std::size_t lane) { return result.paths[lane - first]; }
  double slack_mm(std::size_t lane) const { return room_mm(fan.lanes[lane], rules) - bend(lane).length_mm; }
  bool fail(Shortage::Kind kind, std::size_t lane, double missing_mm, std::size_t block = 0) {
    result = {
        {},
        Shortage{kind, lane, missing_mm, block, std::abs(offset_mm(fan.lanes[lane])), room_mm(fan.lanes[lane], rules)}};
    return false;
  }
};

/// The shortest wait from `low_mm` on at which `excess` (rising) is not negative; none below `high_mm` is infinity.
template <typename Excess>
double shortest_wait_mm(const Excess& excess, double low_mm, double high_mm) {
  double at_low = excess(low_mm);
  if (at_low >= 0)
    return low_mm;
  double at_high = excess(high_mm);
  if (at_high < 0)
    return std::numeric_limits<double>::infinity();
  // False position, the stale end halved (Illinois): the distance is smooth but for few kinks.
  for (int i = 0; i < 80 && high_mm - low_mm > wait_tolerance_mm; ++i) {
    double middle_mm = (low_mm * at_high - high_mm * at_low) / (at_high - at_low);
    if (i % 8 == 7 || !(middle_mm > low_mm && middle_mm < high_mm))
      middle_mm = (low_mm + high_mm) / 2;
    const double value = excess(middle_mm);
    if (value >= 0) {
      high_mm = middle_mm;
      at_high = value;
      at_low /= 2;
    } else {
      low_mm = middle_mm;
      at_low = value;
      at_high /= 2;
    }
    if (at_high == 0)
      break;
  }
  return high_mm;
}

/// How long two lanes of one shape must be apart along y: the closed form for translated S-bends.
std::optional<double> wait_of_copies_mm(const Search& search, std::size_t lane, std::size_t before, double pitch_mm) {
  const SBend &a = search.bend(lane), &b = search.bend(before);
  if (std::abs(a.radius_mm - b.radius_mm) > 1e-12 || std::abs(a.angle_rad - b.angle_rad) > 1e-12 ||
      std::abs(a.straight_mm - b.straight_mm) > 1e-9)
    return std::nullopt;
  const double apart_mm = std::abs(search.fan.lanes[lane].from.x_mm - search.fan.lanes[before].from.x_mm);
  return (pitch_mm - apart_mm * std::cos(a.angle_rad)) / std::sin(a.angle_rad);
}

/// Waits for one body: the first and last wait (beyond the lane's own) with which the lane passes it as asked.
bool keep_clear(Search& search, std::size_t lane, std::size_t block, double& first_mm, double& last_mm) {
  const Lane& ends = search.fan.lanes[lane];
  const Block& body = search.fan.blocks[block];
  const Box reach{{std::min(ends.from.x_mm, ends.to.x_mm), ends.from.y_mm},
                  {std::max(ends.from.x_mm, ends.to.x_mm), ends.to.y_mm}};
  const double clearance_mm = search.rules.keep_out_clearance_mm;
  const bool left = lane < body.right_from;
  const bool all_left = reach.max.x_mm <= body.outline.min.x_mm - clearance_mm + rounding_mm;
  const bool all_right = reach.min.x_mm >= body.outline.max.x_mm + clearance_mm - rounding_mm;
  const bool beside =
      body.outline.max.y_mm + clearance_mm <= ends.from.y_mm || body.outline.min.y_mm - clearance_mm >= ends.to.y_mm;
  const bool leaves_it = std::abs(ends.from.y_mm - body.outline.max.y_mm) < rounding_mm &&
                         ends.from.x_mm > body.outline.min.x_mm && ends.from.x_mm < body.outline.max.x_mm;
  if ((left ? all_left : all_right) || beside || leaves_it)
    return true;
  // Negative inside the clearance and on the wrong side, so that the search has a sign everywhere. A lane that starts
  // outside the body meets one of its edges before it is inside.
  std::vector<Piece> rim;
  for (const Segment& edge : edges(body.outline))
    rim.push_back(piece_of(edge));
  const double kept_mm = clearance_mm + (search.rules.clothoids ? clothoid_deviation_mm : 0);
  const auto excess = [&](double wait_mm) {
    const Path path = search.path_of(lane, wait_mm);
    const double room = gap_mm(pieces_of(path), rim, 2 * clearance_mm + 1) - kept_mm + rounding_mm;
    return room < 0 || passes_left(path, body.outline) == left ? room : -1.0;
  };
  const int way = direction(ends);
  const double slack_mm = search.slack_mm(lane);
  if (way == 0)
    return excess(0) >= 0 || search.fail(Shortage::Kind::body, lane, 0, block);
  if (left == (way > 0)) { // the lane turns towards the body after passing it: it must wait
    const double wait_mm = shortest_wait_mm(excess, 0, slack_mm);
    if (wait_mm > slack_mm)
      return search.fail(Shortage::Kind::body, lane, 0, block);
    first_mm = std::max(first_mm, wait_mm);
  } else { // it turns away before the body: it must not wait too long
    const auto backwards = [&](double early_mm) { return excess(slack_mm - early_mm); };
    const double early_mm = shortest_wait_mm(backwards, 0, slack_mm);
    if (early_mm > slack_mm)
      return search.fail(Shortage::Kind::body, lane, 0, block);
    last_mm = std::min(last_mm, slack_mm - early_mm);
  }
  return true;
}

/// A lane drawn without a wait, moved to one: its bends move, the straights at its ends change their lengths.
void wait(std::vector<Piece>& pieces, double wait_mm, double least_end_mm) {
  const auto stretch = [](Piece& straight, double by_mm) {
    straight.segment.length_mm += by_mm;
    straight.box.max.y_mm += by_mm;
    straight.to.y_mm += by_mm;
  };
  stretch(pieces.front(), wait_mm);
  for (std::size_t i = 1; i < pieces.size(); ++i)
    translate(pieces[i], {0, wait_mm});
  stretch(pieces.back(), std::max(-wait_mm, least_end_mm - pieces.back().segment.length_mm));
}

/// Draws a lane on its shortest wait beside `before` (a drawn neighbour or a wall; or nothing), within its own bounds.
bool settle(Search& search, std::size_t lane, const std::vector<Piece>& before, double distance_mm,
            std::optional<double> guess_mm) {
  double first_mm = 0;
  double last_mm = search.slack_mm(lane);
  for (std::size_t b = 0; b < search.fan.blocks.size(); ++b)
    if (!keep_clear(search, lane, b, first_mm, last_mm))
      return false;
  double wait_mm = first_mm;
  if (!before.empty()) {
    if (search.rules.clothoids) // the pieces of either may be that far off
      distance_mm += 2 * clothoid_deviation_mm;
    const std::vector<Piece> unmoved = pieces_of(search.path_of(lane, 0));
    std::vector<Piece> moved;
    const auto excess = [&](double w) {
      moved = unmoved;
      wait(moved, w, search.rules.lead_mm);
      return gap_mm(moved, before, 2 * distance_mm) - distance_mm + rounding_mm;
    };
    if (guess_mm && *guess_mm > first_mm && excess(*guess_mm) >= 0 && excess(first_mm) < 0)
      wait_mm = excess(*guess_mm - 1e-6) < 0 ? *guess_mm : shortest_wait_mm(excess, first_mm, *guess_mm);
    else
      wait_mm = shortest_wait_mm(excess, first_mm, std::max(last_mm, first_mm));
    if (wait_mm > last_mm) // how much more length would it take?
      wait_mm = shortest_wait_mm(excess, first_mm, last_mm + 4 * search.bend(lane).length_mm);
  }
  if (wait_mm > last_mm + rounding_mm)
    return search.fail(Shortage::Kind::spacing, lane, std::isfinite(wait_mm) ? wait_mm - last_mm : 0);
  search.path(lane) = search.path_of(lane, std::min(wait_mm, last_mm));
  search.settled = pieces_of(search.path(lane));
  return true;
}

/// The lanes of a run from the outermost, each beside the one before.
bool settle_all(Search& search) {
  const bool rightwards = direction(search.fan.lanes[search.first]) > 0;
  const std::optional<Wall>& end_wall = rightwards ? search.fan.right : search.fan.left;
  const bool at_end = rightwards ? search.last == search.fan.lanes.size() : search.first == 0;
  const double pitch_mm = search.rules.min_pitch_um / 1000;
  for (std::size_t k = 0; k < search.last - search.first; ++k) {
    const std::size_t i = rightwards ? search.last - 1 - k : search.first + k;
    const bool bends = direction(search.fan.lanes[i]) != 0;
    if (k == 0 || !bends) {
      const bool at_wall = bends && at_end && end_wall;
      if (!settle(search, i, at_wall ? pieces_of(end_wall->path) : std::vector<Piece>{},
                  at_wall ? end_wall->distance_mm : 0, std::nullopt))
        return false;
      continue;
    }
    const std::size_t before = rightwards ? i + 1 : i - 1;
    std::optional<double> guess_mm = wait_of_copies_mm(search, i, before, pitch_mm);
    if (guess_mm) {
      const Lane &a = search.fan.lanes[i], &b = search.fan.lanes[before];
      const double bend_starts_mm = b.from.y_mm + search.path(before).front().length_mm;
      *guess_mm += bend_starts_mm - a.from.y_mm - search.rules.lead_mm - a.least_wait_mm;
    }
    const std::vector<Piece> beside = std::move(search.settled);
    if (!settle(search, i, beside, pitch_mm, guess_mm))
      return false;
  }
  return true;
}

/// The S-bend of a lane; nothing, with a shortage, below the smallest radius.
bool choose_bends(Search& search, const FanShape& shape) {
  for (std::size_t i = search.first; i < search.last; ++i) {
    const Lane& lane = search.fan.lanes[i];
    const double room = room_mm(lane, search.rules);
    if (is_straight(lane)) {
      if (room < 0)
        return search.fail(Shortage::Kind::bend, i, -room);
      search.bends.push_back({});
      continue;
    }
    if (room <= 0)
      return search.fail(Shortage::Kind::bend, i, -room);
    const double radius_mm = std::min(shape.radius_mm, largest_s_bend_radius_mm(room, offset_mm(lane)));
    const double shortest_mm = s_bend_length_mm(offset_mm(lane), radius_mm);
    const double length_mm = std::max(shortest_mm, room - shape.steepness * (room - shortest_mm));
    const SBend bend = s_bend(std::min(length_mm, room), offset_mm(lane), radius_mm).value();
    const RoutingRules& rules = search.rules;
    if (sharpest_radius_mm(bend.radius_mm, bend.angle_rad, rules.clothoids) < rules.min_bend_radius_mm * (1 - 1e-12)) {
      const double least_mm = bend_radius_mm(rules.min_bend_radius_mm, bend.angle_rad, rules.clothoids);
      return search.fail(Shortage::Kind::bend, i, std::max(0.0, s_bend_length_mm(offset_mm(lane), least_mm) - room));
    }
    search.bends.push_back(bend);
  }
  return true;
}

double loss_of(const FanResult& result, const PathLoss& loss) {
  double sum = 0;
  for (const Path& path : result.paths)
    sum += loss(path);
  return sum;
}

/// Rungs at powers of 2^(1/8) mm, widest first, and the smallest allowed radius itself as the last.
std::vector<double> radii_to_try(const Fan& fan, const RoutingRules& rules, std::size_t first, std::size_t last) {
  double widest_mm = 0;
  for (std::size_t i = first; i < last; ++i)
    if (room_mm(fan.lanes[i], rules) > 0)
      widest_mm = std::max(widest_mm, largest_s_bend_radius_mm(room_mm(fan.lanes[i], rules), offset_mm(fan.lanes[i])));
  constexpr double rungs_per_octave = 8;
  std::vector<double> radii_mm = {std::numeric_limits<double>::infinity()};
  const double top = std::ceil(rungs_per_octave * std::log2(std::min(widest_mm, 1000.0)));
  for (double k = top; widest_mm > 0 && std::exp2(k / rungs_per_octave) > rules.min_bend_radius_mm; --k)
    radii_mm.push_back(std::exp2(k / rungs_per_octave));
  radii_mm.push_back(rules.min_bend_radius_mm);
  return radii_mm;
}

FanResult best_run(const Fan& fan, const RoutingRules& rules, std::size_t first, std::size_t last,
                   const PathLoss& loss) {
  if (direction(fan.lanes[first]) == 0)
    return draw_run(fan, rules, first, last, {});
  const std::vector<double> radii_mm = radii_to_try(fan, rules, first, last);
  FanResult best;
  FanResult nearest_miss;
  double best_loss = std::numeric_limits<double>::infinity();
  for (const double steepness : {0.0, 0.5, 1.0}) {
    for (const double radius_mm : radii_mm) {
      FanResult found = draw_run(fan, rules, first, last, {radius_mm, steepness});
      if (found.shortage) {
        if (!nearest_miss.shortage || found.shortage->missing_mm < nearest_miss.shortage->missing_mm)
          nearest_miss = std::move(found);
        continue;
      }
      if (const double total = loss_of(found, loss); total < best_loss) {
        best_loss = total;
        best = std::move(found);
      }
      if (std::isinf(radius_mm))
        return best; // the widest bends of all: nothing loses less
      break;
    }
  }
  return best.paths.empty() ? nearest_miss : best;
}

/// Runs do not look at each other: lanes whose ends stand nearer than the pitch, or out of order, may meet.
std::optional<Shortage> too_near(const Fan& fan, const std::vector<Path>& paths, const RoutingRules& rules) {
  const double pitch_mm = rules.min_pitch_um / 1000 - 2 * rounding_mm;
  const auto ordered = [&](const Lane& a, const Lane& b) {
    return b.from.x_mm - a.from.x_mm >= pitch_mm && b.to.x_mm - a.to.x_mm >= pitch_mm;
  };
  bool in_order = true; // from lane to lane, and so for all
  for (std::size_t i = 1; i < paths.size(); ++i)
    in_order = in_order && ordered(fan.lanes[i - 1], fan.lanes[i]);
  if (in_order)
    return std::nullopt;
  std::vector<std::vector<Piece>> pieces;
  for (const Path& path : paths)
    pieces.push_back(pieces_of(path));
  for (std::size_t i = 0; i < paths.size(); ++i)
    for (std::size_t j = i + 1; j < paths.size(); ++j)
      if (!ordered(fan.lanes[i], fan.lanes[j]) && gap_mm(pieces[i], pieces[j], 1) < pitch_mm)
        return Shortage{Shortage::Kind::spacing,     j, 0, 0, std::abs(offset_mm(fan.lanes[j])),
                        room_mm(fan.lanes[j], rules)};
  return std::nullopt;
}

} // namespace

FanResult draw_run(const Fan& fan, const RoutingRules& rules, std::size_t first, std::size_t last,
                   const FanShape& shape) {
  Search search{fan, rules, first, last, {}, {}, {}};
  if (!choose_bends(search, shape))
    return search.result;
  search.result.paths.resize(last - first);
  settle_all(search);
  return search.result;
}

FanResult draw_fan(const Fan& fan, const RoutingRules& rules, const PathLoss& loss) {
  FanResult result;
  for (std::size_t first = 0; first < fan.lanes.size();) {
    std::size_t last = first + 1;
    while (last < fan.lanes.size() && direction(fan.lanes[last]) == direction(fan.lanes[first]))
      ++last;
    FanResult run = best_run(fan, rules, first, last, loss);
    if (run.shortage)
      return run;
    std::move(run.paths.begin(), run.paths.end(), std::back_inserter(result.paths));
    first = last;
  }
  if (const auto shortage = too_near(fan, result.paths, rules))
    return {{}, shortage};
  return result;
}

} // namespace beachfront::geometry
