// SPDX-License-Identifier: GPL-3.0-or-later
// Design C (designs/reference/102t-glass.yaml) as the layout reads it, for tests of the geometry alone.
#pragma once

#include "geometry/layout.hpp"

namespace beachfront::geometry {

inline Package glass_102t(double size_mm = 110, int data_ports_each_way = 8) {
  Package package;
  package.outline = box_around({0, 0}, size_mm, size_mm);
  package.dies = {{"core", box_around({0, 0}, 26, 33)},         {"io-n1", box_around({-6.5, 19.25}, 12, 5)},
                  {"io-n2", box_around({6.5, 19.25}, 12, 5)},   {"io-e1", box_around({15.75, 6.5}, 5, 12)},
                  {"io-e2", box_around({15.75, -6.5}, 5, 12)},  {"io-s1", box_around({6.5, -19.25}, 12, 5)},
                  {"io-s2", box_around({-6.5, -19.25}, 12, 5)}, {"io-w1", box_around({-15.75, -6.5}, 5, 12)},
                  {"io-w2", box_around({-15.75, 6.5}, 5, 12)}};
  Engines& row = package.engines;
  row.count = 16;
  row.bandwidth_Tbps = 6.4;
  row.width_mm = 10;
  row.depth_mm = 8;
  row.die_gap_mm = 2;
  row.pitch_mm = 11.5;
  row.clearance_mm = 0.5;
  row.ports.pitch_um = 50;
  row.ports.tx = row.ports.rx = data_ports_each_way;
  row.ports.laser = 8;
  row.ports.mirror_alternate = true;
  GuideAttach guides;
  guides.ferrule = {"mt-16", 16, 1, 250, 6.4, 1.0, 8.5};
  package.guides = guides;
  return package;
}

/// What the optics derives for recipe A0, rounded to the safe side.
inline RoutingRules glass_rules() {
  RoutingRules rules;
  rules.min_bend_radius_mm = 13.4;
  rules.min_pitch_um = 30;
  rules.guide_width_um = 2;
  return rules;
}

} // namespace beachfront::geometry
