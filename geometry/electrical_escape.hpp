// SPDX-License-Identifier: GPL-3.0-or-later
// The way of the electrical lanes from the die to each engine: which edge they leave by, how long the traces are, and
// how many build-up layers the bump fields and the space between them ask for.
#pragma once

#include "geometry/layout.hpp"

#include <string>
#include <vector>

namespace beachfront::geometry {

/// Design rules of bumps and build-up. A lane is two pairs of traces, one out and one in.
struct EscapeRules {
  double die_bump_pitch_um = 0;
  double engine_bump_pitch_um = 0;
  double pad_um = 0;          ///< via pads under the bumps, on every layer
  double bumps_per_pair = 0;  ///< two of signal and what they have of ground and supply
  double serdes_depth_mm = 0; ///< of the die edge, that SerDes bumps may take
  double line_um = 0;         ///< of a pair outside the bump fields
  double space_um = 0;        ///< within such a pair
  double pair_gap_um = 0;     ///< to the next pair
  double fine_line_um = 0;    ///< between pads
  double fine_space_um = 0;   ///< between pads
  int signal_layers = 0;      ///< above the core, planes not counted
};

/// Traces that fit between two neighbouring pads: floor((pitch - pad - space)/(line + space)), not below 0.
int lines_between_pads(double pitch_um, double pad_um, double line_um, double space_um);

/// Layers, unrounded, that lead `signals_per_column` out of a square field of bumps, a column being one pitch of its
/// edge. A layer gives each column the traces of one channel between pads, and the way of its outermost bump where that
/// is a signal (`signal_share` of the bumps are): with signals alone, 1 + lines rows of bumps a layer.
double escape_layers(double signals_per_column, int lines_between_pads, double signal_share);

/// Signal layers among `copper_layers` above the core, each between two planes.
int stripline_layers(int copper_layers);

/// One engine's lanes. Lengths are estimates: the order of the lanes kept, straights along the sides and diagonals.
struct EngineEscape {
  int engine = 0; ///< index, as placed
  int lanes = 0;
  Point place;            ///< centre of the engine
  std::string die;        ///< the nearest to the engine: its lanes leave by the edge of that die on the engine's side
  double die_edge_mm = 0; ///< share of that edge; engines of one edge share it equally
  double serdes_depth_mm = 0;       ///< of the die, that the lanes' bumps take
  double trace_length_mm = 0;       ///< of the longest lane, from the deepest bump of one field to that of the other
  double shortest_mm = 0;           ///< of the shortest lane, from edge to edge
  double layers = 0;                ///< signal layers that its tightest place asks for, unrounded
  std::string tightest;             ///< "die bumps", "traces" or "engine bumps"
  double pairs_per_mm_needed = 0;   ///< of die edge
  double pairs_per_mm_possible = 0; ///< of die edge, by the bumps that its SerDes depth holds
};

struct ElectricalEscape {
  double lanes_per_mm_per_layer = 0; ///< outside the bump fields
  int layers_needed = 0;             ///< of the engine that asks for most
  int layers_available = 0;
  std::vector<EngineEscape> engines; ///< that carry traffic, as placed
  std::vector<Violation> violations; ///< "build_up_layers" and "die_edge", each for the worst engine
};

/// Leads `lanes` of each working engine to its nearest die. Throws std::invalid_argument on rules that are not
/// positive, and on pads that touch.
ElectricalEscape electrical_escape(const Package& package, const Layout& layout, const EscapeRules& rules, int lanes);

} // namespace beachfront::geometry
