// SPDX-License-Identifier: GPL-3.0-or-later
// Packages after designs/reference/102t-glass.yaml, with the materials of docs/facts/thermal.md section 7.
#pragma once

#include "thermal/package.hpp"

namespace beachfront::thermal {

struct PolymerAboveTg {
  double transition_C, modulus_GPa, cte_ppm;
};

inline geometry::Material body(const char* name, double modulus_GPa, double poisson, double cte_ppm, double k) {
  geometry::Material m;
  m.name = name;
  m.youngs_modulus_GPa = modulus_GPa;
  m.poisson_ratio = poisson;
  m.cte_ppm_per_K = cte_ppm;
  m.conductivity_xy_W_per_mK = m.conductivity_z_W_per_mK = k;
  return m;
}

inline geometry::Material polymer(const char* name, double modulus_GPa, double poisson, double cte_ppm, double k,
                                  PolymerAboveTg above) {
  geometry::Material m = body(name, modulus_GPa, poisson, cte_ppm, k);
  m.glass_transition_C = above.transition_C;
  m.youngs_modulus_above_tg_GPa = above.modulus_GPa;
  m.cte_above_tg_ppm_per_K = above.cte_ppm;
  return m;
}

inline geometry::Material glass(const char* name, double modulus_GPa, double poisson, double cte_ppm) {
  geometry::Material m = body(name, modulus_GPa, poisson, cte_ppm, 1.05);
  m.fracture_toughness_MPa_sqrt_m = 0.75;
  m.design_stress_intensity_MPa_sqrt_m = 0.30;
  return m;
}

inline geometry::Material silicon() {
  geometry::Material m = body("silicon", 130, 0.28, 3.15, 120);
  m.cte_law = geometry::CteLaw::okada_tokumaru;
  return m;
}

inline geometry::Material alkali_glass() {
  return glass("glass-alkali", 72.9, 0.208, 7.2);
}
inline geometry::Material eagle_glass() {
  return glass("glass-exg", 73.6, 0.23, 3.17);
}
inline geometry::Material core_705g() {
  geometry::Material m = body("core-705g", 33, 0.15, 6, 0.8);
  m.conductivity_z_W_per_mK = 0.45;
  m.glass_transition_C = 260;
  return m;
}

inline SubstrateLayer build_up(int repeat) {
  return {"build-up", polymer("abf-gl102", 13, 0.30, 20, 0.4, {153, 1.0, 49}), 30, 15, 0.5, 0, repeat};
}
inline SubstrateLayer solder_mask() {
  return {"solder mask", polymer("solder-mask", 3, 0.30, 55, 0.2, {105, 0.15, 140}), 20};
}

inline Substrate cored_substrate(const geometry::Material& core) {
  Substrate substrate;
  substrate.outline = geometry::box_around({0, 0}, 110, 110);
  SubstrateLayer middle{"core", core, 1200};
  middle.via_copper_fraction = 0.01;
  substrate.stack_up = {solder_mask(), build_up(8), middle, build_up(8), solder_mask()};
  substrate.copper = body("copper", 117, 0.34, 16.9, 390);
  return substrate;
}

inline std::vector<Die> reference_dies() {
  std::vector<Die> dies{{"core", geometry::box_around({0, 0}, 26, 33), 640, 775, silicon()}};
  for (const double x : {-6.5, 6.5})
    for (const double y : {-19.25, 19.25})
      dies.push_back({"io", geometry::box_around({x, y}, 12, 5), 45, 775, silicon()});
  for (const double x : {-15.75, 15.75})
    for (const double y : {-6.5, 6.5})
      dies.push_back({"io", geometry::box_around({x, y}, 5, 12), 45, 775, silicon()});
  return dies;
}

/// Four engines a side at a pitch of 11.5 mm, their ports on the outer side; every side alike at `centre_mm` from the
/// middle, so that a quarter turn maps the engines onto each other.
inline std::vector<Engine> reference_engines(double centre_mm) {
  std::vector<Engine> engines;
  for (int i = 0; i < 4; ++i) {
    const double along = (i - 1.5) * 11.5, port_mm = centre_mm + 4;
    const auto add = [&](geometry::Point centre, double width, double height, geometry::Point ports,
                         geometry::Side side) {
      engines.push_back({"engine", geometry::box_around(centre, width, height), 16, 775, silicon(), ports, 1.15, side});
    };
    add({along, centre_mm}, 10, 8, {along, port_mm}, geometry::Side::north);
    add({centre_mm, -along}, 8, 10, {port_mm, -along}, geometry::Side::east);
    add({-along, -centre_mm}, 10, 8, {-along, -port_mm}, geometry::Side::south);
    add({-centre_mm, along}, 8, 10, {-port_mm, along}, geometry::Side::west);
  }
  return engines;
}

inline Package reference_package(const geometry::Material& core) {
  Package p;
  p.dies = reference_dies();
  p.engines = reference_engines(32);
  p.substrate = cored_substrate(core);
  p.die_joint = {polymer("underfill", 13.5, 0.32, 23, 0.5, {111, 0.136, 85}), 100, body("sac305", 46.5, 0.37, 22, 58),
                 0.2};
  p.engine_joint = {polymer("optical epoxy", 3.4, 0.35, 54, 0.25, {115, 0.1, 200}), 20, 0};
  p.assembly = {
      {Joint::substrate, 200}, {Joint::die, 217}, {Joint::underfill, 165}, {Joint::engine, 100}, {Joint::board, 217}};
  p.cooling.ambient_C = 35;
  p.cooling.heat_transfer_W_per_m2K = 20000;
  p.cooling.lid = {body("copper", 117, 0.34, 16.9, 390),
                   3,
                   {geometry::box_around({0, 0}, 90, 90)},
                   body("soft seal", 0.005, 0.47, 180, 0.3)};
  p.cooling.die_tim = {body("indium", 11, 0.45, 30, 82), 200, 0};
  p.cooling.engine_tim = {body("gel", 0.005, 0.47, 200, 5), 100, 0};
  p.operation.idle_C = 35;
  p.operation.cycles_per_day = 2;
  p.operation.dwell_min = 30;
  return p;
}

} // namespace beachfront::thermal
