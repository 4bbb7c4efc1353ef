// SPDX-License-Identifier: GPL-3.0-or-later
// A small layout made by hand, for the writers: engines, ferrules and guides of lines and arcs.
#pragma once

#include "geometry/layout.hpp"

#include <fmt/core.h>

#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

namespace beachfront::geometry::test {

/// Straight, arc, arc back, straight: ends parallel to where it began. Arcs of `turn_rad`, left first if positive.
inline Path s_bend(Pose start, double lead_mm, double radius_mm, double turn_rad) {
  const double curvature = (turn_rad > 0 ? 1 : -1) / radius_mm;
  const double arc_mm = std::abs(turn_rad) * radius_mm;
  Path path;
  path.push_back({start, lead_mm, 0});
  for (const auto& [length_mm, kappa] : {std::pair{arc_mm, curvature}, {arc_mm, -curvature}, {lead_mm, 0.0}})
    path.push_back({end_pose(path), length_mm, kappa});
  return path;
}

struct HandMade {
  Package package;
  RoutingRules rules;
  Layout layout;
};

/// Six guides to the east, 60 um apart, and two with a right angle to the north; all disjoint.
inline HandMade hand_made() {
  HandMade made;
  made.package.outline = box_around({0, 0}, 50, 40);
  made.package.dies = {{"core <1>", box_around({-5, 0}, 12, 10)}};
  made.package.keep_outs = {{"via \"field\" & co", box_around({10, -14}, 8, 4)}};
  made.rules.guide_width_um = 3.5;

  made.layout.engines = {
      {.index = 0, .side = Side::north, .outline = box_around({-5, 9}, 8, 5), .ports = {}},
      {.index = 1, .side = Side::east, .outline = box_around({5, 0}, 5, 8), .ports = {}},
      {.index = 2, .spare = true, .side = Side::south, .outline = box_around({-5, -9}, 8, 5), .ports = {}},
  };
  made.layout.connectors = {
      {.index = 0,
       .side = Side::north,
       .laser = true,
       .used_fibres = 2,
       .landing = box_around({5, 18.5}, 6, 3),
       .fibres = {}},
      {.index = 1, .side = Side::east, .used_fibres = 6, .landing = box_around({23.5, 4}, 3, 6), .fibres = {}},
  };
  const double port_x_mm = made.layout.engines[1].outline.max.x_mm;
  for (int i = 0; i < 6; ++i) {
    const PortKind kind = i < 3 ? PortKind::tx : PortKind::rx;
    const std::string net = fmt::format("E01.{}{}", i < 3 ? "tx" : "rx", i % 3);
    const Path path = s_bend({{port_x_mm, 0.06 * i}, 0}, 0.5, 13.7 + 0.01 * i, std::numbers::pi / 6);
    made.layout.guides.push_back({net, 1, kind, 1, i, path});
  }
  for (int i = 0; i < 2; ++i) {
    Path path{{{{-1, 9 + 0.1 * i}, 0}, 1, 0}};
    path.push_back({end_pose(path), (5 - 0.1 * i) * std::numbers::pi / 2, 1 / (5 - 0.1 * i)});
    path.push_back({end_pose(path), 5 + 0.01 * i, 0});
    made.layout.guides.push_back({fmt::format("E00.laser{}", i), 0, PortKind::laser, 0, i, path});
  }
  return made;
}

} // namespace beachfront::geometry::test
