// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/fan_run.hpp"

#include "geometry/bend.hpp"
#include "geometry/distance.hpp"
#include "geometry/piece.hpp"
#include "geometry/s_bend.hpp"

#include <cmath>
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

/// A run of lanes on their way to being drawn; lanes are counted in the fan.
struct Search {
  const Fan& fan;
  const RoutingRules& rules;
  std::size_t first, last;
  bool explain = true; ///< whether a lane that fails tells how much length is missing, which takes as long again
  std::vector<Path> paths = std::vector<Path>(last - first); ///< as the run
  std::optional<Shortage> shortage = std::nullopt;
  SBend bend = {};                 ///< of the lane at hand
  SBend bend_before = {};          ///< of the lane settled last
  std::vector<Piece> settled = {}; ///< that lane

  const Lane& lane(std::size_t i) const { return fan.lanes[i]; }
  Path path_of(std::size_t i, double wait_mm) const {
    return draw(lane(i), bend, lane(i).least_wait_mm + wait_mm, rules);
  }
  double slack_mm(std::size_t i) const { return room_mm(lane(i), rules) - bend.length_mm; }
  bool fail(Shortage::Kind kind, std::size_t i, double missing_mm, std::size_t block = 0) {
    shortage = Shortage{kind, i, missing_mm, block, std::abs(offset_mm(lane(i))), room_mm(lane(i), rules)};
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

/// The wait at which a lane has the pitch beside the lane settled last, where the two S-bends are translated copies:
/// the closed form. Along their slope copies dx and dy apart are dx cos + dy sin from each other.
std::optional<double> wait_of_copies_mm(const Search& search, std::size_t i, std::size_t before, double pitch_mm) {
  const SBend &a = search.bend, &b = search.bend_before;
  if (std::abs(a.radius_mm - b.radius_mm) > 1e-12 || std::abs(a.angle_rad - b.angle_rad) > 1e-12 ||
      std::abs(a.straight_mm - b.straight_mm) > 1e-9)
    return std::nullopt;
  const Lane &lane = search.lane(i), &other = search.lane(before);
  const double apart_mm = std::abs(lane.from.x_mm - other.from.x_mm);
  const double along_mm = (pitch_mm - apart_mm * std::cos(a.angle_rad)) / std::sin(a.angle_rad);
  const double bend_starts_mm = search.settled.front().to.y_mm + along_mm;
  return bend_starts_mm - lane.from.y_mm - search.rules.lead_mm - lane.least_wait_mm;
}

/// Waits for one body: the first and last wait (beyond the lane's own) with which the lane passes it as asked.
bool keep_clear(Search& search, std::size_t lane, std::size_t block, double& first_mm, double& last_mm) {
  const Lane& ends = search.lane(lane);
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

/// The lane on its shortest wait beside `before` (a drawn neighbour or a wall; or nothing), within its own bounds.
bool find_wait(Search& search, std::size_t i, const std::vector<Piece>& before, double distance_mm,
               std::optional<double> guess_mm, double& wait_mm) {
  double first_mm = 0;
  double last_mm = search.slack_mm(i);
  for (std::size_t b = 0; b < search.fan.blocks.size(); ++b)
    if (!keep_clear(search, i, b, first_mm, last_mm))
      return false;
  wait_mm = first_mm;
  if (!before.empty()) {
    if (search.rules.clothoids) // the pieces of either may be that far off
      distance_mm += 2 * clothoid_deviation_mm;
    const std::vector<Piece> unmoved = pieces_of(search.path_of(i, 0));
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
    if (wait_mm > last_mm && search.explain) // how much more length would it take?
      wait_mm = shortest_wait_mm(excess, first_mm, last_mm + 4 * search.bend.length_mm);
  }
  if (wait_mm > last_mm + rounding_mm)
    return search.fail(Shortage::Kind::spacing, i, std::isfinite(wait_mm) ? wait_mm - last_mm : 0);
  wait_mm = std::min(wait_mm, last_mm);
  return true;
}

/// The S-bend of a lane for the shape; fails where it would be sharper than the rule.
bool choose_bend(Search& search, std::size_t i, const FanShape& shape) {
  const Lane& lane = search.lane(i);
  const RoutingRules& rules = search.rules;
  const double room = room_mm(lane, rules);
  search.bend = {};
  if (room <= 0)
    return search.fail(Shortage::Kind::bend, i, -room);
  if (is_straight(lane))
    return true;
  const double radius_mm = std::min(shape.radius_mm, largest_s_bend_radius_mm(room, offset_mm(lane)));
  const double shortest_mm = s_bend_length_mm(offset_mm(lane), radius_mm);
  const double length_mm = std::max(shortest_mm, room - shape.steepness * (room - shortest_mm));
  search.bend = s_bend(std::min(length_mm, room), offset_mm(lane), radius_mm).value();
  const double turned_rad = search.bend.angle_rad;
  if (sharpest_radius_mm(search.bend.radius_mm, turned_rad, rules.clothoids) >= rules.min_bend_radius_mm * (1 - 1e-12))
    return true;
  const double least_mm = bend_radius_mm(rules.min_bend_radius_mm, turned_rad, rules.clothoids);
  return search.fail(Shortage::Kind::bend, i, std::max(0.0, s_bend_length_mm(offset_mm(lane), least_mm) - room));
}

/// The k-th lane of a run from the outermost.
std::size_t nth(const Search& search, std::size_t k) {
  return direction(search.lane(search.first)) > 0 ? search.last - 1 - k : search.first + k;
}

/// Draws the k-th lane from the outermost beside the one before it (the outermost of all beside the fan's wall).
/// Where it cannot, nothing changes but the shortage.
bool settle(Search& search, std::size_t k, const FanShape& shape) {
  const std::size_t i = nth(search, k);
  if (!choose_bend(search, i, shape))
    return false;
  const int way = direction(search.lane(i));
  double wait_mm = 0;
  if (way == 0) {
    if (!find_wait(search, i, {}, 0, std::nullopt, wait_mm))
      return false;
  } else if (k == 0) {
    const std::optional<Wall>& wall = way > 0 ? search.fan.right : search.fan.left;
    const bool at_wall = wall && (way > 0 ? search.last == search.fan.lanes.size() : search.first == 0);
    if (!find_wait(search, i, at_wall ? pieces_of(wall->path) : std::vector<Piece>{}, at_wall ? wall->distance_mm : 0,
                   std::nullopt, wait_mm))
      return false;
  } else {
    const double pitch_mm = search.rules.min_pitch_um / 1000;
    const auto guess_mm = wait_of_copies_mm(search, i, nth(search, k - 1), pitch_mm);
    if (!find_wait(search, i, search.settled, pitch_mm, guess_mm, wait_mm))
      return false;
  }
  Path& path = search.paths[i - search.first];
  path = search.path_of(i, wait_mm);
  search.settled = pieces_of(path);
  search.bend_before = search.bend;
  return true;
}

/// Where the run failed for want of length for a bend: the lane that lacks most, whichever is drawn first.
Shortage worst_of(Search& search, const FanShape& shape) {
  Shortage worst = *search.shortage;
  if (worst.kind == Shortage::Kind::bend)
    for (std::size_t i = search.first; i < search.last; ++i)
      if (!choose_bend(search, i, shape) && search.shortage->missing_mm > worst.missing_mm)
        worst = *search.shortage;
  return worst;
}

} // namespace

FanResult draw_run(const Fan& fan, const RoutingRules& rules, std::size_t first, std::size_t last,
                   const FanShape& shape) {
  Search search{fan, rules, first, last};
  for (std::size_t k = 0; k < last - first; ++k)
    if (!settle(search, k, shape))
      return {{}, worst_of(search, shape)};
  return {std::move(search.paths), std::nullopt};
}

FanResult widen_run(const Fan& fan, const RoutingRules& rules, std::size_t first, std::size_t last,
                    const std::vector<double>& radii_mm, double steepness) {
  Search search{fan, rules, first, last, false};
  std::size_t rung = 0;
  for (std::size_t k = 0; k < last - first; ++k) {
    rung = rung > 0 ? rung - 1 : 0; // neighbours differ little: one rung wider than the one before at most
    while (rung < radii_mm.size() && !settle(search, k, {radii_mm[rung], steepness}))
      ++rung;
    if (rung == radii_mm.size())
      return {{}, search.shortage};
  }
  return {std::move(search.paths), std::nullopt};
}

int direction(const Lane& lane) {
  return is_straight(lane) ? 0 : offset_mm(lane) > 0 ? 1 : -1;
}

double room_mm(const Lane& lane, const RoutingRules& rules) {
  return lane.to.y_mm - lane.from.y_mm - 2 * rules.lead_mm - lane.least_wait_mm;
}

} // namespace beachfront::geometry
