// SPDX-License-Identifier: GPL-3.0-or-later
// A package on the plan as concentric rings.
#pragma once

#include "geometry/shapes.hpp"
#include "thermal/package.hpp"

#include <optional>
#include <vector>

namespace beachfront::thermal {

enum class RingBody { none, dies, engines };

/// The package as rings about the dies' common centre: the dies as the disc of their summed area, bare substrate, the
/// engines smeared over the ring that just holds them, bare substrate out to the disc of the package's area.
///
/// Dies count as engaged up to their edges: against finite elements that error and the disc's are opposed and leave
/// less than 10 % (tests/thermal/warpage_test.cpp). Engines are small and their joint may be soft, so they count with
/// the share of their outline that Suhir's shear lag engages, (1 - tanh(kl)/(kl)) along each side.
struct RingPlan {
  struct Zone {
    double outer_radius_mm = 0;
    RingBody body = RingBody::none;
  };
  geometry::Point centre;
  std::vector<Zone> zones;
  double engine_coverage = 0; ///< share of the engine ring's area under engines
};

/// A body whose joint the assembly does not have is left out.
RingPlan ring_plan(const Package& package);

/// Temperature of a step, if the assembly has it.
std::optional<double> step_temperature_C(const Package& package, Joint joint);

} // namespace beachfront::thermal
