// SPDX-License-Identifier: GPL-3.0-or-later
// Designs that cannot be feasible, told before any mode, layout or field is solved: each rung is a condition that the
// whole solve judges too, word for word, and that hangs on nothing it would have to solve first.
#pragma once

#include "geometry/shapes.hpp"
#include "study/design.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

struct KeptStages;

struct ScreeningRules {
  bool rungs = false;     ///< whether designs are screened at all
  double audit_share = 0; ///< of the rejected designs that are solved in full all the same, 0 to 1
};

struct Rejection {
  std::string rung;
  std::vector<geometry::Violation> violations; ///< at least one
};

/// The first rung that a design does not pass, in this order:
/// - `laser`: fewer lasers than the lanes need (power::laser_shortage);
/// - `placement`: engines over an edge, on one another, on a keep-out, or narrower than their ports
/// (geometry/place.hpp);
/// - `ribbons`: fibre arrays wider than their engines, ribbons that meet a body (geometry/place.hpp);
/// - `connectors`: more ferrules than the edges hold, rows without a guide layer, too shallow a landing
///   (geometry/connect.hpp), which no bend radius and no pitch can mend;
/// - `electrical`: more lanes than the die edge or the build-up layers carry, or too lossy a channel.
/// About a millisecond.
std::optional<Rejection> screen(const Design& design, KeptStages& kept);

/// Whether this rejected design is one to be solved in full. Hangs on the design alone, so that the same ones are
/// audited in any order and on any machine.
bool audited(const std::string& resolved_hash, double audit_share);

} // namespace beachfront::study
