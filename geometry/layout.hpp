// SPDX-License-Identifier: GPL-3.0-or-later
// The package laid out: where engines and ferrules stand and how each guide runs.
#pragma once

#include "geometry/package.hpp"
#include "geometry/path.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::geometry {

struct PlacedPort {
  PortKind kind = PortKind::tx;
  int number = 0; ///< of its kind, from 0, left to right seen from the die
  Pose pose;      ///< on the engine's outer face, heading outwards
};

struct PlacedEngine {
  int index = 0; ///< from 0, as placed: side by side, inner rows first; explicit positions in their order
  bool spare = false;
  Side side = Side::north; ///< that its ports face
  int row = 0;             ///< from 0, nearest to the dies; 0 for explicit positions
  Box outline;
  std::vector<PlacedPort> ports;  ///< left to right seen from the die
  double electrical_reach_mm = 0; ///< straight, from the nearest edge of the nearest die to the engine's centre
};

struct PlacedConnector {
  int index = 0;
  Side side = Side::north;
  bool laser = false; ///< holds laser feeds
  int used_fibres = 0;
  Box landing;                  ///< what it takes of the package, inside the edge
  std::vector<Pose> fibres;     ///< where guides end, heading outwards: row by row, left to right seen from the die
  std::vector<int> layers = {}; ///< as fibres: the guide layer that reaches it
};

struct Guide {
  std::string net; ///< e.g. "E03.tx5"
  int engine = 0;
  PortKind kind = PortKind::tx;
  int connector = 0;
  int fibre = 0; ///< of the connector
  Path path;
  int layer = 0;                               ///< from 0
  std::optional<int> to_engine = std::nullopt; ///< a link ends at this engine instead of a connector
};

/// Two guides that cross.
struct Crossing {
  std::size_t first = 0; ///< index into Layout::guides
  std::size_t second = 0;
  Point place;
  double angle_rad = 0;      ///< between the guides, 0 to pi/2
  bool on_straights = false; ///< neither guide is curved there
};

/// The corridor of a fibre ribbon from its array on an engine to the package edge.
struct Ribbon {
  int engine = 0;
  Box corridor;
};

/// Nets whose order at the ferrules differs from that at the engines: they must cross, or lie on different layers.
struct Inversion {
  std::string first;
  std::string second;
  long long pairs = 0;
};

/// The narrow place between two bodies, or a body and the package edge.
struct Gap {
  std::string from;
  std::string to;
  Point place; ///< its middle
  double length_mm = 0;
  int capacity = 0; ///< guides at min_pitch_um, keep_out_clearance_mm from either end, on all layers in use
  int need = 0;     ///< guides that cross it, or are planned to, on all layers
  /// need / capacity; where nothing fits, the need itself.
  double use() const { return capacity > 0 ? static_cast<double>(need) / capacity : need; }
};

struct Layout {
  std::vector<PlacedEngine> engines;
  std::vector<PlacedConnector> connectors;
  std::vector<Guide> guides;
  std::vector<Ribbon> ribbons;
  long long inversions = 0;        ///< pairs of nets whose order at the ferrules differs from that at the engines
  std::vector<Inversion> inverted; ///< the same, by engine and kind
  double turn_footprint_mm = 0;    ///< deepest stretch that a side's S-bends take, port leads and facets not counted
  std::vector<Gap> planned;        ///< need: what the plan leads through each gap, drawn or not; the fullest first
  std::vector<Violation> violations;
};

/// Places engines, then ferrules or fibre ribbons, then realises every guide (place.hpp, connect.hpp, route.hpp). What
/// cannot be built is in `violations`; where engines do not stand or ferrules do not fit, no guide is drawn. Among the
/// layouts that it draws the router takes the one of least loss; without a loss it counts length.
Layout lay_out(const Package& package, const RoutingRules& rules, const PathLoss& loss = length_mm);

} // namespace beachfront::geometry
