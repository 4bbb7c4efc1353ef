// SPDX-License-Identifier: GPL-3.0-or-later
// A small package that the solid solves in a fraction of a second, and its images.
#pragma once

#include "tests/thermal/reference_package.hpp"
#include "thermal/body.hpp"

#include <utility>

namespace beachfront::thermal {

inline constexpr GridRules coarse_rules{2, 8, 2, 0, 1300};

inline constexpr geometry::Side turned_left(geometry::Side side) {
  using geometry::Side;
  return side == Side::north   ? Side::west
         : side == Side::west  ? Side::south
         : side == Side::south ? Side::east
                               : Side::north;
}

/// A die and four engines on 40 x 40 mm of glass with build-up on both sides. Nothing has a layer thinner than 20 um.
inline Package small_package() {
  Package p = reference_package(eagle_glass());
  p.substrate.outline = geometry::box_around({0, 0}, 40, 40);
  SubstrateLayer core{"core", eagle_glass(), 800};
  p.substrate.stack_up = {build_up(2), core, build_up(2)};
  p.dies = {{"die", geometry::box_around({0, 0}, 12, 10), 100, 775, silicon()}};
  p.engines.clear();
  for (const double sign : {-1.0, 1.0}) {
    p.engines.push_back({"engine",
                         geometry::box_around({0, sign * 12}, 6, 4),
                         10,
                         775,
                         silicon(),
                         {0, sign * 14},
                         1.15,
                         sign > 0 ? geometry::Side::north : geometry::Side::south});
    p.engines.push_back({"engine",
                         geometry::box_around({sign * 13, 0}, 4, 6),
                         10,
                         775,
                         silicon(),
                         {sign * 15, 0},
                         1.15,
                         sign > 0 ? geometry::Side::east : geometry::Side::west});
  }
  p.cooling.lid.plates.clear();
  p.cooling.lid.thickness_mm = 0;
  p.cooling.lid.foot_width_mm = 0;
  return p;
}

/// The same with the die and one engine out of the middle, each its own way.
inline Package crooked_package() {
  Package p = small_package();
  p.dies[0].outline = geometry::box_around({-3, 2}, 12, 10);
  p.engines.resize(1);
  p.engines[0].outline = geometry::box_around({5, -12}, 6, 4);
  p.engines[0].ports = {6, -14};
  return p;
}

/// Every place of a package moved.
template <class Move, class Side>
Package moved(Package p, Move move, Side side) {
  const auto box = [&](geometry::Box& b) {
    const geometry::Point a = move(b.min), c = move(b.max);
    b = {{std::min(a.x_mm, c.x_mm), std::min(a.y_mm, c.y_mm)}, {std::max(a.x_mm, c.x_mm), std::max(a.y_mm, c.y_mm)}};
  };
  box(p.substrate.outline);
  for (Die& die : p.dies)
    box(die.outline);
  for (Engine& engine : p.engines) {
    box(engine.outline);
    engine.ports = move(engine.ports);
    engine.ports_face = side(engine.ports_face);
  }
  for (geometry::Box& plate : p.cooling.lid.plates)
    box(plate);
  return p;
}

inline Package mirrored_east_west(const Package& package) {
  return moved(
      package,
      [](geometry::Point a) {
        return geometry::Point{-a.x_mm, a.y_mm};
      },
      [](geometry::Side side) {
        using geometry::Side;
        return side == Side::east ? Side::west : side == Side::west ? Side::east : side;
      });
}

inline Package turned_a_quarter(const Package& package) {
  return moved(
      package,
      [](geometry::Point a) {
        return geometry::Point{-a.y_mm, a.x_mm};
      },
      turned_left);
}

} // namespace beachfront::thermal
