// SPDX-License-Identifier: GPL-3.0-or-later
// All guides of one layer that end at one package edge: quarter turns of those that come from another side, gates
// between bodies that stand in a row, and the fans between.
//
// Everything is in the frame of the edge (side_frame.hpp): x along it, left to right seen from the die, y outwards.
#pragma once

#include "geometry/fan.hpp"

namespace beachfront::geometry {

struct StripLane {
  Pose port;               ///< heads outwards, or along the edge to its left or right end
  Point fibre;             ///< on the edge
  std::vector<Point> plan; ///< polyline that tells on which side of each body it passes; empty: straight
  bool crosses = false;    ///< must cross lanes that keep their order (weave.hpp)
};

struct Strip {
  std::vector<StripLane> lanes; ///< left to right at the edge
  std::vector<Box> bodies;      ///< dies, engines, keep-outs
  std::optional<Wall> left, right;
  double side_low_mm = -std::numeric_limits<double>::infinity(); ///< quarter turns stay between these two
  double side_high_mm = std::numeric_limits<double>::infinity();
};

struct StripFailure {
  enum class Kind { bend, spacing, body, gate, crossing, side };
  Kind kind = Kind::bend;
  std::size_t lane = 0;
  double missing_mm = 0; ///< of length, of width for a gate, of clearance for a side
  std::size_t body = 0;  ///< index into bodies, for Kind::body
  Point place;
  double offset_mm = 0; ///< across, and the room along, that the lane has where it fails
  double room_mm = 0;
};

struct StripResult {
  std::vector<Path> paths; ///< as the lanes; empty where they cannot be drawn
  std::optional<StripFailure> failure;
};

/// Draws the strip with the least loss that its templates offer: one fan from the ports (or the end of their quarter
/// turns) to the edge; where bodies are in the way, fans between the rows of bodies, with straight gates through them.
/// Quarter turns of one group share a radius, so that they are shifted copies; each ends level with its fibre where
/// that is far enough out, else as near as the order and the pitch allow.
StripResult draw_strip(const Strip& strip, const RoutingRules& rules, const PathLoss& loss);

/// A pose or path of the package seen from an edge's frame, and back.
Pose to_frame(Side edge, const Pose& pose);
Path to_package(Side edge, Path path);

} // namespace beachfront::geometry
