// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/assembly.hpp"

#include "thermal/joints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace beachfront::thermal {

namespace {

/// Which bodies are on.
struct Joined {
  bool dies = false;
  bool underfill = false;
  bool engines = false;
};

/// One material of one ring on its way through a step.
struct Travel {
  double from_C = 0, to_C = 0;
  double at(double share) const { return from_C + share * (to_C - from_C); }
};

Travel substrate_travel(RingBody body, double coverage, const PartTemperatures& from, const PartTemperatures& to) {
  const auto mix = [&](const PartTemperatures& t) { return coverage * t.under_engines_C + (1 - coverage) * t.bare_C; };
  switch (body) {
  case RingBody::dies:
    return {from.under_dies_C, to.under_dies_C};
  case RingBody::engines:
    return {mix(from), mix(to)};
  case RingBody::none:
    break;
  }
  return {from.bare_C, to.bare_C};
}

/// A layer of a ring with its own travel.
struct TravellingLayer {
  geometry::Material material;
  double thickness_um = 0;
  Travel travel;
};

std::vector<TravellingLayer> ring_layers(const Package& package, const AssemblyPath& path, RingBody body,
                                         const Joined& joined, const PartTemperatures& from,
                                         const PartTemperatures& to) {
  const Travel below = substrate_travel(body, path.plan.engine_coverage, from, to);
  std::vector<TravellingLayer> layers;
  for (const Ply& ply : path.plies)
    layers.push_back({ply.material, ply.thickness_um, below});
  if (body == RingBody::dies && joined.dies) {
    const Die& die = largest_die(package);
    layers.push_back({die_joint_material(package.die_joint, joined.underfill), package.die_joint.thickness_um, below});
    layers.push_back({die.material, die.thickness_um, {from.dies_C, to.dies_C}});
  }
  if (body == RingBody::engines && joined.engines) {
    const Engine& engine = package.engines.front();
    layers.push_back(
        {package.engine_joint.material, package.engine_joint.thickness_um, {from.under_engines_C, to.under_engines_C}});
    layers.push_back({engine.material, engine.thickness_um, {from.engines_C, to.engines_C}});
  }
  return layers;
}

/// Shares of the step at which some layer passes its glass transition, with 0 and 1.
std::vector<double> break_points(const std::vector<std::vector<TravellingLayer>>& rings) {
  std::vector<double> shares{0, 1};
  for (const auto& layers : rings)
    for (const TravellingLayer& layer : layers) {
      const double span = layer.travel.to_C - layer.travel.from_C;
      if (!layer.material.glass_transition_C || span == 0)
        continue;
      const double share = (*layer.material.glass_transition_C - layer.travel.from_C) / span;
      if (share > 0 && share < 1)
        shares.push_back(share);
    }
  std::sort(shares.begin(), shares.end());
  constexpr double same = 1e-9;
  shares.erase(std::unique(shares.begin(), shares.end(), [](double a, double b) { return b - a < same; }),
               shares.end());
  shares.back() = 1;
  return shares;
}

/// Share of a body's area that a joint engages on a substrate; `layers` are plies, joint and body.
double engaged_share(std::span<const ElasticLayer> layers, const geometry::Box& outline) {
  const ElasticLayer& joint = layers[layers.size() - 2];
  const ElasticLayer& body = layers.back();
  const EffectivePlate below = effective_plate(layers.first(layers.size() - 2));
  const BondedPair pair{
      {body.thickness_um, body.youngs_modulus_GPa, body.poisson_ratio},
      {joint.thickness_um, joint.youngs_modulus_GPa, joint.poisson_ratio},
      {below.thickness_um, below.youngs_modulus_GPa, below.poisson_ratio, 0, below.flexural_rigidity_N_mm},
      outline.width_mm() / 2};
  const double k = shear_lag(pair).rate_per_mm;
  const auto along = [&](double side_mm) {
    const double kl = k * side_mm / 2;
    return kl < 1e-3 ? kl * kl / 3 : 1 - std::tanh(kl) / kl; // below, the series is the more exact
  };
  return along(outline.width_mm()) * along(outline.height_mm());
}

Ring elastic_ring(const std::vector<TravellingLayer>& layers, const RingPlan::Zone& zone, const Package& package,
                  double engine_coverage, std::size_t plies, double from_share, double to_share) {
  Ring ring{zone.outer_radius_mm, {}};
  for (const TravellingLayer& layer : layers)
    ring.layers.push_back(
        elastic_layer(layer.material, layer.thickness_um, layer.travel.at(from_share), layer.travel.at(to_share)));
  if (zone.body == RingBody::engines && layers.size() > plies) {
    const double share = engine_coverage * engaged_share(ring.layers, package.engines.front().outline);
    for (std::size_t i = plies; i < ring.layers.size(); ++i)
      ring.layers[i].youngs_modulus_GPa *= share;
  }
  return ring;
}

void add_step(const Package& package, const Joined& joined, const PartTemperatures& from, const PartTemperatures& to,
              AssemblyPath& path) {
  std::vector<std::vector<TravellingLayer>> rings;
  for (const RingPlan::Zone& zone : path.plan.zones)
    rings.push_back(ring_layers(package, path, zone.body, joined, from, to));
  const std::vector<double> shares = break_points(rings);
  for (std::size_t i = 0; i + 1 < shares.size(); ++i) {
    Increment increment;
    for (std::size_t r = 0; r < rings.size(); ++r)
      increment.rings.push_back(elastic_ring(rings[r], path.plan.zones[r], package, path.plan.engine_coverage,
                                             path.plies.size(), shares[i], shares[i + 1]));
    increment.plate = solve_ringed_plate(increment.rings);
    path.increments.push_back(std::move(increment));
  }
}

bool takes_part(Joint joint) {
  return joint != Joint::lid && joint != Joint::board;
}

} // namespace

PartTemperatures uniform(double temperature_C) {
  return {temperature_C, temperature_C, temperature_C, temperature_C, temperature_C};
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
  }
  return std::nullopt;
}

AssemblyPath follow_assembly(const Package& package, const PartTemperatures& state) {
  AssemblyPath path;
  path.plies = plies(package.substrate);
  path.plan = ring_plan(package);
  path.engines_joined_at = static_cast<std::size_t>(-1);
  Joined joined;
  PartTemperatures at = uniform(package.assembly.front().temperature_C);
  for (const AssemblyStep& step : package.assembly) {
    if (!takes_part(step.joint))
      continue;
    const PartTemperatures join = uniform(step.temperature_C);
    add_step(package, joined, at, join, path);
    at = join;
    joined.dies = joined.dies || step.joint == Joint::die;
    joined.underfill = joined.underfill || step.joint == Joint::underfill;
    joined.engines = joined.engines || step.joint == Joint::engine;
    if (step.joint == Joint::engine)
      path.engines_joined_at = path.increments.size();
  }
  add_step(package, joined, at, state, path);
  path.engines_joined_at = std::min(path.engines_joined_at, path.increments.size());
  return path;
}

double deflection_um(const AssemblyPath& path, double radius_mm) {
  double sum = 0;
  for (const Increment& increment : path.increments)
    sum += deflection_um(increment.plate, radius_mm);
  return sum;
}

Curvatures curvatures(const AssemblyPath& path, double radius_mm, std::size_t since) {
  Curvatures sum;
  for (std::size_t i = since; i < path.increments.size(); ++i) {
    const Curvatures step = curvatures(path.increments[i].plate, radius_mm);
    sum.radial_per_mm += step.radial_per_mm;
    sum.tangential_per_mm += step.tangential_per_mm;
  }
  return sum;
}

PlateStress stress_MPa(const AssemblyPath& path, std::size_t zone, std::size_t layer, double radius_mm, double height) {
  PlateStress sum;
  for (const Increment& increment : path.increments) {
    const std::vector<ElasticLayer>& stack = increment.rings[zone].layers;
    if (stack.size() <= layer)
      continue;
    const double z_um = thickness_um(std::span(stack).first(layer)) + height * stack[layer].thickness_um;
    const PlateStress step = stress_MPa(stack[layer], increment.plate.rings[zone], radius_mm, z_um);
    sum.radial_MPa += step.radial_MPa;
    sum.tangential_MPa += step.tangential_MPa;
  }
  return sum;
}

} // namespace beachfront::thermal
