// SPDX-License-Identifier: GPL-3.0-or-later
// What one routed guide costs, from its shape and the guide's figures.
#pragma once

#include "optics/bend_curve.hpp"
#include "optics/crossing.hpp"
#include "optics/lateral_tail.hpp"
#include "optics/transition.hpp"

#include <vector>

namespace beachfront::optics {

/// All that a guide charges a route for, at one wavelength.
struct GuideLosses {
  double propagation_loss_dB_per_cm = 0;
  LateralTail tail;
  LateralMode mode;
  CrossedGuide crossed;
  CrossingModel crossing;
  double group_index = 0;
  BendCurve bends = {}; ///< of the full modes; where it is not empty, `tail` and `mode` are not asked
};

struct Bend {
  double length_mm = 0; ///< along the guide
  double radius_mm = 0;
};

/// A route as the loss sees it. Clothoids go in as short bends of their local radius and have no joints.
struct RouteShape {
  double length_mm = 0; ///< total, bends included
  std::vector<Bend> bends;
  std::vector<double> curvature_steps_per_mm; ///< one a joint: 1/R to a straight, 1/R1 + 1/R2 at a reversal
  std::vector<double> crossing_angles_deg;
};

struct RouteLoss {
  double propagation_dB = 0;
  double bends_dB = 0;
  double joints_dB = 0;
  double crossings_dB = 0;
  double total_dB = 0;
  double delay_ps = 0; ///< group delay; skew is its spread over a bundle
};

/// Every term is at least 0 and grows with length, curvature and number. Throws std::invalid_argument for a negative
/// length or curvature, a radius that is not above 0, or bends longer than the route.
RouteLoss route_loss(const RouteShape& route, const GuideLosses& guide);

} // namespace beachfront::optics
