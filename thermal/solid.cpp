// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solid.hpp"

#include "thermal/expansion.hpp"
#include "thermal/stack.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <numbers>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double same_transition_K = 15;
constexpr double unfilled = 1e-3; ///< in-plane share of the stiffness of bumps without underfill: islands

/// Which steps have been done.
struct Done {
  bool dies = false, underfill = false, engines = false, lid = false;
  bool operator==(const Done&) const = default;
};

bool present(Part part, const Done& done) {
  switch (part) {
  case Part::ply:
    return true;
  case Part::die_joint:
  case Part::die:
    return done.dies;
  case Part::engine_joint:
  case Part::engine:
    return done.engines;
  case Part::die_tim:
    return done.lid && done.dies;
  case Part::engine_tim:
    return done.lid && done.engines;
  case Part::lid:
  case Part::lid_seal:
    return done.lid;
  }
  return false;
}

/// In-plane and through-thickness constants at a share of the glassy modulus.
ElasticConstants constants(const geometry::Material& m, double share) {
  const double in_plane = m.youngs_modulus_GPa, across = m.youngs_modulus_z_GPa.value_or(in_plane);
  const double nu_xz = m.poisson_ratio_xz.value_or(m.poisson_ratio);
  const double shear_xy = m.shear_modulus_xy_GPa.value_or(in_plane / (2 * (1 + m.poisson_ratio)));
  // Without a shear modulus of its own a layered material takes that of its softer direction.
  const double shear_xz = m.shear_modulus_xz_GPa.value_or(std::min(in_plane, across) / (2 * (1 + nu_xz)));
  return {{share * in_plane, share * in_plane, share * across},
          {m.poisson_ratio, nu_xz, nu_xz},
          {share * shear_xz, share * shear_xz, share * shear_xy}};
}

ElasticTensor bumps_alone(const DieJoint& joint) {
  const double area = joint.bump_area_fraction, e = joint.solder.youngs_modulus_GPa;
  const double g = e / (2 * (1 + joint.solder.poisson_ratio));
  return elastic_tensor(
      {{unfilled * area * e, unfilled * area * e, area * e}, {0, 0, 0}, {area * g, area * g, unfilled * area * g}});
}

double step_C(const Package& package, Joint joint, double otherwise_C) {
  for (const AssemblyStep& step : package.assembly)
    if (step.joint == joint)
      return step.temperature_C;
  return otherwise_C;
}

/// Share of its elastic modulus that a soft metal film under the lid keeps: one secant for the whole path, that of the
/// free slip by half a diagonal between lid and body from the lid's joining to room.
double flowing_share(const Package& package, const Body& film, const geometry::Material& lower) {
  const geometry::Material &m = film.material, &upper = package.cooling.lid.material;
  if (!m.flow_stress_MPa)
    return 1;
  const double to_C = package.operation.room_C, from_C = step_C(package, Joint::lid, to_C);
  const double half_diagonal_mm = std::hypot(film.outline.width_mm(), film.outline.height_mm()) / 2;
  const double slip = std::abs(thermal_strain(upper, from_C, to_C) - thermal_strain(lower, from_C, to_C));
  const double strain = slip * half_diagonal_mm / (film.top_mm - film.bottom_mm);
  const double elastic_MPa = 1e3 * m.youngs_modulus_GPa / (2 * (1 + m.poisson_ratio)) * strain;
  const double flow_MPa = *m.flow_stress_MPa / std::numbers::sqrt3;
  return elastic_MPa > flow_MPa ? flow_MPa / elastic_MPa : 1;
}

struct Travel {
  double from_C = 0, to_C = 0;
};

double secant_share(const geometry::Material& material, const Travel& travel) {
  return secant_modulus_GPa(material, travel.from_C, travel.to_C) / material.youngs_modulus_GPa;
}

ElasticTensor tensor(const Package& package, const Body& body, const Done& done, const Travel& travel) {
  if (body.part == Part::die_joint && !done.underfill)
    return bumps_alone(package.die_joint);
  double share = secant_share(body.material, travel);
  if (body.part == Part::die_tim)
    share *= flowing_share(package, body, package.dies[body.index].material);
  if (body.part == Part::engine_tim)
    share *= flowing_share(package, body, package.engines[body.index].material);
  return elastic_tensor(constants(body.material, share));
}

std::array<double, 3> free_strain(const Package& package, const Body& body, const Done& done, double from_C,
                                  double to_C) {
  const geometry::Material& material =
      body.part == Part::die_joint && !done.underfill ? package.die_joint.solder : body.material;
  const double in_plane = thermal_strain(material, from_C, to_C);
  return {in_plane, in_plane, thermal_strain_z(material, from_C, to_C)};
}

/// What an increment solves, before it is solved.
struct Piece {
  Done done;
  Travel travel;
};

/// Between two uniform temperatures, cut at the glass transitions of the bodies that are there.
std::vector<Piece> pieces(const std::vector<Body>& bodies, const Done& done, const Travel& travel) {
  const double low = std::min(travel.from_C, travel.to_C), high = std::max(travel.from_C, travel.to_C);
  std::vector<double> transitions;
  for (const Body& body : bodies)
    if (present(body.part, done) && body.material.glass_transition_C && *body.material.glass_transition_C > low &&
        *body.material.glass_transition_C < high)
      transitions.push_back(*body.material.glass_transition_C);
  std::sort(transitions.begin(), transitions.end());
  std::vector<double> cuts;
  for (const double transition : transitions)
    if (cuts.empty() || transition - cuts.back() >= same_transition_K)
      cuts.push_back(transition);
  if (travel.to_C < travel.from_C)
    std::reverse(cuts.begin(), cuts.end());
  std::vector<Piece> all;
  double at = travel.from_C;
  cuts.push_back(travel.to_C);
  for (const double cut : cuts)
    if (cut != at) {
      all.push_back({done, {at, cut}});
      at = cut;
    }
  return all;
}

using Tensors = std::vector<std::optional<ElasticTensor>>;

bool same(const Tensors& a, const Tensors& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.has_value() == y.has_value() && (!x || (x->normal == y->normal && x->shear == y->shear));
  });
}

Tensors tensors(const Package& package, const std::vector<Body>& bodies, const Done& done, const Travel& travel) {
  Tensors all(bodies.size());
  for (std::size_t b = 0; b < bodies.size(); ++b)
    if (present(bodies[b].part, done))
      all[b] = tensor(package, bodies[b], done, travel);
  return all;
}

FreeStrains free_strains(const Package& package, const SolidPath& path, const Piece& piece) {
  std::vector<std::array<double, 3>> of_body(path.bodies.size());
  for (std::size_t b = 0; b < path.bodies.size(); ++b)
    of_body[b] = free_strain(package, path.bodies[b], piece.done, piece.travel.from_C, piece.travel.to_C);
  FreeStrains strains(path.grid.cells(), {0, 0, 0});
  for (std::size_t cell = 0; cell < strains.size(); ++cell)
    if (path.grid.body[cell] != no_body)
      strains[cell] = of_body[static_cast<std::size_t>(path.grid.body[cell])];
  return strains;
}

/// Solves the increments from `first` on, those of one stiffness together.
void solve_increments(SolidPath& path, int threads) {
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < path.increments.size(); ++i) {
    const auto like = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return same(path.increments[group.front()].tensors, path.increments[i].tensors);
    });
    if (like == groups.end())
      groups.push_back({i});
    else
      like->push_back(i);
  }
  std::vector<std::exception_ptr> failed(groups.size());
  std::vector<double> factor_MB(groups.size());
  const int count = static_cast<int>(groups.size());
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
  for (int from_last = 0; from_last < count; ++from_last) {
    const auto g = static_cast<std::size_t>(count - 1 - from_last); // the latest have the most bodies
    try {
      auto stiffness = std::make_shared<Stiffness>(path.grid, path.increments[groups[g].front()].tensors);
      for (const std::size_t i : groups[g]) {
        Stiffness::Solution solution = stiffness->solve(path.increments[i].free_strain);
        path.increments[i].displacement_mm = std::move(solution.displacement_mm);
        path.increments[i].residual = solution.residual;
      }
      factor_MB[g] = stiffness->factor_MB();
      if (same(path.increments[groups[g].front()].tensors, path.glassy_tensors)) {
        path.unknowns = stiffness->unknowns();
        path.glassy = std::move(stiffness);
      }
    } catch (...) {
      failed[g] = std::current_exception();
    }
  }
  for (const std::exception_ptr& failure : failed)
    if (failure)
      std::rethrow_exception(failure);
  path.factorisations = groups.size();
  path.factor_MB = *std::max_element(factor_MB.begin(), factor_MB.end());
}

ElasticTensor scaled(ElasticTensor tensor, double share) {
  for (auto& row : tensor.normal)
    for (double& value : row)
      value *= share;
  for (double& value : tensor.shear)
    value *= share;
  return tensor;
}

/// A joint that is never filled expands as its bumps.
void expand_as(const geometry::Material& bumps, geometry::Material& joint) {
  joint.cte_ppm_per_K = bumps.cte_ppm_per_K;
  joint.cte_law = bumps.cte_law;
  joint.cte_z_ppm_per_K = bumps.cte_z_ppm_per_K;
  joint.glass_transition_C = bumps.glass_transition_C;
  joint.cte_above_tg_ppm_per_K = bumps.cte_above_tg_ppm_per_K;
  joint.cte_z_above_tg_ppm_per_K = bumps.cte_z_above_tg_ppm_per_K;
}

const char* name_of(Joint joint) {
  switch (joint) {
  case Joint::substrate:
    return "substrate";
  case Joint::die:
    return "die";
  case Joint::underfill:
    return "underfill";
  case Joint::engine:
    return "engine";
  case Joint::lid:
    return "lid";
  case Joint::board:
    return "board";
  }
  return "";
}

} // namespace

bool joins(const Package& package, Part part) {
  Done done;
  for (const AssemblyStep& step : package.assembly) {
    done.dies = done.dies || step.joint == Joint::die;
    done.engines = done.engines || step.joint == Joint::engine;
    done.lid = done.lid || step.joint == Joint::lid;
  }
  return present(part, done);
}

SolidPath assemble_solid(const Package& package, const GridRules& rules, int threads) {
  SolidPath path;
  path.bodies = bodies(package);
  std::erase_if(path.bodies, [&](const Body& body) { return !joins(package, body.part); });
  const bool filled = std::any_of(package.assembly.begin(), package.assembly.end(),
                                  [](const AssemblyStep& step) { return step.joint == Joint::underfill; });
  for (Body& body : path.bodies)
    if (body.part == Part::die_joint && !filled)
      expand_as(package.die_joint.solder, body.material);
  path.grid = grid(path.bodies, rules, symmetric_in_x(path.bodies), symmetric_in_y(path.bodies));

  const auto add = [&](const Done& done, const Travel& travel, std::vector<std::size_t>& increments) {
    for (const Piece& piece : pieces(path.bodies, done, travel)) {
      increments.push_back(path.increments.size());
      path.increments.push_back(
          {tensors(package, path.bodies, piece.done, piece.travel), free_strains(package, path, piece), {}, 0});
    }
  };
  Done done;
  std::vector<std::size_t> trunk;
  double at_C = package.assembly.front().temperature_C;
  for (const AssemblyStep& step : package.assembly) {
    if (step.joint == Joint::board)
      continue;
    add(done, {at_C, step.temperature_C}, trunk);
    at_C = step.temperature_C;
    path.steps.push_back({name_of(step.joint), at_C, trunk});
    if (step.joint == Joint::engine)
      path.engines_joined_at = path.increments.size();
    done.dies = done.dies || step.joint == Joint::die;
    done.underfill = done.underfill || step.joint == Joint::underfill;
    done.engines = done.engines || step.joint == Joint::engine;
    done.lid = done.lid || step.joint == Joint::lid;
  }
  path.room = {"room", package.operation.room_C, trunk};
  add(done, {at_C, package.operation.room_C}, path.room.increments);
  path.idle = {"idle", package.operation.idle_C, path.room.increments};
  add(done, {package.operation.room_C, package.operation.idle_C}, path.idle.increments);
  const bool to_board = std::any_of(package.assembly.begin(), package.assembly.end(),
                                    [](const AssemblyStep& step) { return step.joint == Joint::board; });
  if (to_board) {
    path.reflow = SolidState{"reflow", package.operation.reflow_C, trunk};
    add(done, {at_C, package.operation.reflow_C}, path.reflow->increments);
  }
  path.glassy_tensors = tensors(package, path.bodies, done, {package.operation.room_C, package.operation.room_C});
  solve_increments(path, threads);
  if (!path.glassy) {
    auto stiffness = std::make_shared<Stiffness>(path.grid, path.glassy_tensors);
    path.unknowns = stiffness->unknowns();
    path.glassy = std::move(stiffness);
  }
  return path;
}

SolidState add_operating(SolidPath& path, const std::vector<double>& cell_C) {
  const double room_C = path.room.temperature_C;
  std::vector<double> sum_C(path.bodies.size(), 0), volume(path.bodies.size(), 0);
  SolidIncrement increment{path.glassy_tensors, FreeStrains(path.grid.cells(), {0, 0, 0}), {}, 0};
  for (std::size_t k = 0; k < path.grid.cells_z(); ++k)
    for (std::size_t j = 0; j < path.grid.cells_y(); ++j)
      for (std::size_t i = 0; i < path.grid.cells_x(); ++i) {
        const std::size_t cell = path.grid.cell(i, j, k);
        if (path.grid.body[cell] == no_body)
          continue;
        const auto b = static_cast<std::size_t>(path.grid.body[cell]);
        const geometry::Material& material = path.bodies[b].material;
        const double in_plane = thermal_strain(material, room_C, cell_C[cell]);
        increment.free_strain[cell] = {in_plane, in_plane, thermal_strain_z(material, room_C, cell_C[cell])};
        const BrickSize size = cell_size_mm(path.grid, i, j, k);
        volume[b] += size[0] * size[1] * size[2];
        sum_C[b] += size[0] * size[1] * size[2] * cell_C[cell];
      }
  SolidState state{"operating", 0, path.room.increments};
  double total_C = 0, total = 0;
  for (std::size_t b = 0; b < path.bodies.size(); ++b) {
    total_C += sum_C[b];
    total += volume[b];
    if (increment.tensors[b] && volume[b] > 0)
      *increment.tensors[b] =
          scaled(*increment.tensors[b], secant_share(path.bodies[b].material, {room_C, sum_C[b] / volume[b]}));
  }
  state.temperature_C = total_C / total;
  Stiffness::Solution solution = same(increment.tensors, path.glassy_tensors)
                                     ? path.glassy->solve(increment.free_strain)
                                     : Stiffness(path.grid, increment.tensors).solve(increment.free_strain);
  increment.displacement_mm = std::move(solution.displacement_mm);
  increment.residual = solution.residual;
  state.increments.push_back(path.increments.size());
  path.increments.push_back(std::move(increment));
  return state;
}

std::array<double, 3> displacement_mm(const SolidPath& path, const SolidState& state, std::size_t node,
                                      std::size_t since) {
  std::array<double, 3> sum{};
  for (const std::size_t i : state.increments)
    if (i >= since)
      for (std::size_t c = 0; c < 3; ++c)
        sum[c] += path.increments[i].displacement_mm[3 * node + c];
  return sum;
}

Stress stress_MPa(const SolidPath& path, const SolidState& state, std::size_t i, std::size_t j, std::size_t k,
                  const std::array<double, 3>& local) {
  const std::size_t cell = path.grid.cell(i, j, k);
  Stress sum{};
  const int body = path.grid.body[cell];
  if (body == no_body)
    return sum;
  const BrickSize size = cell_size_mm(path.grid, i, j, k);
  for (const std::size_t n : state.increments) {
    const SolidIncrement& increment = path.increments[n];
    const auto& tensor = increment.tensors[static_cast<std::size_t>(body)];
    if (!tensor)
      continue;
    const Stress step =
        brick_stress_MPa(*tensor, size, cell_displacement_mm(path.grid, increment.displacement_mm, i, j, k),
                         increment.free_strain[cell], local);
    for (std::size_t c = 0; c < 6; ++c)
      sum[c] += step[c];
  }
  return sum;
}

} // namespace beachfront::thermal
