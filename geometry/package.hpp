// SPDX-License-Identifier: GPL-3.0-or-later
// What the layout reads of a package: outline, dies, engines, connectors or fibre arrays, keep-outs. Plan view.
#pragma once

#include "geometry/path.hpp"
#include "geometry/shapes.hpp"

#include <functional>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::geometry {

struct Die {
  std::string name;
  Box outline;
};

/// An area that guides, bodies or both must not enter: a field of vias, a lid foot, a part on the board side.
struct KeepOut {
  std::string name;
  Box outline;
  bool guides = true; ///< keeps guides out, on every guide layer
  bool bodies = true; ///< keeps engines and ferrules out
  bool fibres = true; ///< keeps the ribbons out that fibres leave on
};

/// What a port of an engine carries. Laser feeds keep their polarisation: see LaserFerrules.
enum class PortKind { tx, rx, laser, link };

/// The row of optical ports on an engine's outer face.
struct PortBank {
  double pitch_um = 0;
  int tx = 0;
  int rx = 0;
  int laser = 0;
  std::vector<PortKind> order = {PortKind::tx, PortKind::rx, PortKind::laser}; ///< left to right, seen from the die
  bool alternate = false;        ///< the kinds take turns, as evenly as their numbers allow, instead of groups
  bool mirror_alternate = false; ///< every second engine of a side has its order mirrored
  int count() const { return tx + rx + laser; }
};

/// Where the design itself puts an engine.
struct EnginePosition {
  Point centre;
  Side side = Side::north; ///< that its ports face
};

/// Equal engines around the die, in one or more rows a side.
struct Engines {
  int count = 0;  ///< working engines
  int spares = 0; ///< placed, but without traffic
  double bandwidth_Tbps = 0;
  double width_mm = 0;     ///< along the package side
  double depth_mm = 0;     ///< away from the die
  double die_gap_mm = 0;   ///< from the bounding box of the dies to the first row
  double pitch_mm = 0;     ///< along the side, within a row
  double clearance_mm = 0; ///< to any other body
  int rows = 1;            ///< a side, the first nearest to the dies
  double row_gap_mm = 0;   ///< between rows
  bool staggered = false;  ///< every second row stands half a pitch aside
  std::vector<Side> sides = {Side::north, Side::east, Side::south, Side::west};
  std::vector<EnginePosition> positions; ///< of all engines, spares last; empty: rows
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

/// Which ferrules take the laser feeds.
enum class LaserFerrules {
  in_order, ///< ferrules of their own, between those of the data as the port order has them: nothing crosses
  at_ends,  ///< ferrules of their own at the right end of each edge: feeds cross data
  shared,   ///< the ferrules of the data (polarisation-maintaining fibre among standard fibre)
};

/// Ion-exchanged guides from the engines to ferrules on the package edges.
struct GuideAttach {
  Ferrule ferrule;
  std::vector<Side> edges = {Side::north, Side::east, Side::south, Side::west};
  LaserFerrules laser = LaserFerrules::in_order;
};

/// Guides from one engine to another. Engines by index, as placed (layout.hpp).
struct EngineLink {
  int from = 0;
  int to = 0;
  int lanes = 0;
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
  int layers = 1;                     ///< guide layers, one above the other; guides of different layers may pass
  bool clothoids = false;             ///< bends begin and end in clothoids, so that the curvature never jumps
  bool crossings = false;             ///< whether guides of a layer may cross
  double min_crossing_angle_rad = std::numbers::pi / 3; ///< where they may; always on straights
};

/// Loss of a route in dB, without its ends: what the router minimises. Crossings are counted by the caller.
using PathLoss = std::function<double(const Path&)>;

struct Package {
  Box outline;
  std::vector<Die> dies;
  Engines engines;
  std::optional<GuideAttach> guides; ///< this, or `fibres`
  std::optional<FibreAttach> fibres;
  std::vector<EngineLink> links;
  std::vector<KeepOut> keep_outs;
};

/// The smallest rectangle around all dies.
Box die_bounds(const Package& package);

} // namespace beachfront::geometry
