// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/connect.hpp"

#include "geometry/connector_checks.hpp"
#include "geometry/ferrules.hpp"
#include "geometry/names.hpp"
#include "geometry/obstacles.hpp"
#include "geometry/side_frame.hpp"
#include "geometry/spread.hpp"

#include <fmt/core.h>

#include <limits>
#include <map>

namespace beachfront::geometry {

namespace {

/// A port on its way to a ferrule.
struct SidePort {
  int engine;
  std::size_t port;
  bool laser;
};

/// What one ferrule takes, left to right.
using Load = std::vector<SidePort>;

/// Engines of a side in the order in which their guides come out between the outer rows: by their middles; of two
/// behind each other the farther one passes on the side away from the middle of the package.
std::vector<const PlacedEngine*> engines_along(const Layout& layout, Side side) {
  const SideFrame frame = frame_of(side);
  std::vector<const PlacedEngine*> engines;
  for (const PlacedEngine& engine : layout.engines)
    if (engine.side == side && !engine.spare)
      engines.push_back(&engine);
  const auto before = [&](const PlacedEngine* a, const PlacedEngine* b) {
    const double ua = frame.middle_mm(a->outline), ub = frame.middle_mm(b->outline);
    if (std::abs(ua - ub) > 1e-9)
      return ua < ub;
    const bool a_inner = frame.reach_mm(a->outline) < frame.reach_mm(b->outline);
    return a_inner == (ua <= 0);
  };
  std::stable_sort(engines.begin(), engines.end(), before);
  return engines;
}

std::vector<SidePort> ports_along(const Layout& layout, Side side) {
  std::vector<SidePort> ports;
  for (const PlacedEngine* engine : engines_along(layout, side))
    for (std::size_t i = 0; i < engine->ports.size(); ++i)
      if (engine->ports[i].kind != PortKind::link)
        ports.push_back({engine->index, i, engine->ports[i].kind == PortKind::laser});
  return ports;
}

/// Ports in the order of their ferrules: as they stand, or data before laser feeds.
std::vector<SidePort> in_ferrule_order(std::vector<SidePort> ports, LaserFerrules laser) {
  if (laser == LaserFerrules::at_ends)
    std::stable_partition(ports.begin(), ports.end(), [](const SidePort& port) { return !port.laser; });
  return ports;
}

/// Runs of ports of one class, cut to ferrules.
std::vector<Load> ferrule_loads(const std::vector<SidePort>& ports, LaserFerrules laser, int fibres) {
  std::vector<Load> loads;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const bool other_class = i > 0 && laser != LaserFerrules::shared && ports[i].laser != ports[i - 1].laser;
    if (i == 0 || other_class || loads.back().size() == static_cast<std::size_t>(fibres))
      loads.emplace_back();
    loads.back().push_back(ports[i]);
  }
  return loads;
}

/// Where along an edge the middle of a load's ports stands; for ports that face another side, where they arrive after
/// turning on the smallest radius.
double wish_mm(const Load& load, Side edge, const RoutingRules& rules, const Layout& layout) {
  const SideFrame frame = frame_of(edge);
  double sum_mm = 0;
  for (const SidePort& port : load) {
    const PlacedEngine& engine = layout.engines[static_cast<std::size_t>(port.engine)];
    const Pose pose = engine.ports[port.port].pose;
    double u_mm = frame.u_mm(pose.at);
    if (engine.side != edge)
      u_mm += std::copysign(rules.lead_mm + rules.min_bend_radius_mm, dot(frame_of(engine.side).outward, frame.along));
    sum_mm += u_mm;
  }
  return sum_mm / static_cast<double>(load.size());
}

/// How far to the right a ferrule of feeds must stand for their last bends to lie beside the data that they cross.
double beyond_data_mm(const std::vector<Load>& loads, Side edge, const Package& package, const RoutingRules& rules,
                      const Layout& layout) {
  const SideFrame frame = frame_of(edge);
  double last_mm = -std::numeric_limits<double>::infinity();
  for (const Load& load : loads)
    for (const SidePort& port : load)
      if (!port.laser)
        last_mm = std::max(last_mm,
                           frame.u_mm(layout.engines[static_cast<std::size_t>(port.engine)].ports[port.port].pose.at));
  return last_mm + rules.min_pitch_um / 1000 + rules.min_bend_radius_mm + package.guides->ferrule.body_width_mm / 2;
}

PlacedConnector place_connector(const Package& package, Side edge, double u_mm, std::size_t used) {
  const Ferrule& ferrule = package.guides->ferrule;
  const SideFrame frame = frame_of(edge);
  const double v_mm = frame.reach_mm(package.outline);
  PlacedConnector connector;
  connector.side = edge;
  connector.used_fibres = static_cast<int>(used);
  connector.landing = frame.to_package(u_mm - ferrule.body_width_mm / 2, v_mm - ferrule.landing_depth_mm,
                                       u_mm + ferrule.body_width_mm / 2, v_mm);
  const auto rows = static_cast<std::size_t>(ferrule.rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t in_row = (used + rows - 1 - row) / rows;
    for (std::size_t f = 0; f < in_row; ++f) {
      const double offset_mm =
          (static_cast<double>(f) - (static_cast<double>(in_row) - 1) / 2) * ferrule.fibre_pitch_um / 1000;
      connector.fibres.push_back({frame.to_package(u_mm + offset_mm, v_mm), frame.outward_heading_rad});
      connector.layers.push_back(static_cast<int>(row));
    }
  }
  return connector;
}

/// The fibre that the k-th of `used` ports takes: rows in turn, the fibres listed row by row.
std::size_t fibre_of(std::size_t k, std::size_t used, std::size_t rows) {
  std::size_t fibre = k / rows;
  for (std::size_t row = 0; row < k % rows; ++row)
    fibre += (used + rows - 1 - row) / rows;
  return fibre;
}

/// The loads that an edge takes, left to right, with the side their engines face.
std::vector<Load> loads_of_edge(Side edge, const std::array<std::vector<Load>, 4>& loads,
                                const std::array<Spill, 4>& spills) {
  std::vector<Load> result;
  const auto take = [&](Side side, std::size_t first, std::size_t last) {
    const std::vector<Load>& from = loads[index_of(side)];
    result.insert(result.end(), from.begin() + static_cast<std::ptrdiff_t>(first),
                  from.begin() + static_cast<std::ptrdiff_t>(last));
  };
  const auto count = [&](Side side) { return loads[index_of(side)].size(); };
  const Side left = clockwise(edge, -1), right = clockwise(edge);
  take(left, count(left) - static_cast<std::size_t>(spills[index_of(left)].to_right), count(left));
  take(edge, static_cast<std::size_t>(spills[index_of(edge)].to_left),
       count(edge) - static_cast<std::size_t>(spills[index_of(edge)].to_right));
  take(right, 0, static_cast<std::size_t>(spills[index_of(right)].to_left));
  return result;
}

/// Laser feeds led behind the data to their right: which, over which, and how many pairs.
void list_inversions(const std::vector<SidePort>& ports, Layout& layout) {
  struct Feeds {
    int engine;
    long long lasers;
  };
  std::vector<Feeds> passed; // the feeds left of the port at hand
  std::map<std::pair<int, int>, long long> pairs;
  for (const SidePort& port : ports) {
    if (port.laser && (passed.empty() || passed.back().engine != port.engine))
      passed.push_back({port.engine, 1});
    else if (port.laser)
      ++passed.back().lasers;
    else
      for (const Feeds& feeds : passed)
        pairs[{feeds.engine, port.engine}] += feeds.lasers;
  }
  for (const auto& [engines, count] : pairs) {
    layout.inversions += count;
    layout.inverted.push_back(
        {engine_name(engines.first) + " laser feeds", engine_name(engines.second) + " data", count});
  }
}

} // namespace

std::vector<Net> connect(const Package& package, const RoutingRules& rules, Layout& layout) {
  if (!check_ferrule(package, rules, layout))
    return {};
  const GuideAttach& guides = *package.guides;
  std::array<std::vector<SidePort>, 4> ports;
  for (Side side : {Side::north, Side::east, Side::south, Side::west}) {
    ports[index_of(side)] = ports_along(layout, side);
    if (guides.laser == LaserFerrules::at_ends)
      list_inversions(ports[index_of(side)], layout);
    ports[index_of(side)] = in_ferrule_order(std::move(ports[index_of(side)]), guides.laser);
  }
  const auto loads_of = [&](int fibres) {
    std::array<std::vector<Load>, 4> loads;
    for (std::size_t s = 0; s < loads.size(); ++s)
      loads[s] = ferrule_loads(ports[s], guides.laser, fibres);
    return loads;
  };
  const auto needed = [&](int fibres) {
    PerSide counts{};
    const auto loads = loads_of(fibres);
    for (std::size_t s = 0; s < counts.size(); ++s)
      counts[s] = static_cast<int>(loads[s].size());
    return counts;
  };
  const auto spills = share_edges(package, needed, layout);
  if (!spills)
    return {};

  const std::array<std::vector<Load>, 4> loads = loads_of(guides.ferrule.fibres);
  std::vector<Net> nets;
  const auto rows = static_cast<std::size_t>(guides.ferrule.rows);
  for (Side edge : guides.edges) {
    const std::vector<Load> here = loads_of_edge(edge, loads, *spills);
    std::vector<double> wishes_mm;
    for (const Load& load : here) {
      double wish = wish_mm(load, edge, rules, layout);
      if (load.front().laser && guides.laser == LaserFerrules::at_ends && !wishes_mm.empty())
        wish = std::max(wishes_mm.back() + guides.ferrule.pitch_mm, beyond_data_mm(here, edge, package, rules, layout));
      wishes_mm.push_back(wish);
    }
    const SideFrame frame = frame_of(edge);
    const double half_mm = (frame.length_mm(package.outline) - guides.ferrule.pitch_mm) / 2;
    const double middle_mm = frame.middle_mm(package.outline);
    const std::vector<double> places_mm =
        spread(wishes_mm, guides.ferrule.pitch_mm, middle_mm - half_mm, middle_mm + half_mm).value();
    for (std::size_t k = 0; k < here.size(); ++k) {
      PlacedConnector connector = place_connector(package, edge, places_mm[k], here[k].size());
      connector.index = static_cast<int>(layout.connectors.size());
      connector.laser = here[k].front().laser;
      if (connector.laser && rows == 1 && rules.layers > 1 && guides.laser != LaserFerrules::shared)
        connector.layers.assign(connector.layers.size(), 1);
      for (std::size_t f = 0; f < here[k].size(); ++f) {
        const std::size_t fibre = fibre_of(f, here[k].size(), rows);
        nets.push_back(
            {here[k][f].engine, here[k][f].port, connector.index, static_cast<int>(fibre), connector.layers[fibre]});
      }
      layout.connectors.push_back(std::move(connector));
    }
  }
  if (!check_connectors(package, rules, layout))
    return {};
  return nets;
}

} // namespace beachfront::geometry
