// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/link_arches.hpp"

#include "geometry/bend.hpp"
#include "geometry/distance.hpp"
#include "geometry/names.hpp"
#include "geometry/side_frame.hpp"

#include <fmt/core.h>

#include <limits>
#include <numbers>

namespace beachfront::geometry {

namespace {

constexpr double quarter_rad = std::numbers::pi / 2;

/// What equals a length but for rounding is that length; the tolerance of the verifier's joints.
constexpr double rounding_mm = 1e-9;

/// The links of two engines that face each other.
struct Pair {
  const PlacedEngine* left; ///< seen from the die
  const PlacedEngine* right;
  std::vector<EngineLink> links;
};

std::string pair_name(int a, int b) {
  return engine_name(std::min(a, b)) + "-" + engine_name(std::max(a, b));
}
std::string name_of(const Pair& pair) {
  return "links " + pair_name(pair.left->index, pair.right->index);
}
Point middle_of(const Pair& pair) {
  return 0.5 * (pair.left->outline.centre() + pair.right->outline.centre());
}

/// Why two engines cannot be linked, and what would help.
struct Refusal {
  std::string reason;
  double found = 0;
  double required = 0;
  std::string unit = "";
};

std::optional<Refusal> refuse(const EngineLink& link, const Layout& layout) {
  const int count = static_cast<int>(layout.engines.size());
  for (const int index : {link.from, link.to})
    if (index < 0 || index >= count)
      return Refusal{fmt::format("there is no engine {}: engines 0 to {} stand on the package", index, count - 1),
                     static_cast<double>(index), static_cast<double>(count - 1), "index"};
  if (link.from == link.to)
    return Refusal{"it leads back to its own engine; engines next to each other on one side can be linked"};
  if (link.lanes < 1)
    return Refusal{fmt::format("it has {} lanes; give it one at least, or leave it out", link.lanes),
                   static_cast<double>(link.lanes), 1, "lanes"};
  const PlacedEngine& from = layout.engines[static_cast<std::size_t>(link.from)];
  const PlacedEngine& to = layout.engines[static_cast<std::size_t>(link.to)];
  for (const PlacedEngine* engine : {&from, &to})
    if (engine->spare)
      return Refusal{
          fmt::format("engine {} is a spare and has no ports; link working engines", engine_name(engine->index))};
  if (from.side != to.side)
    return Refusal{fmt::format("the engines face sides {} and {}; engines next to each other on one side can be linked",
                               name_of(from.side), name_of(to.side))};
  const SideFrame frame = frame_of(from.side);
  const double step_mm = std::abs(frame.reach_mm(from.outline) - frame.reach_mm(to.outline));
  if (step_mm > rounding_mm)
    return Refusal{fmt::format("the engines' faces are {:.3f} mm out of line; engines next to each other in one row of "
                               "a side can be linked",
                               step_mm),
                   step_mm, 0, "mm"};
  const double from_mm = frame.middle_mm(from.outline), to_mm = frame.middle_mm(to.outline);
  for (const PlacedEngine& other : layout.engines) {
    const double u_mm = frame.middle_mm(other.outline);
    if (other.side == from.side && !other.spare && u_mm > std::min(from_mm, to_mm) && u_mm < std::max(from_mm, to_mm) &&
        frame.reach_mm(other.outline) <= frame.reach_mm(from.outline) + rounding_mm)
      return Refusal{fmt::format("engine {} stands between and its own guides would meet the arch; link it to either "
                                 "neighbour, or leave a spare in its place",
                                 engine_name(other.index))};
  }
  return std::nullopt;
}

Violation violation_of(const EngineLink& link, const Refusal& refusal, const Layout& layout) {
  const std::string name = engine_name(link.from) + "-" + engine_name(link.to);
  const auto place = [&](int index) {
    const bool exists = index >= 0 && static_cast<std::size_t>(index) < layout.engines.size();
    return exists ? layout.engines[static_cast<std::size_t>(index)].outline.centre() : Point{};
  };
  return {"link",
          name,
          0.5 * (place(link.from) + place(link.to)),
          refusal.found,
          refusal.required,
          refusal.unit,
          fmt::format("link {} cannot be drawn: {}", name, refusal.reason)};
}

/// Links that can be drawn, pair by pair in the order of the design.
std::vector<Pair> pairs_of(const Package& package, const Layout& layout, std::vector<Violation>& violations) {
  std::vector<Pair> pairs;
  for (const EngineLink& link : package.links) {
    if (const auto refusal = refuse(link, layout)) {
      violations.push_back(violation_of(link, *refusal, layout));
      continue;
    }
    const PlacedEngine* left = &layout.engines[static_cast<std::size_t>(link.from)];
    const PlacedEngine* right = &layout.engines[static_cast<std::size_t>(link.to)];
    const SideFrame frame = frame_of(left->side);
    if (frame.middle_mm(left->outline) > frame.middle_mm(right->outline))
      std::swap(left, right);
    const auto same = std::find_if(pairs.begin(), pairs.end(),
                                   [&](const Pair& pair) { return pair.left == left && pair.right == right; });
    if (same == pairs.end())
      pairs.push_back({left, right, {link}});
    else
      same->links.push_back(link);
  }
  return pairs;
}

int lanes_of(const Pair& pair) {
  int lanes = 0;
  for (const EngineLink& link : pair.links)
    lanes += link.lanes;
  return lanes;
}

/// Index of the port that is lane k's at its left (or right) end.
std::size_t port_at(const Pair& pair, std::size_t k, bool left) {
  return left ? pair.left->ports.size() - 1 - k : k;
}

bool has_ports(const Pair& pair) {
  const auto lanes = static_cast<std::size_t>(lanes_of(pair));
  if (pair.left->ports.size() < lanes || pair.right->ports.size() < lanes)
    return false;
  for (std::size_t k = 0; k < lanes; ++k)
    if (pair.left->ports[port_at(pair, k, true)].kind != PortKind::link ||
        pair.right->ports[port_at(pair, k, false)].kind != PortKind::link)
      return false;
  return true;
}

/// The arch of one pair of engines in the frame of its side: everything but the port pitch is common to its lanes.
struct Arch {
  double left_mm = 0; ///< along the side: the innermost ports
  double right_mm = 0;
  double face_mm = 0;   ///< outwards: the engines' faces
  double radius_mm = 0; ///< of the innermost quarter turns
  double pitch_mm = 0;  ///< of the ports
  double rise_mm = 0;   ///< from one lane's straight to the next
  double gap_mm() const { return right_mm - left_mm; }
};

Arch arch_of(const Package& package, const RoutingRules& rules, const Pair& pair) {
  const SideFrame frame = frame_of(pair.left->side);
  Arch arch;
  arch.left_mm = frame.u_mm(pair.left->ports[port_at(pair, 0, true)].pose.at);
  arch.right_mm = frame.u_mm(pair.right->ports[port_at(pair, 0, false)].pose.at);
  arch.face_mm = frame.reach_mm(pair.left->outline);
  arch.radius_mm = bend_radius_mm(rules.min_bend_radius_mm, quarter_rad, rules.clothoids);
  arch.pitch_mm = package.engines.ports.pitch_um / 1000;
  // Ports closer than the rule break it at the engine; the arch need not.
  arch.rise_mm = std::max(arch.pitch_mm, rules.min_pitch_um / 1000);
  return arch;
}

/// Lane k from one of the arch's two ends to the other.
Path draw(const Arch& arch, const RoutingRules& rules, const Pose& port, int k, bool from_left) {
  const double turn_rad = from_left ? -quarter_rad : quarter_rad;
  const double radius_mm = arch.radius_mm + k * arch.pitch_mm;
  const double lead_mm = rules.lead_mm + k * (arch.rise_mm - arch.pitch_mm);
  const double across_mm = arch.gap_mm() - 2 * arch.radius_mm;
  Path path{{port, lead_mm, 0}};
  append_bend(path, radius_mm, turn_rad, rules.clothoids);
  if (across_mm > rounding_mm)
    path.push_back({end_pose(path), across_mm, 0});
  append_bend(path, radius_mm, turn_rad, rules.clothoids);
  path.push_back({end_pose(path), lead_mm, 0});
  // Without a lead there is no straight at either end.
  std::erase_if(path, [](const Segment& segment) { return segment.length_mm <= 0; });
  return path;
}

std::vector<LinkGuide> draw(const Pair& pair, const Arch& arch, const RoutingRules& rules) {
  std::vector<LinkGuide> guides;
  int k = 0;
  for (const EngineLink& link : pair.links)
    for (int lane = 0; lane < link.lanes; ++lane, ++k) {
      const bool from_left = link.from == pair.left->index;
      const PlacedEngine& from = from_left ? *pair.left : *pair.right;
      const PlacedEngine& to = from_left ? *pair.right : *pair.left;
      const std::size_t first = port_at(pair, static_cast<std::size_t>(k), from_left);
      const std::size_t last = port_at(pair, static_cast<std::size_t>(k), !from_left);
      Guide guide;
      guide.net = fmt::format("{}.link{}-{}.link{}", engine_name(from.index), from.ports[first].number,
                              engine_name(to.index), to.ports[last].number);
      guide.engine = from.index;
      guide.kind = PortKind::link;
      guide.path = draw(arch, rules, from.ports[first].pose, k, from_left);
      guide.to_engine = to.index;
      guides.push_back({first, std::move(guide)});
    }
  return guides;
}

/// How far the outermost lane is beyond the innermost along the side, and the level of its straight.
struct Reach {
  double beside_mm = 0;
  double top_mm = 0;
};

Reach reach_of(const Arch& arch, const RoutingRules& rules, int lanes) {
  return {(lanes - 1) * arch.pitch_mm, arch.face_mm + rules.lead_mm + arch.radius_mm + (lanes - 1) * arch.rise_mm};
}

/// A clearance from this box is the pitch from the arch: the arch's round shoulders leave the box's corners more room.
Box body_of(const Arch& arch, const RoutingRules& rules, const Pair& pair) {
  const Reach reach = reach_of(arch, rules, lanes_of(pair));
  const double wanted_mm = rules.keep_out_clearance_mm - rules.min_pitch_um / 1000;
  // However wide the clearance, something of the box remains.
  const double inset_mm =
      std::min({wanted_mm, (arch.gap_mm() + 2 * reach.beside_mm) / 2.5, reach.top_mm - arch.face_mm});
  return frame_of(pair.left->side)
      .to_package(arch.left_mm - reach.beside_mm + inset_mm, arch.face_mm, arch.right_mm + reach.beside_mm - inset_mm,
                  reach.top_mm - inset_mm);
}

std::optional<Violation> too_near(const Arch& arch, const Pair& pair, const RoutingRules& rules) {
  const double needed_mm = 2 * arch.radius_mm;
  if (arch.gap_mm() >= needed_mm - rounding_mm)
    return std::nullopt;
  return Violation{
      "bend_radius",
      name_of(pair),
      middle_of(pair),
      arch.gap_mm(),
      needed_mm,
      "mm",
      fmt::format("the nearest link ports of engines {} and {} are {:.3f} mm apart; two quarter turns with "
                  "bends of {:.2f} mm radius need {:.3f} mm: engines further apart would help",
                  engine_name(pair.left->index), engine_name(pair.right->index), arch.gap_mm(),
                  rules.min_bend_radius_mm, needed_mm)};
}

std::optional<Violation> over_edge(const Arch& arch, const Pair& pair, const Package& package,
                                   const RoutingRules& rules) {
  const double room_mm =
      frame_of(pair.left->side).reach_mm(package.outline) - reach_of(arch, rules, lanes_of(pair)).top_mm;
  if (room_mm >= rules.edge_clearance_mm - rounding_mm)
    return std::nullopt;
  return Violation{"edge_clearance",
                   name_of(pair),
                   middle_of(pair),
                   room_mm,
                   rules.edge_clearance_mm,
                   "mm",
                   fmt::format("the arch of {} comes to {:.3f} mm from the package edge, {:.3f} mm are needed: engines "
                               "nearer to the die or a larger package would help",
                               name_of(pair), room_mm, rules.edge_clearance_mm)};
}

/// Bodies that the guides come too close to, each at its worst place; their own engines they only leave and reach.
std::vector<Violation> blocked(const std::vector<LinkGuide>& guides, const Pair& pair,
                               const std::vector<Obstacle>& bodies, const RoutingRules& rules) {
  std::vector<Violation> violations;
  for (const Obstacle& body : bodies) {
    if (body.engine == pair.left->index || body.engine == pair.right->index)
      continue;
    Nearest closest;
    closest.distance_mm = std::numeric_limits<double>::infinity();
    for (const LinkGuide& link : guides)
      for (const Segment& segment : link.guide.path)
        if (const Nearest found = nearest(segment, body.outline); found.distance_mm < closest.distance_mm)
          closest = found;
    if (closest.distance_mm >= rules.keep_out_clearance_mm - rounding_mm)
      continue;
    violations.push_back(
        {"keep_out", name_of(pair) + " and " + body.name, closest.on_first, closest.distance_mm,
         rules.keep_out_clearance_mm, "mm",
         fmt::format("the arch of {} would come to {:.3f} mm from {}, {:.3f} mm are needed: nothing may "
                     "stand under its guides",
                     name_of(pair), closest.distance_mm, body.name, rules.keep_out_clearance_mm)});
  }
  return violations;
}

/// Whether the way outwards from the middle of a body meets the outermost guide.
bool stands_under(const Box& body, const Path& outermost, const SideFrame& frame, double far_mm) {
  const Segment outwards{{body.centre(), frame.outward_heading_rad}, far_mm, 0};
  return std::any_of(outermost.begin(), outermost.end(),
                     [&](const Segment& segment) { return !meetings(outwards, segment).empty(); });
}

/// Working engines whose own guides could leave only across the arch. One of another side is shut in only beyond the
/// faces; before them it may have its way along the side.
std::vector<Violation> shut_in(const std::vector<LinkGuide>& guides, const Arch& arch, const Pair& pair,
                               const Package& package, const Layout& layout) {
  const SideFrame frame = frame_of(pair.left->side);
  const double far_mm = package.outline.width_mm() + package.outline.height_mm();
  std::vector<Violation> violations;
  for (const PlacedEngine& engine : layout.engines) {
    const bool may_leave = engine.side != pair.left->side && frame.v_mm(engine.outline.centre()) < arch.face_mm;
    const bool own = engine.index == pair.left->index || engine.index == pair.right->index;
    if (own || engine.spare || may_leave || !stands_under(engine.outline, guides.back().guide.path, frame, far_mm))
      continue;
    const std::string name = engine_name(engine.index);
    violations.push_back({"link", name_of(pair) + " and engine " + name, engine.outline.centre(), 0, 0, "",
                          fmt::format("the guides of engine {} could leave only across the arch of {}; a place of its "
                                      "own further aside, or links over a spare, would help",
                                      name, name_of(pair))});
  }
  return violations;
}

void draw_pair(const Package& package, const RoutingRules& rules, const Pair& pair, const Layout& layout,
               LinkArches& result) {
  if (!has_ports(pair)) {
    const Refusal refusal{fmt::format("the engines lack {} link ports that face each other", lanes_of(pair))};
    for (const EngineLink& link : pair.links)
      result.violations.push_back(violation_of(link, refusal, layout));
    return;
  }
  const Arch arch = arch_of(package, rules, pair);
  auto violation = too_near(arch, pair, rules);
  if (!violation)
    violation = over_edge(arch, pair, package, rules);
  if (violation) {
    result.violations.push_back(*violation);
    return;
  }
  std::vector<LinkGuide> guides = draw(pair, arch, rules);
  std::vector<Violation> in_the_way = blocked(guides, pair, obstacles(package, layout), rules);
  if (in_the_way.empty())
    in_the_way = shut_in(guides, arch, pair, package, layout);
  result.violations.insert(result.violations.end(), in_the_way.begin(), in_the_way.end());
  if (!in_the_way.empty())
    return;
  result.bodies.push_back({name_of(pair), body_of(arch, rules, pair), {}});
  for (LinkGuide& guide : guides)
    result.guides.push_back(std::move(guide));
}

} // namespace

LinkArches draw_links(const Package& package, const RoutingRules& rules, const Layout& layout) {
  LinkArches result;
  for (const Pair& pair : pairs_of(package, layout, result.violations))
    draw_pair(package, rules, pair, layout, result);
  return result;
}

} // namespace beachfront::geometry
