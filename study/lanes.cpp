// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/lanes.hpp"

#include "geometry/names.hpp"
#include "power/decibel.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace beachfront::study {

namespace {

using geometry::PortKind;
using power::mW_from_dBm;

/// Guides of an engine by kind and port number, as indices into layout.guides.
struct EngineGuides {
  std::vector<std::size_t> numbers[3];

  /// Empty with fibres. Lanes beyond the ports share the last one.
  std::optional<std::size_t> at(PortKind kind, std::size_t port) const {
    const auto& all = numbers[static_cast<int>(kind)];
    return all.empty() ? std::nullopt : std::optional(all[std::min(port, all.size() - 1)]);
  }
};

std::vector<EngineGuides> guides_by_engine(const geometry::Layout& layout, std::size_t routes) {
  std::vector<EngineGuides> engines(layout.engines.size());
  // Guides of one engine and kind stand in the order of their ports.
  for (std::size_t i = 0; i < routes; ++i) {
    const geometry::Guide& guide = layout.guides[i];
    engines[static_cast<std::size_t>(guide.engine)].numbers[static_cast<int>(guide.kind)].push_back(i);
  }
  return engines;
}

/// The value of a guide, or the empty one where there is none.
template <typename T>
T of_guide(const std::vector<T>& values, const std::optional<std::size_t>& guide) {
  return guide && *guide < values.size() ? values[*guide] : T{};
}

} // namespace

std::vector<optics::LaneLosses> lane_losses(const Design& design, const geometry::Layout& layout,
                                            const std::vector<optics::RouteLoss>& routes,
                                            const std::vector<optics::MovementLoss>& movement,
                                            const std::vector<optics::GuideCrosstalk>& crosstalk,
                                            const FeedPolarization& polarization, double edge_change_dB) {
  const std::vector<EngineGuides> guides = guides_by_engine(layout, routes.size());
  const auto lanes = static_cast<std::size_t>(design.traffic.lanes_per_engine);
  const auto wavelengths = lanes / static_cast<std::size_t>(design.package.engines.ports.tx);
  const auto lanes_per_laser = static_cast<std::size_t>(design.laser.lanes_per_laser);
  const auto lasers = static_cast<std::size_t>(lasers_of_engine(design));
  std::vector<optics::LaneLosses> all;
  std::size_t working = 0;
  for (const geometry::PlacedEngine& engine : layout.engines) {
    if (engine.spare)
      continue;
    const EngineGuides& own = guides[static_cast<std::size_t>(engine.index)];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const std::size_t fibre = lane / wavelengths;
      const std::size_t laser = fibre / lanes_per_laser * wavelengths + lane % wavelengths;
      const auto feed = own.at(PortKind::laser, laser), out = own.at(PortKind::tx, fibre);
      const auto in = own.at(PortKind::rx, fibre);
      optics::LaneLosses losses;
      losses.name = fmt::format("{}.lane{}", geometry::engine_name(engine.index), lane);
      losses.feed = of_guide(routes, feed);
      losses.transmit = of_guide(routes, out);
      losses.receive = of_guide(routes, in);
      losses.movement = movement[working];
      losses.laser = working * lasers + laser;
      if (!polarization.guides.empty() && feed)
        losses.feed_crossed_share = polarization.guides[*feed].crossed_share;
      losses.transmit_crosstalk = of_guide(crosstalk, out);
      losses.receive_crosstalk = of_guide(crosstalk, in);
      losses.edge_change_dB = edge_change_dB;
      all.push_back(losses);
    }
    ++working;
  }
  return all;
}

power::EngineLight engine_light(const optics::LinkDesign& link, const optics::LinkBudget& budget,
                                int lanes_per_engine) {
  const bool external = link.laser.location == optics::LaserLocation::external;
  power::EngineLight light;
  for (const optics::LaneBudget& lane : budget.lanes) {
    const double level_dB = lane.laser_dBm - link.laser.max_power_dBm + link.reserve.total_dB();
    light.launched_W += 1e-3 * mW_from_dBm(lane.launch_dBm + level_dB);
    light.received_W += 1e-3 * mW_from_dBm(lane.received_dBm + level_dB);
  }
  const double lanes = static_cast<double>(budget.lanes.size());
  light.launched_W *= lanes_per_engine / lanes;
  light.received_W *= lanes_per_engine / lanes;
  if (external)
    light.arriving_W = 1e-3 *
                       mW_from_dBm(budget.mean_laser_dBm - link.laser.pm_connectors * link.laser.pm_connector_loss_dB -
                                   link.laser.fibre_loss_dB) *
                       static_cast<double>(budget.lasers.size()) * lanes_per_engine / lanes;
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
