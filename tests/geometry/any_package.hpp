// SPDX-License-Identifier: GPL-3.0-or-later
// Random packages over the whole vocabulary of geometry/package.hpp but links, and their images under quarter turns
// and mirrors. A seed gives one package, the same with every library.
#pragma once

#include "geometry/place.hpp"
#include "geometry/side_frame.hpp"
#include "random_package.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

namespace beachfront::geometry::test {

struct AnyPackage {
  Package package;
  RoutingRules rules;
};

/// Random numbers that do not differ from library to library.
struct Dice {
  std::mt19937 random;
  double between(double low, double high) { return uniform(random, low, high, 0); }
  int whole(int low, int high) { return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1)); }
  bool chance(double part) { return between(0, 1) < part; }
  template <typename T>
  T one_of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(whole(0, static_cast<int>(choices.size()) - 1))];
  }
  template <typename T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i)
      std::swap(list[i - 1], list[static_cast<std::size_t>(whole(0, static_cast<int>(i) - 1))]);
  }
};

/// All sides half the time, else a subset; in any order.
inline std::vector<Side> any_sides(Dice& dice) {
  std::vector<Side> sides{Side::north, Side::east, Side::south, Side::west};
  dice.shuffle(sides);
  if (dice.chance(0.5))
    sides.resize(static_cast<std::size_t>(dice.whole(1, 4)));
  return sides;
}

/// A block of up to three by three dies, each somewhat smaller than its cell, the block near the middle.
inline std::vector<Die> any_dies(Dice& dice, const Box& outline) {
  const int columns = dice.whole(1, 3), rows = dice.whole(1, 3);
  const double width_mm = dice.between(0.12, 0.35) * outline.width_mm() / columns;
  const double height_mm = dice.between(0.12, 0.35) * outline.height_mm() / rows;
  Point corner{-columns * width_mm / 2, -rows * height_mm / 2};
  if (dice.chance(0.3)) {
    corner.x_mm += dice.between(-0.05, 0.05) * outline.width_mm();
    corner.y_mm += dice.between(-0.05, 0.05) * outline.height_mm();
  }
  std::vector<Die> dies;
  for (int column = 0; column < columns; ++column)
    for (int row = 0; row < rows; ++row) {
      const Point cell = corner + Point{(column + 0.5) * width_mm, (row + 0.5) * height_mm};
      const double part = dice.between(0.7, 0.98);
      dies.push_back({fmt::format("d{}{}", column, row), box_around(cell, part * width_mm, part * height_mm)});
    }
  return dies;
}

inline PortBank any_ports(Dice& dice, double width_mm, double min_pitch_um) {
  PortBank ports;
  // Now and then below the rule: then nothing may be drawn clean.
  ports.pitch_um = dice.chance(0.95) ? std::max(min_pitch_um, dice.between(25, 127)) : dice.between(15, 40);
  const int most = std::max(3, std::min(40, static_cast<int>(0.95 * width_mm * 1000 / ports.pitch_um)));
  const int total = 2 + static_cast<int>((most - 2) * std::pow(dice.between(0, 1), 2));
  ports.laser = dice.chance(0.6) ? dice.whole(0, total / 3) : 0;
  ports.tx = (total - ports.laser) / 2;
  ports.rx = total - ports.laser - ports.tx;
  dice.shuffle(ports.order);
  ports.alternate = dice.chance(0.25);
  ports.mirror_alternate = dice.chance(0.4);
  return ports;
}

/// Mostly no more than stand beside the dies.
inline Engines any_engines(Dice& dice, const Box& dies, double min_pitch_um) {
  Engines engines;
  engines.sides = any_sides(dice);
  const int sides = static_cast<int>(engines.sides.size());
  engines.rows = dice.chance(0.75) ? 1 : dice.whole(2, 3);
  engines.spares = dice.chance(0.15) ? dice.whole(1, 4) : 0;
  engines.bandwidth_Tbps = 6.4;
  engines.width_mm = dice.between(3, 9);
  engines.depth_mm = dice.between(2, 8);
  engines.die_gap_mm = dice.between(0.5, 4);
  engines.clearance_mm = dice.between(0.1, 0.5);
  engines.pitch_mm = engines.width_mm + engines.clearance_mm + dice.between(-0.02, 2);
  engines.row_gap_mm = dice.between(0.5, 8);
  const double beside_mm = std::min(dies.width_mm(), dies.height_mm()) + engines.die_gap_mm;
  const int fitting = std::max(1, static_cast<int>(beside_mm / engines.pitch_mm)) * engines.rows;
  engines.count = dice.chance(0.75) ? sides * dice.whole(1, fitting) : dice.whole(1, 36);
  engines.count = std::min(engines.count, 36);
  engines.staggered = dice.chance(0.5);
  engines.ports = any_ports(dice, engines.width_mm, min_pitch_um);
  return engines;
}

inline GuideAttach any_connectors(Dice& dice, int guide_layers) {
  GuideAttach guides;
  Ferrule& ferrule = guides.ferrule;
  ferrule.name = "mt";
  ferrule.fibres = dice.one_of<int>({12, 16, 24, 32});
  ferrule.rows = guide_layers == 2 ? dice.whole(1, 2) : dice.chance(0.03) ? 2 : 1;
  ferrule.fibre_pitch_um = dice.one_of<double>({127, 250});
  ferrule.body_width_mm = ferrule.fibres * ferrule.fibre_pitch_um / 1000 / ferrule.rows + dice.between(0.5, 2.5);
  ferrule.landing_depth_mm = dice.between(0.5, 1.5);
  ferrule.pitch_mm = ferrule.body_width_mm + dice.between(0.1, 2);
  guides.edges = any_sides(dice);
  guides.laser = dice.one_of<LaserFerrules>({LaserFerrules::in_order, LaserFerrules::at_ends, LaserFerrules::shared});
  return guides;
}

inline std::vector<KeepOut> any_keep_outs(Dice& dice, const Box& outline) {
  std::vector<KeepOut> keep_outs;
  for (int i = dice.chance(0.5) ? dice.whole(1, 4) : 0; i > 0; --i) {
    const Point centre{dice.between(outline.min.x_mm, outline.max.x_mm),
                       dice.between(outline.min.y_mm, outline.max.y_mm)};
    const int kind = dice.whole(0, 2);
    const double width_mm = dice.between(0.3, 6);
    keep_outs.push_back(
        {fmt::format("k{}", i), box_around(centre, width_mm, dice.between(0.3, 6)), kind != 1, kind != 2});
  }
  return keep_outs;
}

inline RoutingRules any_rules(Dice& dice) {
  RoutingRules rules;
  rules.min_bend_radius_mm = 3 + 22 * std::pow(dice.between(0, 1), 2);
  rules.min_pitch_um = dice.between(20, 60);
  rules.guide_width_um = dice.between(1, 5);
  rules.edge_clearance_mm = dice.between(0, 0.6);
  rules.keep_out_clearance_mm = dice.between(0.05, 0.3);
  rules.lead_mm = dice.chance(0.1) ? 0 : dice.between(0.05, 0.5);
  rules.layers = dice.whole(1, 2);
  rules.clothoids = dice.chance(0.04);
  rules.crossings = dice.chance(0.7);
  return rules;
}

inline AnyPackage any_package(unsigned seed) {
  Dice dice{std::mt19937(seed)};
  AnyPackage any;
  any.rules = any_rules(dice);
  Package& package = any.package;
  const double width_mm = dice.between(60, 200);
  package.outline = box_around({0, 0}, width_mm, dice.chance(0.5) ? width_mm : dice.between(60, 200));
  package.dies = any_dies(dice, package.outline);
  package.engines = any_engines(dice, die_bounds(package), any.rules.min_pitch_um);
  package.keep_outs = any_keep_outs(dice, package.outline);
  if (any.rules.clothoids) // slower, so on few engines
    package.engines.count = std::min(package.engines.count, 8);
  if (dice.chance(0.05))
    package.fibres = FibreAttach{dice.one_of<double>({127, 250})};
  else
    package.guides = any_connectors(dice, any.rules.layers);
  if (dice.chance(0.15)) { // the rows' own places, each pushed a little
    Layout rows;
    place_engines(package, rows);
    for (int spare = 0; spare < 2; ++spare)
      for (const PlacedEngine& engine : rows.engines)
        if (engine.spare == (spare == 1))
          package.engines.positions.push_back(
              {engine.outline.centre() + Point{dice.between(-0.2, 0.2), dice.between(-0.2, 0.2)}, engine.side});
  }
  return any;
}

/// Where a side is after a motion; see moved(Point).
inline Side moved(Side side, int motion) {
  const Point outward = moved(frame_of(side).outward, motion);
  for (Side other : {Side::north, Side::east, Side::south})
    if (dot(frame_of(other).outward, outward) > 0.5)
      return other;
  return Side::west;
}

/// The whole package moved. A mirror reverses the order of the ports, too.
inline Package moved(Package package, int motion) {
  package.outline = moved(package.outline, motion);
  for (Die& die : package.dies)
    die.outline = moved(die.outline, motion);
  for (KeepOut& keep_out : package.keep_outs)
    keep_out.outline = moved(keep_out.outline, motion);
  for (Side& side : package.engines.sides)
    side = moved(side, motion);
  for (EnginePosition& position : package.engines.positions)
    position = {moved(position.centre, motion), moved(position.side, motion)};
  if (package.guides)
    for (Side& edge : package.guides->edges)
      edge = moved(edge, motion);
  if (motion >= 4)
    std::reverse(package.engines.ports.order.begin(), package.engines.ports.order.end());
  return package;
}

} // namespace beachfront::geometry::test
