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

std::vector<PlacedPort> place_ports(const PortBank& bank, bool mirrored, const SideFrame& frame, double u_mm,
                                    double v_mm) {
  std::vector<PortKind> kinds;
  for (PortKind kind : bank.order)
    kinds.insert(kinds.end(), static_cast<std::size_t>(ports_of(bank, kind)), kind);
  if (mirrored)
    std::reverse(kinds.begin(), kinds.end());
  const double pitch_mm = bank.pitch_um / 1000;
  int next[3] = {0, 0, 0};
  std::vector<PlacedPort> ports;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const double offset_mm = (static_cast<double>(i) - (static_cast<double>(kinds.size()) - 1) / 2) * pitch_mm;
    ports.push_back({kinds[i],
                     next[static_cast<int>(kinds[i])]++,
                     {frame.to_package(u_mm + offset_mm, v_mm), frame.outward_heading_rad}});
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
    if (overlap(keep_out.outline, engine.outline))
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

void check_bank(const Package& package, std::vector<Violation>& violations) {
  const PortBank& bank = package.engines.ports;
  const double width_mm = bank.count() * bank.pitch_um / 1000;
  if (width_mm > package.engines.width_mm)
    violations.push_back({"port_bank",
                          "engines",
                          {},
                          package.engines.width_mm,
                          width_mm,
                          "mm",
                          fmt::format("{} ports at {} um pitch take {:.2f} mm of a {:.2f} mm engine face", bank.count(),
                                      bank.pitch_um, width_mm, package.engines.width_mm)});
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
  const Engines& row = package.engines;
  const Box dies = die_bounds(package);
  for (std::size_t s = 0; s < row.sides.size(); ++s) {
    const SideFrame frame = frame_of(row.sides[s]);
    const int working = share(row.count, s, row.sides.size());
    const int standing = working + share(row.spares, s, row.sides.size());
    const double v_mm = frame.reach_mm(dies) + row.die_gap_mm;
    for (int k = 0; k < standing; ++k) {
      const double u_mm = frame.middle_mm(dies) + (k - (standing - 1) / 2.0) * row.pitch_mm;
      PlacedEngine engine;
      engine.index = static_cast<int>(layout.engines.size());
      engine.spare = k >= working;
      engine.side = row.sides[s];
      engine.outline = frame.to_package(u_mm - row.width_mm / 2, v_mm, u_mm + row.width_mm / 2, v_mm + row.depth_mm);
      if (!engine.spare)
        engine.ports =
            place_ports(row.ports, row.ports.mirror_alternate && k % 2 == 1, frame, u_mm, v_mm + row.depth_mm);
      engine.electrical_reach_mm = reach_mm(package, engine.outline.centre());
      layout.engines.push_back(std::move(engine));
    }
  }

  check_bank(package, layout.violations);
  for (std::size_t i = 0; i < layout.engines.size(); ++i) {
    const PlacedEngine& engine = layout.engines[i];
    check_body(package, engine, layout.violations);
    for (const Die& die : package.dies)
      check_distance(engine_name(engine.index), engine.outline, "die " + die.name, die.outline, row.clearance_mm,
                     layout.violations);
    for (std::size_t j = i + 1; j < layout.engines.size(); ++j)
      check_distance(engine_name(engine.index), engine.outline, engine_name(layout.engines[j].index),
                     layout.engines[j].outline, row.clearance_mm, layout.violations);
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
      blocked(keep_out.name, keep_out.outline);
    for (const PlacedEngine& other : layout.engines)
      if (other.index != engine.index)
        blocked(engine_name(other.index), other.outline);
    layout.ribbons.push_back({engine.index, corridor});
  }
}

} // namespace beachfront::geometry
