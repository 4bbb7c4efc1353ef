// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/route.hpp"

#include "geometry/names.hpp"
#include "geometry/place.hpp"
#include "geometry/side_frame.hpp"

#include <fmt/core.h>

#include <limits>
#include <numbers>

namespace beachfront::geometry {

namespace {

/// One guide of a side in the side's own frame: from (u, v0) outwards to (u + offset, v0 + leads + length).
struct Lane {
  const Net* net;
  double u_mm;
  double offset_mm;
};

struct Bundle {
  Side side;
  double v_mm;             ///< where the S-bends start
  double length_mm;        ///< along, for the S-bends
  std::vector<Lane> lanes; ///< left to right
};

std::string net_name(const PlacedEngine& engine, const PlacedPort& port) {
  return fmt::format("{}.{}{}", engine_name(engine.index), kind_name(port.kind), port.number);
}

Bundle bundle_of(Side side, const Package& package, const RoutingRules& rules, const std::vector<Net>& nets,
                 const Layout& layout) {
  const SideFrame frame = frame_of(side);
  Bundle bundle{side, 0, 0, {}};
  for (const Net& net : nets) {
    const PlacedEngine& engine = layout.engines[static_cast<std::size_t>(net.engine)];
    if (engine.side != side)
      continue;
    const Point port = engine.ports[net.port].pose.at;
    const Point fibre =
        layout.connectors[static_cast<std::size_t>(net.connector)].fibres[static_cast<std::size_t>(net.fibre)].at;
    bundle.v_mm = frame.v_mm(port) + rules.lead_mm;
    bundle.lanes.push_back({&net, frame.u_mm(port), frame.u_mm(fibre) - frame.u_mm(port)});
  }
  bundle.length_mm = frame.reach_mm(package.outline) - rules.lead_mm - bundle.v_mm;
  return bundle;
}

/// Offsets below this are drawn straight: a hundredth of the 1 nm database unit.
constexpr double straight_offset_mm = 1e-8;

/// Radius of a lane when the side takes the fraction `share` of the way from the smallest to the largest radius.
double radius_at(double share, double length_mm, double offset_mm, double smallest_mm) {
  const double largest_mm = largest_s_bend_radius_mm(length_mm, offset_mm);
  return share >= 1 ? largest_mm : smallest_mm + share * (largest_mm - smallest_mm);
}

Path realise(const Lane& lane, const SBend& bend, const SideFrame& frame, double v_mm, double length_mm,
             double lead_mm) {
  const double side = lane.offset_mm > 0 ? -1 : 1; // a positive offset is to the right: the first arc turns right
  Path path;
  path.push_back({{frame.to_package(lane.u_mm, v_mm - lead_mm), frame.outward_heading_rad}, lead_mm, 0});
  if (std::abs(lane.offset_mm) < straight_offset_mm) {
    path.front().length_mm += length_mm + lead_mm;
    return path;
  }
  const double arc_mm = bend.radius_mm * bend.angle_rad;
  path.push_back({end_pose(path), arc_mm, side / bend.radius_mm});
  if (bend.straight_mm > straight_offset_mm)
    path.push_back({end_pose(path), bend.straight_mm, 0});
  path.push_back({end_pose(path), arc_mm, -side / bend.radius_mm});
  path.push_back({end_pose(path), lead_mm, 0});
  return path;
}

/// Offset and slope of an S-bend at `v_mm` from its start.
struct Track {
  double u_mm;
  double slope_rad;
};
Track track(const Lane& lane, const SBend& bend, double length_mm, double v_mm) {
  if (std::abs(lane.offset_mm) < straight_offset_mm)
    return {lane.u_mm, 0};
  const bool first = v_mm < length_mm / 2; // the bend is symmetric about its middle
  const double v = first ? v_mm : length_mm - v_mm;
  const double arc_v_mm = bend.radius_mm * std::sin(bend.angle_rad);
  const double slope_rad = v < arc_v_mm ? std::asin(v / bend.radius_mm) : bend.angle_rad;
  double across_mm = bend.radius_mm * (1 - std::cos(slope_rad));
  if (v > arc_v_mm)
    across_mm += (v - arc_v_mm) * std::tan(bend.angle_rad);
  const double h_mm = std::abs(lane.offset_mm);
  return {lane.u_mm + std::copysign(first ? across_mm : h_mm - across_mm, lane.offset_mm), slope_rad};
}

/// Smallest distance between neighbours, as the separation across times the cosine of the steeper slope: never above
/// the true distance by more than the bundle bends between two stations, so the verifier has the last word.
double closest_um(const Bundle& bundle, const std::vector<SBend>& bends) {
  constexpr int stations = 64;
  double closest_mm = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < bundle.lanes.size(); ++i)
    for (int k = 0; k <= stations; ++k) {
      const double v_mm = bundle.length_mm * k / stations;
      const Track left = track(bundle.lanes[i - 1], bends[i - 1], bundle.length_mm, v_mm);
      const Track right = track(bundle.lanes[i], bends[i], bundle.length_mm, v_mm);
      const double slope_rad = std::max(left.slope_rad, right.slope_rad);
      closest_mm = std::min(closest_mm, (right.u_mm - left.u_mm) * std::cos(slope_rad));
    }
  return 1000 * closest_mm;
}

/// The guide that needs the smallest radius says how much length is missing.
void check_radii(const Bundle& bundle, const RoutingRules& rules, const Layout& layout,
                 std::vector<Violation>& violations) {
  for (const Lane& lane : bundle.lanes) {
    const double largest_mm =
        std::abs(lane.offset_mm) <= bundle.length_mm ? largest_s_bend_radius_mm(bundle.length_mm, lane.offset_mm) : 0;
    if (largest_mm >= rules.min_bend_radius_mm)
      continue;
    const PlacedEngine& engine = layout.engines[static_cast<std::size_t>(lane.net->engine)];
    const PlacedPort& port = engine.ports[lane.net->port];
    const double needed_mm = s_bend_length_mm(std::abs(lane.offset_mm), rules.min_bend_radius_mm);
    violations.push_back(
        {"bend_radius", net_name(engine, port), port.pose.at, largest_mm, rules.min_bend_radius_mm, "mm",
         fmt::format(
             "guide {} must shift {:.2f} mm over {:.2f} mm: at the smallest radius of {:.2f} mm it needs {:.2f} "
             "mm, {:.2f} mm more",
             net_name(engine, port), std::abs(lane.offset_mm), bundle.length_mm, rules.min_bend_radius_mm, needed_mm,
             needed_mm - bundle.length_mm)});
  }
}

/// The S-bends of a bundle: the largest radii that keep the pitch; empty when none does.
std::vector<SBend> choose_bends(const Bundle& bundle, const RoutingRules& rules, double& closest) {
  closest = 0;
  constexpr int steps = 16;
  for (int k = steps; k >= 0; --k) {
    const double share = static_cast<double>(k) / steps;
    std::vector<SBend> bends;
    for (const Lane& lane : bundle.lanes) {
      if (std::abs(lane.offset_mm) < straight_offset_mm) {
        bends.push_back({});
        continue;
      }
      const double radius_mm = radius_at(share, bundle.length_mm, lane.offset_mm, rules.min_bend_radius_mm);
      bends.push_back(s_bend(bundle.length_mm, lane.offset_mm, radius_mm).value());
    }
    const double found_um = closest_um(bundle, bends);
    closest = std::max(closest, found_um);
    if (found_um >= rules.min_pitch_um)
      return bends;
  }
  return {};
}

void realise_side(const Bundle& bundle, const RoutingRules& rules, Layout& layout) {
  const SideFrame frame = frame_of(bundle.side);
  const std::size_t before = layout.violations.size();
  check_radii(bundle, rules, layout, layout.violations);
  if (layout.violations.size() > before)
    return;
  double closest = 0;
  const std::vector<SBend> bends = choose_bends(bundle, rules, closest);
  if (bends.empty()) {
    layout.violations.push_back(
        {"guide_spacing", fmt::format("side {}", name_of(bundle.side)),
         frame.to_package(0, bundle.v_mm + bundle.length_mm / 2), closest, rules.min_pitch_um, "um",
         fmt::format(
             "side {}: the slanted bundle closes up to {:.1f} um at best, {:.1f} um needed; more length between "
             "engine and edge, or engines nearer to their ferrules, would help",
             name_of(bundle.side), closest, rules.min_pitch_um)});
    return;
  }
  for (std::size_t i = 0; i < bundle.lanes.size(); ++i) {
    const Net& net = *bundle.lanes[i].net;
    const PlacedEngine& engine = layout.engines[static_cast<std::size_t>(net.engine)];
    const PlacedPort& port = engine.ports[net.port];
    layout.guides.push_back({net_name(engine, port), net.engine, port.kind, net.connector, net.fibre,
                             realise(bundle.lanes[i], bends[i], frame, bundle.v_mm, bundle.length_mm, rules.lead_mm)});
  }
  layout.turn_footprint_mm = std::max(layout.turn_footprint_mm, bundle.length_mm);
}

} // namespace

double largest_s_bend_radius_mm(double length_mm, double offset_mm) {
  const double h_mm = std::abs(offset_mm);
  return h_mm == 0 ? std::numeric_limits<double>::infinity() : (length_mm * length_mm + h_mm * h_mm) / (4 * h_mm);
}

double s_bend_length_mm(double offset_mm, double radius_mm) {
  const double h_mm = std::abs(offset_mm);
  return h_mm < 2 * radius_mm ? std::sqrt(4 * radius_mm * h_mm - h_mm * h_mm) : 2 * radius_mm;
}

std::optional<SBend> s_bend(double length_mm, double offset_mm, double radius_mm) {
  const double h_mm = std::abs(offset_mm);
  const double largest_mm = largest_s_bend_radius_mm(length_mm, offset_mm);
  if (radius_mm > largest_mm * (1 + 1e-12) || (radius_mm >= largest_mm && h_mm > length_mm))
    return std::nullopt;
  if (radius_mm >= largest_mm)
    return SBend{radius_mm, 2 * std::atan2(h_mm, length_mm), 0};
  // Arcs and the straight between them must close: L sin(a) + (2R - h) cos(a) = 2R.
  const double rest_mm = 2 * radius_mm - h_mm;
  const double angle_rad =
      std::asin(std::min(1.0, 2 * radius_mm / std::hypot(length_mm, rest_mm))) - std::atan2(rest_mm, length_mm);
  if (!(angle_rad > 0) || angle_rad > std::numbers::pi / 2)
    return std::nullopt;
  const double straight_mm =
      std::hypot(length_mm - 2 * radius_mm * std::sin(angle_rad), h_mm - 2 * radius_mm * (1 - std::cos(angle_rad)));
  return SBend{radius_mm, angle_rad, straight_mm};
}

void route(const Package& package, const RoutingRules& rules, const std::vector<Net>& nets, Layout& layout) {
  for (Side side : package.engines.sides) {
    const Bundle bundle = bundle_of(side, package, rules, nets, layout);
    if (bundle.lanes.empty())
      continue;
    if (bundle.length_mm <= 0)
      layout.violations.push_back(
          {"outline",
           fmt::format("side {}", name_of(side)),
           {},
           bundle.length_mm,
           0,
           "mm",
           fmt::format("side {}: no room for guides between engines and package edge", name_of(side))});
    else
      realise_side(bundle, rules, layout);
  }
}

Layout lay_out(const Package& package, const RoutingRules& rules, const PathLoss&) {
  Layout layout;
  place_engines(package, layout);
  if (!layout.violations.empty())
    return layout; // nothing leads to engines that cannot stand
  if (package.fibres)
    place_ribbons(package, layout);
  if (package.guides)
    route(package, rules, connect(package, layout), layout);
  return layout;
}

} // namespace beachfront::geometry
