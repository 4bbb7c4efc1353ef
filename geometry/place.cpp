// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/place.hpp"

#include "geometry/names.hpp"
#include "geometry/side_frame.hpp"

#include <fmt/core.h>

#include <limits>

namespace beachfront::geometry {

namespace {

int ports_of(const PortBank& bank, PortKind kind) {
  return kind == PortKind::tx ? bank.tx : kind == PortKind::rx ? bank.rx : bank.laser;
}

/// Ports of an engine at its left and right end that link it to other engines.
struct LinkPorts {
  int left = 0;
  int right = 0;
};

/// The kinds in turn: at every place the kind that is furthest behind its share; of equals the first of the order.
std::vector<PortKind> alternating(const PortBank& bank) {
  std::vector<PortKind> kinds;
  int placed[3] = {0, 0, 0};
  for (int i = 1; i <= bank.count(); ++i) {
    PortKind next = bank.order.front();
    double most_behind = -1;
    for (PortKind kind : bank.order) {
      const double due = static_cast<double>(ports_of(bank, kind)) * i / bank.count();
      const double behind = due - placed[static_cast<int>(kind)];
      if (placed[static_cast<int>(kind)] < ports_of(bank, kind) && behind > most_behind + 1e-12) {
        most_behind = behind;
        next = kind;
      }
    }
    ++placed[static_cast<int>(next)];
    kinds.push_back(next);
  }
  return kinds;
}

std::vector<PortKind> port_order(const PortBank& bank, bool mirrored, const LinkPorts& links) {
  std::vector<PortKind> kinds;
  if (bank.alternate)
    kinds = alternating(bank);
  else
    for (PortKind kind : bank.order)
      kinds.insert(kinds.end(), static_cast<std::size_t>(ports_of(bank, kind)), kind);
  if (mirrored)
    std::reverse(kinds.begin(), kinds.end());
  kinds.insert(kinds.begin(), static_cast<std::size_t>(links.left), PortKind::link);
  kinds.insert(kinds.end(), static_cast<std::size_t>(links.right), PortKind::link);
  return kinds;
}

std::vector<PlacedPort> place_ports(const std::vector<PortKind>& kinds, double pitch_um, const PlacedEngine& engine) {
  const SideFrame frame = frame_of(engine.side);
  int next[4] = {0, 0, 0, 0};
  std::vector<PlacedPort> ports;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const double offset_mm = (static_cast<double>(i) - (static_cast<double>(kinds.size()) - 1) / 2) * pitch_um / 1000;
    const Point at = frame.to_package(frame.middle_mm(engine.outline) + offset_mm, frame.reach_mm(engine.outline));
    ports.push_back({kinds[i], next[static_cast<int>(kinds[i])]++, {at, frame.outward_heading_rad}});
  }
  return ports;
}

double reach_mm(const Package& package, Point to) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const Die& die : package.dies)
    nearest = std::min(nearest, distance_mm(die.outline, {to, to}));
  return nearest;
}

/// How many of `total` fall to the side at `position` of `sides`.
int share(int total, std::size_t position, std::size_t sides) {
  const int n = static_cast<int>(sides);
  return total / n + (static_cast<int>(position) < total % n ? 1 : 0);
}

void check_body(const Package& package, const PlacedEngine& engine, std::vector<Violation>& violations) {
  const std::string name = engine_name(engine.index);
  const Point place = engine.outline.centre();
  if (!contains(package.outline, engine.outline))
    violations.push_back(
        {"engine_outline", name, place, 0, 0, "mm",
         fmt::format("engine {} on side {} stands over the package edge", name, name_of(engine.side))});
  for (const KeepOut& keep_out : package.keep_outs)
    if (keep_out.bodies && overlap(keep_out.outline, engine.outline))
      violations.push_back({"engine_keep_out", name + ", " + keep_out.name, place, 0, 0, "mm",
                            fmt::format("engine {} stands on keep-out {}", name, keep_out.name)});
}

void check_distance(const std::string& a, const Box& box_a, const std::string& b, const Box& box_b, double required_mm,
                    std::vector<Violation>& violations) {
  const double found_mm = distance_mm(box_a, box_b);
  // A distance that equals the clearance but for rounding is no fault.
  if (found_mm < required_mm - 1e-9 || overlap(box_a, box_b))
    violations.push_back({"engine_clearance", a + ", " + b, box_a.centre(), found_mm, required_mm, "mm",
                          fmt::format("{} and {} are {:.3f} mm apart, {:.3f} mm needed", a, b, found_mm, required_mm)});
}

void check_bank(const Package& package, const std::vector<PlacedEngine>& engines, std::vector<Violation>& violations) {
  std::size_t ports = 0;
  for (const PlacedEngine& engine : engines)
    ports = std::max(ports, engine.ports.size());
  const PortBank& bank = package.engines.ports;
  const double width_mm = static_cast<double>(ports) * bank.pitch_um / 1000;
  if (width_mm > package.engines.width_mm)
    violations.push_back({"port_bank",
                          "engines",
                          {},
                          package.engines.width_mm,
                          width_mm,
                          "mm",
                          fmt::format("{} ports at {} um pitch take {:.2f} mm of a {:.2f} mm engine face", ports,
                                      bank.pitch_um, width_mm, package.engines.width_mm)});
}

/// The engine slid along its side, from `wish_mm` in the direction `way`, past all that it may not stand on.
double slide(const Package& package, const SideFrame& frame, double wish_mm, double v_mm, int way) {
  const Engines& engines = package.engines;
  double u_mm = wish_mm;
  for (bool moved = true; moved;) {
    moved = false;
    const Box body =
        frame.to_package(u_mm - engines.width_mm / 2, v_mm, u_mm + engines.width_mm / 2, v_mm + engines.depth_mm);
    for (const KeepOut& keep_out : package.keep_outs) {
      if (!keep_out.bodies || !overlap(keep_out.outline, body))
        continue;
      // A hair further than touching, or rounding would find the same overlap again.
      const double past_mm = frame.length_mm(keep_out.outline) / 2 + engines.width_mm / 2 + 1e-9;
      u_mm = frame.middle_mm(keep_out.outline) + way * past_mm;
      moved = true;
    }
  }
  return u_mm;
}

/// Places along a row for `count` engines: centred, at the pitch, and slid outwards where a keep-out is in the way.
/// Where the row then runs over the package edge, the centred places (the violations will say what they meet).
std::vector<double> row_places(const Package& package, const SideFrame& frame, double middle_mm, double v_mm,
                               int count) {
  const Engines& engines = package.engines;
  std::vector<double> centred, places;
  for (int k = 0; k < count; ++k)
    centred.push_back(middle_mm + (k - (count - 1) / 2.0) * engines.pitch_mm);
  places = centred;
  const int right = count / 2; // the first at or right of the middle
  for (int k = right; k < count; ++k) {
    const auto i = static_cast<std::size_t>(k);
    const double wish_mm = k == right ? places[i] : std::max(places[i], places[i - 1] + engines.pitch_mm);
    places[i] = slide(package, frame, wish_mm, v_mm, 1);
  }
  for (int k = right - 1; k >= 0; --k) {
    const auto i = static_cast<std::size_t>(k);
    const double wish_mm = std::min(places[i], places[i + 1] - engines.pitch_mm);
    places[i] = slide(package, frame, wish_mm, v_mm, -1);
  }
  const double limit_mm = frame.length_mm(package.outline) / 2 - engines.width_mm / 2;
  const double package_middle_mm = frame.middle_mm(package.outline);
  const bool fits = std::all_of(places.begin(), places.end(),
                                [&](double u_mm) { return std::abs(u_mm - package_middle_mm) <= limit_mm; });
  return fits ? places : centred;
}

PlacedEngine stand(const Package& package, Side side, Point centre) {
  const SideFrame frame = frame_of(side);
  const Engines& engines = package.engines;
  const double u_mm = frame.u_mm(centre), v_mm = frame.v_mm(centre);
  PlacedEngine engine;
  engine.side = side;
  engine.outline = frame.to_package(u_mm - engines.width_mm / 2, v_mm - engines.depth_mm / 2,
                                    u_mm + engines.width_mm / 2, v_mm + engines.depth_mm / 2);
  engine.electrical_reach_mm = reach_mm(package, engine.outline.centre());
  return engine;
}

/// Rows around the dies, the sides in the order of the design, inner rows first. The engines of a side are shared over
/// its rows, the inner ones taking the remainder; its spares stand at the right end of its outermost row.
std::vector<PlacedEngine> stand_in_rows(const Package& package) {
  const Engines& engines = package.engines;
  const Box dies = die_bounds(package);
  std::vector<PlacedEngine> placed;
  for (std::size_t s = 0; s < engines.sides.size(); ++s) {
    const SideFrame frame = frame_of(engines.sides[s]);
    const int working = share(engines.count, s, engines.sides.size());
    const int standing = working + share(engines.spares, s, engines.sides.size());
    int in_side = 0;
    for (int row = 0; row < engines.rows; ++row) {
      const int count = share(standing, static_cast<std::size_t>(row), static_cast<std::size_t>(engines.rows));
      const double v_mm = frame.reach_mm(dies) + engines.die_gap_mm + row * (engines.depth_mm + engines.row_gap_mm);
      // Rows whose numbers differ by one already stand half a pitch apart.
      const int first_count = share(standing, 0, static_cast<std::size_t>(engines.rows));
      const bool half_apart = (first_count - count) % 2 != 0;
      const bool wants_half = engines.staggered && row % 2 == 1;
      const double shift_mm = half_apart == wants_half ? 0 : engines.pitch_mm / 2;
      for (const double u_mm : row_places(package, frame, frame.middle_mm(dies) + shift_mm, v_mm, count)) {
        PlacedEngine engine = stand(package, engines.sides[s], frame.to_package(u_mm, v_mm + engines.depth_mm / 2));
        engine.row = row;
        engine.spare = in_side++ >= working;
        placed.push_back(std::move(engine));
      }
    }
  }
  return placed;
}

std::vector<PlacedEngine> stand_as_given(const Package& package) {
  std::vector<PlacedEngine> placed;
  for (const EnginePosition& position : package.engines.positions) {
    placed.push_back(stand(package, position.side, position.centre));
    placed.back().spare = static_cast<int>(placed.size()) > package.engines.count;
  }
  return placed;
}

/// Whether two working engines are named; what else a link may lack, the router reports.
bool joins_engines(const EngineLink& link, const std::vector<PlacedEngine>& engines) {
  const auto works = [&](int index) {
    return index >= 0 && static_cast<std::size_t>(index) < engines.size() &&
           !engines[static_cast<std::size_t>(index)].spare;
  };
  return works(link.from) && works(link.to) && link.from != link.to && link.lanes > 0;
}

/// Link ports at the end of each bank that is nearer to the other engine.
std::vector<LinkPorts> link_ports(const Package& package, const std::vector<PlacedEngine>& engines) {
  std::vector<LinkPorts> result(engines.size());
  const auto add = [&](int at, int other, int lanes) {
    const PlacedEngine& engine = engines[static_cast<std::size_t>(at)];
    const SideFrame frame = frame_of(engine.side);
    const bool right =
        frame.middle_mm(engines[static_cast<std::size_t>(other)].outline) > frame.middle_mm(engine.outline);
    (right ? result[static_cast<std::size_t>(at)].right : result[static_cast<std::size_t>(at)].left) += lanes;
  };
  for (const EngineLink& link : package.links) {
    if (!joins_engines(link, engines))
      continue;
    add(link.from, link.to, link.lanes);
    add(link.to, link.from, link.lanes);
  }
  return result;
}

/// Every second engine of a side is mirrored where the bank asks for it: second along the side, whatever its row.
std::vector<bool> mirrored(const Package& package, const std::vector<PlacedEngine>& engines) {
  std::vector<bool> result(engines.size());
  if (!package.engines.ports.mirror_alternate)
    return result;
  for (Side side : {Side::north, Side::east, Side::south, Side::west}) {
    const SideFrame frame = frame_of(side);
    std::vector<std::size_t> along;
    for (std::size_t i = 0; i < engines.size(); ++i)
      if (engines[i].side == side)
        along.push_back(i);
    std::stable_sort(along.begin(), along.end(), [&](std::size_t a, std::size_t b) {
      return frame.middle_mm(engines[a].outline) < frame.middle_mm(engines[b].outline);
    });
    for (std::size_t k = 0; k < along.size(); ++k)
      result[along[k]] = k % 2 == 1;
  }
  return result;
}

} // namespace

Box die_bounds(const Package& package) {
  Box box = package.dies.front().outline;
  for (const Die& die : package.dies) {
    box.min = {std::min(box.min.x_mm, die.outline.min.x_mm), std::min(box.min.y_mm, die.outline.min.y_mm)};
    box.max = {std::max(box.max.x_mm, die.outline.max.x_mm), std::max(box.max.y_mm, die.outline.max.y_mm)};
  }
  return box;
}

void place_engines(const Package& package, Layout& layout) {
  layout.engines = package.engines.positions.empty() ? stand_in_rows(package) : stand_as_given(package);
  const std::vector<LinkPorts> links = link_ports(package, layout.engines);
  const std::vector<bool> reversed = mirrored(package, layout.engines);
  for (std::size_t i = 0; i < layout.engines.size(); ++i) {
    PlacedEngine& engine = layout.engines[i];
    engine.index = static_cast<int>(i);
    if (!engine.spare)
      engine.ports =
          place_ports(port_order(package.engines.ports, reversed[i], links[i]), package.engines.ports.pitch_um, engine);
  }

  if (layout.engines.empty() && package.engines.count > 0)
    layout.violations.push_back({"engine_outline",
                                 "engines",
                                 {},
                                 0,
                                 0,
                                 "mm",
                                 fmt::format("{} engines and no side to stand on", package.engines.count)});
  check_bank(package, layout.engines, layout.violations);
  const double clearance_mm = package.engines.clearance_mm;
  for (std::size_t i = 0; i < layout.engines.size(); ++i) {
    const PlacedEngine& engine = layout.engines[i];
    check_body(package, engine, layout.violations);
    for (const Die& die : package.dies)
      check_distance(engine_name(engine.index), engine.outline, "die " + die.name, die.outline, clearance_mm,
                     layout.violations);
    for (std::size_t j = i + 1; j < layout.engines.size(); ++j)
      check_distance(engine_name(engine.index), engine.outline, engine_name(layout.engines[j].index),
                     layout.engines[j].outline, clearance_mm, layout.violations);
  }
}

void place_ribbons(const Package& package, Layout& layout) {
  const double width_mm = package.engines.ports.count() * package.fibres->fibre_pitch_um / 1000;
  if (width_mm > package.engines.width_mm)
    layout.violations.push_back(
        {"fibre_array",
         "engines",
         {},
         package.engines.width_mm,
         width_mm,
         "mm",
         fmt::format("an array of {} fibres at {} um pitch is {:.2f} mm wide, the engine's face "
                     "{:.2f} mm",
                     package.engines.ports.count(), package.fibres->fibre_pitch_um, width_mm,
                     package.engines.width_mm)});
  for (const PlacedEngine& engine : layout.engines) {
    if (engine.spare)
      continue;
    const SideFrame frame = frame_of(engine.side);
    const double u_mm = frame.middle_mm(engine.outline);
    const Box corridor = frame.to_package(u_mm - width_mm / 2, frame.reach_mm(engine.outline), u_mm + width_mm / 2,
                                          frame.reach_mm(package.outline));
    const auto blocked = [&](const std::string& what, const Box& body) {
      if (overlap(corridor, body))
        layout.violations.push_back(
            {"ribbon", engine_name(engine.index) + ", " + what, body.centre(), 0, width_mm, "mm",
             fmt::format("the fibre ribbon of engine {} runs over {}", engine_name(engine.index), what)});
    };
    for (const KeepOut& keep_out : package.keep_outs)
      if (keep_out.fibres)
        blocked(keep_out.name, keep_out.outline);
    for (const PlacedEngine& other : layout.engines)
      if (other.index != engine.index)
        blocked(engine_name(other.index), other.outline);
    layout.ribbons.push_back({engine.index, corridor});
  }
}

} // namespace beachfront::geometry
