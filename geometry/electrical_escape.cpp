// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/electrical_escape.hpp"

#include "geometry/names.hpp"
#include "geometry/side_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

constexpr double um_per_mm = 1000;

void check(const EscapeRules& rules, int lanes) {
  for (const double value : {rules.die_bump_pitch_um, rules.engine_bump_pitch_um, rules.pad_um, rules.serdes_depth_mm,
                             rules.line_um, rules.space_um, rules.pair_gap_um, rules.fine_line_um, rules.fine_space_um})
    if (!(value > 0))
      throw std::invalid_argument("an escape rule is not above 0");
  if (rules.pad_um >= std::min(rules.die_bump_pitch_um, rules.engine_bump_pitch_um))
    throw std::invalid_argument("pads touch at this bump pitch");
  if (!(rules.bumps_per_pair >= 2) || rules.signal_layers < 0 || lanes < 1)
    throw std::invalid_argument("a pair has two bumps or more, an engine a lane or more");
}

/// The nearest die; of equals the one whose centre is nearest, of those the first.
std::size_t nearest_die(const Package& package, const Box& engine) {
  std::size_t best = 0;
  const auto key = [&](std::size_t i) {
    const Box& die = package.dies[i].outline;
    return std::pair{distance_mm(die, engine), norm_mm(die.centre() - engine.centre())};
  };
  for (std::size_t i = 1; i < package.dies.size(); ++i)
    if (key(i) < key(best))
      best = i;
  return best;
}

/// Engines whose lanes leave by one edge of one die, left to right seen from the die.
struct EdgeGroup {
  std::size_t die = 0;
  Side side = Side::north;
  std::vector<const PlacedEngine*> engines;
};

std::vector<EdgeGroup> group_by_edge(const Package& package, const Layout& layout) {
  std::vector<EdgeGroup> groups;
  for (const PlacedEngine& engine : layout.engines) {
    if (engine.spare)
      continue;
    const std::size_t die = nearest_die(package, engine.outline);
    const auto same = [&](const EdgeGroup& group) { return group.die == die && group.side == engine.side; };
    auto group = std::find_if(groups.begin(), groups.end(), same);
    if (group == groups.end())
      group = groups.insert(groups.end(), {die, engine.side, {}});
    group->engines.push_back(&engine);
  }
  for (EdgeGroup& group : groups)
    std::stable_sort(group.engines.begin(), group.engines.end(), [&](const PlacedEngine* a, const PlacedEngine* b) {
      const SideFrame frame = frame_of(group.side);
      return frame.middle_mm(a->outline) < frame.middle_mm(b->outline);
    });
  return groups;
}

/// Length of the shortest way in straights along the axes and diagonals.
double octilinear_mm(double along_mm, double across_mm) {
  const double longer = std::max(along_mm, across_mm);
  const double shorter = std::min(along_mm, across_mm);
  return longer + (std::numbers::sqrt2 - 1) * shorter;
}

/// Depth that the bumps of `pairs` take behind an edge of `edge_mm`.
double field_depth_mm(const EscapeRules& rules, double pitch_um, int pairs, double edge_mm) {
  const double pitch_mm = pitch_um / um_per_mm;
  return pairs * rules.bumps_per_pair * pitch_mm * pitch_mm / edge_mm;
}

double field_layers(const EscapeRules& rules, double pitch_um, int pairs, double edge_mm) {
  const double columns = edge_mm * um_per_mm / pitch_um;
  return escape_layers(2 * pairs / columns,
                       lines_between_pads(pitch_um, rules.pad_um, rules.fine_line_um, rules.fine_space_um),
                       2 / rules.bumps_per_pair);
}

double pair_pitch_mm(const EscapeRules& rules) {
  return (2 * rules.line_um + rules.space_um + rules.pair_gap_um) / um_per_mm;
}

/// Longest and shortest way between the die's share of an edge and the engine's inner face, lanes in order on both:
/// the step aside runs evenly from that of the leftmost lane to that of the rightmost.
std::pair<double, double> fan_mm(const SideFrame& frame, const Box& engine, double share_low_mm, double share_mm,
                                 double gap_mm) {
  const double face_low_mm = frame.middle_mm(engine) - frame.length_mm(engine) / 2;
  const double left_mm = face_low_mm - share_low_mm;
  const double right_mm = left_mm + frame.length_mm(engine) - share_mm;
  const bool one_runs_straight = left_mm * right_mm <= 0;
  const double most_mm = std::max(std::abs(left_mm), std::abs(right_mm));
  const double least_mm = one_runs_straight ? 0 : std::min(std::abs(left_mm), std::abs(right_mm));
  return {octilinear_mm(most_mm, gap_mm), octilinear_mm(least_mm, gap_mm)};
}

EngineEscape lead_out(const Package& package, const EscapeRules& rules, const EdgeGroup& group, std::size_t place,
                      int lanes) {
  const PlacedEngine& engine = *group.engines[place];
  const Die& die = package.dies[group.die];
  const SideFrame frame = frame_of(group.side);
  const int pairs = 2 * lanes;
  const double face_mm = frame.length_mm(engine.outline);
  const double share_mm = frame.length_mm(die.outline) / static_cast<double>(group.engines.size());
  const double share_low_mm =
      frame.middle_mm(die.outline) - frame.length_mm(die.outline) / 2 + static_cast<double>(place) * share_mm;
  const double inner_mm =
      frame.reach_mm(engine.outline) - std::abs(frame.v_mm(engine.outline.max - engine.outline.min));
  const double gap_mm = std::max(0.0, inner_mm - frame.reach_mm(die.outline));

  EngineEscape escape;
  escape.engine = engine.index;
  escape.lanes = lanes;
  escape.place = engine.outline.centre();
  escape.die = die.name;
  escape.die_edge_mm = share_mm;
  escape.serdes_depth_mm = field_depth_mm(rules, rules.die_bump_pitch_um, pairs, share_mm);
  const auto [longest_mm, shortest_mm] = fan_mm(frame, engine.outline, share_low_mm, share_mm, gap_mm);
  escape.trace_length_mm =
      longest_mm + escape.serdes_depth_mm + field_depth_mm(rules, rules.engine_bump_pitch_um, pairs, face_mm);
  escape.shortest_mm = shortest_mm;

  struct Place {
    const char* name;
    double layers;
  };
  const std::array<Place, 3> places{
      {{"die bumps", field_layers(rules, rules.die_bump_pitch_um, pairs, share_mm)},
       {"traces", pairs * pair_pitch_mm(rules) / std::min(share_mm, face_mm)},
       {"engine bumps", field_layers(rules, rules.engine_bump_pitch_um, pairs, face_mm)}}};
  const auto tightest = std::max_element(places.begin(), places.end(),
                                         [](const Place& a, const Place& b) { return a.layers < b.layers; });
  escape.layers = tightest->layers;
  escape.tightest = tightest->name;
  escape.pairs_per_mm_needed = pairs / share_mm;
  escape.pairs_per_mm_possible = rules.serdes_depth_mm / field_depth_mm(rules, rules.die_bump_pitch_um, 1, 1);
  return escape;
}

/// Whole layers; a demand that exceeds a whole number by rounding alone does not ask for one more.
int whole_layers(double layers) {
  return static_cast<int>(std::ceil(layers - 1e-9));
}

void judge(ElectricalEscape& escape) {
  const auto most = [&](auto figure) {
    return *std::max_element(escape.engines.begin(), escape.engines.end(),
                             [&](const EngineEscape& a, const EngineEscape& b) { return figure(a) < figure(b); });
  };
  const EngineEscape deepest = most([](const EngineEscape& engine) { return engine.layers; });
  escape.layers_needed = whole_layers(deepest.layers);
  if (escape.layers_needed > escape.layers_available)
    escape.violations.push_back(
        {"build_up_layers", engine_name(deepest.engine), deepest.place, static_cast<double>(escape.layers_available),
         static_cast<double>(escape.layers_needed), "layers",
         fmt::format("the {} of engine {} need {} signal layers ({:.2f}), the build-up has {}: more layers, finer "
                     "lines or a longer die edge",
                     deepest.tightest, engine_name(deepest.engine), escape.layers_needed, deepest.layers,
                     escape.layers_available)});
  const EngineEscape fullest =
      most([](const EngineEscape& engine) { return engine.pairs_per_mm_needed / engine.pairs_per_mm_possible; });
  if (fullest.pairs_per_mm_needed > fullest.pairs_per_mm_possible * (1 + 1e-9))
    escape.violations.push_back(
        {"die_edge", "die " + fullest.die + ", " + engine_name(fullest.engine), fullest.place,
         fullest.pairs_per_mm_possible, fullest.pairs_per_mm_needed, "pairs/mm",
         fmt::format("engine {} takes {:.1f} pairs from each mm of its edge of die {}, whose SerDes bumps give {:.1f}",
                     engine_name(fullest.engine), fullest.pairs_per_mm_needed, fullest.die,
                     fullest.pairs_per_mm_possible)});
}

} // namespace

int lines_between_pads(double pitch_um, double pad_um, double line_um, double space_um) {
  // A line that fits but for rounding fits.
  return std::max(0, static_cast<int>(std::floor((pitch_um - pad_um - space_um) / (line_um + space_um) + 1e-9)));
}

double escape_layers(double signals_per_column, int lines_between_pads, double signal_share) {
  return signals_per_column / (lines_between_pads + signal_share);
}

int stripline_layers(int copper_layers) {
  return std::max(0, (copper_layers - 1) / 2);
}

ElectricalEscape electrical_escape(const Package& package, const Layout& layout, const EscapeRules& rules, int lanes) {
  check(rules, lanes);
  ElectricalEscape escape;
  escape.lanes_per_mm_per_layer = 1 / (2 * pair_pitch_mm(rules));
  escape.layers_available = rules.signal_layers;
  for (const EdgeGroup& group : group_by_edge(package, layout))
    for (std::size_t i = 0; i < group.engines.size(); ++i)
      escape.engines.push_back(lead_out(package, rules, group, i, lanes));
  std::sort(escape.engines.begin(), escape.engines.end(),
            [](const EngineEscape& a, const EngineEscape& b) { return a.engine < b.engine; });
  if (!escape.engines.empty())
    judge(escape);
  return escape;
}

} // namespace beachfront::geometry
