// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/mechanics.hpp"

#include "thermal/assembly.hpp"
#include "thermal/expansion.hpp"
#include "thermal/fracture.hpp"
#include "thermal/joints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double peel_patch_um = 100; // docs/facts/thermal.md section 5: the patch on which finite elements agree
constexpr double stiff_seal_MPa = 10; // docs/facts/thermal.md section 0 item 2: 5 MPa is harmless, 360 is not
constexpr double large_bow_per_thickness = 0.5; // docs/facts/thermal.md section 5

/// A state and the path to it.
struct State {
  PartTemperatures temperatures;
  AssemblyPath path;
};

PartTemperatures operating_temperatures(const Package& package, const Temperatures& t) {
  const auto mean = [&](const std::vector<FaceTemperature>& faces, const auto& bodies) {
    double sum = 0, area = 0;
    for (std::size_t i = 0; i < faces.size(); ++i) {
      sum += bodies[i].outline.area_mm2() * faces[i].mean_C;
      area += bodies[i].outline.area_mm2();
    }
    return area > 0 ? sum / area : t.bare_substrate_C;
  };
  const double dies = mean(t.dies, package.dies), engines = mean(t.engines, package.engines);
  return {dies, engines, dies, engines, t.bare_substrate_C};
}

double greatest_deviation(double a, double b) {
  return std::abs(b) > std::abs(a) ? b : a;
}

double deflection_um(const AssemblyPath& path, geometry::Point place) {
  return deflection_um(path, norm_mm(place - path.plan.centre));
}

Warpage warpage(const AssemblyPath& path, const geometry::Box& outline) {
  const geometry::Point low = outline.min, high = outline.max, middle = outline.centre();
  const double centre_um = deflection_um(path, middle);
  Warpage warp;
  for (const geometry::Point corner :
       {low, high, geometry::Point{low.x_mm, high.y_mm}, geometry::Point{high.x_mm, low.y_mm}})
    warp.corner_um = greatest_deviation(warp.corner_um, deflection_um(path, corner) - centre_um);
  for (const geometry::Point edge : {geometry::Point{low.x_mm, middle.y_mm}, geometry::Point{high.x_mm, middle.y_mm},
                                     geometry::Point{middle.x_mm, low.y_mm}, geometry::Point{middle.x_mm, high.y_mm}})
    warp.edge_um = greatest_deviation(warp.edge_um, deflection_um(path, edge) - centre_um);
  return warp;
}

/// Greatest in-plane stress on both faces of one layer at both borders of its zone, between which it is monotonic.
/// Not below 0, the stress across a free face.
double max_principal_MPa(const AssemblyPath& path, std::size_t zone, std::size_t layer) {
  const RingField& field = path.increments.back().plate.rings[zone];
  double greatest = 0;
  for (const double radius_mm : {field.inner_radius_mm, field.outer_radius_mm})
    for (const double height : {0.0, 1.0}) {
      const PlateStress stress = stress_MPa(path, zone, layer, radius_mm, height);
      greatest = std::max({greatest, stress.radial_MPa, stress.tangential_MPa});
    }
  return greatest;
}

void add_body_stresses(const std::vector<State>& states, Mechanics& m) {
  for (const State& state : states) {
    const AssemblyPath& path = state.path;
    const std::size_t die_layer = path.plies.size() + 1;
    if (path.increments.back().rings.front().layers.size() > die_layer &&
        path.plan.zones.front().body == RingBody::dies)
      m.die_max_principal_MPa = std::max(m.die_max_principal_MPa.value_or(0), max_principal_MPa(path, 0, die_layer));
    for (std::size_t ply = 0; ply < path.plies.size(); ++ply)
      for (std::size_t ring = 0; is_glass(path.plies[ply].material) && ring < path.plan.zones.size(); ++ring)
        m.glass_max_principal_MPa = std::max(m.glass_max_principal_MPa.value_or(0), max_principal_MPa(path, ring, ply));
  }
}

JointStress joint_stress(const BondedPair& pair, double at_C) {
  return {std::abs(shear_lag(pair).peak_shear_MPa), mean_peel_MPa(pair, peel_patch_um), at_C};
}

void keep_worse(std::optional<JointStress>& worst, const JointStress& found) {
  if (!worst || found.peak_shear_MPa > worst->peak_shear_MPa)
    worst = found;
}

void add_joint_stresses(const Package& package, const std::vector<State>& states, Mechanics& m) {
  const std::optional<double> underfill_C = step_temperature_C(package, Joint::underfill);
  const std::optional<double> die_C = underfill_C ? underfill_C : step_temperature_C(package, Joint::die);
  const std::optional<double> engine_C = step_temperature_C(package, Joint::engine);
  for (const State& state : states) {
    const PartTemperatures& t = state.temperatures;
    if (die_C && !package.dies.empty())
      keep_worse(m.die_joint,
                 joint_stress(die_pair(package, state.path.plies, *die_C, t.dies_C, t.under_dies_C), t.dies_C));
    if (!engine_C || package.engines.empty())
      continue;
    const Engine& engine = package.engines.front();
    const double half_mm = std::max(engine.outline.width_mm(), engine.outline.height_mm()) / 2;
    keep_worse(m.engine_joint, joint_stress(engine_pair(package, engine, state.path.plies, *engine_C, t.engines_C,
                                                        t.under_engines_C, half_mm),
                                            t.engines_C));
  }
  for (const auto& joint : {m.die_joint, m.engine_joint}) {
    if (!joint)
      continue;
    m.interface_shear_MPa = std::max(m.interface_shear_MPa.value_or(0), joint->peak_shear_MPa);
    m.interface_peel_MPa = std::max(m.interface_peel_MPa.value_or(joint->peel_MPa), joint->peel_MPa);
  }
}

void add_splitting(const Package& package, const std::vector<Ply>& plies, Mechanics& m) {
  const double birth_C = package.assembly.front().temperature_C;
  const double coldest_C = std::min(package.operation.room_C, package.operation.idle_C);
  const std::vector<ElasticLayer> layers = elastic_layers(plies, birth_C, coldest_C);
  double bottom_um = 0, worst_share = -1;
  for (const Ply& ply : plies) {
    const geometry::Material& glass = ply.material;
    const double middle_um = bottom_um + ply.thickness_um / 2;
    bottom_um += ply.thickness_um;
    if (!is_glass(glass))
      continue;
    const auto limit = [&](double stress_intensity) {
      return release_rate_limit_J_per_m2(stress_intensity, glass.youngs_modulus_GPa, glass.poisson_ratio);
    };
    GlassSplitting found{splitting_J_per_m2(layers, middle_um), limit(*glass.fracture_toughness_MPa_sqrt_m),
                         std::nullopt, glass.name, middle_um};
    if (glass.design_stress_intensity_MPa_sqrt_m)
      found.design_limit_J_per_m2 = limit(*glass.design_stress_intensity_MPa_sqrt_m);
    const double share = found.J_per_m2 / found.limit_J_per_m2;
    if (share > worst_share) {
      worst_share = share;
      m.glass_splitting = found;
    }
  }
}

void add_via_stress(const Package& package, Mechanics& m) {
  const double birth_C = package.assembly.front().temperature_C;
  const double coldest_C = std::min(package.operation.room_C, package.operation.idle_C);
  for (const SubstrateLayer& layer : package.substrate.stack_up)
    if (is_glass(layer.material) && layer.via_copper_fraction > 0)
      m.glass_via_wall_MPa =
          std::max(m.glass_via_wall_MPa.value_or(0),
                   std::abs(via_radial_stress_MPa(package.substrate.copper, layer.material, birth_C, coldest_C)));
}

void add_solder(const Package& package, const Temperatures& t, const std::vector<Ply>& plies, Mechanics& m) {
  const double idle_C = package.operation.idle_C, hot_C = t.substrate_mean_C;
  const double package_strain = effective_plate(elastic_layers(plies, idle_C, hot_C)).free_strain;
  const double board_swing_K = package.board.temperature_swing_share * (hot_C - idle_C);
  const double board_strain = package.board.cte_ppm_per_K * 1e-6 * board_swing_K;
  const double distance_mm = ball_neutral_distance_mm(package.substrate.outline, package.board.ball_edge_inset_mm);
  m.solder_strain_range = shear_strain_range(distance_mm, package_strain - board_strain, package.board.ball_height_mm,
                                             package.board.strain_factor);
  m.solder_cycles_to_failure =
      cycles_to_failure(package.board.alloy, *m.solder_strain_range, (idle_C + hot_C) / 2, package.operation.dwell_min);
  if (!m.solder_cycles_to_failure)
    m.absent.push_back({"solder_cycles_to_failure", "no strain range, or the fatigue exponent is out of its range"});
  else if (package.operation.cycles_per_day > 0)
    m.solder_life_years = years_to_failure(*m.solder_cycles_to_failure, package.operation.cycles_per_day);
}

void add_port_shifts(const Package& package, const State& operating, Mechanics& m, const Temperatures& t) {
  const std::optional<double> attach_C = step_temperature_C(package, Joint::engine);
  if (!attach_C && !package.engines.empty()) {
    m.absent.push_back({"engines", "the assembly does not join the engines"});
    return;
  }
  for (std::size_t i = 0; i < package.engines.size(); ++i)
    m.engines.push_back(port_shift(package, package.engines[i], operating.path, *attach_C, t.engines[i].mean_C,
                                   operating.temperatures.under_engines_C));
}

void add_absent_bodies(const Package& package, Mechanics& m) {
  if (!m.die_max_principal_MPa)
    m.absent.push_back({"die_max_principal_MPa", "there is no die, or the assembly does not join it"});
  if (!m.interface_shear_MPa)
    for (const char* figure : {"interface_shear_MPa", "interface_peel_MPa"})
      m.absent.push_back({figure, "the assembly joins neither dies nor engines"});
  if (!m.glass_max_principal_MPa)
    for (const char* figure : {"glass_max_principal_MPa", "glass_splitting_J_per_m2"})
      m.absent.push_back({figure, "no layer is glass (has a fracture toughness)"});
  if (!m.glass_via_wall_MPa && m.glass_max_principal_MPa)
    m.absent.push_back({"glass_via_wall_MPa", "the glass has no vias"});
  else if (!m.glass_via_wall_MPa)
    m.absent.push_back({"glass_via_wall_MPa", "no layer is glass (has a fracture toughness)"});
  if (package.engines.empty())
    m.absent.push_back({"engines", "the package has no engines"});
}

void add_warnings(const Package& package, const std::vector<Ply>& plies, Mechanics& m) {
  const double seal_MPa = youngs_modulus_GPa(package.cooling.lid.seal, package.operation.room_C) * 1e3;
  if (seal_MPa > stiff_seal_MPa)
    m.warnings.push_back(fmt::format("the lid seal's {:g} MPa is above {:g} MPa: the lid takes part in the warpage, "
                                     "and the fast model leaves it out",
                                     seal_MPa, stiff_seal_MPa));
  double thickness = 0, bow = 0;
  for (const Ply& ply : plies)
    thickness += ply.thickness_um;
  for (const auto& state : {m.reflow, m.room, m.idle, m.operating})
    bow = std::max(bow, state ? std::abs(state->corner_um) : 0);
  if (bow > large_bow_per_thickness * thickness)
    m.warnings.push_back(fmt::format("a warpage of {:.0f} um on a {:.0f} um substrate is beyond small deflection: "
                                     "linear theory is a few per cent high",
                                     bow, thickness));
}

} // namespace

double ball_neutral_distance_mm(const geometry::Box& outline, double ball_edge_inset_mm) {
  return std::hypot(outline.width_mm() / 2 - ball_edge_inset_mm, outline.height_mm() / 2 - ball_edge_inset_mm);
}

Mechanics solve_mechanics(const Package& package, const Temperatures& temperatures) {
  Mechanics m;
  if (const std::optional<std::string> fault = assembly_fault(package)) {
    for (const char* figure :
         {"warpage_um", "die_max_principal_MPa", "glass_max_principal_MPa", "interface_shear_MPa", "interface_peel_MPa",
          "solder_strain_range", "solder_cycles_to_failure", "glass_splitting_J_per_m2", "engines"})
      m.absent.push_back({figure, *fault});
    return m;
  }
  const auto state = [&](const PartTemperatures& t) { return State{t, follow_assembly(package, t)}; };
  const geometry::Box& outline = package.substrate.outline;
  m.reflow = warpage(state(uniform(package.operation.reflow_C)).path, outline);
  std::vector<State> states{state(uniform(package.operation.room_C)), state(uniform(package.operation.idle_C))};
  m.room = warpage(states[0].path, outline);
  m.idle = warpage(states[1].path, outline);
  const std::vector<Ply> substrate = states.front().path.plies;
  const bool solved = temperatures.dies.size() == package.dies.size() &&
                      temperatures.engines.size() == package.engines.size() &&
                      !(package.dies.empty() && package.engines.empty());
  if (solved) {
    states.push_back(state(operating_temperatures(package, temperatures)));
    m.operating = warpage(states.back().path, outline);
    add_solder(package, temperatures, substrate, m);
    add_port_shifts(package, states.back(), m, temperatures);
  } else {
    const std::string reason = "the operating temperature is not solved";
    for (const char* figure : {"warpage_um.operating", "solder_strain_range", "solder_cycles_to_failure"})
      m.absent.push_back({figure, reason});
    if (!package.engines.empty())
      m.absent.push_back({"engines", reason});
  }
  add_body_stresses(states, m);
  add_joint_stresses(package, states, m);
  add_splitting(package, substrate, m);
  add_via_stress(package, m);
  add_absent_bodies(package, m);
  add_warnings(package, substrate, m);
  return m;
}

} // namespace beachfront::thermal
