// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/route.hpp"

#include "geometry/ferrules.hpp"
#include "geometry/link_arches.hpp"
#include "geometry/names.hpp"
#include "geometry/obstacles.hpp"
#include "geometry/plan.hpp"
#include "geometry/side_frame.hpp"
#include "geometry/spacing.hpp"
#include "geometry/strip.hpp"
#include "geometry/strip_check.hpp"
#include "geometry/strip_message.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <numbers>
#include <tuple>

namespace beachfront::geometry {

namespace {

const PlacedEngine& engine_of(const Net& net, const Layout& layout) {
  return layout.engines[static_cast<std::size_t>(net.engine)];
}
const PlacedPort& port_of(const Net& net, const Layout& layout) {
  return engine_of(net, layout).ports[net.port];
}
const PlacedConnector& connector_of(const Net& net, const Layout& layout) {
  return layout.connectors[static_cast<std::size_t>(net.connector)];
}
Pose fibre_of(const Net& net, const Layout& layout) {
  return connector_of(net, layout).fibres[static_cast<std::size_t>(net.fibre)];
}
std::string net_name(const Net& net, const Layout& layout) {
  const PlacedPort& port = port_of(net, layout);
  return fmt::format("{}.{}{}", engine_name(net.engine), kind_name(port.kind), port.number);
}

/// The nets of one edge and layer, left to right at the edge, and what was drawn of them.
struct EdgeNets {
  Side edge;
  int layer;
  std::vector<const Net*> nets;
  std::vector<std::vector<Point>> ways; ///< planned, as the nets; in the package's frame
  std::vector<Path> paths;              ///< in the package's frame
};

std::vector<EdgeNets> nets_by_edge(const Package& package, const RoutingRules& rules, const std::vector<Net>& nets,
                                   const Layout& layout) {
  std::vector<EdgeNets> result;
  for (Side edge : package.guides->edges)
    for (int layer = 0; layer < rules.layers; ++layer) {
      EdgeNets here{edge, layer, {}, {}, {}};
      for (const Net& net : nets)
        if (connector_of(net, layout).side == edge && net.layer == layer)
          here.nets.push_back(&net);
      const SideFrame frame = frame_of(edge);
      std::stable_sort(here.nets.begin(), here.nets.end(), [&](const Net* a, const Net* b) {
        return frame.u_mm(fibre_of(*a, layout).at) < frame.u_mm(fibre_of(*b, layout).at);
      });
      if (!here.nets.empty())
        result.push_back(std::move(here));
    }
  return result;
}

bool turns(const Net& net, const Layout& layout) {
  return engine_of(net, layout).side != connector_of(net, layout).side;
}

/// Whether guides that face `side` end at the edge.
bool takes_from(const EdgeNets& edge, Side side, const Layout& layout) {
  return edge.edge != side && std::any_of(edge.nets.begin(), edge.nets.end(),
                                          [&](const Net* net) { return engine_of(*net, layout).side == side; });
}

/// The nets of an edge from one engine to one ferrule, next to each other.
struct NetBundle {
  EdgeNets* edge;
  std::size_t first, last;
};

/// Plans all bundles and notes the way of each with its nets; false, with violations, where some gap is short.
bool plan_ways(const Package& package, const RoutingRules& rules, std::vector<EdgeNets>& edges, Layout& layout) {
  std::vector<NetBundle> parts;
  std::vector<Bundle> bundles;
  for (EdgeNets& edge : edges)
    for (std::size_t first = 0; first < edge.nets.size();) {
      const Net& net = *edge.nets[first];
      std::size_t last = first;
      Point from, to;
      for (; last < edge.nets.size() && edge.nets[last]->engine == net.engine &&
             edge.nets[last]->connector == net.connector;
           ++last) {
        from = from + port_of(*edge.nets[last], layout).pose.at;
        to = to + fibre_of(*edge.nets[last], layout).at;
      }
      const auto guides = static_cast<double>(last - first);
      bundles.push_back({engine_name(net.engine) + " to " + connector_name(net.connector), (1 / guides) * from,
                         (1 / guides) * to, static_cast<int>(last - first), edge.layer});
      parts.push_back({&edge, first, last});
      first = last;
    }
  const Plan planned = plan(package, rules, layout, bundles);
  for (std::size_t b = 0; b < parts.size(); ++b)
    parts[b].edge->ways.insert(parts[b].edge->ways.end(), parts[b].last - parts[b].first, planned.ways[b].taut);
  layout.planned = planned.certificate.gaps;
  layout.violations.insert(layout.violations.end(), planned.certificate.violations.begin(),
                           planned.certificate.violations.end());
  return planned.certificate.violations.empty();
}

/// Edges that take guides of other sides before the edges that those sides face.
std::vector<std::size_t> drawing_order(const std::vector<EdgeNets>& edges, const Layout& layout) {
  std::vector<std::size_t> order, left;
  for (std::size_t e = 0; e < edges.size(); ++e)
    left.push_back(e);
  while (!left.empty()) {
    const auto free = std::find_if(left.begin(), left.end(), [&](std::size_t e) {
      return std::none_of(left.begin(), left.end(), [&](std::size_t other) {
        return other != e && edges[other].layer == edges[e].layer && takes_from(edges[other], edges[e].edge, layout);
      });
    });
    const auto next = free == left.end() ? left.begin() : free; // sides that feed each other in a ring: any is first
    order.push_back(*next);
    left.erase(next);
  }
  return order;
}

/// What the outermost lane of an edge must keep clear of at its right (or left) end.
std::optional<Wall> wall_at(const Package& package, const RoutingRules& rules, const std::vector<EdgeNets>& edges,
                            const EdgeNets& here, bool right, const Layout& layout) {
  const double pitch_mm = rules.min_pitch_um / 1000;
  const Side beside = clockwise(here.edge, right ? 1 : -1);
  const Net& own = right ? *here.nets.back() : *here.nets.front();
  const auto neighbour = std::find_if(edges.begin(), edges.end(), [&](const EdgeNets& other) {
    return other.edge == beside && other.layer == here.layer;
  });
  if (neighbour == edges.end() || turns(own, layout))
    return std::nullopt;
  const std::size_t facing = right ? 0 : neighbour->nets.size() - 1; // the one next to the corner
  const Net& other = *neighbour->nets[facing];
  if (turns(other, layout)) {
    if (neighbour->paths.empty())
      return std::nullopt;
    Path drawn = neighbour->paths[facing];
    for (Segment& segment : drawn)
      segment.start = to_frame(here.edge, segment.start);
    return Wall{drawn, pitch_mm};
  }
  const SideFrame frame = frame_of(here.edge);
  const Point middle = 0.5 * (port_of(own, layout).pose.at + port_of(other, layout).pose.at);
  const double end_mm = frame.length_mm(package.outline) / 2;
  const Point corner{frame.middle_mm(package.outline) + (right ? end_mm : -end_mm), frame.reach_mm(package.outline)};
  const Point from{frame.u_mm(middle), frame.v_mm(middle)};
  const Point along = corner - from;
  return Wall{{{{from, std::atan2(along.y_mm, along.x_mm)}, norm_mm(along), 0}}, pitch_mm / 2};
}

bool has_data(const EdgeNets& here, const Layout& layout) {
  return std::any_of(here.nets.begin(), here.nets.end(),
                     [&](const Net* net) { return port_of(*net, layout).kind != PortKind::laser; });
}

bool has_feeds(const EdgeNets& here, const Layout& layout) {
  return std::any_of(here.nets.begin(), here.nets.end(),
                     [&](const Net* net) { return port_of(*net, layout).kind == PortKind::laser; });
}

/// What a layer's guides to ferrules keep clear of: on the first layer also the arches of links.
std::vector<Obstacle> bodies_on(int layer, const Package& package, const LinkArches& links, const Layout& layout) {
  std::vector<Obstacle> bodies = obstacles(package, layout);
  if (layer == 0)
    bodies.insert(bodies.end(), links.bodies.begin(), links.bodies.end());
  return bodies;
}

Strip strip_of(const Package& package, const RoutingRules& rules, const std::vector<EdgeNets>& edges,
               const EdgeNets& here, const std::vector<Obstacle>& bodies, const Layout& layout) {
  const SideFrame frame = frame_of(here.edge);
  const bool weaves = layout.inversions > 0 && has_data(here, layout);
  Strip strip;
  for (std::size_t i = 0; i < here.nets.size(); ++i) {
    const Net* net = here.nets[i];
    const Point fibre = fibre_of(*net, layout).at;
    std::vector<Point> way;
    if (!turns(*net, layout)) // a quarter turn goes round its corner
      for (const Point p : here.ways[i])
        way.push_back({frame.u_mm(p), frame.v_mm(p)});
    const bool crosses = weaves && port_of(*net, layout).kind == PortKind::laser;
    strip.lanes.push_back(
        {to_frame(here.edge, port_of(*net, layout).pose), {frame.u_mm(fibre), frame.v_mm(fibre)}, way, crosses});
  }
  for (const Obstacle& obstacle : bodies) {
    const Point a{frame.u_mm(obstacle.outline.min), frame.v_mm(obstacle.outline.min)};
    const Point b{frame.u_mm(obstacle.outline.max), frame.v_mm(obstacle.outline.max)};
    strip.bodies.push_back(
        {{std::min(a.x_mm, b.x_mm), std::min(a.y_mm, b.y_mm)}, {std::max(a.x_mm, b.x_mm), std::max(a.y_mm, b.y_mm)}});
  }
  const double half_mm = frame.length_mm(package.outline) / 2 - rules.edge_clearance_mm;
  strip.side_low_mm = frame.middle_mm(package.outline) - half_mm;
  strip.side_high_mm = frame.middle_mm(package.outline) + half_mm;
  strip.left = wall_at(package, rules, edges, here, false, layout);
  strip.right = wall_at(package, rules, edges, here, true, layout);
  return strip;
}

/// How deep the bends of a path reach along its edge's outward direction.
double bends_depth_mm(const Path& path, const SideFrame& frame) {
  double low_mm = std::numeric_limits<double>::infinity(), high_mm = -low_mm;
  for (const Segment& segment : path)
    if (!is_straight(segment))
      for (const Point at : {segment.start.at, end_pose(segment).at}) {
        low_mm = std::min(low_mm, frame.v_mm(at));
        high_mm = std::max(high_mm, frame.v_mm(at));
      }
  return std::max(0.0, high_mm - low_mm);
}

/// Pairs out of order on a layer whose guides may not cross: nothing is drawn.
bool may_cross(const RoutingRules& rules, const std::vector<EdgeNets>& edges, Layout& layout) {
  // On one layer, at whatever edges: feeds led to another edge than the data cross it on their way.
  const auto together = [&](const EdgeNets& data) {
    return has_data(data, layout) && std::any_of(edges.begin(), edges.end(), [&](const EdgeNets& edge) {
             return edge.layer == data.layer && has_feeds(edge, layout);
           });
  };
  if (layout.inversions == 0 || rules.crossings || std::none_of(edges.begin(), edges.end(), together))
    return true;
  layout.violations.push_back(
      {"crossing",
       "laser feeds",
       {},
       static_cast<double>(layout.inversions),
       0,
       "pairs",
       fmt::format("{} pairs of guides are out of order and must cross, which the design does not allow: allow "
                   "crossings, give the waveguides a second layer, or lead the laser feeds in order",
                   layout.inversions)});
  return false;
}

void draw_edge(const Package& package, const RoutingRules& rules, const PathLoss& loss, const LinkArches& links,
               std::vector<EdgeNets>& edges, EdgeNets& here, Layout& layout) {
  const std::vector<Obstacle> bodies = bodies_on(here.layer, package, links, layout);
  Strip strip = strip_of(package, rules, edges, here, bodies, layout);
  StripResult drawn = draw_strip(strip, rules, loss);
  if (drawn.failure) { // a bundle may have to part where the plan leads all of it one way
    for (StripLane& lane : strip.lanes)
      lane.plan.clear();
    StripResult apart = draw_strip(strip, rules, loss);
    if (!apart.failure)
      drawn = std::move(apart);
  }
  if (drawn.failure) {
    layout.violations.push_back(
        explain(*drawn.failure, here.edge, net_name(*here.nets[drawn.failure->lane], layout), bodies, rules));
    if (package.engines.rows > 1 && drawn.failure->kind == StripFailure::Kind::bend)
      layout.violations.back().message += "; between rows of engines, staggered rows or a wider row gap help too";
    return;
  }
  for (Path& path : drawn.paths) {
    // Without leads a bend may begin or end at the very facet.
    std::erase_if(path, [](const Segment& segment) { return segment.length_mm < 1e-10; });
    here.paths.push_back(to_package(here.edge, path));
    layout.turn_footprint_mm =
        std::max(layout.turn_footprint_mm, bends_depth_mm(here.paths.back(), frame_of(here.edge)));
  }
}

/// Strips do not look at each other but along their walls: guides that turn to another edge may meet those of a third.
/// Then nothing is drawn.
void withdraw_meeting(const RoutingRules& rules, std::vector<EdgeNets>& edges, Layout& layout) {
  std::vector<Guide> guides;
  bool any_turns = false;
  for (const EdgeNets& edge : edges)
    for (std::size_t i = 0; i < edge.paths.size(); ++i) {
      any_turns = any_turns || turns(*edge.nets[i], layout);
      guides.push_back({net_name(*edge.nets[i], layout), 0, PortKind::tx, 0, 0, edge.paths[i], edge.layer});
    }
  if (!any_turns)
    return;
  const Spacing spacing = check_spacing(guides, rules.min_pitch_um);
  const auto wrong = std::find_if(spacing.crossings.begin(), spacing.crossings.end(),
                                  [&](const Crossing& crossing) { return !may_stand(crossing, rules); });
  if (wrong == spacing.crossings.end() && spacing.violations.empty())
    return;
  if (wrong == spacing.crossings.end())
    layout.violations.push_back(spacing.violations.front());
  else
    layout.violations.push_back(
        {"crossing", guides[wrong->first].net + " and " + guides[wrong->second].net, wrong->place,
         wrong->angle_rad * 180 / std::numbers::pi, rules.min_crossing_angle_rad * 180 / std::numbers::pi, "deg",
         fmt::format(
             "guides {} and {} lead to different edges and meet at ({:.3f}, {:.3f}) mm; connectors on the edges "
             "that the engines face, or a guide layer more, would help",
             guides[wrong->first].net, guides[wrong->second].net, wrong->place.x_mm, wrong->place.y_mm)});
  for (EdgeNets& edge : edges)
    edge.paths.clear();
  layout.turn_footprint_mm = 0;
}

} // namespace

void route(const Package& package, const RoutingRules& rules, const std::vector<Net>& nets, const PathLoss& loss,
           Layout& layout) {
  std::vector<EdgeNets> edges = nets_by_edge(package, rules, nets, layout);
  if (!may_cross(rules, edges, layout) || !plan_ways(package, rules, edges, layout))
    return;
  LinkArches links = draw_links(package, rules, layout);
  layout.violations.insert(layout.violations.end(), links.violations.begin(), links.violations.end());
  for (std::size_t e : drawing_order(edges, layout))
    draw_edge(package, rules, loss, links, edges, edges[e], layout);
  withdraw_meeting(rules, edges, layout);
  struct Drawn {
    std::size_t port;
    Guide guide;
  };
  std::vector<Drawn> drawn;
  for (LinkGuide& link : links.guides)
    drawn.push_back({link.port, std::move(link.guide)});
  for (EdgeNets& edge : edges)
    for (std::size_t i = 0; i < edge.paths.size(); ++i) {
      const Net& net = *edge.nets[i];
      drawn.push_back({net.port,
                       {net_name(net, layout), net.engine, port_of(net, layout).kind, net.connector, net.fibre,
                        std::move(edge.paths[i]), net.layer}});
    }
  std::sort(drawn.begin(), drawn.end(), [](const Drawn& a, const Drawn& b) {
    return std::tuple(a.guide.engine, a.port) < std::tuple(b.guide.engine, b.port);
  });
  for (Drawn& next : drawn)
    layout.guides.push_back(std::move(next.guide));
}

} // namespace beachfront::geometry
