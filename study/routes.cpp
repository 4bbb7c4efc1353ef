// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/routes.hpp"

#include "geometry/dubins.hpp"
#include "power/serdes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace beachfront::study {

namespace {

/// Curvature changes along a clothoid; it goes to the optics as pieces of their mean curvature.
constexpr int pieces_a_clothoid = 8;

void add_bends(const geometry::Segment& segment, std::vector<optics::Bend>& bends) {
  const int pieces = geometry::is_clothoid(segment) ? pieces_a_clothoid : 1;
  const double piece_mm = segment.length_mm / pieces;
  for (int i = 0; i < pieces; ++i)
    if (const double curvature = geometry::curvature_at(segment, (i + 0.5) * piece_mm); curvature != 0)
      bends.push_back({piece_mm, 1 / std::abs(curvature)});
}

optics::RouteShape shape_of(const geometry::Path& path) {
  optics::RouteShape shape;
  for (const geometry::Segment& segment : path) {
    shape.length_mm += segment.length_mm;
    add_bends(segment, shape.bends);
  }
  for (const geometry::Joint& joint : geometry::joints(path))
    shape.curvature_steps_per_mm.push_back(std::abs(joint.curvature_after_per_mm - joint.curvature_before_per_mm));
  return shape;
}

} // namespace

geometry::RoutingRules routing_rules(const Design& design, const std::optional<optics::WaveguideFigures>& waveguide) {
  if (!design.guides)
    return {};
  geometry::RoutingRules rules = design.guides->rules;
  rules.min_bend_radius_mm = design.guides->min_bend_radius_mm.value_or(waveguide->min_bend_radius_mm.value_or(0));
  rules.min_pitch_um = design.guides->min_pitch_um.value_or(waveguide->min_pitch_um.value_or(0));
  return rules;
}

geometry::PathLoss path_loss(const std::optional<optics::WaveguideFigures>& waveguide) {
  if (!waveguide || !waveguide->losses)
    return [](const geometry::Path& path) { return geometry::length_mm(path); };
  return [&losses = *waveguide->losses](const geometry::Path& path) {
    return optics::route_loss(shape_of(path), losses).total_dB;
  };
}

int nets_of(const geometry::Package& package) {
  int nets = package.engines.count * package.engines.ports.count();
  for (const geometry::EngineLink& link : package.links)
    nets += link.lanes;
  return nets;
}

bool is_built(const Design& design, const Solution& solution) {
  if (power::laser_shortage(design.laser, lanes(design), lasers(design)))
    return false;
  if (solution.layout.engines.empty() || !design.guides)
    return !solution.layout.engines.empty();
  const auto nets = static_cast<std::size_t>(nets_of(design.package));
  const optics::WaveguideFigures& waveguide = *solution.waveguide;
  return solution.layout.guides.size() == nets && waveguide.losses && waveguide.fibre_coupling_loss_dB &&
         waveguide.engine_coupling_loss_dB;
}

std::vector<optics::RouteLoss> route_losses(const geometry::Layout& layout,
                                            const std::vector<geometry::Crossing>& crossings,
                                            const std::optional<optics::WaveguideFigures>& waveguide) {
  std::vector<optics::RouteShape> shapes;
  for (const geometry::Guide& guide : layout.guides)
    shapes.push_back(shape_of(guide.path));
  for (const geometry::Crossing& crossing : crossings)
    for (const std::size_t guide : {crossing.first, crossing.second})
      shapes[guide].crossing_angles_deg.push_back(crossing.angle_rad * 180 / std::numbers::pi);
  std::vector<optics::RouteLoss> routes;
  for (const optics::RouteShape& shape : shapes)
    routes.push_back(optics::route_loss(shape, *waveguide->losses));
  return routes;
}

std::optional<double> loss_over_bound(const Solution& solution) {
  const double radius_mm = solution.rules.min_bend_radius_mm;
  double loss_dB = 0, bound_dB = 0;
  for (std::size_t i = 0; i < solution.routes.size(); ++i) {
    const geometry::Path& path = solution.layout.guides[i].path;
    const optics::RouteLoss& route = solution.routes[i];
    loss_dB += route.total_dB;
    const double shortest_mm = geometry::shortest_length_mm(path.front().start, geometry::end_pose(path), radius_mm);
    bound_dB += route.propagation_dB * shortest_mm / geometry::length_mm(path);
    // Every crossing found belongs to a pair that is out of order, so none could be saved without changing the order.
    bound_dB += route.crossings_dB;
  }
  return bound_dB > 0 ? std::optional(loss_dB / bound_dB) : std::nullopt;
}

optics::LinkDesign passages(const Design& design, const std::optional<optics::WaveguideFigures>& waveguide) {
  optics::LinkDesign link = design.link;
  if (!design.guides)
    return link;
  const double edge_dB = *waveguide->fibre_coupling_loss_dB + design.guides->connector_loss_dB;
  const double engine_dB = *waveguide->engine_coupling_loss_dB;
  // Laser light meets the package edge as data does. Data meets a connector at the front panel too, as that of
  // fibre-attached engines.
  link.laser.edge_dB = edge_dB;
  link.laser.coupling_in_dB = engine_dB;
  link.path.coupling_out_dB = engine_dB;
  link.path.edge_dB = edge_dB;
  link.path.connector_loss_dB = design.guides->front_panel_loss_dB;
  link.path.coupling_receive_dB = engine_dB;
  return link;
}

} // namespace beachfront::study
