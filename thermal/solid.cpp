// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solid.hpp"

#include "thermal/expansion.hpp"
#include "thermal/lid.hpp"
#include "thermal/stack.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <numeric>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double same_transition_K = 15;
constexpr double unfilled = 1e-3; ///< in-plane share of the stiffness of bumps without underfill: islands

bool present(Part part, const JoinedBodies& done) {
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

struct TemperatureSpan {
  double from_C = 0, to_C = 0;
};

/// Secant constants between two temperatures, in the plane and across it, times a share.
ElasticConstants constants(const geometry::Material& m, const TemperatureSpan& span, double share) {
  const double glassy = m.youngs_modulus_GPa;
  const double softer = m.youngs_modulus_above_tg_GPa.value_or(glassy) / glassy;
  const auto secant = [&](double below, const std::optional<double>& above) {
    return secant_of(m, below, above.value_or(softer * below), span.from_C, span.to_C);
  };
  const double in_plane = secant(glassy, std::nullopt);
  const double across = secant(m.youngs_modulus_z_GPa.value_or(glassy), m.youngs_modulus_z_above_tg_GPa);
  const double nu_xz = m.poisson_ratio_xz.value_or(m.poisson_ratio);
  const double shear_xy =
      m.shear_modulus_xy_GPa ? secant(*m.shear_modulus_xy_GPa, std::nullopt) : in_plane / (2 * (1 + m.poisson_ratio));
  // Without a shear modulus of its own a layered material takes that of its softer direction.
  const double shear_xz = m.shear_modulus_xz_GPa ? secant(*m.shear_modulus_xz_GPa, m.shear_modulus_xz_above_tg_GPa)
                                                 : std::min(in_plane, across) / (2 * (1 + nu_xz));
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

ElasticTensor tensor(const Package& package, const Body& body, const JoinedBodies& done, const TemperatureSpan& span) {
  if (body.part == Part::die_joint && !done.underfill)
    return bumps_alone(package.die_joint);
  double share = 1;
  if (body.part == Part::die_tim)
    share *= flowing_share(package, package.cooling.die_tim, body.outline, package.dies[body.index].material);
  if (body.part == Part::engine_tim)
    share *= flowing_share(package, package.cooling.engine_tim, body.outline, package.engines[body.index].material);
  return elastic_tensor(constants(body.material, span, share));
}

std::array<double, 3> free_strain(const Package& package, const Body& body, const JoinedBodies& done, double from_C,
                                  double to_C) {
  const geometry::Material& material =
      body.part == Part::die_joint && !done.underfill ? package.die_joint.solder : body.material;
  const double in_plane = thermal_strain(material, from_C, to_C);
  return {in_plane, in_plane, thermal_strain_z(material, from_C, to_C)};
}

/// What an increment solves, before it is solved.
struct Piece {
  JoinedBodies done;
  TemperatureSpan span;
};

/// Between two uniform temperatures, cut at the glass transitions of the bodies that are there.
std::vector<Piece> pieces(const std::vector<Body>& bodies, const JoinedBodies& done, const TemperatureSpan& span) {
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

using Tensors = std::vector<std::optional<ElasticTensor>>;

bool same(const Tensors& a, const Tensors& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.has_value() == y.has_value() && (!x || (x->normal == y->normal && x->shear == y->shear));
  });
}

Tensors tensors(const Package& package, const std::vector<Body>& bodies, const JoinedBodies& done,
                const TemperatureSpan& span) {
  Tensors all(bodies.size());
  for (std::size_t b = 0; b < bodies.size(); ++b)
    if (present(bodies[b].part, done))
      all[b] = tensor(package, bodies[b], done, span);
  return all;
}

FreeStrains free_strains(const Package& package, const SolidPath& path, const Piece& piece) {
  std::vector<std::array<double, 3>> of_body(path.bodies.size());
  for (std::size_t b = 0; b < path.bodies.size(); ++b)
    of_body[b] = free_strain(package, path.bodies[b], piece.done, piece.span.from_C, piece.span.to_C);
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
  JoinedBodies done;
  for (const AssemblyStep& step : package.assembly) {
    done.dies = done.dies || step.joint == Joint::die;
    done.engines = done.engines || step.joint == Joint::engine;
    done.lid = done.lid || step.joint == Joint::lid;
  }
  return present(part, done);
}

void check_elastic(const Package& package) {
  if (!package.dies.empty() && !(package.die_joint.bump_area_fraction > 0))
    throw std::invalid_argument("no bumps under the dies (asic.bump_area_fraction 0): before it is filled the joint "
                                "would have no stiffness");
  for (const Body& body : bodies(package))
    try {
      elastic_tensor(constants(body.material, {package.operation.room_C, package.operation.room_C}, 1));
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(fmt::format("material {}: {}", body.material.name, error.what()));
    }
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
  const bool filled = std::any_of(package.assembly.begin(), package.assembly.end(),
                                  [](const AssemblyStep& step) { return step.joint == Joint::underfill; });
  for (Body& body : path.bodies)
    if (body.part == Part::die_joint && !filled)
      expand_as(package.die_joint.solder, body.material);

  const auto add = [&](const JoinedBodies& done, const TemperatureSpan& span, std::vector<std::size_t>& increments) {
    for (const Piece& piece : pieces(path.bodies, done, span)) {
      increments.push_back(path.increments.size());
      path.increments.push_back(
          {tensors(package, path.bodies, piece.done, piece.span), free_strains(package, path, piece), {}, 0});
    }
  };
  JoinedBodies done;
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
    done.dies = done.dies || step.joint == Joint::die;
    done.underfill = done.underfill || step.joint == Joint::underfill;
    done.engines = done.engines || step.joint == Joint::engine;
    done.lid = done.lid || step.joint == Joint::lid;
  }
  path.room = {"room", package.operation.room_C, trunk, {}};
  add(done, {at_C, package.operation.room_C}, path.room.increments);
  path.idle = {"idle", package.operation.idle_C, path.room.increments, {}};
  add(done, {package.operation.room_C, package.operation.idle_C}, path.idle.increments);
  const bool to_board = std::any_of(package.assembly.begin(), package.assembly.end(),
                                    [](const AssemblyStep& step) { return step.joint == Joint::board; });
  if (to_board) {
    path.reflow = SolidState{"reflow", package.operation.reflow_C, trunk, {}};
    add(done, {at_C, package.operation.reflow_C}, path.reflow->increments);
  }
  path.assembled = path.increments.size();
  path.done = done;
  path.glassy_tensors = tensors(package, path.bodies, done, {package.operation.room_C, package.operation.room_C});
  solve_increments(path, threads);
  if (!path.glassy) {
    auto stiffness = std::make_shared<Stiffness>(path.grid, path.glassy_tensors);
    path.unknowns = stiffness->unknowns();
    path.glassy = std::move(stiffness);
  }
  return path;
}

namespace {

/// Free strain of every cell from room to its temperature.
FreeStrains operating_strains(const SolidPath& path, const std::vector<double>& cell_C) {
  FreeStrains strains(path.grid.cells(), {0, 0, 0});
  for (std::size_t cell = 0; cell < strains.size(); ++cell)
    if (path.grid.body[cell] != no_body) {
      const geometry::Material& material = path.bodies[static_cast<std::size_t>(path.grid.body[cell])].material;
      const double in_plane = thermal_strain(material, path.room.temperature_C, cell_C[cell]);
      strains[cell] = {in_plane, in_plane, thermal_strain_z(material, path.room.temperature_C, cell_C[cell])};
    }
  return strains;
}

/// Mean temperature of each body over all images, NaN for a body without cells; and that of all together.
struct MeanTemperatures {
  std::vector<double> bodies_C;
  double all_C = 0;
};
MeanTemperatures mean_temperatures(const SolidPath& path, const std::vector<std::vector<double>>& image_cell_C) {
  std::vector<double> sum(path.bodies.size(), 0), volume(path.bodies.size(), 0);
  for (std::size_t k = 0; k < path.grid.cells_z(); ++k)
    for (std::size_t j = 0; j < path.grid.cells_y(); ++j)
      for (std::size_t i = 0; i < path.grid.cells_x(); ++i) {
        const std::size_t cell = path.grid.cell(i, j, k);
        if (path.grid.body[cell] == no_body)
          continue;
        const auto b = static_cast<std::size_t>(path.grid.body[cell]);
        const BrickSize size = cell_size_mm(path.grid, i, j, k);
        for (const std::vector<double>& cell_C : image_cell_C) {
          volume[b] += size[0] * size[1] * size[2];
          sum[b] += size[0] * size[1] * size[2] * cell_C[cell];
        }
      }
  MeanTemperatures means{sum, std::accumulate(sum.begin(), sum.end(), 0.0) /
                                  std::accumulate(volume.begin(), volume.end(), 0.0)};
  for (std::size_t b = 0; b < sum.size(); ++b)
    means.bodies_C[b] /= volume[b];
  return means;
}

/// Sign with which an image sees the part of a field that is odd in x (bit 1) and in y (bit 2).
double sign_in(const Grid& grid, std::size_t image, unsigned parity) {
  const std::array<double, 2> signs = image_signs(grid, image);
  return ((parity & 1U) != 0 ? signs[0] : 1) * ((parity & 2U) != 0 ? signs[1] : 1);
}

Parity parity_of(unsigned parity, unsigned bit) {
  return (parity & bit) != 0 ? Parity::odd : Parity::even;
}

} // namespace

SolidState add_operating(SolidPath& path, const std::vector<std::vector<double>>& image_cell_C) {
  path.increments.resize(path.assembled);
  const MeanTemperatures mean = mean_temperatures(path, image_cell_C);
  Tensors tensors = path.glassy_tensors;
  for (std::size_t b = 0; b < path.bodies.size(); ++b)
    if (tensors[b] && std::isfinite(mean.bodies_C[b]))
      tensors[b] = tensor(path.package, path.bodies[b], path.done, {path.room.temperature_C, mean.bodies_C[b]});
  const bool glassy = same(tensors, path.glassy_tensors);

  const std::size_t images = image_cell_C.size();
  std::vector<FreeStrains> strains;
  for (const std::vector<double>& cell_C : image_cell_C)
    strains.push_back(operating_strains(path, cell_C));
  std::vector<std::vector<double>> moved(images, std::vector<double>(3 * node_count(path.grid), 0.0));
  double residual = 0;
  for (unsigned parity = 0; parity < 4; ++parity) {
    const bool possible = (parity & 1U) == 0 || path.grid.half_x, also = (parity & 2U) == 0 || path.grid.half_y;
    if (!possible || !also || (parity > 0 && images == 1))
      continue;
    FreeStrains part(path.grid.cells(), {0, 0, 0});
    for (std::size_t image = 0; image < images; ++image)
      for (std::size_t cell = 0; cell < part.size(); ++cell)
        for (std::size_t c = 0; c < 3; ++c)
          part[cell][c] += sign_in(path.grid, image, parity) * strains[image][cell][c] / static_cast<double>(images);
    std::shared_ptr<const Stiffness> stiffness = parity == 0 ? path.glassy : path.odd[parity];
    if (!glassy || !stiffness)
      stiffness = std::make_shared<Stiffness>(path.grid, tensors, parity_of(parity, 1), parity_of(parity, 2));
    if (glassy && parity > 0)
      path.odd[parity] = stiffness;
    const Stiffness::Solution solution = stiffness->solve(part);
    residual = std::max(residual, solution.residual);
    for (std::size_t image = 0; image < images; ++image)
      for (std::size_t u = 0; u < moved[image].size(); ++u)
        moved[image][u] += sign_in(path.grid, image, parity) * solution.displacement_mm[u];
  }
  SolidState state{"operating", mean.all_C, path.room.increments, {}};
  for (std::size_t image = 0; image < images; ++image) {
    (images == 1 ? state.increments : state.of_image).push_back(path.increments.size());
    path.increments.push_back({tensors, std::move(strains[image]), std::move(moved[image]), residual});
  }
  return state;
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
