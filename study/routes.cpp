// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/routes.hpp"

#include <algorithm>
#include <cmath>

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
  geometry::RoutingRules rules;
  if (!design.guides)
    return rules;
  const GuideChoices& guides = *design.guides;
  rules.min_bend_radius_mm = guides.min_bend_radius_mm.value_or(waveguide->min_bend_radius_mm.value_or(0));
  rules.min_pitch_um = guides.min_pitch_um.value_or(waveguide->min_pitch_um.value_or(0));
  rules.keep_out_clearance_mm = guides.clearance_um / 1000;
  rules.guide_width_um = guides.drawn_width_um;
  return rules;
}

bool is_built(const Design& design, const Solution& solution) {
  if (power::laser_shortage(design.laser, lanes(design)))
    return false;
  if (solution.layout.engines.empty() || !design.guides)
    return !solution.layout.engines.empty();
  const auto nets = static_cast<std::size_t>(design.package.engines.count) *
                    static_cast<std::size_t>(design.package.engines.ports.count());
  const optics::WaveguideFigures& waveguide = *solution.waveguide;
  return solution.layout.guides.size() == nets && waveguide.losses && waveguide.fibre_coupling_loss_dB &&
         waveguide.engine_coupling_loss_dB;
}

std::vector<optics::RouteLoss> route_losses(const geometry::Layout& layout,
                                            const std::optional<optics::WaveguideFigures>& waveguide) {
  std::vector<optics::RouteLoss> routes;
  for (const geometry::Guide& guide : layout.guides)
    routes.push_back(optics::route_loss(shape_of(guide.path), *waveguide->losses));
  return routes;
}

optics::LinkDesign passages(const Design& design, const std::optional<optics::WaveguideFigures>& waveguide) {
  optics::LinkDesign link = design.link;
  if (!design.guides)
    return link;
  const double edge_dB = *waveguide->fibre_coupling_loss_dB + design.guides->connector_loss_dB;
  const double engine_dB = *waveguide->engine_coupling_loss_dB;
  // Laser light meets the package edge as data does, so its way in holds both the edge and the engine.
  link.laser.coupling_in_dB = edge_dB + engine_dB;
  link.path.coupling_out_dB = engine_dB;
  // The edge counts once each way, with the connector at the front panel that fibre-attached engines have too.
  link.path.connector_loss_dB = edge_dB + design.guides->front_panel_loss_dB;
  link.path.coupling_receive_dB = engine_dB;
  return link;
}

power::ComparisonResult compare_power(const Design& design, const OperatingPoint& point) {
  power::OwnOptics own;
  own.name = design.name;
  const geometry::Engines& row = design.package.engines;
  own.capacity_Tbps = (row.count + row.spares) * row.bandwidth_Tbps;
  for (const power::EnginePower& engine : point.engines)
    own.optics_W += engine.total_W();
  own.laser_W = point.laser.electrical_W;
  own.like = design.own_class;
  return power::compare(own, design.alternatives, design.comparison);
}

} // namespace beachfront::study
