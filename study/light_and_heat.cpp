// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/light_and_heat.hpp"

#include "geometry/names.hpp"
#include "study/lanes.hpp"
#include "study/neighbours.hpp"

#include <algorithm>

namespace beachfront::study {

namespace {

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

/// `light_W`: light that ends in the engine, and the heat of a laser that stands in it.
std::vector<thermal::HeatPatch> power_map(const std::vector<EnginePart>& parts, const power::EnginePower& power,
                                          double light_W, const thermal::Engine& engine) {
  const bool heaters_apart =
      std::any_of(parts.begin(), parts.end(), [](const EnginePart& part) { return part.part == "heater"; });
  const auto power_W = [&](const std::string& part) {
    return part == "driver"     ? power.driver_W
           : part == "receiver" ? power.receiver_W
           : part == "control"  ? power.control_W + (heaters_apart ? 0 : power.heater_W)
           : part == "heater"   ? power.heater_W
           : part == "laser"    ? light_W
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

std::vector<optics::LaneLosses> lanes(const Chain& chain, const OperatingPoint& point) {
  return lane_losses(chain.design, chain.layout, chain.routes, point.movement, point.crosstalk, point.polarization,
                     point.guides ? point.guides->edge_loss_change_dB : 0);
}

/// Link powers, the lasers that serve it and the light that stays in the package.
void solve_light(const Chain& chain, double hottest_engine_C, OperatingPoint& point) {
  const Design& design = chain.design;
  point.link = optics::link_powers(chain.link, lanes(chain, point));
  point.laser_dBm = point.link.mean_laser_dBm;
  const bool external = chain.link.laser.location == optics::LaserLocation::external;
  point.laser = external ? power::laser_power_on_sink(design.laser, point.laser_dBm, design.laser_case_C)
                         : power::laser_power(design.laser, point.laser_dBm, hottest_engine_C);
  point.absorbed_light_W = power::laser_heat(design.laser, point.laser, design.package.engines.count,
                                             engine_light(chain.link, point.link, design.traffic.lanes_per_engine))
                               .each_engine_W;
}

} // namespace

Chain chain(const Design& design, const optics::LinkDesign& link, const geometry::Layout& layout,
            const std::vector<optics::RouteLoss>& routes, const std::optional<optics::WaveguideFigures>& waveguide) {
  Chain made{design, link, layout, routes, waveguide, {}};
  for (std::size_t i = 0; i < layout.engines.size(); ++i)
    if (!layout.engines[i].spare)
      made.working.push_back(i);
  return made;
}

std::vector<EngineState> aligned_engines(const Chain& chain, double temperature_C) {
  return std::vector<EngineState>(chain.working.size(), {temperature_C, {}});
}

std::optional<optics::GuideInOperation> guides_in_operation(const Chain& chain,
                                                            const thermal::Temperatures& temperatures) {
  if (!chain.waveguide)
    return {};
  return optics::guide_in_operation(chain.design.guides->waveguide, *chain.waveguide, temperatures.bare_substrate_C);
}

std::vector<EngineState> engine_states(const Chain& chain, const thermal::Temperatures& temperatures,
                                       const std::vector<thermal::PortShift>& shifts) {
  std::vector<EngineState> states;
  const std::optional<optics::GuideInOperation> guides = guides_in_operation(chain, temperatures);
  const std::optional<optics::WaveguideFigures> heated =
      guides ? std::optional(optics::in_operation(*chain.waveguide, *guides)) : std::nullopt;
  for (const std::size_t engine : chain.working) {
    EngineState state{temperatures.engines[engine].mean_C, {}};
    if (heated && !shifts.empty())
      state.movement =
          movement_loss(shifts[engine], chain.layout.engines[engine].side, chain.design.guides->waveguide, *heated);
    states.push_back(state);
  }
  return states;
}

thermal::Package package_with_engines(const Design& design, const geometry::Layout& layout) {
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
    engine.power_map = power_map(design.engine_parts, {}, 0, engine);
    package.engines.push_back(std::move(engine));
  }
  return package;
}

OperatingPoint cold_point(const Chain& chain) {
  OperatingPoint point;
  point.package = package_with_engines(chain.design, chain.layout);
  for (std::size_t i = 0; i < chain.serdes_heat_W.size(); ++i)
    point.package.dies[i].power_W += chain.serdes_heat_W[i];
  point.crosstalk = guide_crosstalk(chain.design, chain.layout, chain.waveguide);
  point.polarization = feed_polarization(chain.design, chain.layout, chain.waveguide, nullptr);
  return point;
}

void light_and_heat(const Chain& chain, const std::vector<EngineState>& engines, OperatingPoint& point) {
  const Design& design = chain.design;
  point.movement.clear();
  double hottest_C = engines.front().mean_C;
  for (const EngineState& engine : engines) {
    point.movement.push_back(engine.movement);
    hottest_C = std::max(hottest_C, engine.mean_C);
  }
  solve_light(chain, hottest_C, point);
  point.engines.clear();
  for (std::size_t k = 0; k < chain.working.size(); ++k) {
    point.engines.push_back(power::engine_power(design.energy, design.package.engines.bandwidth_Tbps,
                                                design.traffic.lanes_per_engine, design.rings, engines[k].mean_C));
    thermal::Engine& engine = point.package.engines[chain.working[k]];
    engine.power_W = point.engines.back().total_W() + point.absorbed_light_W;
    engine.power_map = power_map(design.engine_parts, point.engines.back(), point.absorbed_light_W, engine);
  }
}

void itemise(const Chain& chain, OperatingPoint& point) {
  point.link = optics::link_budget(chain.link, lanes(chain, point));
}

} // namespace beachfront::study
