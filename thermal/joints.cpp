// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/joints.hpp"

#include "thermal/expansion.hpp"

#include <algorithm>

namespace beachfront::thermal {

namespace {

Adherend body(const geometry::Material& material, double thickness_um, double free_C, double to_C) {
  const ElasticLayer layer = elastic_layer(material, thickness_um, free_C, to_C);
  return {thickness_um, layer.youngs_modulus_GPa, layer.poisson_ratio, layer.thermal_strain};
}

Adherend substrate(const std::vector<Ply>& plies, double free_C, double to_C) {
  const EffectivePlate plate = effective_plate(elastic_layers(plies, free_C, to_C));
  return {plate.thickness_um, plate.youngs_modulus_GPa, plate.poisson_ratio, plate.free_strain,
          plate.flexural_rigidity_N_mm};
}

/// Bumps that are never filled carry shear with their share of the area.
geometry::Material shearing_material(const Package& package) {
  const auto filled = std::any_of(package.assembly.begin(), package.assembly.end(),
                                  [](const AssemblyStep& step) { return step.joint == Joint::underfill; });
  if (filled)
    return die_joint_material(package.die_joint, true);
  geometry::Material bumps = package.die_joint.solder;
  bumps.youngs_modulus_GPa *= package.die_joint.bump_area_fraction;
  return bumps;
}

BondLayer bond(const geometry::Material& material, double thickness_um, double free_C, double to_C) {
  return {thickness_um, secant_modulus_GPa(material, free_C, to_C), material.poisson_ratio};
}

} // namespace

const Die& largest_die(const Package& package) {
  return *std::max_element(package.dies.begin(), package.dies.end(),
                           [](const Die& a, const Die& b) { return a.outline.area_mm2() < b.outline.area_mm2(); });
}

BondedPair die_pair(const Package& package, const std::vector<Ply>& plies, double free_C, double die_C,
                    double substrate_C) {
  const Die& die = largest_die(package);
  return {body(die.material, die.thickness_um, free_C, die_C),
          bond(shearing_material(package), package.die_joint.thickness_um, free_C, (die_C + substrate_C) / 2),
          substrate(plies, free_C, substrate_C), std::max(die.outline.width_mm(), die.outline.height_mm()) / 2};
}

BondedPair engine_pair(const Package& package, const Engine& engine, const std::vector<Ply>& plies, double free_C,
                       double engine_C, double substrate_C, double half_length_mm) {
  return {body(engine.material, engine.thickness_um, free_C, engine_C),
          bond(package.engine_joint.material, package.engine_joint.thickness_um, free_C, (engine_C + substrate_C) / 2),
          substrate(plies, free_C, substrate_C), half_length_mm};
}

} // namespace beachfront::thermal
