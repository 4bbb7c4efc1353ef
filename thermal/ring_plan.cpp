// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/ring_plan.hpp"

#include "thermal/warpage.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace beachfront::thermal {

namespace {

template <typename Bodies>
double total_area_mm2(const Bodies& bodies) {
  double sum = 0;
  for (const auto& body : bodies)
    sum += body.outline.area_mm2();
  return sum;
}

geometry::Point centre_of_dies(const Package& package) {
  if (package.dies.empty())
    return package.substrate.outline.centre();
  geometry::Point sum;
  for (const Die& die : package.dies)
    sum = sum + die.outline.area_mm2() * die.outline.centre();
  return (1 / total_area_mm2(package.dies)) * sum;
}

double nearest_mm(const geometry::Box& box, geometry::Point from) {
  const double dx = std::max({box.min.x_mm - from.x_mm, from.x_mm - box.max.x_mm, 0.0});
  const double dy = std::max({box.min.y_mm - from.y_mm, from.y_mm - box.max.y_mm, 0.0});
  return std::hypot(dx, dy);
}

double farthest_mm(const geometry::Box& box, geometry::Point from) {
  return std::hypot(std::max(from.x_mm - box.min.x_mm, box.max.x_mm - from.x_mm),
                    std::max(from.y_mm - box.min.y_mm, box.max.y_mm - from.y_mm));
}

} // namespace

RingPlan ring_plan(const Package& package) {
  RingPlan plan;
  plan.centre = centre_of_dies(package);
  const double rim = equal_area_radius_mm(package.substrate.outline.area_mm2());
  constexpr double thinnest_ring = 1e-6; // of the rim: a ring thinner than this is none
  double reached = 0;
  const auto add = [&](double outer, RingBody body) {
    outer = std::min(outer, rim);
    if (outer - reached < thinnest_ring * rim)
      return;
    plan.zones.push_back({outer, body});
    reached = outer;
  };
  if (!package.dies.empty() && step_temperature_C(package, Joint::die))
    add(equal_area_radius_mm(total_area_mm2(package.dies)), RingBody::dies);
  if (!package.engines.empty() && step_temperature_C(package, Joint::engine)) {
    double inner = rim, outer = 0;
    for (const Engine& engine : package.engines) {
      inner = std::min(inner, nearest_mm(engine.outline, plan.centre));
      outer = std::max(outer, farthest_mm(engine.outline, plan.centre));
    }
    add(inner, RingBody::none);
    const double from = reached;
    add(outer, RingBody::engines);
    const double ring_area = std::numbers::pi * (reached * reached - from * from);
    if (ring_area > 0)
      plan.engine_coverage = std::min(1.0, total_area_mm2(package.engines) / ring_area);
  }
  add(rim, RingBody::none);
  return plan;
}

std::optional<double> step_temperature_C(const Package& package, Joint joint) {
  for (const AssemblyStep& step : package.assembly)
    if (step.joint == joint)
      return step.temperature_C;
  return std::nullopt;
}

} // namespace beachfront::thermal
