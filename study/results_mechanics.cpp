// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results_mechanics.hpp"

#include "thermal/warpage_limit.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace beachfront::study {

namespace {

/// A substrate that nothing bends yet has rounding errors for a shape, which no two machines share.
double without_noise(double um) {
  constexpr double noise_um = 1e-6;
  return std::abs(um) < noise_um ? 0 : um;
}

Json steps_json(const std::vector<thermal::StepWarpage>& steps) {
  Json list = Json::array();
  for (const thermal::StepWarpage& step : steps)
    list.push_back({{"name", thermal::name_of(step.step)},
                    {"temperature_C", step.temperature_C},
                    {"warpage_um", without_noise(step.warpage.corner_um)}});
  return list;
}

Json rows_json(const std::vector<thermal::JointRow>& rows) {
  Json list = Json::array();
  for (const thermal::JointRow& row : rows) {
    Json one = {{"row", row.row}, {"distance_mm", row.distance_mm}, {"strain_range", row.strain_range}};
    if (row.cycles)
      one["cycles_to_failure"] = *row.cycles;
    if (row.years)
      one["life_years"] = *row.years;
    list.push_back(std::move(one));
  }
  return list;
}

Json edge_json(const thermal::EdgeFracture& edge) {
  return {{"tension_MPa", edge.greatest_MPa},
          {"allowed_MPa", edge.allowed_MPa},
          {"flaw_um", edge.flaw_um},
          {"stress_intensity_MPa_sqrt_m", edge.stress_intensity_MPa_sqrt_m},
          {"probability_at_once", edge.probability_at_once},
          {"probability_over_life", edge.probability_over_life}};
}

Json joint_json(const thermal::JointStress& joint) {
  return {{"shear_MPa", joint.peak_shear_MPa}, {"peel_MPa", joint.peel_MPa}};
}

/// Over all guides, and what it does to the guide's birefringence.
Json guide_stress_json(const Design& design, const Solution& solution) {
  Json stress = Json::object();
  double low = 0, high = 0, sum = 0;
  const std::size_t guides = solution.layout.guides.size();
  for (std::size_t g = 0; g < guides; ++g) {
    const GuideStressSpread spread = lateral_less_vertical(solution.guide_stress, g);
    low = g == 0 ? spread.mean_MPa : std::min(low, spread.mean_MPa);
    high = g == 0 ? spread.mean_MPa : std::max(high, spread.mean_MPa);
    sum += spread.mean_MPa;
  }
  stress["lateral_less_vertical_MPa"] = {{"min", low}, {"mean", sum / static_cast<double>(guides)}, {"max", high}};
  constexpr double per_TPa = 1e-6; // of MPa
  const double optic = design.guides->waveguide.glass.stress_optic_per_TPa;
  if (optic != 0)
    stress["birefringence"] = {{"min", std::min(low * optic, high * optic) * per_TPa},
                               {"max", std::max(low * optic, high * optic) * per_TPa}};
  return stress;
}

double length(const std::array<double, 3>& v) {
  return std::hypot(v[0], v[1], v[2]);
}

/// What both models say of more than warpage: the plate's, the solid's, and their difference. Engines: the greatest
/// shift and turn, whatever the direction, and the least flat seat.
Json figures_json(const thermal::Mechanics& plate, const thermal::Mechanics& solid) {
  Json figures = Json::object();
  const auto put = [&](const char* key, const std::optional<double>& of_plate, const std::optional<double>& of_solid) {
    if (of_plate && of_solid)
      figures[key] = {{"plate", *of_plate}, {"solid", *of_solid}, {"less_solid", *of_plate - *of_solid}};
  };
  const auto put_greatest = [&](const char* key, const auto& of_plate, const auto& of_solid, const auto& value) {
    const auto greatest = [&](const auto& all) {
      std::optional<double> found;
      for (const auto& one : all)
        found = std::max(found.value_or(0), value(one));
      return found;
    };
    put(key, greatest(of_plate), greatest(of_solid));
  };
  put("ball_field_reflow_um", plate.ball_field_reflow_um, solid.ball_field_reflow_um);
  put("ball_field_room_um", plate.ball_field_room_um, solid.ball_field_room_um);
  put("die_max_principal_MPa", plate.die_max_principal_MPa, solid.die_max_principal_MPa);
  put("glass_max_principal_MPa", plate.glass_max_principal_MPa, solid.glass_max_principal_MPa);
  put("interface_shear_MPa", plate.interface_shear_MPa, solid.interface_shear_MPa);
  put("interface_peel_MPa", plate.interface_peel_MPa, solid.interface_peel_MPa);
  put("solder_strain_range", plate.solder_strain_range, solid.solder_strain_range);
  put("solder_cycles_to_failure", plate.solder_cycles_to_failure, solid.solder_cycles_to_failure);
  put_greatest("engine_shift_um", plate.engines, solid.engines,
               [](const thermal::PortShift& engine) { return length(engine.shift_um); });
  put_greatest("engine_rotation_mrad", plate.engines, solid.engines,
               [](const thermal::PortShift& engine) { return length(engine.rotation_mrad); });
  put_greatest("engine_seat_coplanarity_um", plate.engine_seats, solid.engine_seats,
               [](const thermal::EngineSeat& seat) { return seat.coplanarity_um; });
  return figures;
}

Json plate_json(const thermal::Mechanics& plate, const thermal::Mechanics& solid) {
  Json warpage = Json::object(), over = Json::object();
  const auto put = [&](const char* state, const std::optional<thermal::Warpage>& of_plate,
                       const std::optional<thermal::Warpage>& of_solid) {
    if (!of_plate || !of_solid)
      return;
    warpage[state] = of_plate->corner_um;
    over[state] = of_plate->corner_um - of_solid->corner_um;
  };
  put("reflow", plate.reflow, solid.reflow);
  put("room", plate.room, solid.room);
  put("mounted", plate.mounted, solid.mounted);
  put("idle", plate.idle, solid.idle);
  put("operating", plate.operating, solid.operating);
  return {{"warpage_um", warpage}, {"less_solid_um", over}, {"figures", figures_json(plate, solid)}};
}

/// ED-7306's figure and what it is held to.
void add_ball_field(Json& mechanics, Json& absent, double ball_pitch_mm, const thermal::Mechanics& m) {
  constexpr double um_per_mm = 1e3;
  const std::optional<thermal::WarpageLimit> limit = thermal::warpage_limit(ball_pitch_mm);
  Json found = Json::object(), allowed = Json::object();
  const auto put = [&](const char* state, const std::optional<double>& um, double limit_mm) {
    if (!um)
      return;
    found[state] = without_noise(*um);
    allowed[state] = um_per_mm * limit_mm;
  };
  put("reflow", m.ball_field_reflow_um, limit ? limit->elevated_mm : 0);
  put("room", m.ball_field_room_um, limit ? limit->room_mm : 0);
  if (found.empty()) {
    for (const char* key : {"mechanics.ball_field_warpage_um", "mechanics.ball_field_limit_um"})
      absent[key] = "the assembly cannot be followed";
    return;
  }
  mechanics["ball_field_warpage_um"] = found;
  if (limit)
    mechanics["ball_field_limit_um"] = allowed;
  else
    absent["mechanics.ball_field_limit_um"] = "JEITA ED-7306 has no class for so fine a pitch";
}

} // namespace

void add_mechanics_detail(Json& mechanics, Json& absent, const Design& design, const Solution& solution) {
  const thermal::Mechanics& m = solution.point->mechanics;
  const auto put = [&](const char* key, const std::optional<double>& value, const char* reason) {
    if (value)
      mechanics[key] = *value;
    else
      absent[std::string("mechanics.") + key] = reason;
  };
  const char* const solid = "needs the fields of fidelity.thermal full";
  mechanics["model"] = solution.point->fields ? "solid" : "plate";
  mechanics["steps"] = steps_json(m.steps);
  put("engine_max_principal_MPa", m.engine_max_principal_MPa,
      solution.point->fields ? "the assembly does not join the engines" : solid);
  add_ball_field(mechanics, absent, design.limits.ball_pitch_mm, m);
  put("package_coplanarity_um", m.package_coplanarity_um, solid);
  put("die_area_coplanarity_um", m.die_area_coplanarity_um, solid);
  put("glass_via_inside_MPa", m.glass_via_inside_MPa, "no glass with vias");
  if (m.die_joint)
    mechanics["die_joint"] = joint_json(*m.die_joint);
  if (m.engine_joint)
    mechanics["engine_joint"] = joint_json(*m.engine_joint);
  if (m.stiffener_joint)
    mechanics["stiffener_joint"] = joint_json(*m.stiffener_joint);
  if (m.lid_joint)
    mechanics["lid_joint"] = joint_json(*m.lid_joint);
  mechanics["joint_basis"] = m.joint_means ? "mean over fidelity.mesh.joint_average_um at the worst edge or corner"
                                           : "shear: Suhir's peak at the edge; peel: mean over 100 um";
  if (!m.solder_rows.empty())
    mechanics["solder_rows"] = rows_json(m.solder_rows);
  if (m.glass_edge)
    mechanics["glass_edge"] = edge_json(*m.glass_edge);
  else
    absent["mechanics.glass_edge"] = solution.point->fields ? "no layer is glass (has a fracture toughness)" : solid;
  if (m.glass_splitting) {
    mechanics["glass_splitting_flaw_um"] = m.glass_splitting->flaw_um;
    mechanics["glass_splitting_flaw_J_per_m2"] = m.glass_splitting->flaw_J_per_m2;
    put("glass_splitting_critical_flaw_um",
        std::isfinite(m.glass_splitting->critical_flaw_um) ? std::optional(m.glass_splitting->critical_flaw_um)
                                                           : std::nullopt,
        "no flaw is long enough to split the core at once");
  }
  if (!solution.guide_stress.empty())
    mechanics["guide_stress"] = guide_stress_json(design, solution);
  else
    absent["mechanics.guide_stress"] = !design.guides           ? "fibres are attached to the engines: no guides"
                                       : solution.point->fields ? "no glass below the guides"
                                                                : solid;
  if (solution.point->plate)
    mechanics["plate"] = plate_json(*solution.point->plate, m);
}

void add_resistances(Json& temperature, const OperatingPoint& point) {
  const auto& matrix = point.temperatures.resistance_K_per_W;
  const std::size_t dies = point.package.dies.size();
  double from_dies = 0, from_engines = 0;
  for (std::size_t i = dies; i < matrix.size(); ++i)
    for (std::size_t j = 0; j < matrix.size(); ++j)
      if (i != j)
        (j < dies ? from_dies : from_engines) = std::max(j < dies ? from_dies : from_engines, matrix[i][j]);
  if (!matrix.empty())
    temperature["coupling_K_per_W"] = {{"die_to_engine_max", from_dies}, {"engine_to_engine_max", from_engines}};
}

} // namespace beachfront::study
