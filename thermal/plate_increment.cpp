// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate_increment.hpp"

#include "thermal/expansion.hpp"
#include "thermal/interface_stress.hpp"
#include "thermal/upper_plates.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace beachfront::thermal {

namespace {

Travel part_of(const Travel& travel, double from_share, double to_share) {
  const double span = travel.to_C - travel.from_C;
  return {travel.from_C + from_share * span, to_share == 1 ? travel.to_C : travel.from_C + to_share * span};
}

/// A trip of all parts. Cells of one temperature share a travel of the substrate.
struct Trip {
  std::vector<Travel> bodies, under_bodies;
  std::vector<Travel> substrates;
  std::vector<std::size_t> substrate_of_cell;
  Travel upper; ///< lid, stiffener, board
};

Trip trip(const PlateAssembly& assembly, const PartTemperatures& from, const PartTemperatures& to) {
  Trip trip;
  trip.upper = {from.bare_C, to.bare_C};
  for (std::size_t b = 0; b < to.bodies_C.size(); ++b) {
    trip.bodies.push_back({from.bodies_C[b], to.bodies_C[b]});
    trip.under_bodies.push_back({from.under_bodies_C[b], to.under_bodies_C[b]});
  }
  for (const std::vector<PlatePlan::Cover>& covers : assembly.plan.cells) {
    Travel mean{from.bare_C, to.bare_C};
    for (const PlatePlan::Cover& cover : covers) {
      mean.from_C += cover.outline * (from.under_bodies_C[cover.body] - from.bare_C);
      mean.to_C += cover.outline * (to.under_bodies_C[cover.body] - to.bare_C);
    }
    const auto found = std::find_if(trip.substrates.begin(), trip.substrates.end(),
                                    [&](const Travel& t) { return t.from_C == mean.from_C && t.to_C == mean.to_C; });
    trip.substrate_of_cell.push_back(static_cast<std::size_t>(found - trip.substrates.begin()));
    if (found == trip.substrates.end())
      trip.substrates.push_back(mean);
  }
  return trip;
}

/// Where parts of one material pass its glass transition, as shares of the trip.
struct Crossing {
  double transition_C = 0, sum = 0;
  int parts = 0;
};

/// Shares of the trip at which it is cut: 0, one for each transition temperature that any part passes, 1.
std::vector<double> break_points(const Package& package, const PlateAssembly& assembly, const Joined& joined,
                                 const Trip& trip) {
  std::vector<Crossing> crossings;
  const auto pass = [&](const geometry::Material& material, const Travel& travel) {
    const double span = travel.to_C - travel.from_C;
    if (!material.glass_transition_C || span == 0)
      return;
    const double share = (*material.glass_transition_C - travel.from_C) / span;
    if (!(share > 0 && share < 1))
      return;
    auto known = std::find_if(crossings.begin(), crossings.end(),
                              [&](const Crossing& c) { return c.transition_C == *material.glass_transition_C; });
    if (known == crossings.end())
      known = crossings.insert(known, {*material.glass_transition_C, 0, 0});
    known->sum += share;
    ++known->parts;
  };
  for (const Ply& ply : assembly.plies)
    for (const Travel& travel : trip.substrates)
      pass(ply.material, travel);
  for (std::size_t b = 0; b < trip.bodies.size(); ++b)
    if (is_on(package, b, joined)) {
      const BodyLayers layers = body_layers(package, b, joined.underfill);
      pass(layers.joint, trip.under_bodies[b]);
      pass(layers.body, trip.bodies[b]);
      if (joined.lid)
        pass(is_die(package, b) ? package.cooling.die_tim.material : package.cooling.engine_tim.material,
             mean(trip.bodies[b], trip.upper));
    }
  if (joined.lid) {
    pass(package.cooling.lid.material, trip.upper);
    pass(package.cooling.lid.seal, trip.upper);
  }
  if (joined.stiffener) {
    pass(package.stiffener->material, trip.upper);
    pass(package.stiffener->adhesive, trip.upper);
  }
  if (joined.board)
    pass(package.board.body->material, trip.upper);
  std::vector<double> shares{0, 1};
  for (const Crossing& crossing : crossings)
    shares.push_back(crossing.sum / crossing.parts);
  std::sort(shares.begin(), shares.end());
  constexpr double same = 1e-9;
  shares.erase(std::unique(shares.begin(), shares.end(), [](double a, double b) { return b - a < same; }),
               shares.end());
  shares.back() = 1;
  return shares;
}

/// Layers on top of each other and what they add to a cell.
struct Stack {
  std::vector<PlateLayer> layers;
  std::vector<ElasticLayer> elastic;
  LaminateStiffness stiffness;
  FreeStrainResultants free;
};

Stack stack(std::vector<ElasticLayer> elastic, double bottom_um) {
  Stack s;
  s.elastic = std::move(elastic);
  for (const ElasticLayer& layer : s.elastic) {
    s.layers.push_back(plate_layer(layer, bottom_um));
    add_layer(s.layers.back(), s.stiffness);
    add_layer(s.layers.back(), s.free);
    bottom_um += layer.thickness_um;
  }
  return s;
}

/// Everything the plate is made of during one increment.
struct Increment {
  std::vector<Stack> substrates;       ///< as Trip::substrates
  std::vector<Stack> bodies;           ///< joint and body; empty when not joined
  std::vector<double> stiffness_share; ///< of the bodies, of that of their engaged part
  UpperIncrement uppers;               ///< of the upper plates that are joined
};

Increment increment(const Package& package, const PlateAssembly& assembly, const Joined& joined, const Trip& trip,
                    double from_share, double to_share) {
  Increment inc;
  for (const Travel& travel : trip.substrates) {
    const Travel t = part_of(travel, from_share, to_share);
    inc.substrates.push_back(stack(elastic_layers(assembly.plies, t.from_C, t.to_C), 0));
  }
  UpperTravel upper_travel{{}, {}, part_of(trip.upper, from_share, to_share)};
  for (std::size_t b = 0; b < trip.bodies.size(); ++b) {
    upper_travel.bodies.push_back(part_of(trip.bodies[b], from_share, to_share));
    upper_travel.under_bodies.push_back(part_of(trip.under_bodies[b], from_share, to_share));
  }
  inc.uppers = upper_increment(package, assembly.uppers[uppers_of(joined)].parts, joined, upper_travel);
  const double top_um = thickness_um(inc.substrates.front().elastic);
  for (std::size_t b = 0; b < trip.bodies.size(); ++b) {
    inc.bodies.emplace_back();
    inc.stiffness_share.push_back(0);
    const geometry::Box& part = assembly.plan.bodies[b].engaged;
    if (!is_on(package, b, joined) || part.area_mm2() <= 0)
      continue;
    const Travel &on = upper_travel.bodies[b], &under = upper_travel.under_bodies[b];
    const BodyLayers layers = body_layers(package, b, joined.underfill);
    inc.bodies[b] = stack({elastic_layer(layers.joint, layers.joint_um, under.from_C, under.to_C),
                           elastic_layer(layers.body, layers.body_um, on.from_C, on.to_C)},
                          top_um);
    const geometry::Box& outline = assembly.plan.bodies[b].outline;
    const EngagedShare share =
        engaged_share(body_lag_per_mm(package, b, joined.underfill, assembly.plies, on, under), outline);
    inc.stiffness_share[b] = std::min(1.0, share.along_x * outline.width_mm() / part.width_mm()) *
                             std::min(1.0, share.along_y * outline.height_mm() / part.height_mm());
  }
  return inc;
}

/// Sum over the layers of each cell.
template <typename Sum>
std::vector<Sum> cell_sums(const PlateAssembly& assembly, const Trip& trip, const Increment& inc, Sum Stack::*what) {
  std::vector<Sum> cells;
  for (std::size_t cell = 0; cell < assembly.plan.cells.size(); ++cell) {
    Sum sum = inc.substrates[trip.substrate_of_cell[cell]].*what;
    for (const PlatePlan::Cover& cover : assembly.plan.cells[cell])
      if (const double share = cover.engaged * inc.stiffness_share[cover.body]; share > 0)
        add_share(inc.bodies[cover.body].*what, share, sum);
    cells.push_back(sum);
  }
  return cells;
}

/// Equal but for rounding.
bool same(double a, double b) {
  constexpr double rounding = 1e-12;
  return std::abs(a - b) <= rounding * std::abs(a);
}

bool same(const LaminateStiffness& a, const LaminateStiffness& b) {
  const auto near = [](const InPlane& s, const InPlane& t) {
    return std::equal(s.begin(), s.end(), t.begin(), [](double u, double v) { return same(u, v); });
  };
  return near(a.a_N_per_mm, b.a_N_per_mm) && near(a.b_N, b.b_N) && near(a.d_N_mm, b.d_N_mm);
}

bool same(const UpperCell& a, const UpperCell& b) {
  const auto near = [](const PlateSprings& s, const PlateSprings& t) {
    return same(s.across_N_per_mm3, t.across_N_per_mm3) && same(s.along_N_per_mm3, t.along_N_per_mm3);
  };
  return same(a.stiffness, b.stiffness) &&
         std::equal(a.springs.begin(), a.springs.end(), b.springs.begin(), b.springs.end(), near);
}

bool same(const FreeStrainResultants& a, const FreeStrainResultants& b) {
  return same(a.n_x_N_per_mm, b.n_x_N_per_mm) && same(a.n_y_N_per_mm, b.n_y_N_per_mm) && same(a.m_x_N, b.m_x_N) &&
         same(a.m_y_N, b.m_y_N);
}

bool same(const UpperLoad& a, const UpperLoad& b) {
  return same(a.free, b.free) && std::equal(a.opening_MPa.begin(), a.opening_MPa.end(), b.opening_MPa.begin(),
                                            b.opening_MPa.end(), [](double u, double v) { return same(u, v); });
}

template <typename Value>
bool same(const std::vector<Value>& a, const std::vector<Value>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Value& u, const Value& v) { return same(u, v); });
}

bool serves(const KnownFactor& known, const std::vector<LaminateStiffness>& cells, const UpperCells& uppers) {
  return same(known.cells, cells) && same(known.uppers, uppers);
}

/// With a factor of `factors`, which keep what they solve.
PlateField solved_once(KnownFactor& factor, std::vector<FreeStrainResultants> free, UpperLoads uppers) {
  for (const KnownField& known : factor.fields)
    if (same(known.cells, free) && same(known.uppers, uppers))
      return known.field;
  PlateField field = solve_lowest_plate(*factor.factor, free, uppers);
  factor.fields.push_back({std::move(free), std::move(uppers), field});
  return field;
}

PlateField solved(const PlateAssembly& assembly, const Joined& joined, const Trip& trip, const Increment& inc,
                  PlateFactors& factors) {
  const bool bare = !joined.dies && !joined.engines && uppers_of(joined) == 0;
  if (bare && inc.substrates.size() == 1)
    return even_field(assembly.plan.mesh, inc.substrates.front().stiffness, inc.substrates.front().free);
  std::vector<LaminateStiffness> cells = cell_sums(assembly, trip, inc, &Stack::stiffness);
  std::vector<FreeStrainResultants> free = cell_sums(assembly, trip, inc, &Stack::free);
  for (KnownFactor& known : factors)
    if (serves(known, cells, inc.uppers.cells))
      return solved_once(known, std::move(free), inc.uppers.loads);
  for (const KnownFactor& known : assembly.factors)
    if (serves(known, cells, inc.uppers.cells))
      return solve_lowest_plate(*known.factor, free, inc.uppers.loads);
  auto factor = factor_plate(assembly.uppers[uppers_of(joined)].system, cells, inc.uppers.cells);
  factors.push_back({std::move(cells), inc.uppers.cells, std::move(factor), {}});
  return solved_once(factors.back(), std::move(free), inc.uppers.loads);
}

void add_stress(const PlateLayer& layer, const PlateStrain& strain, InPlaneStress* faces) {
  for (const double z_um : {layer.bottom_um, layer.bottom_um + layer.thickness_um}) {
    const InPlaneStress stress = stress_MPa(layer, strain, z_um);
    faces->x_MPa += stress.x_MPa;
    faces->y_MPa += stress.y_MPa;
    faces->xy_MPa += stress.xy_MPa;
    ++faces;
  }
}

void gather_stresses(const PlateAssembly& assembly, const Trip& trip, const Increment& inc, const Joined& joined,
                     const PlateField& field, std::vector<InPlaneStress>& stresses) {
  const PlateMesh& mesh = assembly.plan.mesh;
  for (const WatchedPlace& place : assembly.places) {
    const bool die = place.die && joined.dies;
    if (assembly.glass_plies.empty() && !die)
      continue;
    const PlateStrain strain = plate_strain(mesh, field, place.i, place.j, place.share_x, place.share_y);
    const Stack& substrate = inc.substrates[trip.substrate_of_cell[mesh.cell(place.i, place.j)]];
    InPlaneStress* faces = stresses.data() + place.first_stress;
    for (const std::size_t ply : assembly.glass_plies) {
      add_stress(substrate.layers[ply], strain, faces);
      faces += 2;
    }
    if (die)
      add_stress(inc.bodies[*place.die].layers.back(), strain, faces);
  }
}

} // namespace

std::size_t body_count(const Package& package) {
  return package.dies.size() + package.engines.size();
}

bool is_die(const Package& package, std::size_t body) {
  return body < package.dies.size();
}

const geometry::Box& body_outline(const Package& package, std::size_t body) {
  return is_die(package, body) ? package.dies[body].outline : package.engines[body - package.dies.size()].outline;
}

Travel mean(const Travel& a, const Travel& b) {
  return {(a.from_C + b.from_C) / 2, (a.to_C + b.to_C) / 2};
}

BodyLayers body_layers(const Package& package, std::size_t body, bool underfilled) {
  if (is_die(package, body)) {
    const Die& die = package.dies[body];
    return {die_joint_material(package.die_joint, underfilled), die.material, package.die_joint.thickness_um,
            die.thickness_um};
  }
  const Engine& engine = package.engines[body - package.dies.size()];
  return {package.engine_joint.material, engine.material, package.engine_joint.thickness_um, engine.thickness_um};
}

bool is_on(const Package& package, std::size_t body, const Joined& joined) {
  return is_die(package, body) ? joined.dies : joined.engines;
}

double body_lag_per_mm(const Package& package, std::size_t body, bool underfilled, const std::vector<Ply>& plies,
                       const Travel& on, const Travel& under) {
  BodyLayers layers = body_layers(package, body, underfilled);
  if (is_die(package, body) && !underfilled) {
    layers.joint = package.die_joint.solder;
    layers.joint.youngs_modulus_GPa *= package.die_joint.bump_area_fraction;
  }
  const EffectivePlate below = effective_plate(elastic_layers(plies, under.from_C, under.to_C));
  const double joint_GPa = secant_modulus_GPa(layers.joint, under.from_C, under.to_C);
  const double body_GPa = secant_modulus_GPa(layers.body, on.from_C, on.to_C);
  const BondedPair pair{{layers.body_um, body_GPa, layers.body.poisson_ratio},
                        {layers.joint_um, joint_GPa, layers.joint.poisson_ratio},
                        {below.thickness_um, below.youngs_modulus_GPa, below.poisson_ratio, 0,
                         below.flexural_rigidity_N_mm, shear_compliance_um_per_GPa(plies, under.from_C, under.to_C)},
                        1};
  return shear_lag(pair).rate_per_mm;
}

EngagedShare engaged_share(double lag_per_mm, const geometry::Box& outline) {
  const auto along = [&](double side_mm) {
    const double kl = lag_per_mm * side_mm / 2;
    return kl < 1e-3 ? kl * kl / 3 : 1 - std::tanh(kl) / kl; // below, the series is the more exact
  };
  return {along(outline.width_mm()), along(outline.height_mm())};
}

EngagedShare engaged_part(const EngagedShare& share) {
  return {std::max(share.along_x, 0.5), std::max(share.along_y, 0.5)};
}

void move_to(const PlateAssembly& assembly, const PartTemperatures& to, Watch watch, PlateState& state,
             PlateFactors& factors) {
  const Package& package = assembly.package;
  const Trip way = trip(assembly, state.at, to);
  state.at = to;
  const auto still = [](const Travel& t) { return t.from_C == t.to_C; };
  if (std::all_of(way.substrates.begin(), way.substrates.end(), still) &&
      std::all_of(way.bodies.begin(), way.bodies.end(), still) && (uppers_of(state.joined) == 0 || still(way.upper)))
    return;
  const std::vector<double> shares = break_points(package, assembly, state.joined, way);
  for (std::size_t s = 0; s + 1 < shares.size(); ++s) {
    const Increment inc = increment(package, assembly, state.joined, way, shares[s], shares[s + 1]);
    const PlateField field = solved(assembly, state.joined, way, inc, factors);
    add(state.since_birth, field);
    if (state.joined.engines)
      add(state.since_engines, field);
    if (watch == Watch::stresses)
      gather_stresses(assembly, way, inc, state.joined, field, state.stresses);
  }
}

} // namespace beachfront::thermal
