// SPDX-License-Identifier: GPL-3.0-or-later
// The GDSII layers of a package as data: the writers, the KLayout layer properties and the documentation read it here.
//
// There is one guide layer, and it is the mask opening: ions enter the glass through a slit of the drawn width
// (RoutingRules::guide_width_um) and the graded index profile that forms under it has no edge that could be drawn.
// The mode is wider than the slit; how much is optics' answer, not a shape. A second layer for the "core" would repeat
// the same polygons, and two copies can come to differ.
#pragma once

#include <array>
#include <string_view>

namespace beachfront::geometry {

struct GdsLayer {
  int number = 0;
  int datatype = 0;
  std::string_view name;
  std::string_view holds;  ///< what its shapes mean, one sentence
  std::string_view colour; ///< #rrggbb, in KLayout
  std::string_view dither; ///< KLayout's fill pattern: I0 solid, I1 hollow, I2 dotted, I5 and I9 hatched
  bool shown = true;       ///< when KLayout opens the file
};

namespace layer {
inline constexpr GdsLayer package{1, 0, "package outline", "Outline of the package substrate.", "#8a979f", "I1"};
inline constexpr GdsLayer die{2, 0, "die", "Outlines of the dies of the switch.", "#6f93b8", "I9"};
inline constexpr GdsLayer engine{3, 0, "engine", "Outlines of the optical engines, spares included.", "#b3872c", "I5"};
inline constexpr GdsLayer guide{10,        0,   "guide mask opening", "Slits the ions enter the glass through.",
                                "#2b86d1", "I0"};
inline constexpr GdsLayer keep_out{20, 0, "keep-out", "Areas that guides and bodies must not enter.", "#c0392b", "I2"};
inline constexpr GdsLayer connector{30, 0, "connector landing", "What a ferrule's body covers.", "#8f83cc", "I5"};
inline constexpr GdsLayer ribbon{31, 0, "fibre ribbon", "Corridors of ribbons, engine to edge.", "#2e8b57", "I9"};
inline constexpr GdsLayer body_name{50, 0, "engine names", "One text an engine, at its centre.", "#a0826d", "I1"};
// Hidden at first: hundreds of names overlap until one looks closely.
inline constexpr GdsLayer net_name{51, 0, "net names", "One text a guide, at its port.", "#a0826d", "I1", false};
} // namespace layer

/// All layers that write_gdsii uses, by number. Colours are mid-tones, to be seen on KLayout's black and on white.
inline constexpr std::array layers = {layer::package, layer::die,       layer::engine,
                                      layer::guide,   layer::keep_out,  layer::connector,
                                      layer::ribbon,  layer::body_name, layer::net_name};

} // namespace beachfront::geometry
