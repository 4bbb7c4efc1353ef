// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/lanes.hpp"

#include "geometry/names.hpp"
#include "power/decibel.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

using geometry::PortKind;
using power::mW_from_dBm;

/// Losses of an engine's guides by kind and port number.
struct EngineGuides {
  std::vector<double> loss_dB[3];
};

std::vector<EngineGuides> guides_by_engine(const geometry::Layout& layout,
                                           const std::vector<optics::RouteLoss>& routes) {
  std::vector<EngineGuides> engines(layout.engines.size());
  // Guides of one engine and kind stand in the order of their ports.
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const geometry::Guide& guide = layout.guides[i];
    engines[static_cast<std::size_t>(guide.engine)].loss_dB[static_cast<int>(guide.kind)].push_back(routes[i].total_dB);
  }
  return engines;
}

double guide_loss_dB(const std::vector<double>& losses, std::size_t port) {
  return losses.empty() ? 0 : losses[std::min(port, losses.size() - 1)];
}

} // namespace

std::vector<optics::LaneLosses> lane_losses(const Design& design, const geometry::Layout& layout,
                                            const std::vector<optics::RouteLoss>& routes,
                                            const std::vector<optics::MovementLoss>& movement) {
  const std::vector<EngineGuides> guides = guides_by_engine(layout, routes);
  const auto lanes = static_cast<std::size_t>(design.traffic.lanes_per_engine);
  const auto wavelengths = lanes / static_cast<std::size_t>(design.package.engines.ports.tx);
  const auto lanes_per_laser = static_cast<std::size_t>(design.laser.lanes_per_laser);
  std::vector<optics::LaneLosses> all;
  std::size_t working = 0;
  for (const geometry::PlacedEngine& engine : layout.engines) {
    if (engine.spare)
      continue;
    const EngineGuides& own = guides[static_cast<std::size_t>(engine.index)];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const std::size_t fibre = lane / wavelengths;
      const std::size_t laser = fibre / lanes_per_laser * wavelengths + lane % wavelengths;
      all.push_back({fmt::format("{}.lane{}", geometry::engine_name(engine.index), lane),
                     guide_loss_dB(own.loss_dB[static_cast<int>(PortKind::laser)], laser),
                     guide_loss_dB(own.loss_dB[static_cast<int>(PortKind::tx)], fibre),
                     guide_loss_dB(own.loss_dB[static_cast<int>(PortKind::rx)], fibre), movement[working].total_dB()});
    }
    ++working;
  }
  return all;
}

power::EngineLight engine_light(const optics::LinkDesign& link, const optics::LinkBudget& budget, double laser_dBm,
                                int lanes_per_engine) {
  const bool external = link.laser.location == optics::LaserLocation::external;
  const double down_dB = link.laser.max_power_dBm - laser_dBm;
  const double fresh_dB = link.reserve.ageing_dB + link.reserve.temperature_dB + link.reserve.engineering_dB;
  power::EngineLight light;
  for (const optics::LaneBudget& lane : budget.lanes) {
    light.launched_W += 1e-3 * mW_from_dBm(lane.launch_dBm - down_dB + fresh_dB);
    light.received_W += 1e-3 * mW_from_dBm(lane.received_dBm - down_dB + fresh_dB);
  }
  const double lanes = static_cast<double>(budget.lanes.size());
  light.launched_W *= lanes_per_engine / lanes;
  light.received_W *= lanes_per_engine / lanes;
  if (external)
    light.arriving_W = 1e-3 * mW_from_dBm(laser_dBm - link.laser.pm_connectors * link.laser.pm_connector_loss_dB) *
                       lanes_per_engine / link.laser.lanes_per_laser;
  return light;
}

optics::MovementLoss movement_loss(const thermal::PortShift& shift, geometry::Side side, const optics::Waveguide& guide,
                                   const optics::WaveguideFigures& figures) {
  const bool north_south = side == geometry::Side::north || side == geometry::Side::south;
  const auto loss_dB = [&](const optics::EngineTransfer& engine) {
    return optics::engine_coupling_loss_dB(engine, *figures.mode_field_diameter_x_um, *figures.mode_field_diameter_y_um,
                                           *figures.effective_index, guide.wavelengths_um.front());
  };
  optics::EngineTransfer shifted = guide.engine;
  shifted.lateral_shift_um = std::abs(shift.shift_um[north_south ? 0 : 1]) + std::abs(shift.pitch_error_um);
  shifted.vertical_shift_um = shift.shift_um[2];
  optics::EngineTransfer tilted = shifted;
  tilted.tilt_x_mrad = shift.rotation_mrad[2];
  tilted.tilt_y_mrad = shift.rotation_mrad[north_south ? 0 : 1];
  const double aligned_dB = loss_dB(guide.engine), shifted_dB = loss_dB(shifted);
  return {shifted_dB - aligned_dB, loss_dB(tilted) - shifted_dB};
}

} // namespace beachfront::study
