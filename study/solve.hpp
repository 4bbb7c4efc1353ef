// SPDX-License-Identifier: GPL-3.0-or-later
// The front door: a design in, everything known about it out.
#pragma once

#include "geometry/corridor.hpp"
#include "geometry/electrical_escape.hpp"
#include "geometry/escape.hpp"
#include "geometry/layout.hpp"
#include "geometry/verify.hpp"
#include "power/channel.hpp"
#include "study/design.hpp"
#include "study/fleet.hpp"
#include "study/guide_stress.hpp"
#include "study/loop.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

struct KeptStages;

struct Solution {
  std::optional<optics::WaveguideFigures> waveguide; ///< empty with fibres on the engines
  geometry::RoutingRules rules;
  geometry::Layout layout;
  geometry::Verification verification;
  geometry::Certificate corridors;
  std::optional<geometry::ElectricalEscape> electrical; ///< empty without patterned copper above the core
  std::optional<power::ChannelFigures> channel;         ///< empty without the materials' electrical figures
  geometry::Escape escape;
  std::vector<optics::RouteLoss> routes;       ///< as layout.guides
  std::shared_ptr<const ClosedLoop> loop;      ///< empty where the layout could not be built
  std::shared_ptr<const OperatingPoint> point; ///< of the loop
  std::shared_ptr<PreparedPackage> package;    ///< the loop was solved on; empty where its point was kept
  std::vector<GuideStressPoint> guide_stress;  ///< full thermal fidelity with guides: along each, from its start
  power::ComparisonResult comparison;
  power::ComparisonResult open_comparison;     ///< with the open chain's powers
  std::vector<OwnedAlternative> owned;         ///< as comparison.alternatives
  std::optional<FleetSolution> fleet;          ///< empty where the design has none
  std::vector<geometry::Violation> violations; ///< of every discipline
  std::vector<std::string> warnings;
  bool feasible() const { return violations.empty(); }
};

/// Solves a design. What cannot be built is a solution with violations; what then has no value stays empty.
/// Single-threaded and deterministic. Stages that `kept` holds are not solved again, and those that are solved are
/// added to it: the result is the same with or without.
Solution solve(const Design& design, KeptStages& kept);
Solution solve(const Design& design);

} // namespace beachfront::study
