// SPDX-License-Identifier: GPL-3.0-or-later
// What the layout reads of a package: outline, dies, engines, connectors or fibre arrays, keep-outs. Plan view.
#pragma once

#include "geometry/shapes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::geometry {

struct Die {
  std::string name;
  Box outline;
};

/// An area that guides and bodies must not enter.
struct KeepOut {
  std::string name;
  Box outline;
};

/// What a port of an engine carries. Laser feeds keep their polarisation and need ferrules of their own.
enum class PortKind { tx, rx, laser };

/// The row of optical ports on an engine's outer face.
struct PortBank {
  double pitch_um = 0;
  int tx = 0;
  int rx = 0;
  int laser = 0;
  std::vector<PortKind> order = {PortKind::tx, PortKind::rx, PortKind::laser}; ///< left to right, seen from the die
  bool mirror_alternate = false; ///< every second engine of a side has its order mirrored
  int count() const { return tx + rx + laser; }
};

/// Rows of equal engines around the die, one row a side.
struct EngineRow {
  int count = 0;  ///< working engines
  int spares = 0; ///< placed, but without traffic
  double bandwidth_Tbps = 0;
  double width_mm = 0;     ///< along the package side
  double depth_mm = 0;     ///< away from the die
  double die_gap_mm = 0;   ///< from the bounding box of the dies
  double pitch_mm = 0;     ///< along the side
  double clearance_mm = 0; ///< to any other body
  std::vector<Side> sides = {Side::north, Side::east, Side::south, Side::west};
  PortBank ports;
};

/// A multi-fibre ferrule that meets the guides at the package edge.
struct Ferrule {
  std::string name;
  int fibres = 0; ///< in all rows together
  int rows = 1;   ///< guides of one layer reach one row; more rows need more guide layers
  double fibre_pitch_um = 0;
  double body_width_mm = 0;
  double landing_depth_mm = 0; ///< strip inside the package edge that its receptacle takes; the body stands outside
  double pitch_mm = 0;         ///< smallest centre distance of neighbours
};

/// Ion-exchanged guides from the engines to ferrules on the package edges.
struct GuideAttach {
  Ferrule ferrule;
  std::vector<Side> edges = {Side::north, Side::east, Side::south, Side::west};
};

/// Fibre arrays glued straight to the engines, their ribbons leaving over the nearest package edge.
struct FibreAttach {
  double fibre_pitch_um = 0;
};

/// What the optics asks of the routes.
struct RoutingRules {
  double min_bend_radius_mm = 0;
  double min_pitch_um = 0;            ///< centre to centre, anywhere between port bank and ferrule
  double guide_width_um = 0;          ///< as drawn: the mask opening
  double edge_clearance_mm = 0.5;     ///< of guides to the package edge, but at their ferrule; an assumption
  double keep_out_clearance_mm = 0.1; ///< of guides to bodies and keep-outs; an assumption
  double lead_mm = 0.25;              ///< straight at either end, for the facet; an assumption
};

struct Package {
  Box outline;
  std::vector<Die> dies;
  EngineRow engines;
  std::optional<GuideAttach> guides; ///< this, or `fibres`
  std::optional<FibreAttach> fibres;
  std::vector<KeepOut> keep_outs;
};

/// The smallest rectangle around all dies.
Box die_bounds(const Package& package);

} // namespace beachfront::geometry
