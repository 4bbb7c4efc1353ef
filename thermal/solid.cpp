// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solid.hpp"

#include "thermal/solid_bodies.hpp"
#include "thermal/stiffness_pattern.hpp"
#include "thermal/upper_plates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <numeric>
#include <omp.h>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double same_transition_K = 15;

/// What an increment solves, before it is solved.
struct Piece {
  Joined done;
  TemperatureSpan span;
};

/// Between two uniform temperatures, cut at the glass transitions of the bodies that are there.
std::vector<Piece> pieces(const std::vector<Body>& bodies, const Joined& done, const TemperatureSpan& span) {
  const double low = std::min(span.from_C, span.to_C), high = std::max(span.from_C, span.to_C);
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
  if (span.to_C < span.from_C)
    std::reverse(cuts.begin(), cuts.end());
  std::vector<Piece> all;
  double at = span.from_C;
  cuts.push_back(span.to_C);
  for (const double cut : cuts)
    if (cut != at) {
      all.push_back({done, {at, cut}});
      at = cut;
    }
  return all;
}

FreeStrains free_strains(const Package& package, const SolidPath& path, const Piece& piece) {
  std::vector<std::array<double, 3>> of_body(path.bodies.size());
  for (std::size_t b = 0; b < path.bodies.size(); ++b)
    of_body[b] = free_strain(package, path.bodies[b], piece.done, piece.span);
  FreeStrains strains(path.grid.cells(), {0, 0, 0});
  for (std::size_t cell = 0; cell < strains.size(); ++cell)
    if (path.grid.body[cell] != no_body)
      strains[cell] = of_body[static_cast<std::size_t>(path.grid.body[cell])];
  return strains;
}

/// Increments of one stiffness, by their indices; the groups ascend.
std::vector<std::vector<std::size_t>> by_stiffness(const SolidPath& path) {
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
  return groups;
}

/// Where the patterns of the groups come from. like: the first group with the same bodies, whose pattern is theirs.
/// host: of those the one that lends its order, itself where there is none. turn: the later have the most bodies and go
/// first, among those with the same bodies `kept` last: what its thread makes next does not need as much new memory.
struct Plan {
  std::vector<std::size_t> like, host, turn;
};
Plan plan(const Grid& grid, const std::vector<const Tensors*>& tensors, const Tensors& kept) {
  Plan plan;
  for (std::size_t g = 0; g < tensors.size(); ++g) {
    std::size_t like = 0;
    while (!same_bodies(*tensors[like], *tensors[g]))
      ++like;
    plan.like.push_back(like);
    plan.host.push_back(g);
    plan.turn.push_back(g);
  }
  for (std::size_t g = tensors.size(); g-- > 0;)
    for (std::size_t later = tensors.size(); plan.host[g] == g && later-- > g + 1;)
      if (plan.like[g] == g && plan.like[later] == later && plan.host[later] == later &&
          nearly_all(grid, *tensors[g], *tensors[later]))
        plan.host[g] = later;
  std::stable_sort(plan.turn.begin(), plan.turn.end(), [&](std::size_t a, std::size_t b) {
    return plan.like[a] != plan.like[b] ? plan.like[a] > plan.like[b]
                                        : !same(*tensors[a], kept) && same(*tensors[b], kept);
  });
  return plan;
}

/// Solves the increments, those of one stiffness together.
void solve_increments(SolidPath& path) {
  const std::vector<std::vector<std::size_t>> groups = by_stiffness(path);
  std::vector<const Tensors*> tensors;
  for (const auto& group : groups)
    tensors.push_back(&path.increments[group.front()].tensors);
  const Plan order = plan(path.grid, tensors, path.glassy_tensors);
  std::vector<std::shared_ptr<const StiffnessPattern>> patterns(groups.size());
  std::vector<std::exception_ptr> failed(groups.size());
  std::vector<double> factor_MB(groups.size());
  // Each thread makes its factors in the memory of its first, which is the largest.
  std::vector<std::unique_ptr<Stiffness>> spent(static_cast<std::size_t>(path.threads));

  const auto find_pattern = [&](std::size_t g) {
    try {
      const StiffnessPattern* const more = order.host[g] == g ? nullptr : patterns[order.host[g]].get();
      patterns[g] = stiffness_pattern(path.grid, *tensors[g], more);
    } catch (...) {
      failed[g] = std::current_exception();
    }
  };
  const auto solve_group = [&](std::size_t g) {
    if (!patterns[order.like[g]])
      return;
    std::unique_ptr<Stiffness>& mine = spent[static_cast<std::size_t>(omp_get_thread_num())];
    try {
      auto stiffness = std::make_unique<Stiffness>(path.grid, *tensors[g], Parity::even, Parity::even,
                                                   patterns[order.like[g]], std::move(mine));
      for (const std::size_t i : groups[g]) {
        Stiffness::Solution solution = stiffness->solve(path.increments[i].free_strain);
        path.increments[i].displacement_mm = std::move(solution.displacement_mm);
        path.increments[i].residual = solution.residual;
      }
      factor_MB[g] = stiffness->factor_MB();
      if (same(*tensors[g], path.glassy_tensors)) { // every turn of the loop uses it again
        path.unknowns = stiffness->unknowns();
        path.glassy = std::move(stiffness);
      } else {
        mine = std::move(stiffness);
      }
    } catch (...) {
      failed[g] = std::current_exception();
    }
  };
  std::vector<char> found(groups.size()); // stands for a pattern where tasks wait for one
  [[maybe_unused]] char* const pattern_of = found.data();
  // Where the factors are large, the threads work on one after the other together: half the memory.
  const bool large = std::any_of(tensors.begin(), tensors.end(), [&](const Tensors* t) {
    return 3 * number_nodes(path.grid, filled_cells(path.grid, *t)).nodes.size() > most_unknowns_whole;
  });
  std::vector<char> ended(groups.size() + 1); // the last stands for all
  [[maybe_unused]] char* const end_of = ended.data();
#pragma omp parallel num_threads(path.threads)
#pragma omp single
  {
    for (const std::size_t g : order.turn) {
      if (order.like[g] != g)
        continue;
      [[maybe_unused]] const std::size_t host = order.host[g];
      if (host == g) {
#pragma omp task depend(out : pattern_of[g]) firstprivate(g) default(shared)
        find_pattern(g);
      } else {
#pragma omp task depend(in : pattern_of[host]) depend(out : pattern_of[g]) firstprivate(g) default(shared)
        find_pattern(g);
      }
    }
    for (const std::size_t g : order.turn) {
      [[maybe_unused]] const std::size_t like = order.like[g];
      [[maybe_unused]] const std::size_t end = large ? groups.size() : g;
#pragma omp task depend(in : pattern_of[like]) depend(inout : end_of[end]) firstprivate(g) default(shared)
      solve_group(g);
    }
  }
  for (const std::exception_ptr& failure : failed)
    if (failure)
      std::rethrow_exception(failure);
  path.factorisations = groups.size();
  path.factor_MB = groups.empty() ? 0 : *std::max_element(factor_MB.begin(), factor_MB.end());
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

} // namespace

bool joins(const Package& package, Part part) {
  Joined done;
  for (const AssemblyStep& step : package.assembly)
    join(step.joint, done);
  return present(part, done);
}

const SolidState& finished(const SolidPath& path) {
  return path.mounted ? *path.mounted : path.room;
}

std::size_t image_count(const Grid& grid) {
  return (grid.half_x ? 2U : 1U) * (grid.half_y ? 2U : 1U);
}

std::array<double, 2> image_signs(const Grid& grid, std::size_t image) {
  const bool west = grid.half_x && image % 2 == 1;
  const bool south = grid.half_y && (grid.half_x ? image / 2 : image) == 1;
  return {west ? -1.0 : 1.0, south ? -1.0 : 1.0};
}

Mesh mesh(const Package& package, const GridRules& rules) {
  Mesh mesh{bodies(package), {}};
  const std::vector<std::string> faults = body_faults(mesh.bodies);
  if (!faults.empty())
    throw std::invalid_argument(fmt::format("{}", fmt::join(faults, "; ")));
  mesh.grid = grid(mesh.bodies, rules, symmetric_in_x(mesh.bodies), symmetric_in_y(mesh.bodies));
  return mesh;
}

SolidPath assemble_solid(const Package& package, const Mesh& mesh, int threads) {
  SolidPath path;
  path.package = package;
  path.bodies = mesh.bodies;
  path.grid = mesh.grid;
  path.threads = std::max(threads, 1);
  const bool filled = std::any_of(package.assembly.begin(), package.assembly.end(),
                                  [](const AssemblyStep& step) { return step.joint == Joint::underfill; });
  for (Body& body : path.bodies)
    if (body.part == Part::die_joint && !filled)
      expand_as(package.die_joint.solder, body.material);

  const auto add = [&](const Joined& done, const TemperatureSpan& span, std::vector<std::size_t>& increments) {
    for (const Piece& piece : pieces(path.bodies, done, span)) {
      increments.push_back(path.increments.size());
      path.increments.push_back(
          {tensors(package, path.bodies, piece.done, piece.span), free_strains(package, path, piece), {}, 0});
    }
  };
  Joined done;
  std::vector<std::size_t> trunk;
  double at_C = package.assembly.front().temperature_C;
  for (const AssemblyStep& step : package.assembly) {
    if (step.joint == Joint::board)
      continue;
    add(done, {at_C, step.temperature_C}, trunk);
    at_C = step.temperature_C;
    path.steps.push_back({name_of(step.joint), at_C, trunk, {}});
    if (step.joint == Joint::engine)
      path.engines_joined_at = path.increments.size();
    join(step.joint, done);
  }
  path.room = {"room", package.operation.room_C, trunk, {}};
  add(done, {at_C, package.operation.room_C}, path.room.increments);
  const auto add_idle = [&] {
    path.idle = {"idle", package.operation.idle_C, finished(path).increments, {}};
    add(done, {package.operation.room_C, package.operation.idle_C}, path.idle.increments);
  };
  const bool on_board = joins_board(package);
  if (!on_board)
    add_idle();
  const bool to_board = std::any_of(package.assembly.begin(), package.assembly.end(),
                                    [](const AssemblyStep& step) { return step.joint == Joint::board; });
  if (to_board) {
    path.reflow = SolidState{"reflow", package.operation.reflow_C, trunk, {}};
    add(done, {at_C, package.operation.reflow_C}, path.reflow->increments);
  }
  if (on_board) {
    join(Joint::board, done);
    path.mounted = SolidState{"mounted", package.operation.room_C, path.reflow->increments, {}};
    add(done, {package.operation.reflow_C, package.operation.room_C}, path.mounted->increments);
    add_idle();
  }
  path.assembled = path.increments.size();
  path.done = done;
  path.glassy_tensors = tensors(package, path.bodies, done, {package.operation.room_C, package.operation.room_C});
  solve_increments(path);
  if (!path.glassy) {
    auto stiffness = std::make_shared<Stiffness>(path.grid, path.glassy_tensors);
    path.unknowns = stiffness->unknowns();
    path.glassy = std::move(stiffness);
  }
  return path;
}

namespace {

std::vector<std::size_t> increments_of(const SolidState& state, std::size_t image) {
  std::vector<std::size_t> all = state.increments;
  if (!state.of_image.empty())
    all.push_back(state.of_image[image]);
  return all;
}

} // namespace

std::array<double, 3> displacement_mm(const SolidPath& path, const SolidState& state, std::size_t node,
                                      std::size_t since, std::size_t image) {
  std::array<double, 3> sum{};
  for (const std::size_t i : increments_of(state, image))
    if (i >= since)
      for (std::size_t c = 0; c < 3; ++c)
        sum[c] += path.increments[i].displacement_mm[3 * node + c];
  return sum;
}

Stress stress_MPa(const SolidPath& path, const SolidState& state, std::size_t i, std::size_t j, std::size_t k,
                  const std::array<double, 3>& local, std::size_t image) {
  const std::size_t cell = path.grid.cell(i, j, k);
  Stress sum{};
  const int body = path.grid.body[cell];
  if (body == no_body)
    return sum;
  const BrickSize size = cell_size_mm(path.grid, i, j, k);
  for (const std::size_t n : increments_of(state, image)) {
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
