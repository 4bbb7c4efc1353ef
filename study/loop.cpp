// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/loop.hpp"

#include "study/lanes.hpp"
#include "study/neighbours.hpp"
#include "study/package_state.hpp"

#include "geometry/names.hpp"
#include "power/decibel.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

using power::mW_from_dBm;

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
  point.laser_dBm = point.link.mean_laser_dBm;
  const bool external = link.laser.location == optics::LaserLocation::external;
  point.laser = power::laser_power(design.laser, point.laser_dBm, external ? design.laser_case_C : hottest_engine_C);
  point.absorbed_light_W = power::laser_heat(design.laser, point.laser, design.package.engines.count,
                                             engine_light(link, point.link, design.traffic.lanes_per_engine))
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
  const std::vector<std::size_t> working = working_engines(layout);
  OperatingPoint point;
  point.package = with_engines(design, layout);
  point.movement.assign(working.size(), {});
  std::vector<double> engine_C(working.size(), design.thermal.cooling.ambient_C);
  std::vector<double> before(1 + working.size(), 0.0);
  point.crosstalk = guide_crosstalk(design, layout, waveguide);
  point.polarization = feed_polarization(design, layout, waveguide, nullptr);
  const auto lanes = [&] {
    return lane_losses(design, layout, routes, point.movement, point.crosstalk, point.polarization);
  };
  PreparedPackage prepared = prepare_package(design, point.package);
  if (!prepared.violations.empty()) {
    point.temperatures.violations = prepared.violations;
    solve_light(design, link, lanes(), engine_C.front(), point);
    heat_engines(design, working, engine_C, point);
    return point;
  }
  PackageTurn turn;

  while (point.iterations < design.loop.max_iterations) {
    ++point.iterations;
    solve_light(design, link, lanes(), *std::max_element(engine_C.begin(), engine_C.end()), point);
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
    point.polarization = feed_polarization(design, layout, waveguide, prepared.model.fields.get());
    for (std::size_t k = 0; k < working.size(); ++k) {
      engine_C[k] = turn.temperatures.engines[working[k]].mean_C;
      if (waveguide && !turn.engines.empty())
        point.movement[k] = movement_loss(turn.engines[working[k]], layout.engines[working[k]].side,
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
