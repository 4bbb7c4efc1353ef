// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/escape.hpp"

#include "geometry/names.hpp"
#include "geometry/side_frame.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::geometry {
namespace {

double perimeter_mm(const Box& box) {
  return 2 * (box.width_mm() + box.height_mm());
}

double side_length_mm(const Package& package, Side side) {
  return frame_of(side).length_mm(package.outline);
}

Stage die_edge(const ElectricalEscape& electrical) {
  const auto fuller = [](const EngineEscape& a, const EngineEscape& b) {
    return a.pairs_per_mm_needed / a.pairs_per_mm_possible < b.pairs_per_mm_needed / b.pairs_per_mm_possible;
  };
  const EngineEscape& fullest = *std::max_element(electrical.engines.begin(), electrical.engines.end(), fuller);
  return {"die edge", fullest.pairs_per_mm_needed, fullest.pairs_per_mm_possible, "pairs/mm",
          fmt::format("pairs of engine {} on its {:.4g} mm of the edge of die {}, against what its SerDes bumps give",
                      engine_name(fullest.engine), fullest.die_edge_mm, fullest.die)};
}

// Unrounded on the side of the need, so that it says how much more the layers would carry.
Stage build_up_layers(const ElectricalEscape& electrical) {
  const EngineEscape& deepest =
      *std::max_element(electrical.engines.begin(), electrical.engines.end(),
                        [](const EngineEscape& a, const EngineEscape& b) { return a.layers < b.layers; });
  return {"build-up layers", deepest.layers, static_cast<double>(std::max(electrical.layers_available, 1)), "layers",
          fmt::format("signal layers for the {} of engine {}, against those above the core", deepest.tightest,
                      engine_name(deepest.engine))};
}

Stage engine_row(const Package& package, const Layout& layout) {
  const Engines& row = package.engines;
  Stage fullest{"engine row", 0, side_length_mm(package, row.sides.front()), "mm", ""};
  for (const Side side : row.sides) {
    const auto engines = std::count_if(layout.engines.begin(), layout.engines.end(),
                                       [&](const PlacedEngine& engine) { return engine.side == side; });
    const Stage stage{"engine row", static_cast<double>(engines) * (row.width_mm + row.clearance_mm),
                      side_length_mm(package, side), "mm", ""};
    if (stage.ratio() > fullest.ratio())
      fullest = stage;
  }
  fullest.basis = "widths and clearances of the engines on the fullest side, spares too, against the package side";
  return fullest;
}

Stage optical_ports(const Package& package) {
  const PortBank& bank = package.engines.ports;
  const double pitch_um = package.fibres ? package.fibres->fibre_pitch_um : bank.pitch_um;
  return {"optical ports", bank.count() * pitch_um / 1000, package.engines.width_mm, "mm",
          fmt::format("{} {} at {:g} um against the engine's face", bank.count(), package.fibres ? "fibres" : "ports",
                      pitch_um)};
}

std::optional<Stage> guide_pitch(const Certificate* certificate, const RoutingRules& rules) {
  if (!certificate || certificate->gaps.empty())
    return {};
  const Gap& tightest = certificate->gaps.front();
  return Stage{"guide pitch", static_cast<double>(tightest.need), static_cast<double>(std::max(tightest.capacity, 1)),
               "guides",
               fmt::format("guides at {:g} um between {} and {}, the fullest gap", rules.min_pitch_um, tightest.from,
                           tightest.to)};
}

// Ferrules of one guide layer: those placed, or where they do not fit the fewest that hold all ports.
int ferrules(const Package& package, const Layout& layout) {
  if (!layout.connectors.empty())
    return static_cast<int>(layout.connectors.size());
  const Engines& row = package.engines;
  const Ferrule& ferrule = package.guides->ferrule;
  const int fibres = std::max(1, ferrule.fibres / std::max(1, ferrule.rows));
  const auto hold = [&](int ports) { return (row.count * ports + fibres - 1) / fibres; };
  return hold(row.ports.tx + row.ports.rx) + hold(row.ports.laser);
}

Stage connector_edge(const Package& package, const Layout& layout) {
  double available = 0;
  for (const Side side : package.guides->edges)
    available += side_length_mm(package, side);
  const int count = ferrules(package, layout);
  const double pitch_mm = package.guides->ferrule.pitch_mm;
  return {"connector edge", count * pitch_mm, available, "mm",
          fmt::format("{} ferrules at {:g} mm against the edges they may stand on", count, pitch_mm)};
}

Stage fibre_edge(const Package& package, const Layout& layout) {
  Stage stage{"fibre edge", 0, 0, "mm", "ribbon widths against the edges of the sides that hold engines"};
  for (const Ribbon& ribbon : layout.ribbons)
    for (const PlacedEngine& engine : layout.engines)
      if (engine.index == ribbon.engine)
        stage.used += frame_of(engine.side).length_mm(ribbon.corridor);
  for (const Side side : package.engines.sides)
    stage.available += side_length_mm(package, side);
  return stage;
}

std::vector<Stage> stages_of(const Package& package, const RoutingRules& rules, const Layout& layout,
                             const Certificate* certificate, const ElectricalEscape* electrical) {
  std::vector<Stage> result;
  if (electrical && !electrical->engines.empty())
    result = {die_edge(*electrical), build_up_layers(*electrical)};
  result.push_back(engine_row(package, layout));
  result.push_back(optical_ports(package));
  if (const std::optional<Stage> stage = guide_pitch(certificate, rules); stage && package.guides)
    result.push_back(*stage);
  if (package.guides)
    result.push_back(connector_edge(package, layout));
  if (package.fibres)
    result.push_back(fibre_edge(package, layout));
  return result;
}

} // namespace

Escape escape(const Package& package, const RoutingRules& rules, const Layout& layout, double bandwidth_Tbps,
              const Certificate* certificate, const ElectricalEscape* electrical) {
  const double die_mm = perimeter_mm(die_bounds(package));
  const double package_mm = perimeter_mm(package.outline);
  Escape result;
  result.per_direction_Tbps = bandwidth_Tbps;
  result.die_shoreline_Tbps_per_mm = bandwidth_Tbps / die_mm;
  result.package_edge_Tbps_per_mm = bandwidth_Tbps / package_mm;
  result.package_areal_Tbps_per_mm2 = bandwidth_Tbps / package.outline.area_mm2();
  result.basis.per_direction = "bandwidth in one direction, as the design states it";
  result.basis.die_shoreline =
      fmt::format("one direction over the {:.6g} mm perimeter of the rectangle around all dies", die_mm);
  result.basis.package_edge = fmt::format("one direction over the {:.6g} mm package perimeter", package_mm);
  result.basis.package_areal =
      fmt::format("one direction over the {:.6g} mm2 of the package", package.outline.area_mm2());
  result.stages = stages_of(package, rules, layout, certificate, electrical);
  // The last stage is the edge, where the attachment is of either kind.
  if (const Stage& edge = result.stages.back(); (package.guides || package.fibres) && edge.used > 0) {
    result.used_edge_Tbps_per_mm = bandwidth_Tbps / edge.used;
    result.basis.used_edge = fmt::format("one direction over the {:.6g} mm of edge that {} take", edge.used,
                                         package.guides ? "ferrules at their pitch" : "fibre ribbons");
  }
  result.limited_by = std::max_element(result.stages.begin(), result.stages.end(), [](const Stage& a, const Stage& b) {
                        return a.ratio() < b.ratio();
                      })->name;
  return result;
}

} // namespace beachfront::geometry
