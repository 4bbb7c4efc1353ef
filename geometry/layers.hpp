// SPDX-License-Identifier: GPL-3.0-or-later
// The layers of a package as data: every layout writer and the KLayout layer properties read them here.
//
// A guide layer has one drawn layer, and it is the mask opening: ions enter the glass through a slit of the drawn width
// (RoutingRules::guide_width_um) and the graded index profile that forms under it has no edge that could be drawn.
// The mode is wider than the slit; how much is optics' answer, not a shape. A second layer for the "core" would repeat
// the same polygons, and two copies can come to differ.
#pragma once

#include <compare>
#include <string>

namespace beachfront::geometry {

/// As GDSII and OASIS number layers.
struct LayerNumber {
  int layer = 0;
  int datatype = 0;
  auto operator<=>(const LayerNumber&) const = default;
};

struct Layer {
  LayerNumber number;
  std::string name;
  std::string holds;  ///< what its shapes mean, one sentence
  std::string colour; ///< #rrggbb, in KLayout
  std::string dither; ///< KLayout's fill pattern: I0 solid, I1 hollow, I2 dotted, I5 and I9 hatched
  int dxf_colour = 7; ///< index of AutoCAD's palette, the nearest to `colour`
  bool shown = true;  ///< when a viewer opens the file
};

namespace layer {
inline constexpr LayerNumber package{1, 0};
inline constexpr LayerNumber die{2, 0};
inline constexpr LayerNumber engine{3, 0};
inline constexpr LayerNumber keep_out{20, 0};
inline constexpr LayerNumber guide_keep_out{20, 1};
inline constexpr LayerNumber body_keep_out{20, 2};
inline constexpr LayerNumber connector{30, 0};
inline constexpr LayerNumber ribbon{31, 0};
inline constexpr LayerNumber body_name{50, 0};
/// A datatype a guide layer, from 0 as Guide::layer; their names count from 1.
constexpr LayerNumber guide(int guide_layer) {
  return {10, guide_layer};
}
constexpr LayerNumber crossing(int guide_layer) {
  return {40, guide_layer};
}
constexpr LayerNumber net_name(int guide_layer) {
  return {51, guide_layer};
}
} // namespace layer

/// What is known of a layer of namespace layer. Throws std::invalid_argument for any other number.
Layer describe(LayerNumber number);

/// The name with everything but letters, digits, _ and - as _: for formats that allow no more (DXF, OASIS).
std::string plain_name(const Layer& layer);

} // namespace beachfront::geometry
