// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/mechanics.hpp"

#include "thermal/assembly.hpp"
#include "thermal/expansion.hpp"
#include "thermal/joints.hpp"
#include "thermal/life.hpp"
#include "thermal/upper_plates.hpp"
#include "thermal/warpage_limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double peel_patch_um = 100; // docs/facts/thermal.md section 5: the patch on which finite elements agree
constexpr double stiff_seal_MPa = 10; // docs/facts/thermal.md section 0 item 2: 5 MPa is harmless, 360 is not

Warpage warpage(const PlateMesh& mesh, const PlateField& field, const geometry::Box& outline) {
  return warpage_of(outline, [&](geometry::Point p) { return deflection(mesh, field, p).w_mm * 1e3; });
}

/// Greatest principal stresses of the state. Not below 0, the stress across a free face.
void add_body_stresses(const PlateAssembly& assembly, const PlateState& state, Mechanics& m) {
  for (const WatchedPlace& place : assembly.places) {
    const InPlaneStress* faces = state.stresses.data() + place.first_stress;
    const std::size_t glass = 2 * assembly.glass_plies.size();
    for (std::size_t face = 0; face < glass; ++face)
      m.glass_max_principal_MPa = std::max(m.glass_max_principal_MPa.value_or(0), max_principal_MPa(faces[face]));
    for (std::size_t face = glass; place.die && state.joined.dies && face < glass + 2; ++face)
      m.die_max_principal_MPa = std::max(m.die_max_principal_MPa.value_or(0), max_principal_MPa(faces[face]));
  }
}

JointStress joint_stress(const BondedPair& pair, double at_C) {
  return {std::abs(shear_lag(pair).peak_shear_MPa), mean_peel_MPa(pair, peel_patch_um), at_C};
}

void keep_worse(std::optional<JointStress>& worst, const JointStress& found) {
  if (!worst || found.peak_shear_MPa > worst->peak_shear_MPa)
    worst = found;
}

void add_joint_stresses(const Package& package, const std::vector<Ply>& plies,
                        const std::vector<PartTemperatures>& states, Mechanics& m) {
  const std::optional<double> underfill_C = step_temperature_C(package, Joint::underfill);
  const std::optional<double> die_C = underfill_C ? underfill_C : step_temperature_C(package, Joint::die);
  const std::optional<double> engine_C = step_temperature_C(package, Joint::engine);
  for (const PartTemperatures& t : states) {
    if (die_C && !package.dies.empty()) {
      const auto largest = static_cast<std::size_t>(&largest_die(package) - package.dies.data());
      const double at_C = t.bodies_C[largest];
      keep_worse(m.die_joint, joint_stress(die_pair(package, plies, *die_C, at_C, t.under_bodies_C[largest]), at_C));
    }
    for (std::size_t i = 0; engine_C && i < package.engines.size(); ++i) {
      const Engine& engine = package.engines[i];
      const double half_mm = std::max(engine.outline.width_mm(), engine.outline.height_mm()) / 2;
      const double at_C = t.bodies_C[package.dies.size() + i], under_C = t.under_bodies_C[package.dies.size() + i];
      keep_worse(m.engine_joint,
                 joint_stress(engine_pair(package, engine, plies, *engine_C, at_C, under_C, half_mm), at_C));
    }
  }
  for (const auto& joint : {m.die_joint, m.engine_joint}) {
    if (!joint)
      continue;
    m.interface_shear_MPa = std::max(m.interface_shear_MPa.value_or(0), joint->peak_shear_MPa);
    m.interface_peel_MPa = std::max(m.interface_peel_MPa.value_or(joint->peel_MPa), joint->peel_MPa);
  }
}

void add_engine_shifts(const Package& package, const PlateAssembly& assembly, const PlateAssembly& heated,
                       const PlateState& operating, Mechanics& m) {
  const std::optional<double> attach_C = step_temperature_C(package, Joint::engine);
  if (!attach_C && !package.engines.empty()) {
    m.absent.push_back({"engines", "the assembly does not join the engines"});
    return;
  }
  const auto attach = std::find_if(assembly.steps.begin(), assembly.steps.end(),
                                   [](const StepState& step) { return step.joint == Joint::engine; });
  for (std::size_t i = 0; i < package.engines.size(); ++i) {
    const std::size_t body = package.dies.size() + i;
    m.engines.push_back(port_shift(package, package.engines[i], heated, operating.since_engines, *attach_C,
                                   operating.at.bodies_C[body], operating.at.under_bodies_C[body]));
    const geometry::Box& outline = package.engines[i].outline;
    m.engine_seats.push_back({coplanarity_um(assembly.plan.mesh, attach->since_birth, outline),
                              mean_curvature_per_m(heated.plan.mesh, operating.since_engines, outline)});
  }
}

void warn_of_stiff_seal(const Package& package, Mechanics& m) {
  if (joins_lid(package))
    return;
  const double seal_MPa = youngs_modulus_GPa(package.cooling.lid.seal, package.operation.room_C) * 1e3;
  if (seal_MPa > stiff_seal_MPa)
    m.warnings.push_back(fmt::format("the lid seal's {:g} MPa is above {:g} MPa: the lid takes part in the warpage, "
                                     "and the assembly has no step that joins it",
                                     seal_MPa, stiff_seal_MPa));
}

} // namespace

const PlateAssembly& assembly_for(const Package& package, const PartTemperatures& operating,
                                  PreparedMechanics& prepared) {
  constexpr double same_K = 1e-6;
  if (!prepared.assembly) {
    const std::vector<double> even = uniform(package, 0).bodies_C;
    prepared.assembly =
        assemble_plate(package, symmetric_in_x(package, even, same_K), symmetric_in_y(package, even, same_K));
  }
  const PlateMesh& mesh = prepared.assembly->plan.mesh;
  if ((!mesh.half_x || symmetric_in_x(package, operating.bodies_C, same_K)) &&
      (!mesh.half_y || symmetric_in_y(package, operating.bodies_C, same_K)))
    return *prepared.assembly;
  if (!prepared.whole)
    prepared.whole = unfolded(*prepared.assembly);
  return *prepared.whole;
}

Warpage warpage_of(const geometry::Box& outline, const std::function<double(geometry::Point)>& deflection_um) {
  const geometry::Point low = outline.min, high = outline.max, middle = outline.centre();
  const double centre = deflection_um(middle), south_west = deflection_um(low), north_east = deflection_um(high),
               south_east = deflection_um({high.x_mm, low.y_mm}), north_west = deflection_um({low.x_mm, high.y_mm});
  // Of the corners' best plane, from the middle to an edge.
  const double tilt_x = (south_east + north_east - south_west - north_west) / 4,
               tilt_y = (north_west + north_east - south_west - south_east) / 4;
  const auto keep_greater = [](double& kept, double found) {
    if (std::abs(found) > std::abs(kept))
      kept = found;
  };
  Warpage warp;
  for (const double corner : {south_west + tilt_x + tilt_y, north_east - tilt_x - tilt_y, north_west + tilt_x - tilt_y,
                              south_east - tilt_x + tilt_y})
    keep_greater(warp.corner_um, corner - centre);
  for (const double edge :
       {deflection_um({low.x_mm, middle.y_mm}) + tilt_x, deflection_um({high.x_mm, middle.y_mm}) - tilt_x,
        deflection_um({middle.x_mm, low.y_mm}) + tilt_y, deflection_um({middle.x_mm, high.y_mm}) - tilt_y})
    keep_greater(warp.edge_um, edge - centre);
  return warp;
}

Mechanics solve_mechanics(const Package& package, const Temperatures& temperatures) {
  PreparedMechanics prepared;
  return solve_mechanics(package, temperatures, prepared);
}

std::vector<PortShift> solve_engine_shifts(const Package& package, const Temperatures& temperatures,
                                           PreparedMechanics& prepared) {
  if (package.engines.empty() || temperatures.engines.size() != package.engines.size() || assembly_fault(package))
    return {};
  const PartTemperatures operating_C = operating_temperatures(package, temperatures);
  const PlateAssembly& heated = assembly_for(package, operating_C, prepared);
  Mechanics m;
  add_engine_shifts(package, *prepared.assembly, heated, bend_to(heated, operating_C), m);
  return m.engines;
}

Mechanics solve_mechanics(const Package& package, const Temperatures& temperatures, PreparedMechanics& prepared) {
  Mechanics m;
  if (const std::optional<std::string> fault = assembly_fault(package)) {
    for (const char* figure :
         {"warpage_um", "die_max_principal_MPa", "glass_max_principal_MPa", "interface_shear_MPa", "interface_peel_MPa",
          "solder_strain_range", "solder_cycles_to_failure", "glass_splitting_J_per_m2", "engines"})
      m.absent.push_back({figure, *fault});
    return m;
  }
  const bool solved = temperatures.dies.size() == package.dies.size() &&
                      temperatures.engines.size() == package.engines.size() &&
                      !(package.dies.empty() && package.engines.empty());
  const PartTemperatures operating_C = solved ? operating_temperatures(package, temperatures) : uniform(package, 0);
  const PlateAssembly& heated = assembly_for(package, operating_C, prepared);
  const PlateAssembly& assembly = *prepared.assembly;
  const std::vector<Ply> stack = plies(package.substrate);
  const auto warp = [&](const PlateField& field) {
    return warpage(assembly.plan.mesh, field, package.substrate.outline);
  };
  for (const StepState& step : assembly.steps)
    m.steps.push_back({step.joint, step.temperature_C, warp(step.since_birth)});
  m.reflow = warp(assembly.reflow.since_birth);
  m.room = warp(assembly.room.since_birth);
  m.idle = warp(assembly.idle.since_birth);
  if (assembly.finished_on_board())
    m.mounted = warp(assembly.mounted.since_birth);
  const auto of_balls = [&](const PlateField& field) {
    return ball_field_warpage_um(
        ball_field(package), [&](geometry::Point at) { return deflection(assembly.plan.mesh, field, at).w_mm * 1e3; });
  };
  m.ball_field_reflow_um = of_balls(assembly.reflow.since_birth);
  m.ball_field_room_um = of_balls(assembly.room.since_birth);
  std::vector<PartTemperatures> states{assembly.room.at, assembly.idle.at};
  add_body_stresses(assembly, assembly.room, m);
  add_body_stresses(assembly, assembly.idle, m);
  if (assembly.finished_on_board())
    add_body_stresses(assembly, assembly.mounted, m);
  if (solved) {
    const PlateState operating = bring_to(heated, operating_C);
    states.push_back(operating_C);
    m.operating = warpage(heated.plan.mesh, operating.since_birth, package.substrate.outline);
    add_body_stresses(heated, operating, m);
    add_solder(package, temperatures, stack, m);
    add_engine_shifts(package, assembly, heated, operating, m);
  } else {
    const std::string reason = "the operating temperature is not solved";
    for (const char* figure : {"warpage_um.operating", "solder_strain_range", "solder_cycles_to_failure"})
      m.absent.push_back({figure, reason});
    if (!package.engines.empty())
      m.absent.push_back({"engines", reason});
  }
  add_joint_stresses(package, stack, states, m);
  add_splitting(package, stack, m);
  add_via_stress(package, m);
  add_absent_bodies(package, m);
  warn_of_stiff_seal(package, m);
  warn_of_large_deflection(stack, m);
  return m;
}

} // namespace beachfront::thermal
