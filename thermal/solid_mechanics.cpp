// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solid_mechanics.hpp"

#include "thermal/life.hpp"
#include "thermal/solid_figures.hpp"
#include "thermal/warpage_limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double exclusion_mm = 0.5;     // docs/facts/thermal.md section 5
constexpr double edge_strip_mm = 0.5;    // as wide
constexpr double transfer_length_mm = 1; // over which an engine and its guides exchange light, for the tilt

Warpage warpage(const SolidPath& path, const SolidState& state, const geometry::Box& box) {
  return warpage_of(box, [&](geometry::Point p) { return bottom_deflection_um(path, state, p); });
}

void keep_greater(std::optional<double>& greatest, double found) {
  greatest = std::max(greatest.value_or(found), found);
}

bool has(const SolidPath& path, Part part) {
  return std::any_of(path.bodies.begin(), path.bodies.end(), [&](const Body& body) { return body.part == part; });
}

void add_stresses(const Package& package, const SolidPath& path, const SolidState& state, double strip_mm,
                  Mechanics& m) {
  const auto joined = [&](Part part) { return joins(package, part) && has(path, part); };
  if (joined(Part::die))
    keep_greater(m.die_max_principal_MPa,
                 greatest_principal(path, state, Part::die, false, exclusion_mm).principal_MPa);
  if (joined(Part::engine))
    keep_greater(m.engine_max_principal_MPa,
                 greatest_principal(path, state, Part::engine, false, exclusion_mm).principal_MPa);
  const bool glass = std::any_of(path.bodies.begin(), path.bodies.end(),
                                 [](const Body& body) { return body.part == Part::ply && is_glass(body.material); });
  if (glass)
    keep_greater(m.glass_max_principal_MPa,
                 greatest_principal(path, state, Part::ply, true, exclusion_mm).principal_MPa);
  const auto add_joint = [&](Part part, std::optional<JointStress>& kept) {
    const std::optional<JointWorst> worst = joined(part) ? worst_joint(path, state, part, strip_mm) : std::nullopt;
    if (!worst)
      return;
    if (!kept || worst->shear.shear_MPa > kept->peak_shear_MPa)
      kept = JointStress{worst->shear.shear_MPa, kept ? kept->peel_MPa : worst->peel.peel_MPa, state.temperature_C};
    kept->peel_MPa = std::max(kept->peel_MPa, worst->peel.peel_MPa);
  };
  add_joint(Part::die_joint, m.die_joint);
  add_joint(Part::engine_joint, m.engine_joint);
  add_joint(Part::stiffener_adhesive, m.stiffener_joint);
  add_joint(Part::lid_seal, m.lid_joint);
  for (const auto& joint : {m.die_joint, m.engine_joint})
    if (joint) {
      keep_greater(m.interface_shear_MPa, joint->peak_shear_MPa);
      keep_greater(m.interface_peel_MPa, joint->peel_MPa);
    }
}

/// How far each pad moves against a board that expands freely from its middle and turns with the package.
std::vector<PadMovement> pad_movements(const Package& package, const SolidPath& path, const SolidState& operating,
                                       const Temperatures& t) {
  const double board = package.board.cte_ppm_per_K * 1e-6 * package.board.temperature_swing_share *
                       (t.substrate_mean_C - package.operation.idle_C);
  const geometry::Point middle = package.substrate.outline.centre();
  const geometry::Point zero =
      bottom_slide_mm(path, operating, middle, 0) - bottom_slide_mm(path, path.idle, middle, 0);
  struct Pad {
    geometry::Point arm_mm, against_mm;
  };
  std::vector<Pad> pads;
  double moment = 0, inertia = 0;
  for (const Ball& ball : balls(ball_grid(package))) {
    const geometry::Point moved =
        bottom_slide_mm(path, operating, ball.position, 0) - bottom_slide_mm(path, path.idle, ball.position, 0) - zero;
    const geometry::Point arm = ball.position - middle, against = moved - board * arm;
    pads.push_back({arm, against});
    moment += arm.x_mm * against.y_mm - arm.y_mm * against.x_mm;
    inertia += dot(arm, arm);
  }
  const double turn = inertia > 0 ? moment / inertia : 0;
  std::vector<PadMovement> movements;
  constexpr double um_per_mm = 1e3;
  for (const Pad& pad : pads)
    movements.push_back({um_per_mm * (pad.against_mm.x_mm + turn * pad.arm_mm.y_mm),
                         um_per_mm * (pad.against_mm.y_mm - turn * pad.arm_mm.x_mm)});
  return movements;
}

void add_engines(const Package& package, const SolidPath& path, const FieldOperation& operation, Mechanics& m) {
  if (package.engines.empty())
    return;
  if (!joins(package, Part::engine)) {
    m.absent.push_back({"engines", "the assembly does not join the engines"});
    return;
  }
  m.engines = operation.engines;
  const auto attach =
      std::find_if(path.steps.begin(), path.steps.end(), [](const SolidState& step) { return step.name == "engine"; });
  for (const Engine& engine : package.engines)
    m.engine_seats.push_back({top_flatness(path, *attach, engine.outline).range_um, 0, 0});
}

/// std::runtime_error unless every increment was solved.
void check_residuals(const SolidPath& path) {
  constexpr double solved = 1e-6; // Cholesky leaves 1e-12 where moduli differ by 1e5
  for (const SolidIncrement& increment : path.increments)
    if (!(increment.residual < solved))
      throw std::runtime_error(
          fmt::format("the solid's equations are solved to a residual of {:.1e} only", increment.residual));
}

/// The span of each edge cell in the state in which it is pulled most.
std::vector<StressedLength> worst_edge_spans(const SolidPath& path, const std::vector<const SolidState*>& states) {
  std::vector<StressedLength> worst;
  for (const SolidState* state : states) {
    const std::vector<EdgeStress> edge = glass_edge_stress(path, *state, edge_strip_mm);
    if (worst.empty())
      for (const EdgeStress& cell : edge)
        worst.push_back({cell.along_MPa, cell.length_mm});
    for (std::size_t i = 0; i < edge.size(); ++i)
      worst[i].stress_MPa = std::max(worst[i].stress_MPa, edge[i].along_MPa);
  }
  return worst;
}

geometry::Box around_dies(const Package& package) {
  geometry::Box box = package.dies.front().outline;
  for (const Die& die : package.dies) {
    box.min = {std::min(box.min.x_mm, die.outline.min.x_mm), std::min(box.min.y_mm, die.outline.min.y_mm)};
    box.max = {std::max(box.max.x_mm, die.outline.max.x_mm), std::max(box.max.y_mm, die.outline.max.y_mm)};
  }
  return box;
}

} // namespace

namespace {

/// All steps took 5.8 kB an unknown at 205,000 unknowns of 17 layers (peak), one step 3.7 at a million and 6.3 at
/// 650,000 of 40 layers; the loop's factor is kept beside the one that is made: a million takes some 6 to 12 GB.
void refuse_too_fine(const Mesh& mesh) {
  constexpr std::size_t most_unknowns = 1000000;
  const auto filled = static_cast<std::size_t>(
      std::count_if(mesh.grid.body.begin(), mesh.grid.body.end(), [](int body) { return body != no_body; }));
  if (3 * filled > most_unknowns)
    throw std::invalid_argument(
        fmt::format("the mesh has {} x {} x {} cells, {} of them filled: more than {} unknowns; "
                    "make the cells larger",
                    mesh.grid.cells_x(), mesh.grid.cells_y(), mesh.grid.cells_z(), filled, most_unknowns));
}

void warn_of_wide_cells(const FieldRules& rules, Mechanics& m) {
  if (rules.grid.edge_mm > rules.joint_average_mm / 2 && (m.die_joint || m.engine_joint))
    m.warnings.push_back(
        fmt::format("cells of {:g} mm at the edges are wider than half the {:g} mm over which joint shear "
                    "and peel are averaged: they read some 20 % high, in a bond of a micrometre half high or more; "
                    "fidelity.mesh.edge_mm {:g} brings them nearer",
                    rules.grid.edge_mm, rules.joint_average_mm, rules.joint_average_mm / 2));
}

} // namespace

PackageFields prepare_fields(const Package& package, const FieldRules& rules, int threads) {
  if (const auto fault = assembly_fault(package))
    throw std::invalid_argument(*fault);
  PackageFields fields;
  fields.rules = rules;
  const Mesh shared = mesh(package, rules.grid);
  refuse_too_fine(shared);
  fields.heat = package_heat(package, shared, threads);
  fields.solid = assemble_solid(package, shared, threads);
  return fields;
}

FieldOperation operate(PackageFields& fields, const Package& package) {
  FieldOperation operation;
  fields.operating.reset();
  operation.heat = solve_package_heat(fields.heat, package);
  if (operation.heat.image_cell_C.empty())
    return operation;
  fields.operating = add_operating(fields.solid, operation.heat.image_cell_C);
  check_residuals(fields.solid);
  if (joins(package, Part::engine))
    for (const Engine& engine : package.engines)
      operation.engines.push_back(solid_port_shift(fields.solid, *fields.operating, engine, transfer_length_mm));
  return operation;
}

Mechanics field_mechanics(const PackageFields& fields, const Package& package, const FieldOperation& operation) {
  Mechanics m;
  const geometry::Box& outline = package.substrate.outline;
  const SolidPath& path = fields.solid;
  std::vector<const SolidState*> states{&path.room, &path.idle};
  if (path.mounted)
    states.push_back(&*path.mounted);
  if (fields.operating)
    states.push_back(&*fields.operating);
  for (std::size_t i = 0, step = 0; i < package.assembly.size(); ++i)
    if (package.assembly[i].joint != Joint::board) {
      m.steps.push_back(
          {package.assembly[i].joint, path.steps[step].temperature_C, warpage(path, path.steps[step], outline)});
      ++step;
    }
  if (path.reflow) {
    m.reflow = warpage(path, *path.reflow, outline);
    m.steps.push_back({Joint::board, path.reflow->temperature_C, *m.reflow});
  } else {
    m.absent.push_back({"warpage_um", "the assembly has no board step"});
  }
  m.room = warpage(path, path.room, outline);
  m.idle = warpage(path, path.idle, outline);
  if (path.mounted)
    m.mounted = warpage(path, *path.mounted, outline);
  const auto of_balls = [&](const SolidState& state) {
    return ball_field_warpage_um(ball_field(package),
                                 [&](geometry::Point at) { return bottom_deflection_um(path, state, at); });
  };
  if (path.reflow)
    m.ball_field_reflow_um = of_balls(*path.reflow);
  m.ball_field_room_um = of_balls(path.room);
  m.package_coplanarity_um = bottom_flatness(path, path.room, outline).range_um;
  if (!package.dies.empty())
    m.die_area_coplanarity_um = top_flatness(path, path.room, around_dies(package)).range_um;
  m.joint_means = true;
  for (const SolidState* state : states)
    add_stresses(package, path, *state, fields.rules.joint_average_mm, m);
  add_edge_fracture(package, worst_edge_spans(path, states), m);
  const std::vector<Ply> stack = plies(package.substrate);
  if (fields.operating) {
    m.operating = warpage(path, *fields.operating, outline);
    const Temperatures& t = operation.heat.temperatures;
    // An elastic ball slips less than one that creeps: on a board that is a body, pads move as if they were free.
    if (path.mounted) {
      add_solder(package, t, stack, m);
      m.warnings.push_back(
          "with substrate.board the balls' strain is that of a free laminate against a free board: the "
          "solid's elastic balls hold pads that creeping ones let go; lives with and without the board "
          "do not compare");
    } else
      add_solder(package, t, pad_movements(package, path, *fields.operating, t), m);
    add_engines(package, path, operation, m);
  } else {
    const std::string reason = "the operating temperature is not solved";
    for (const char* figure : {"warpage_um.operating", "solder_strain_range", "solder_cycles_to_failure", "engines"})
      m.absent.push_back({figure, reason});
  }
  add_splitting(package, stack, m);
  add_via_stress(package, m);
  add_absent_bodies(package, m);
  warn_of_large_deflection(stack, m);
  warn_of_wide_cells(fields.rules, m);
  return m;
}

} // namespace beachfront::thermal
