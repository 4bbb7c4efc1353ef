// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/route_loss.hpp"

#include <stdexcept>

namespace beachfront::optics {
namespace {

constexpr double light_mm_per_ps = 0.299792458; // exact
constexpr double mm_per_cm = 10;

void require(bool good, const char* what) {
  if (!good)
    throw std::invalid_argument(what);
}

} // namespace

RouteLoss route_loss(const RouteShape& route, const GuideLosses& guide) {
  require(route.length_mm >= 0, "route_loss: negative length");
  RouteLoss loss;
  loss.propagation_dB = guide.propagation_loss_dB_per_cm * route.length_mm / mm_per_cm;
  double bent_mm = 0;
  for (const auto& bend : route.bends) {
    require(bend.length_mm >= 0 && bend.radius_mm > 0, "route_loss: a bend needs a length and a radius above 0");
    bent_mm += bend.length_mm;
    const double radiation_dB_per_cm = guide.bends.points.empty() ? bend_loss_dB_per_cm(guide.tail, bend.radius_mm)
                                                                  : loss_dB_per_cm(guide.bends, bend.radius_mm);
    loss.bends_dB += radiation_dB_per_cm * bend.length_mm / mm_per_cm;
  }
  require(bent_mm <= route.length_mm * (1 + 1e-9), "route_loss: bends longer than the route");
  for (const double step : route.curvature_steps_per_mm) {
    require(step >= 0, "route_loss: negative curvature step");
    loss.joints_dB += guide.bends.points.empty() ? joint_loss_dB(guide.mode, step) : jump_loss_dB(guide.bends, step);
  }
  for (const double angle_deg : route.crossing_angles_deg)
    loss.crossings_dB += crossing_loss_dB(guide.crossing, guide.crossed, angle_deg);
  loss.total_dB = loss.propagation_dB + loss.bends_dB + loss.joints_dB + loss.crossings_dB;
  loss.delay_ps = route.length_mm * guide.group_index / light_mm_per_ps;
  return loss;
}

} // namespace beachfront::optics
