// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/assembly.hpp"

#include "thermal/plate_increment.hpp"
#include "thermal/rim.hpp"
#include "thermal/transitions.hpp"
#include "thermal/upper_plates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double exclusion_mm = 0.5; // docs/facts/thermal.md section 5: no plate stress this near an edge

bool takes_part(const Package& package, Joint joint) {
  return joint == Joint::lid ? joins_lid(package) : joint == Joint::board ? joins_board(package) : true;
}

/// The footprints with their engaged parts when every material is glassy and the dies are filled, if ever: the stiffest
/// state.
std::vector<Footprint> footprints(const Package& package, const std::vector<Ply>& plies) {
  const double room_C = package.operation.room_C;
  const bool filled = step_temperature_C(package, Joint::underfill).has_value();
  std::vector<Footprint> all;
  for (std::size_t b = 0; b < body_count(package); ++b) {
    const geometry::Box& outline = body_outline(package, b);
    const bool is_joined = step_temperature_C(package, is_die(package, b) ? Joint::die : Joint::engine).has_value();
    Footprint footprint{outline, {outline.centre(), outline.centre()}};
    if (is_joined) {
      const double k = body_lag_per_mm(package, b, filled, plies, {room_C, room_C}, {room_C, room_C});
      const EngagedShare share = engaged_part(engaged_share(k, outline));
      footprint.engaged = geometry::box_around(outline.centre(), share.along_x * outline.width_mm(),
                                               share.along_y * outline.height_mm());
    }
    all.push_back(footprint);
  }
  return all;
}

bool inside(const geometry::Box& box, double band_mm, geometry::Point p) {
  return p.x_mm > box.min.x_mm + band_mm && p.x_mm < box.max.x_mm - band_mm && p.y_mm > box.min.y_mm + band_mm &&
         p.y_mm < box.max.y_mm - band_mm;
}

/// Height of the substrate's neutral plane.
double neutral_mm(const std::vector<Ply>& plies, double temperature_C) {
  LaminateStiffness s;
  double bottom_um = 0;
  for (const ElasticLayer& layer : elastic_layers(plies, temperature_C, temperature_C)) {
    add_layer(plate_layer(layer, bottom_um), s);
    bottom_um += layer.thickness_um;
  }
  return s.a_N_per_mm[0] > 0 ? s.b_N[0] / s.a_N_per_mm[0] : 0;
}

PlateState birth(const Package& package, const PlateAssembly& assembly) {
  PlateState state;
  state.at = uniform(package, package.assembly.front().temperature_C);
  state.since_birth = zero_field(assembly.plan.mesh);
  if (!assembly.places.empty()) {
    const WatchedPlace& last = assembly.places.back();
    state.stresses.resize(last.first_stress + 2 * (assembly.glass_plies.size() + (last.die ? 1 : 0)));
  }
  return state;
}

void join(Joint joint, const PlateMesh& mesh, PlateState& state) {
  join(joint, state.joined);
  if (joint == Joint::engine)
    state.since_engines = zero_field(mesh);
}

bool is_covered(const Stiffener& ring, const Lid& lid) {
  const std::vector<geometry::Box> all = bars(ring);
  return std::any_of(lid.plates.begin(), lid.plates.end(), [&](const geometry::Box& plate) {
    return std::any_of(all.begin(), all.end(), [&](const geometry::Box& bar) { return geometry::overlap(bar, plate); });
  });
}

} // namespace

std::vector<WatchedPlace> watched_places(const Package& package, const PlatePlan& plan, std::size_t glass_plies) {
  constexpr double gauss = 0.21132486540518713; // (1 - 1/sqrt(3)) / 2
  std::vector<WatchedPlace> places;
  std::size_t next = 0;
  for (std::size_t j = 0; j < plan.mesh.cells_y(); ++j)
    for (std::size_t i = 0; i < plan.mesh.cells_x(); ++i)
      for (const double y : {gauss, 1 - gauss})
        for (const double x : {gauss, 1 - gauss}) {
          const geometry::Point at{std::lerp(plan.mesh.x_mm[i], plan.mesh.x_mm[i + 1], x),
                                   std::lerp(plan.mesh.y_mm[j], plan.mesh.y_mm[j + 1], y)};
          WatchedPlace place{i, j, x, y, std::nullopt, next};
          for (const PlatePlan::Cover& cover : plan.cells[plan.mesh.cell(i, j)])
            if (is_die(package, cover.body) && inside(plan.bodies[cover.body].engaged, 0, at) &&
                inside(plan.bodies[cover.body].outline, exclusion_mm, at))
              place.die = cover.body;
          const std::size_t layers = glass_plies + (place.die ? 1 : 0);
          if (layers == 0 || !inside(package.substrate.outline, exclusion_mm, at))
            continue;
          next += 2 * layers;
          places.push_back(place);
        }
  return places;
}

PartTemperatures uniform(const Package& package, double temperature_C) {
  const std::vector<double> bodies(body_count(package), temperature_C);
  return {bodies, bodies, temperature_C};
}

PartTemperatures operating_temperatures(const Package& package, const Temperatures& t) {
  PartTemperatures parts = uniform(package, t.bare_substrate_C);
  for (std::size_t b = 0; b < parts.bodies_C.size(); ++b)
    parts.bodies_C[b] = parts.under_bodies_C[b] =
        is_die(package, b) ? t.dies[b].mean_C : t.engines[b - package.dies.size()].mean_C;
  return parts;
}

std::optional<double> step_temperature_C(const Package& package, Joint joint) {
  for (const AssemblyStep& step : package.assembly)
    if (step.joint == joint)
      return step.temperature_C;
  return std::nullopt;
}

std::optional<std::string> assembly_fault(const Package& package) {
  if (package.assembly.empty() || package.assembly.front().joint != Joint::substrate)
    return "the assembly must begin with the substrate and its stress-free temperature";
  if (package.substrate.stack_up.empty())
    return "the substrate has no layers";
  bool dies = false;
  for (std::size_t i = 0; i < package.assembly.size(); ++i) {
    const AssemblyStep& step = package.assembly[i];
    for (std::size_t j = 0; j < i; ++j)
      if (package.assembly[j].joint == step.joint)
        return fmt::format("assembly steps {} and {} join the same part", j + 1, i + 1);
    dies = dies || step.joint == Joint::die;
    if (step.joint == Joint::underfill && !dies)
      return "the assembly fills under the dies before it joins them";
    if (joins_board(package) && i > 0 && package.assembly[i - 1].joint == Joint::board)
      return "the assembly goes on after it joins the board";
    if (step.joint == Joint::stiffener && !package.stiffener)
      return "the assembly joins a stiffener and the package has none (substrate.stiffener)";
    const bool under_lid = step.joint == Joint::die || step.joint == Joint::engine ||
                           (step.joint == Joint::stiffener && is_covered(*package.stiffener, package.cooling.lid));
    if (under_lid && std::any_of(package.assembly.begin(), package.assembly.begin() + static_cast<std::ptrdiff_t>(i),
                                 [](const AssemblyStep& before) { return before.joint == Joint::lid; }))
      return "the assembly joins the lid before what lies under it";
  }
  return std::nullopt;
}

PlateState PlateAssembly::*nearest_known(const PlateAssembly& assembly) {
  return assembly.finished == 0         ? &PlateAssembly::assembled
         : assembly.finished_on_board() ? &PlateAssembly::mounted
                                        : &PlateAssembly::room;
}

void add_uppers(const Joined& joined, PlateAssembly& assembly) {
  UpperParts& uppers = assembly.uppers[uppers_of(joined)];
  if (uppers.system)
    return;
  uppers.parts = upper_parts(assembly.package, assembly.plan, joined);
  uppers.system = plate_system(assembly.plan.mesh, upper_plates(assembly.package, uppers.parts));
}

PlateAssembly assemble_plate(const Package& given, bool half_x, bool half_y, const PlateRules& rules) {
  PlateAssembly assembly;
  assembly.package = with_merged_transitions(given, rules.same_transition_K);
  const Package& package = assembly.package;
  assembly.plies = plies(package.substrate);
  for (std::size_t ply = 0; ply < assembly.plies.size(); ++ply)
    if (is_glass(assembly.plies[ply].material))
      assembly.glass_plies.push_back(ply);
  assembly.plan = plate_plan(package.substrate.outline, footprints(package, assembly.plies), half_x, half_y, rules,
                             upper_edges(package));
  assembly.plan.mesh.reference_mm = neutral_mm(assembly.plies, package.operation.room_C);
  Joined joined;
  add_uppers(joined, assembly);
  for (const AssemblyStep& step : package.assembly)
    if (takes_part(package, step.joint)) {
      join(step.joint, joined);
      add_uppers(joined, assembly);
    }
  assembly.finished = uppers_of(joined);
  assembly.places = watched_places(package, assembly.plan, assembly.glass_plies.size());

  PlateState state = birth(package, assembly), free = state; // free: not on the board
  for (const AssemblyStep& step : package.assembly) {
    PlateState there = state;
    const bool part = takes_part(package, step.joint);
    move_to(assembly, uniform(package, step.temperature_C), part ? Watch::stresses : Watch::shape, there,
            assembly.factors);
    assembly.steps.push_back({step.joint, step.temperature_C, there.since_birth});
    if (!part)
      continue;
    state = std::move(there);
    if (step.joint == Joint::board)
      free = state;
    join(step.joint, assembly.plan.mesh, state);
    assembly.factors.clear(); // another stiffness from here on
  }
  assembly.assembled = state;
  if (!assembly.finished_on_board())
    free = state;
  const auto brought = [&](PlateState there, double temperature_C, Watch watch) {
    move_to(assembly, uniform(package, temperature_C), watch, there, assembly.factors);
    return there;
  };
  assembly.reflow = brought(free, package.operation.reflow_C, Watch::shape);
  assembly.room = brought(free, package.operation.room_C, Watch::stresses);
  if (assembly.finished_on_board())
    assembly.mounted = brought(state, package.operation.room_C, Watch::stresses);
  assembly.idle = brought(assembly.*nearest_known(assembly), package.operation.idle_C, Watch::stresses);
  for (KnownFactor& known : assembly.factors)
    known.fields.clear();
  return assembly;
}

namespace {

PlateState from_nearest_known(const PlateAssembly& assembly, const PartTemperatures& temperatures, Watch watch) {
  PlateState state = assembly.*nearest_known(assembly);
  PlateFactors factors;
  move_to(assembly, temperatures, watch, state, factors);
  return state;
}

} // namespace

PlateState bring_to(const PlateAssembly& assembly, const PartTemperatures& temperatures) {
  return from_nearest_known(assembly, temperatures, Watch::stresses);
}

PlateState bend_to(const PlateAssembly& assembly, const PartTemperatures& temperatures) {
  return from_nearest_known(assembly, temperatures, Watch::shape);
}

} // namespace beachfront::thermal
