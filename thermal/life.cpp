// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/life.hpp"

#include "thermal/edge_flaw.hpp"
#include "thermal/fracture.hpp"
#include "thermal/splitting.hpp"
#include "thermal/via_stress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double large_bow_per_thickness = 0.5; // docs/facts/thermal.md section 5
constexpr double asked_probability = 1e-3;      // of an edge's fracture within the life

const EdgeFinish& finish(const Package& package) {
  return edge_finishes[static_cast<std::size_t>(package.substrate.edge)];
}

SolderService service(const Package& package, double hot_C) {
  return {package.board.ball_height_mm, package.operation.idle_C,         hot_C,
          package.operation.dwell_min,  package.operation.cycles_per_day, package.board.strain_factor};
}

void keep_rows(std::vector<JointRow> rows, Mechanics& m) {
  m.solder_rows = std::move(rows);
  const auto worst = std::max_element(m.solder_rows.begin(), m.solder_rows.end(),
                                      [](const auto& a, const auto& b) { return a.strain_range < b.strain_range; });
  m.solder_strain_range = worst->strain_range;
  m.solder_cycles_to_failure = worst->cycles;
  m.solder_life_years = worst->years;
  if (!worst->cycles)
    m.absent.push_back({"solder_cycles_to_failure", "no strain range, or the fatigue exponent is out of its range"});
}

} // namespace

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
    const auto core = static_cast<std::size_t>(&ply - plies.data());
    GlassSplitting found{splitting_J_per_m2(layers, middle_um), limit(*glass.fracture_toughness_MPa_sqrt_m),
                         std::nullopt, glass.name, middle_um};
    found.flaw_um = finish(package).flaw_depth_um;
    found.flaw_J_per_m2 = flaw_splitting_J_per_m2(layers, core, found.flaw_um);
    found.critical_flaw_um = critical_split_flaw_um(layers, core, found.limit_J_per_m2);
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
  for (const SubstrateLayer& layer : package.substrate.stack_up) {
    if (!is_glass(layer.material) || layer.via_copper_fraction == 0)
      continue;
    const auto hoop_MPa = [&](ViaDepth depth) {
      return std::abs(via_stress(package.substrate.copper, layer.material, depth, birth_C, coldest_C).hoop_MPa);
    };
    m.glass_via_wall_MPa = std::max(m.glass_via_wall_MPa.value_or(0), hoop_MPa(ViaDepth::face));
    m.glass_via_inside_MPa = std::max(m.glass_via_inside_MPa.value_or(0), hoop_MPa(ViaDepth::inside));
  }
}

void add_solder(const Package& package, const Temperatures& t, const std::vector<Ply>& plies, Mechanics& m) {
  const double idle_C = package.operation.idle_C, hot_C = t.substrate_mean_C;
  const double package_strain = effective_plate(elastic_layers(plies, idle_C, hot_C)).free_strain;
  const double board_swing_K = package.board.temperature_swing_share * (hot_C - idle_C);
  const double board_strain = package.board.cte_ppm_per_K * 1e-6 * board_swing_K;
  keep_rows(joint_rows(ball_grid(package), package_strain - board_strain, package.board.alloy, service(package, hot_C)),
            m);
}

void add_solder(const Package& package, const Temperatures& t, std::span<const PadMovement> movements, Mechanics& m) {
  keep_rows(joint_rows(ball_grid(package), movements, package.board.alloy, service(package, t.substrate_mean_C)), m);
}

BallGrid ball_grid(const Package& package) {
  return {package.substrate.outline, package.board.ball_pitch_mm, package.board.ball_edge_inset_mm};
}

geometry::Box ball_field(const Package& package) {
  const BallGrid grid = ball_grid(package);
  const geometry::Point inset{grid.edge_inset_mm, grid.edge_inset_mm};
  return {grid.outline.min + inset, grid.outline.max - inset};
}

void add_edge_fracture(const Package& package, std::span<const StressedLength> spans, Mechanics& m) {
  for (const SubstrateLayer& layer : package.substrate.stack_up)
    if (is_glass(layer.material) && !spans.empty())
      m.glass_edge = edge_fracture(finish(package), *layer.material.fracture_toughness_MPa_sqrt_m, soda_lime_humid,
                                   spans, package.operation.lifetime_years, asked_probability);
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

void warn_of_large_deflection(const std::vector<Ply>& plies, Mechanics& m) {
  double thickness = 0, bow = 0;
  for (const Ply& ply : plies)
    thickness += ply.thickness_um;
  for (const auto& state : {m.reflow, m.room, m.mounted, m.idle, m.operating})
    bow = std::max(bow, state ? std::abs(state->corner_um) : 0);
  if (bow > large_bow_per_thickness * thickness)
    m.warnings.push_back(fmt::format("a warpage of {:.0f} um on a {:.0f} um substrate is beyond small deflection: "
                                     "linear theory is a few per cent high",
                                     bow, thickness));
}

} // namespace beachfront::thermal
