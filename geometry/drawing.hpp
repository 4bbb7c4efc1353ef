// SPDX-License-Identifier: GPL-3.0-or-later
// What is drawn of a laid-out package: layer, shape and name, once for every layout format.
//
// Shapes are exact here, boxes and centre lines; a format with polygons alone takes them on the 1 nm grid from
// polygons(), so that two formats hold the same polygons to the last integer.
#pragma once

#include "geometry/layers.hpp"
#include "geometry/layout.hpp"
#include "geometry/outline.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace beachfront::geometry {

struct DrawnBox {
  LayerNumber layer;
  Box box;
  std::string name;
};

struct DrawnGuide {
  LayerNumber layer;
  Path path;
  std::string net;
};

struct DrawnText {
  LayerNumber layer;
  Point place;
  double height_mm = 0; ///< for formats that ask for one
  std::string text;
};

struct Drawing {
  double guide_width_um = 0;
  std::vector<DrawnBox> boxes;
  std::vector<DrawnGuide> guides;
  std::vector<DrawnText> texts;
};

/// Bodies stand by layer, then by name or index; guides and their names by net, crossings by the nets, then along x and
/// y: the order of the design's lists changes nothing. A guide without a path is left out, and so is a keep-out that
/// keeps out neither guides nor bodies.
Drawing draw(const Package& package, const RoutingRules& rules, const Layout& layout,
             const std::vector<Crossing>& crossings = {});

/// The layers that have a shape or a text, by number.
std::vector<Layer> layers_in_use(const Drawing& drawing);

/// For formats that hold polygons of the 1 nm grid in one cell.
struct GridOptions {
  std::string top_cell = "PACKAGE"; ///< see cell_name()
  double facet_tolerance_nm = 10;   ///< how far a facet may stand off the curve; see OutlineOptions::sagitta_nm
  std::size_t max_vertices = 4000;  ///< of a polygon; see OutlineOptions. A GDSII record ends at 8191
};

std::vector<GridPolygon> polygons(const Drawing& drawing, const DrawnGuide& guide, const GridOptions& options);

/// In how many equal pieces a line, arc or clothoid is cut so that chords of an edge `half_width_mm` beside it stand
/// off by at most the tolerance; 1 for a line. Throws std::invalid_argument where the half width reaches the bend
/// radius.
int chords(const Segment& segment, double half_width_mm, double tolerance_nm);

/// The cell that a design of this name gets in every format: characters other than letters, digits, _ ? and $ become _,
/// as GDSII allows no others. Throws std::invalid_argument for an empty name.
std::string cell_name(std::string name);

} // namespace beachfront::geometry
