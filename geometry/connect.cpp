// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/connect.hpp"

#include "geometry/side_frame.hpp"

#include <fmt/core.h>

namespace beachfront::geometry {

namespace {

/// A port on its way to a ferrule.
struct SidePort {
  int engine;
  std::size_t port;
  bool laser;
};

std::vector<SidePort> ports_along(const Layout& layout, Side side) {
  std::vector<SidePort> ports;
  for (const PlacedEngine& engine : layout.engines) // engines stand left to right within a side
    if (engine.side == side)
      for (std::size_t i = 0; i < engine.ports.size(); ++i)
        ports.push_back({engine.index, i, engine.ports[i].kind == PortKind::laser});
  return ports;
}

/// Runs of ports of one class, cut to ferrules of `fibres`.
std::vector<std::vector<SidePort>> ferrule_loads(const std::vector<SidePort>& ports, int fibres) {
  std::vector<std::vector<SidePort>> loads;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const bool starts =
        i == 0 || ports[i].laser != ports[i - 1].laser || loads.back().size() == static_cast<std::size_t>(fibres);
    if (starts)
      loads.emplace_back();
    loads.back().push_back(ports[i]);
  }
  return loads;
}

/// Per side, how many ferrules of `fibres` it takes.
std::vector<int> ferrules_needed(const Package& package, const Layout& layout, int fibres) {
  std::vector<int> needed;
  for (Side side : package.engines.sides)
    needed.push_back(static_cast<int>(ferrule_loads(ports_along(layout, side), fibres).size()));
  return needed;
}

double edge_mm(const Package& package, Side side) {
  return frame_of(side).length_mm(package.outline);
}

bool fits(const Package& package, const std::vector<int>& needed, double pitch_mm) {
  for (std::size_t s = 0; s < needed.size(); ++s)
    if (needed[s] * pitch_mm > edge_mm(package, package.engines.sides[s]) + 1e-9)
      return false;
  return true;
}

/// What would make the ferrules fit: a larger package, a finer pitch, or more fibres a ferrule.
std::string what_fits(const Package& package, const Layout& layout, int worst) {
  const Ferrule& ferrule = package.guides->ferrule;
  double shortest_mm = edge_mm(package, package.engines.sides.front());
  for (Side side : package.engines.sides)
    shortest_mm = std::min(shortest_mm, edge_mm(package, side));
  std::string text = fmt::format("a square package of {:.1f} mm", worst * ferrule.pitch_mm);
  if (shortest_mm / worst >= ferrule.body_width_mm)
    text += fmt::format(", a ferrule pitch of {:.2f} mm", shortest_mm / worst);
  constexpr int most_fibres = 144; // the largest multi-row ferrule sold
  for (int fibres = ferrule.fibres + 1; fibres <= most_fibres; ++fibres)
    if (fits(package, ferrules_needed(package, layout, fibres), ferrule.pitch_mm))
      return text + fmt::format(", or ferrules of {} fibres at this pitch", fibres);
  return text;
}

bool check_edges(const Package& package, Layout& layout) {
  const Ferrule& ferrule = package.guides->ferrule;
  for (Side side : package.engines.sides)
    if (std::find(package.guides->edges.begin(), package.guides->edges.end(), side) == package.guides->edges.end()) {
      layout.violations.push_back(
          {"connector_edge",
           name_of(side),
           {},
           0,
           0,
           "mm",
           fmt::format("engines stand on side {} but no connector may stand on that edge", name_of(side))});
      return false;
    }
  const std::vector<int> needed = ferrules_needed(package, layout, ferrule.fibres);
  if (fits(package, needed, ferrule.pitch_mm))
    return true;
  int total = 0;
  int worst = 0;
  double edges_mm = 0;
  for (std::size_t s = 0; s < needed.size(); ++s) {
    total += needed[s];
    worst = std::max(worst, needed[s]);
    edges_mm += edge_mm(package, package.engines.sides[s]);
  }
  layout.violations.push_back(
      {"connector_edge",
       ferrule.name,
       {},
       edges_mm,
       total * ferrule.pitch_mm,
       "mm",
       fmt::format("{} ferrules at {} mm pitch need {:.1f} mm of edge ({} on one side: {:.1f} mm); the package has "
                   "{:.1f} mm; what would fit: {}",
                   total, ferrule.pitch_mm, total * ferrule.pitch_mm, worst, worst * ferrule.pitch_mm, edges_mm,
                   what_fits(package, layout, worst))});
  return false;
}

/// Pairs out of order, by merge sort.
long long count_inversions(std::vector<int> order) {
  if (order.size() < 2)
    return 0;
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
  std::vector<int> left(order.begin(), middle);
  std::vector<int> right(middle, order.end());
  long long inversions = count_inversions(left) + count_inversions(right);
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  std::size_t smaller = 0;
  for (int value : left) {
    while (smaller < right.size() && right[smaller] < value)
      ++smaller;
    inversions += static_cast<long long>(smaller);
  }
  return inversions;
}

PlacedConnector place_connector(const Package& package, Side side, double u_mm, std::size_t used) {
  const Ferrule& ferrule = package.guides->ferrule;
  const SideFrame frame = frame_of(side);
  const double v_mm = frame.reach_mm(package.outline);
  PlacedConnector connector;
  connector.side = side;
  connector.used_fibres = static_cast<int>(used);
  connector.landing = frame.to_package(u_mm - ferrule.body_width_mm / 2, v_mm - ferrule.landing_depth_mm,
                                       u_mm + ferrule.body_width_mm / 2, v_mm);
  for (std::size_t f = 0; f < used; ++f) {
    const double offset_mm =
        (static_cast<double>(f) - (static_cast<double>(used) - 1) / 2) * ferrule.fibre_pitch_um / 1000;
    connector.fibres.push_back({frame.to_package(u_mm + offset_mm, v_mm), frame.outward_heading_rad});
  }
  return connector;
}

} // namespace

std::vector<Net> connect(const Package& package, Layout& layout) {
  if (!check_edges(package, layout))
    return {};
  const Ferrule& ferrule = package.guides->ferrule;
  std::vector<Net> nets;
  for (Side side : package.engines.sides) {
    const auto loads = ferrule_loads(ports_along(layout, side), ferrule.fibres);
    const SideFrame frame = frame_of(side);
    std::vector<int> order;
    for (std::size_t k = 0; k < loads.size(); ++k) {
      const double u_mm = frame.middle_mm(package.outline) +
                          (static_cast<double>(k) - (static_cast<double>(loads.size()) - 1) / 2) * ferrule.pitch_mm;
      PlacedConnector connector = place_connector(package, side, u_mm, loads[k].size());
      connector.index = static_cast<int>(layout.connectors.size());
      connector.laser = loads[k].front().laser;
      for (std::size_t f = 0; f < loads[k].size(); ++f) {
        nets.push_back({loads[k][f].engine, loads[k][f].port, connector.index, static_cast<int>(f)});
        order.push_back(connector.index * ferrule.fibres + static_cast<int>(f));
      }
      layout.connectors.push_back(std::move(connector));
    }
    layout.inversions += count_inversions(order);
  }
  return nets;
}

} // namespace beachfront::geometry
