// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/read_blocks.hpp"

#include "thermal/rim.hpp"

namespace beachfront::study {

namespace {

geometry::Box read_box(const Value& value) {
  return geometry::box_around({value.number("x_mm"), value.number("y_mm")}, value.number("width_mm"),
                              value.number("height_mm"));
}

geometry::Side read_side(const Value& value) {
  using geometry::Side;
  return value.is("", "N")   ? Side::north
         : value.is("", "E") ? Side::east
         : value.is("", "S") ? Side::south
                             : Side::west;
}

std::vector<geometry::Side> read_sides(const Value& list) {
  std::vector<geometry::Side> sides;
  for (const Value& side : list.items())
    sides.push_back(read_side(side));
  return sides;
}

geometry::PortBank read_ports(const Value& ports) {
  using geometry::PortKind;
  geometry::PortBank bank;
  bank.pitch_um = ports.number("pitch_um");
  bank.tx = static_cast<int>(ports.integer("tx"));
  bank.rx = static_cast<int>(ports.integer("rx"));
  bank.laser = static_cast<int>(ports.integer("laser"));
  bank.order.clear();
  for (const std::string& kind : ports.texts("order"))
    bank.order.push_back(kind == "tx" ? PortKind::tx : kind == "rx" ? PortKind::rx : PortKind::laser);
  bank.alternate = ports.flag("alternate");
  bank.mirror_alternate = ports.flag("mirror_alternate");
  return bank;
}

geometry::Engines read_engine_row(const Value& engines) {
  geometry::Engines row;
  row.count = static_cast<int>(engines.integer("count"));
  row.spares = static_cast<int>(engines.integer("spares"));
  row.bandwidth_Tbps = engines.number("bandwidth_Tbps");
  row.width_mm = engines.number("width_mm");
  row.depth_mm = engines.number("depth_mm");
  row.die_gap_mm = engines.number("placement.die_gap_mm");
  row.clearance_mm = engines.number("placement.clearance_mm");
  row.pitch_mm = engines.optional_number("placement.pitch_mm").value_or(row.width_mm + row.clearance_mm);
  row.sides = read_sides(engines.at("placement.sides"));
  row.rows = static_cast<int>(engines.integer("placement.rows"));
  row.row_gap_mm = engines.number("placement.row_gap_mm");
  row.staggered = engines.flag("placement.staggered");
  for (const Value& position : engines.items("placement.positions"))
    row.positions.push_back({{position.number("x_mm"), position.number("y_mm")}, read_side(position.at("side"))});
  row.ports = read_ports(engines.at("optical_ports"));
  return row;
}

geometry::Ferrule read_ferrule(const Value& ferrule) {
  return {ferrule.text("name"),
          static_cast<int>(ferrule.integer("fibres")),
          static_cast<int>(ferrule.integer("rows")),
          ferrule.number("fibre_pitch_um"),
          ferrule.number("body_width_mm"),
          ferrule.number("landing_depth_mm"),
          ferrule.number("pitch_mm")};
}

geometry::GuideAttach read_connectors(const Value& connectors) {
  using geometry::LaserFerrules;
  return {read_ferrule(connectors.at("ferrule")), read_sides(connectors.at("edges")),
          connectors.is("laser", "at_ends")  ? LaserFerrules::at_ends
          : connectors.is("laser", "shared") ? LaserFerrules::shared
                                             : LaserFerrules::in_order};
}

geometry::KeepOut read_keep_out(const Value& value) {
  geometry::KeepOut keep_out{value.text("name"), read_box(value), false, false};
  for (const std::string& blocked : value.texts("blocks"))
    (blocked == "guides" ? keep_out.guides : keep_out.bodies) = true;
  return keep_out;
}

thermal::Film read_film(const Value& film) {
  return {read_material(film.at("material")), film.number("thickness_um"),
          film.has("contact_mm2K_per_W") ? film.number("contact_mm2K_per_W") : 0};
}

std::vector<thermal::HeatPatch> read_power_map(const Value& die) {
  std::vector<thermal::HeatPatch> patches;
  for (const Value& patch : die.items("power_map"))
    patches.push_back({patch.text("name"), read_box(patch), patch.number("power_W")});
  return patches;
}

thermal::EdgeCut read_edge(const Value& substrate) {
  using thermal::EdgeCut;
  return substrate.is("edge_finish", "ground")        ? EdgeCut::ground
         : substrate.is("edge_finish", "laser-cut")   ? EdgeCut::laser_cut
         : substrate.is("edge_finish", "blade-diced") ? EdgeCut::blade_diced
                                                      : EdgeCut::architectural_cut;
}

const thermal::FatigueAlloy& read_alloy(const Value& substrate) {
  return substrate.is("ball_alloy", "tin-lead")     ? thermal::tin_lead
         : substrate.is("ball_alloy", "tin-silver") ? thermal::tin_silver
                                                    : thermal::sac305;
}

thermal::SubstrateLayer read_layer(const Value& layer) {
  return {layer.text("name"),
          read_material(layer.at("material")),
          layer.number("thickness_um"),
          layer.number("copper_thickness_um"),
          layer.number("copper_fraction"),
          layer.number("via_copper_fraction"),
          static_cast<int>(layer.integer("repeat"))};
}

thermal::Joint read_joint(const Value& step) {
  using thermal::Joint;
  const std::string& joint = step.text("join");
  return joint == "substrate"   ? Joint::substrate
         : joint == "die"       ? Joint::die
         : joint == "underfill" ? Joint::underfill
         : joint == "engine"    ? Joint::engine
         : joint == "stiffener" ? Joint::stiffener
         : joint == "lid"       ? Joint::lid
                                : Joint::board;
}

std::optional<thermal::Stiffener> read_stiffener(const Value& root) {
  if (!root.has("substrate.stiffener"))
    return std::nullopt;
  const Value ring = root.at("substrate.stiffener");
  return thermal::Stiffener{read_material(ring.at("material")),
                            geometry::box_around({0, 0}, ring.number("width_mm"), ring.number("height_mm")),
                            ring.number("rim_width_mm"),
                            ring.number("thickness_mm"),
                            read_material(ring.at("adhesive")),
                            ring.number("adhesive_thickness_um")};
}

std::optional<thermal::BoardBody> read_board(const Value& substrate) {
  if (!substrate.has("board"))
    return std::nullopt;
  const Value board = substrate.at("board");
  return thermal::BoardBody{read_material(board.at("material")), board.number("thickness_mm"),
                            board.number("margin_mm"), read_material(board.at("balls")),
                            board.number("ball_diameter_mm")};
}

geometry::Box package_outline(const Value& root) {
  return geometry::box_around({0, 0}, root.number("substrate.width_mm"), root.number("substrate.height_mm"));
}

} // namespace

geometry::Material read_material(const Value& value) {
  geometry::Material material;
  material.name = value.text("name");
  material.youngs_modulus_GPa = value.number("youngs_modulus_GPa");
  material.poisson_ratio = value.number("poisson_ratio");
  material.cte_ppm_per_K = value.number("cte_ppm_per_K");
  if (value.is("cte_law", "okada-tokumaru"))
    material.cte_law = geometry::CteLaw::okada_tokumaru;
  material.conductivity_xy_W_per_mK = value.number("conductivity_W_per_mK");
  material.conductivity_z_W_per_mK =
      value.optional_number("conductivity_z_W_per_mK").value_or(material.conductivity_xy_W_per_mK);
  material.glass_transition_C = value.optional_number("glass_transition_C");
  material.youngs_modulus_above_tg_GPa = value.optional_number("youngs_modulus_above_tg_GPa");
  material.cte_above_tg_ppm_per_K = value.optional_number("cte_above_tg_ppm_per_K");
  material.fracture_toughness_MPa_sqrt_m = value.optional_number("fracture_toughness_MPa_sqrt_m");
  material.design_stress_intensity_MPa_sqrt_m = value.optional_number("design_stress_intensity_MPa_sqrt_m");
  material.dielectric_constant = value.optional_number("dielectric_constant");
  material.loss_tangent = value.optional_number("loss_tangent");
  material.electrical_conductivity_MS_per_m = value.optional_number("electrical_conductivity_MS_per_m");
  material.surface_roughness_um = value.optional_number("surface_roughness_um");
  material.youngs_modulus_z_GPa = value.optional_number("youngs_modulus_z_GPa");
  material.poisson_ratio_xz = value.optional_number("poisson_ratio_xz");
  material.shear_modulus_xy_GPa = value.optional_number("shear_modulus_xy_GPa");
  material.shear_modulus_xz_GPa = value.optional_number("shear_modulus_xz_GPa");
  material.cte_z_ppm_per_K = value.optional_number("cte_z_ppm_per_K");
  material.cte_z_above_tg_ppm_per_K = value.optional_number("cte_z_above_tg_ppm_per_K");
  material.flow_stress_MPa = value.optional_number("flow_stress_MPa");
  return material;
}

geometry::Package read_layout_package(const Value& root) {
  geometry::Package package;
  package.outline = package_outline(root);
  for (const Value& die : root.items("asic.dies"))
    package.dies.push_back({die.text("name"), read_box(die)});
  package.engines = read_engine_row(root.at("engines"));
  for (const Value& keep_out : root.items("substrate.keep_outs"))
    package.keep_outs.push_back(read_keep_out(keep_out));
  if (const auto stiffener = read_stiffener(root))
    for (const geometry::Box& bar : thermal::bars(*stiffener))
      package.keep_outs.push_back({"stiffener", bar, false, true, false});
  for (const Value& link : root.items("engines.links"))
    package.links.push_back({static_cast<int>(link.integer("from")), static_cast<int>(link.integer("to")),
                             static_cast<int>(link.integer("lanes"))});
  if (root.has("connectors"))
    package.guides = read_connectors(root.at("connectors"));
  else
    package.fibres = geometry::FibreAttach{root.number("fibre_attach.fibre_pitch_um")};
  return package;
}

thermal::Package read_thermal_package(const Value& root) {
  thermal::Package package;
  const geometry::Material die_material = read_material(root.at("asic.material"));
  for (const Value& die : root.items("asic.dies"))
    package.dies.push_back({die.text("name"), read_box(die), die.number("power_W"),
                            1000 * root.number("asic.thickness_mm"), die_material, read_power_map(die)});

  const Value substrate = root.at("substrate");
  package.substrate.outline = package_outline(root);
  package.substrate.copper = read_material(substrate.at("copper"));
  for (const Value& layer : substrate.items("stack_up"))
    package.substrate.stack_up.push_back(read_layer(layer));
  package.board.cte_ppm_per_K = substrate.number("board_cte_ppm_per_K");
  if ((package.board.body = read_board(substrate)))
    package.board.cte_ppm_per_K = package.board.body->material.cte_ppm_per_K;
  package.board.ball_height_mm = substrate.number("ball_height_mm");
  package.board.ball_edge_inset_mm = substrate.number("ball_inset_mm");
  package.board.ball_pitch_mm = substrate.number("ball_pitch_mm");
  package.board.alloy = read_alloy(substrate);
  package.substrate.edge = read_edge(substrate);
  package.stiffener = read_stiffener(root);

  package.die_joint.underfill = read_material(root.at("asic.underfill.material"));
  package.die_joint.thickness_um = root.number("asic.underfill.thickness_um");
  package.die_joint.solder = read_material(root.at("asic.solder"));
  package.die_joint.bump_area_fraction = root.number("asic.bump_area_fraction");
  package.engine_joint = read_film(root.at("engines.attach"));
  for (const Value& step : root.items("assembly")) {
    package.assembly.push_back({read_joint(step), step.number("temperature_C")});
    if (package.assembly.back().joint == thermal::Joint::board)
      package.operation.reflow_C = step.number("temperature_C");
  }

  const Value cooling = root.at("cooling");
  package.cooling.ambient_C = cooling.number("ambient_C");
  package.cooling.heat_transfer_W_per_m2K = cooling.number("heat_transfer_W_per_m2K");
  package.cooling.board_heat_transfer_W_per_m2K = cooling.number("board_heat_transfer_W_per_m2K");
  package.cooling.lid = {
      read_material(cooling.at("lid.material")),
      cooling.number("lid.thickness_mm"),
      {geometry::box_around({0, 0}, cooling.number("lid.width_mm"), cooling.number("lid.height_mm"))},
      read_material(cooling.at("lid.seal")),
      cooling.number("lid.foot_width_mm"),
      cooling.number("lid.seal_thickness_um")};
  package.cooling.die_tim = read_film(cooling.at("die_tim"));
  package.cooling.engine_tim = read_film(cooling.at("engine_tim"));

  const Value operation = root.at("operation");
  package.operation.room_C = operation.number("room_C");
  package.operation.idle_C = operation.number("idle_C");
  package.operation.cycles_per_day = operation.number("cycles_per_day");
  package.operation.dwell_min = operation.number("dwell_min");
  package.operation.lifetime_years = operation.number("lifetime_years");
  return package;
}

std::optional<thermal::FieldRules> read_field_rules(const Value& root) {
  if (!root.is("fidelity.thermal", "full"))
    return std::nullopt;
  const Value mesh = root.at("fidelity.mesh");
  thermal::FieldRules rules;
  rules.grid.edge_mm = mesh.number("edge_mm");
  rules.grid.largest_mm = mesh.number("largest_mm");
  rules.grid.layer_um = mesh.number("layer_um");
  rules.grid.growth = mesh.number("growth");
  rules.joint_average_mm = mesh.number("joint_average_um") / 1000;
  return rules;
}

std::vector<EnginePart> read_engine_parts(const Value& root) {
  std::vector<EnginePart> parts;
  for (const Value& part : root.items("engines.power_map"))
    parts.push_back({part.text("part"), read_box(part)});
  return parts;
}

thermal::Engine read_thermal_engine(const Value& root) {
  thermal::Engine engine;
  engine.thickness_um = 1000 * root.number("engines.thickness_mm");
  engine.material = read_material(root.at("engines.material"));
  return engine;
}

} // namespace beachfront::study
