// SPDX-License-Identifier: GPL-3.0-or-later
// A fleet whose fabric is carried by the design's own optics, and by each class of the comparison.
#pragma once

#include "study/ownership.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

struct FleetAlternative {
  power::FleetFigures figures;
  std::optional<power::FleetSaving> at_the_meter; ///< against the first DSP pluggable class
  std::optional<power::FleetSaving> of_optics;
};

struct FleetSolution {
  power::LinkEnds ends;
  std::vector<double> packet_switches; ///< a tier each, from the accelerators up; empty when ends were given
  double packet_switch_MW = 0;         ///< all of them, without optics and overhead
  std::vector<FleetAlternative> alternatives;
  std::string saving_absent;
  std::optional<power::SwitchingTier> tier; ///< with optical switches and the reference class on the links
  std::string tier_optics;                  ///< that class
  std::string tier_absent;
  std::vector<power::ReachLeft> reach;
};

/// The fleet of `design.fleet`, which must be there.
FleetSolution solve_fleet(const Design& design, const power::ComparisonResult& comparison,
                          const std::vector<OwnedAlternative>& owned);

} // namespace beachfront::study
