// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/fan.hpp"

#include "geometry/fan_run.hpp"
#include "geometry/piece.hpp"
#include "geometry/s_bend.hpp"

#include <cmath>
#include <iterator>

namespace beachfront::geometry {

namespace {

/// Rungs at powers of 2^(1/8) mm, widest first, and the smallest allowed radius itself as the last.
std::vector<double> radii_to_try(const Fan& fan, const RoutingRules& rules, std::size_t first, std::size_t last) {
  double widest_mm = 0;
  for (std::size_t i = first; i < last; ++i)
    if (room_mm(fan.lanes[i], rules) > 0)
      widest_mm = std::max(widest_mm, largest_s_bend_radius_mm(room_mm(fan.lanes[i], rules),
                                                               fan.lanes[i].to.x_mm - fan.lanes[i].from.x_mm));
  constexpr double rungs_per_octave = 8;
  std::vector<double> radii_mm = {std::numeric_limits<double>::infinity()};
  const double top = std::ceil(rungs_per_octave * std::log2(std::min(widest_mm, 1000.0)));
  for (double k = top; widest_mm > 0 && std::exp2(k / rungs_per_octave) > rules.min_bend_radius_mm; --k)
    radii_mm.push_back(std::exp2(k / rungs_per_octave));
  radii_mm.push_back(rules.min_bend_radius_mm);
  return radii_mm;
}

/// The run of least loss: for each steepness the widest common radius, then each lane its own.
FanResult best_run(const Fan& fan, const RoutingRules& rules, std::size_t first, std::size_t last,
                   const PathLoss& loss) {
  if (direction(fan.lanes[first]) == 0)
    return draw_run(fan, rules, first, last, {});
  const std::vector<double> radii_mm = radii_to_try(fan, rules, first, last);
  FanResult best, nearest_miss;
  double best_loss = std::numeric_limits<double>::infinity();
  const auto keep_better = [&](FanResult found) {
    // Of equal losses the first: rounding must not choose, or a turned package would be drawn differently.
    if (const double total = loss_of(found.paths, loss); total < best_loss * (1 - 1e-9)) {
      best_loss = total;
      best = std::move(found);
    }
  };
  for (const double steepness : {0.0, 0.5, 1.0}) {
    for (const double radius_mm : radii_mm) {
      FanResult found = draw_run(fan, rules, first, last, {radius_mm, steepness});
      if (found.shortage) {
        if (!nearest_miss.shortage || found.shortage->missing_mm < nearest_miss.shortage->missing_mm)
          nearest_miss = std::move(found);
        continue;
      }
      keep_better(std::move(found));
      if (std::isinf(radius_mm))
        return best; // the widest bends of all: nothing loses less
      break;
    }
    if (FanResult widened = widen_run(fan, rules, first, last, radii_mm, steepness); !widened.shortage)
      keep_better(std::move(widened));
  }
  return best.paths.empty() ? nearest_miss : best;
}

/// Runs do not look at each other: lanes whose ends stand nearer than the pitch, or out of order, may meet.
std::optional<Shortage> too_near(const Fan& fan, const std::vector<Path>& paths, const RoutingRules& rules) {
  constexpr double rounding_mm = 2e-7;
  const double pitch_mm = rules.min_pitch_um / 1000 - rounding_mm;
  const auto ordered = [&](std::size_t i, std::size_t j) {
    const Lane &a = fan.lanes[i], &b = fan.lanes[j];
    return b.from.x_mm - a.from.x_mm >= pitch_mm && b.to.x_mm - a.to.x_mm >= pitch_mm;
  };
  bool in_order = true; // all pairs are, where neighbours are
  for (std::size_t i = 1; i < paths.size(); ++i)
    in_order = in_order && ordered(i - 1, i);
  if (in_order)
    return std::nullopt;
  for (std::size_t i = 0; i < paths.size(); ++i)
    for (std::size_t j = i + 1; j < paths.size(); ++j)
      if (!ordered(i, j) && gap_mm(pieces_of(paths[i]), pieces_of(paths[j]), 1) < pitch_mm) {
        const Lane& lane = fan.lanes[j];
        return Shortage{Shortage::Kind::spacing, j, 0, 0, std::abs(lane.to.x_mm - lane.from.x_mm),
                        room_mm(lane, rules)};
      }
  return std::nullopt;
}

} // namespace

FanResult draw_fan(const Fan& fan, const RoutingRules& rules, const PathLoss& loss) {
  FanResult result;
  for (std::size_t first = 0; first < fan.lanes.size();) {
    std::size_t last = first + 1;
    while (last < fan.lanes.size() && direction(fan.lanes[last]) == direction(fan.lanes[first]))
      ++last;
    FanResult run = best_run(fan, rules, first, last, loss);
    if (run.shortage && (!result.shortage || run.shortage->missing_mm > result.shortage->missing_mm))
      result.shortage = run.shortage; // the worst of all runs, whichever comes first
    std::move(run.paths.begin(), run.paths.end(), std::back_inserter(result.paths));
    first = last;
  }
  if (!result.shortage)
    result.shortage = too_near(fan, result.paths, rules);
  if (result.shortage)
    result.paths.clear();
  return result;
}

double loss_of(const std::vector<Path>& paths, const PathLoss& loss) {
  double sum = 0;
  for (const Path& path : paths)
    sum += loss(path);
  return sum;
}

} // namespace beachfront::geometry
