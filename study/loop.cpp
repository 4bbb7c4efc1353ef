// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/loop.hpp"

#include "study/package_state.hpp"

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

/// One entry a lane of every working engine. Lanes fill the ports in order, wavelengths of a fibre together; a laser
/// has one wavelength, so it feeds that wavelength's lane on each of several fibres.
std::vector<optics::LaneLosses> lane_losses(const Design& design, const geometry::Layout& layout,
                                            const std::vector<EngineGuides>& guides,
                                            const std::vector<double>& misalignment_dB) {
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
                     guide_loss_dB(own.loss_dB[static_cast<int>(PortKind::rx)], fibre), misalignment_dB[working]});
    }
    ++working;
  }
  return all;
}

/// Light over the boundary of one engine, the mean of all, with the lasers at `laser_dBm` and nothing aged yet.
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

/// What the shift of an engine adds to each passage between it and its guides. A fibre array is glued to its engine and
/// moves with it.
double shift_loss_dB(const thermal::PortShift& shift, geometry::Side side, const optics::Waveguide& guide,
                     const optics::WaveguideFigures& figures) {
  const bool north_south = side == geometry::Side::north || side == geometry::Side::south;
  optics::EngineTransfer moved = guide.engine;
  moved.lateral_shift_um = std::abs(shift.shift_um[north_south ? 0 : 1]) + std::abs(shift.pitch_error_um);
  moved.vertical_shift_um = shift.shift_um[2];
  moved.tilt_x_mrad = shift.rotation_mrad[2];
  moved.tilt_y_mrad = shift.rotation_mrad[north_south ? 0 : 1];
  const auto loss_dB = [&](const optics::EngineTransfer& engine) {
    return optics::engine_coupling_loss_dB(engine, *figures.mode_field_diameter_x_um, *figures.mode_field_diameter_y_um,
                                           *figures.effective_index, guide.wavelengths_um.front());
  };
  return loss_dB(moved) - loss_dB(guide.engine);
}

thermal::Package with_engines(const Design& design, const geometry::Layout& layout) {
  thermal::Package package = design.thermal;
  const geometry::PortBank& bank = design.package.engines.ports;
  for (const geometry::PlacedEngine& placed : layout.engines) {
    thermal::Engine engine = design.engine;
    engine.name = geometry::engine_name(placed.index);
    engine.outline = placed.outline;
    engine.ports_face = placed.side;
    const double pitch_um = design.package.fibres ? design.package.fibres->fibre_pitch_um : bank.pitch_um;
    engine.port_bank_width_mm = (bank.count() - 1) * pitch_um / 1000;
    const geometry::Point centre = placed.outline.centre();
    engine.ports = placed.ports.empty() ? centre : 0.5 * (placed.ports.front().pose.at + placed.ports.back().pose.at);
    package.engines.push_back(std::move(engine));
  }
  return package;
}

/// Working engines, as indices into layout.engines.
std::vector<std::size_t> working_engines(const geometry::Layout& layout) {
  std::vector<std::size_t> working;
  for (std::size_t i = 0; i < layout.engines.size(); ++i)
    if (!layout.engines[i].spare)
      working.push_back(i);
  return working;
}

/// Link budget, the lasers that serve it and the light that stays in the package.
void solve_light(const Design& design, const optics::LinkDesign& link, const std::vector<optics::LaneLosses>& lanes,
                 double hottest_engine_C, OperatingPoint& point) {
  point.link = optics::link_budget(link, lanes);
  point.laser_dBm = std::min(point.link.laser_power_dBm, design.laser.max_power_dBm);
  const bool external = link.laser.location == optics::LaserLocation::external;
  point.laser = power::laser_power(design.laser, point.laser_dBm, external ? design.laser_case_C : hottest_engine_C);
  point.absorbed_light_W =
      power::laser_heat(design.laser, point.laser, design.package.engines.count,
                        engine_light(link, point.link, point.laser_dBm, design.traffic.lanes_per_engine))
          .each_engine_W;
}

/// A box of the engine's own frame (x along the side, y towards the package edge) on the package.
geometry::Box placed(const geometry::Box& box, const thermal::Engine& engine) {
  const auto turned = [&](geometry::Point p) -> geometry::Point {
    switch (engine.ports_face) {
    case geometry::Side::north:
      return p;
    case geometry::Side::east:
      return {p.y_mm, -p.x_mm};
    case geometry::Side::south:
      return {-p.x_mm, -p.y_mm};
    case geometry::Side::west:
      return {-p.y_mm, p.x_mm};
    }
    return p;
  };
  const geometry::Point centre = engine.outline.centre(), a = centre + turned(box.min), b = centre + turned(box.max);
  return {{std::min(a.x_mm, b.x_mm), std::min(a.y_mm, b.y_mm)}, {std::max(a.x_mm, b.x_mm), std::max(a.y_mm, b.y_mm)}};
}

std::vector<thermal::HeatPatch> power_map(const std::vector<EnginePart>& parts, const power::EnginePower& power,
                                          const thermal::Engine& engine) {
  const auto power_W = [&](const std::string& part) {
    return part == "driver"     ? power.driver_W
           : part == "receiver" ? power.receiver_W
           : part == "control"  ? power.control_W + power.heater_W
                                : power.digital_W;
  };
  // Patches of one part share its heat by area.
  std::vector<thermal::HeatPatch> map;
  for (const EnginePart& part : parts) {
    double area_mm2 = 0;
    for (const EnginePart& other : parts)
      area_mm2 += other.part == part.part ? other.outline.area_mm2() : 0;
    map.push_back({part.part, placed(part.outline, engine), power_W(part.part) * part.outline.area_mm2() / area_mm2});
  }
  return map;
}

/// Heat of the working engines at their temperatures, put into the package.
void heat_engines(const Design& design, const std::vector<std::size_t>& working, const std::vector<double>& engine_C,
                  OperatingPoint& point) {
  point.engines.clear();
  for (std::size_t k = 0; k < working.size(); ++k) {
    point.engines.push_back(power::engine_power(design.energy, design.package.engines.bandwidth_Tbps,
                                                design.traffic.lanes_per_engine, design.rings, engine_C[k]));
    thermal::Engine& engine = point.package.engines[working[k]];
    engine.power_W = point.engines.back().total_W() + point.absorbed_light_W;
    engine.power_map = power_map(design.engine_parts, point.engines.back(), engine);
  }
}

/// What must stand still for the loop to be closed: laser power, then the heat of each engine.
std::vector<double> loop_state(const OperatingPoint& point, const std::vector<std::size_t>& working) {
  std::vector<double> state = {mW_from_dBm(point.link.laser_power_dBm)};
  for (std::size_t engine : working)
    state.push_back(point.package.engines[engine].power_W);
  return state;
}

double largest_relative_change(const std::vector<double>& was, const std::vector<double>& is) {
  double change = 0;
  for (std::size_t i = 0; i < is.size(); ++i)
    if (is[i] != was[i])
      change = std::max(change, std::abs(is[i] - was[i]) / is[i]);
  return change;
}

} // namespace

OperatingPoint close_loop(const Design& design, const optics::LinkDesign& link, const geometry::Layout& layout,
                          const std::vector<optics::RouteLoss>& routes,
                          const std::optional<optics::WaveguideFigures>& waveguide) {
  const std::vector<EngineGuides> guides = guides_by_engine(layout, routes);
  const std::vector<std::size_t> working = working_engines(layout);
  OperatingPoint point;
  point.package = with_engines(design, layout);
  point.misalignment_dB.assign(working.size(), 0.0);
  std::vector<double> engine_C(working.size(), design.thermal.cooling.ambient_C);
  std::vector<double> before(1 + working.size(), 0.0);
  PreparedPackage prepared = prepare_package(design, point.package);
  if (!prepared.violations.empty()) {
    point.temperatures.violations = prepared.violations;
    solve_light(design, link, lane_losses(design, layout, guides, point.misalignment_dB), engine_C.front(), point);
    heat_engines(design, working, engine_C, point);
    return point;
  }
  PackageTurn turn;

  while (point.iterations < design.loop.max_iterations) {
    ++point.iterations;
    solve_light(design, link, lane_losses(design, layout, guides, point.misalignment_dB),
                *std::max_element(engine_C.begin(), engine_C.end()), point);
    heat_engines(design, working, engine_C, point);
    if (point.iterations == 1)
      point.open_chain_laser_dBm = point.link.laser_power_dBm;
    const std::vector<double> now = loop_state(point, working);
    point.residual = largest_relative_change(before, now);
    point.converged = point.residual <= design.loop.tolerance;
    before = now;

    // Done for the converged heat too, so that every figure belongs to the same point.
    turn = solve_turn(prepared.model, point.package);
    if (point.converged || turn.temperatures.engines.empty())
      break;
    for (std::size_t k = 0; k < working.size(); ++k) {
      engine_C[k] = turn.temperatures.engines[working[k]].mean_C;
      if (waveguide && !turn.engines.empty())
        point.misalignment_dB[k] = shift_loss_dB(turn.engines[working[k]], layout.engines[working[k]].side,
                                                 design.guides->waveguide, *waveguide);
    }
  }
  point.temperatures = turn.temperatures;
  solve_resistances(prepared.model, point.package, point.temperatures);
  point.mechanics = solve_figures(prepared.model, point.package, turn);
  point.fields = prepared.model.fields;
  point.operation = prepared.model.operation;
  if (point.fields)
    point.plate = thermal::solve_mechanics(point.package, point.temperatures);
  return point;
}

} // namespace beachfront::study
