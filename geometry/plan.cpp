// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/plan.hpp"

#include "geometry/taut.hpp"
#include "geometry/threading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace beachfront::geometry {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int most_rounds = 40;
// The price of a short opening starts at this part of the package's width plus height and rises by this factor: 40
// rounds take it from a detour that hardly shows to hundreds of times the package.
constexpr double first_price_part = 1.0 / 128;
constexpr double price_rise = 1.3;
// Beyond any detour, yet small enough beside it for lengths to keep 1e-9 mm.
constexpr double settling_price_part = 1e4;
// Most that ties cost for each side passed.
constexpr double tie_break_mm = 1e-7;

/// What is known of the openings while bundles are led through them; [layer slot][opening].
struct Market {
  const FreeSpace& space;
  std::vector<int> capacity; ///< for each opening, of one layer
  std::vector<std::vector<int>> use;
  std::vector<std::vector<double>> price_mm; ///< for a bundle none of whose guides fit
  std::vector<double> tie_break_mm;          ///< for each point
};

/// A bundle on its way.
struct Leg {
  std::size_t slot = 0; ///< its layer among those in use
  int guides = 0;
  double shortest_mm = infinity;
  std::optional<Threading> threading;
};

using Legs = std::vector<Leg>;

int excess(const Market& market, std::size_t slot, std::size_t opening) {
  return std::max(0, market.use[slot][opening] - market.capacity[opening]);
}

long long excess(const Market& market) {
  long long sum = 0;
  for (std::size_t slot = 0; slot < market.use.size(); ++slot)
    for (std::size_t i = 0; i < market.capacity.size(); ++i)
      sum += excess(market, slot, i);
  return sum;
}

bool is_short(const Market& market, const Leg& leg) {
  return leg.threading && std::any_of(leg.threading->openings.begin(), leg.threading->openings.end(),
                                      [&](std::size_t opening) { return excess(market, leg.slot, opening) > 0; });
}

void enter(Market& market, const Leg& leg, int sign) {
  if (leg.threading)
    for (const std::size_t opening : leg.threading->openings)
      market.use[leg.slot][opening] += sign * leg.guides;
}

// Weights without a pattern, so that two ways of equal length hardly ever have equal sums: multiples of the golden
// ratio, modulo 1.
double weight(std::size_t i) {
  const double multiple = static_cast<double>(i + 1) * 0.6180339887498949;
  return multiple - std::floor(multiple);
}

// Sums of distances to the ends of all bundles and the middles of all bodies, scaled to at most tie_break_mm / 2. They
// do not change when the package is turned or mirrored, bit by bit.
std::vector<double> tie_breaks_mm(const FreeSpace& space, const Package& package, const Layout& layout,
                                  const std::vector<Bundle>& bundles) {
  std::vector<Point> landmarks;
  for (const Bundle& bundle : bundles)
    landmarks.insert(landmarks.end(), {bundle.from, bundle.to});
  for (const Die& die : package.dies)
    landmarks.push_back(die.outline.centre());
  for (const PlacedEngine& engine : layout.engines)
    landmarks.push_back(engine.outline.centre());
  for (const KeepOut& keep_out : package.keep_outs)
    landmarks.push_back(keep_out.outline.centre());
  std::vector<double> result;
  double most = 0;
  for (const Point point : space.points) {
    double sum = 0;
    for (std::size_t i = 0; i < landmarks.size(); ++i)
      sum += weight(i) * norm_mm(point - landmarks[i]);
    result.push_back(sum);
    most = std::max(most, sum);
  }
  for (double& sum : result)
    sum *= most > 0 ? tie_break_mm / 2 / most : 0;
  return result;
}

// Free where the bundle fits beside the others; else the part of it that does not fit pays. What takes no guide at all
// is closed.
Tolls tolls_for(const Market& market, const Leg& leg, double settling_mm = 0) {
  Tolls tolls;
  tolls.point_mm = market.tie_break_mm;
  for (std::size_t i = 0; i < market.capacity.size(); ++i) {
    const int beyond = std::max(0, market.use[leg.slot][i] + leg.guides - market.capacity[i]);
    const double part = std::min(1.0, static_cast<double>(beyond) / std::max(1, leg.guides));
    const double price_mm = settling_mm > 0 ? settling_mm : market.price_mm[leg.slot][i];
    tolls.opening_mm.push_back(market.capacity[i] == 0 ? infinity : part * price_mm);
  }
  return tolls;
}

/// Everything a negotiation needs, so that a step of it reads as one.
struct Task {
  const RoutingRules& rules;
  const std::vector<Bundle>& bundles;
  std::vector<std::size_t> order; ///< shortest first
  double size_mm = 0;             ///< width plus height of the package
};

std::optional<Threading> lead(const Market& market, const Task& task, const Leg& leg, std::size_t bundle,
                              double settling_mm) {
  const Bundle& b = task.bundles[bundle];
  return cheapest_threading(market.space, b.from, b.to, tolls_for(market, leg, settling_mm),
                            task.rules.keep_out_clearance_mm);
}

// Short openings become dearer; every bundle that crosses one looks for another way in turn.
void negotiate_once(Market& market, const Task& task, Legs& legs) {
  for (std::size_t slot = 0; slot < market.use.size(); ++slot)
    for (std::size_t i = 0; i < market.capacity.size(); ++i)
      if (excess(market, slot, i) > 0)
        market.price_mm[slot][i] *= price_rise;
  for (const std::size_t bundle : task.order) {
    Leg& leg = legs[bundle];
    if (!is_short(market, leg))
      continue;
    enter(market, leg, -1);
    leg.threading = lead(market, task, leg, bundle, 0);
    enter(market, leg, 1);
  }
}

// Lets each bundle that made way take a shorter one that has room after all.
void settle(Market& market, const Task& task, Legs& legs) {
  for (const std::size_t bundle : task.order) {
    Leg& leg = legs[bundle];
    if (!leg.threading || (leg.threading->cost_mm <= leg.shortest_mm && !is_short(market, leg)))
      continue;
    enter(market, leg, -1);
    leg.threading = lead(market, task, leg, bundle, settling_price_part * task.size_mm);
    enter(market, leg, 1);
  }
}

void negotiate(Market& market, const Task& task, Legs& legs) {
  Legs best = legs;
  std::vector<std::vector<int>> best_use = market.use;
  long long least = excess(market);
  for (int round = 0; round < most_rounds && least > 0; ++round) {
    negotiate_once(market, task, legs);
    const long long now = excess(market);
    if (now >= least)
      continue;
    least = now;
    best = legs;
    best_use = market.use;
  }
  legs = best;
  market.use = best_use;
  settle(market, task, legs);
}

/// The free space that one end of a bundle can reach.
struct Pocket {
  std::set<std::size_t> bodies; ///< around it
  double area_mm2 = 0;
  std::size_t widest = no_index; ///< the widest opening out of it that takes no guide
};

double area_mm2(const FreeSpace& space, const FreeCell& cell) {
  double twice = 0;
  for (std::size_t i = 0; i < cell.corners.size(); ++i)
    twice += cross(space.points[cell.corners[i]], space.points[cell.corners[(i + 1) % cell.corners.size()]]);
  return twice / 2;
}

// Fills cell by cell across what takes a guide. A chord that takes none does not split its cell here.
Pocket pocket_around(const Market& market, Point end, double reach_mm) {
  const FreeSpace& space = market.space;
  std::vector<std::size_t> reached = cells_at(space, end, reach_mm);
  std::vector<bool> seen(space.cells.size(), false);
  for (const std::size_t cell : reached)
    seen[cell] = true;
  Pocket pocket;
  const auto shut = [&](std::size_t opening) {
    if (opening == no_index || market.capacity[opening] > 0)
      return false;
    pocket.bodies.insert({space.openings[opening].from_body, space.openings[opening].to_body});
    if (pocket.widest == no_index ||
        length_mm(space, space.openings[pocket.widest]) < length_mm(space, space.openings[opening]))
      pocket.widest = opening;
    return true;
  };
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const FreeCell& cell = space.cells[reached[i]];
    pocket.area_mm2 += area_mm2(space, cell);
    for (const Chord& chord : cell.chords)
      shut(chord.opening);
    for (std::size_t side = 0; side < cell.corners.size(); ++side) {
      if (cell.beyond[side] == no_index)
        for (const std::size_t body : cell.walls[side])
          pocket.bodies.insert(body);
      else if (!shut(cell.openings[side]) && !seen[cell.beyond[side]]) {
        seen[cell.beyond[side]] = true;
        reached.push_back(cell.beyond[side]);
      }
    }
  }
  return pocket;
}

std::string listed(const FreeSpace& space, const std::set<std::size_t>& bodies) {
  std::string text;
  std::size_t i = 0;
  for (const std::size_t body : bodies) {
    text += fmt::format("{}{}", i == 0 ? "" : i + 1 == bodies.size() ? " and " : ", ", space.bodies[body]);
    ++i;
  }
  return text;
}

Violation no_way(const Market& market, const Task& task, const Bundle& bundle) {
  const double reach_mm = task.rules.keep_out_clearance_mm;
  const double needed_mm = 2 * reach_mm + (bundle.guides - 1) * task.rules.min_pitch_um * 1e-3;
  for (const auto& [end, word] : {std::pair{bundle.from, "start"}, {bundle.to, "end"}})
    if (cells_at(market.space, end, reach_mm).empty())
      return {"no_way",
              bundle.name,
              end,
              0,
              needed_mm,
              "mm",
              fmt::format("{}: its {} lies inside a body or outside the package", bundle.name, word)};
  const Pocket start = pocket_around(market, bundle.from, reach_mm);
  const Pocket finish = pocket_around(market, bundle.to, reach_mm);
  const bool at_start = start.area_mm2 <= finish.area_mm2;
  const Pocket& pocket = at_start ? start : finish;
  const Opening* widest = pocket.widest == no_index ? nullptr : &market.space.openings[pocket.widest];
  const double found_mm = widest ? length_mm(market.space, *widest) : 0;
  const std::vector<Point>& points = market.space.points;
  const Point place = widest     ? 0.5 * (points[widest->first] + points[widest->second])
                      : at_start ? bundle.from
                                 : bundle.to;
  return {"no_way",
          bundle.name,
          place,
          found_mm,
          needed_mm,
          "mm",
          fmt::format("{}: {} box in its {}; the widest gap between them is {:.3f} mm where {} guides need {:.3f} mm; "
                      "move them apart",
                      bundle.name, listed(market.space, pocket.bodies), at_start ? "start" : "end", found_mm,
                      bundle.guides, needed_mm)};
}

Legs legs_of(const std::vector<Bundle>& bundles) {
  std::set<int> layers;
  for (const Bundle& bundle : bundles)
    layers.insert(bundle.layer);
  Legs legs;
  for (const Bundle& bundle : bundles)
    legs.push_back({static_cast<std::size_t>(std::distance(layers.begin(), layers.find(bundle.layer))), bundle.guides,
                    infinity, std::nullopt});
  return legs;
}

Market market_of(const FreeSpace& space, const RoutingRules& rules, std::size_t slots, double size_mm) {
  Market market{space, {}, {}, {}, {}};
  for (const Opening& opening : space.openings)
    market.capacity.push_back(capacity(length_mm(space, opening), rules));
  market.use.assign(slots, std::vector<int>(space.openings.size(), 0));
  market.price_mm.assign(slots, std::vector<double>(space.openings.size(), first_price_part * size_mm));
  return market;
}

std::vector<std::vector<int>> need_of(const Market& market) {
  std::vector<std::vector<int>> need(market.capacity.size());
  for (std::size_t i = 0; i < need.size(); ++i)
    for (const std::vector<int>& use : market.use)
      need[i].push_back(use[i]);
  return need;
}

// Each bundle as if it were alone; then their order, shortest first.
void lead_alone(Market& market, Task& task, Legs& legs) {
  for (std::size_t i = 0; i < legs.size(); ++i) {
    Leg alone = legs[i];
    alone.guides = 0; // so that nothing but what takes no guide stands in its way
    legs[i].threading = lead(market, task, alone, i, 0);
    legs[i].shortest_mm = legs[i].threading ? legs[i].threading->cost_mm : infinity;
  }
  task.order.resize(legs.size());
  std::iota(task.order.begin(), task.order.end(), std::size_t{0});
  std::stable_sort(task.order.begin(), task.order.end(),
                   [&](std::size_t a, std::size_t b) { return legs[a].shortest_mm < legs[b].shortest_mm; });
  for (const Leg& leg : legs)
    enter(market, leg, 1);
}

} // namespace

Plan plan(const Package& package, const RoutingRules& rules, const Layout& layout, const std::vector<Bundle>& bundles) {
  const FreeSpace space = free_space(package, layout);
  Legs legs = legs_of(bundles);
  std::size_t slots = 1;
  for (const Leg& leg : legs)
    slots = std::max(slots, leg.slot + 1);
  Task task{rules, bundles, {}, package.outline.width_mm() + package.outline.height_mm()};
  Market market = market_of(space, rules, slots, task.size_mm);
  market.tie_break_mm = tie_breaks_mm(space, package, layout, bundles);
  lead_alone(market, task, legs);
  negotiate(market, task, legs);

  Plan result;
  for (std::size_t i = 0; i < legs.size(); ++i) {
    Way way;
    way.found = legs[i].threading.has_value();
    if (way.found)
      way.taut = taut_line(bundles[i].from, bundles[i].to, legs[i].threading->portals);
    result.ways.push_back(way);
  }
  result.certificate = judge(space, rules, need_of(market));
  for (std::size_t i = 0; i < legs.size(); ++i)
    if (!legs[i].threading)
      result.certificate.violations.push_back(no_way(market, task, bundles[i]));
  return result;
}

} // namespace beachfront::geometry
