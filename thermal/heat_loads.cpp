// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/heat_loads.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// The lower face of a cell: conductances from it to the cell above, the cell below or the coolant.
struct LowerFace {
  double up_W_per_K = 0;
  double down_W_per_K = 0;
  std::size_t below = none;  ///< cell of the grid, when there is one
  std::size_t cooled = none; ///< index of a cooled face, when it is cooled
};

double area_mm2(const Grid& grid, std::size_t i, std::size_t j) {
  return (grid.x_mm[i + 1] - grid.x_mm[i]) * (grid.y_mm[j + 1] - grid.y_mm[j]);
}

double half_cell_W_per_K(const HeatProblem& problem, std::size_t i, std::size_t j, std::size_t k) {
  const Grid& grid = problem.grid;
  const auto body = static_cast<std::size_t>(grid.body[grid.cell(i, j, k)]);
  return 2e-3 * problem.conductivity[body].z_W_per_mK * area_mm2(grid, i, j) / (grid.z_mm[k + 1] - grid.z_mm[k]);
}

LowerFace lower_face(const HeatSystem& system, std::size_t i, std::size_t j, std::size_t k) {
  const HeatProblem& problem = system.problem;
  const Grid& grid = problem.grid;
  const int body = grid.body[grid.cell(i, j, k)];
  LowerFace face;
  face.up_W_per_K = half_cell_W_per_K(problem, i, j, k);
  if (k > 0 && grid.body[grid.cell(i, j, k - 1)] != no_body) {
    face.below = grid.cell(i, j, k - 1);
    double contact_mm2K_per_W = 0;
    for (const Contact& contact : problem.contacts)
      if (contact.lower_body == grid.body[face.below] && contact.upper_body == body)
        contact_mm2K_per_W += contact.mm2K_per_W;
    face.down_W_per_K = 1 / (1 / half_cell_W_per_K(problem, i, j, k - 1) + contact_mm2K_per_W / area_mm2(grid, i, j));
    return face;
  }
  for (std::size_t index = 0; index < problem.cooled.size(); ++index)
    if (problem.cooled[index].body == body && !problem.cooled[index].top) {
      face.cooled = index;
      face.down_W_per_K = 1e-6 * problem.cooled[index].heat_transfer_W_per_m2K * area_mm2(grid, i, j);
    }
  return face;
}

bool is_bottom(const Grid& grid, std::size_t i, std::size_t j, std::size_t k) {
  return k == 0 || grid.body[grid.cell(i, j, k - 1)] != grid.body[grid.cell(i, j, k)];
}

double overlap_mm(double from, double to, double other_from, double other_to) {
  return std::max(0.0, std::min(to, other_to) - std::max(from, other_from));
}

/// Cells along an axis that an interval touches.
struct Span {
  std::size_t begin, end;
};
Span cells_touched(const std::vector<double>& planes_mm, double from_mm, double to_mm) {
  const auto begin = std::upper_bound(planes_mm.begin(), planes_mm.end(), from_mm) - planes_mm.begin();
  const auto end = std::lower_bound(planes_mm.begin(), planes_mm.end(), to_mm) - planes_mm.begin();
  const auto cells = static_cast<std::ptrdiff_t>(planes_mm.size()) - 1;
  return {static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(begin - 1, 0, cells)),
          static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(end, 0, cells))};
}

/// A cell under a load, and its share before the shares are scaled to the power.
struct Under {
  std::size_t i, j, k;
  double share;
};

/// Cells of the load's body under its outline; `covered_mm2` is the area that they make up seen from below.
std::vector<Under> cells_under(const Grid& grid, const HeatLoad& load, double& covered_mm2) {
  const geometry::Box& box = load.outline;
  const Span x = cells_touched(grid.x_mm, box.min.x_mm, box.max.x_mm);
  const Span y = cells_touched(grid.y_mm, box.min.y_mm, box.max.y_mm);
  std::vector<Under> under;
  covered_mm2 = 0;
  for (std::size_t j = y.begin; j < y.end; ++j)
    for (std::size_t i = x.begin; i < x.end; ++i) {
      const double overlap_mm2 = overlap_mm(grid.x_mm[i], grid.x_mm[i + 1], box.min.x_mm, box.max.x_mm) *
                                 overlap_mm(grid.y_mm[j], grid.y_mm[j + 1], box.min.y_mm, box.max.y_mm);
      for (std::size_t k = 0; k < grid.cells_z() && overlap_mm2 > 0; ++k) {
        if (grid.body[grid.cell(i, j, k)] != load.body)
          continue;
        const bool bottom = is_bottom(grid, i, j, k);
        if (bottom)
          covered_mm2 += overlap_mm2;
        if (load.site == HeatSite::volume)
          under.push_back({i, j, k, overlap_mm2 * (grid.z_mm[k + 1] - grid.z_mm[k])});
        else if (bottom)
          under.push_back({i, j, k, overlap_mm2});
      }
    }
  return under;
}

/// What of an outline lies on the grid's side of its planes of symmetry.
double area_on_grid_mm2(const Grid& grid, const geometry::Box& box) {
  const double west_mm = grid.half_x ? std::max(box.min.x_mm, grid.x_mm.front()) : box.min.x_mm;
  const double south_mm = grid.half_y ? std::max(box.min.y_mm, grid.y_mm.front()) : box.min.y_mm;
  return std::max(0.0, box.max.x_mm - west_mm) * std::max(0.0, box.max.y_mm - south_mm);
}

void add_in_face(const HeatSystem& system, const Under& cell, double power_W, HeatSources& sources) {
  const LowerFace face = lower_face(system, cell.i, cell.j, cell.k);
  const double down_W = power_W * face.down_W_per_K / (face.up_W_per_K + face.down_W_per_K);
  sources.entries.push_back({system.matrix.layout.at(cell.i, cell.j, cell.k), power_W - down_W});
  if (face.below != none)
    sources.entries.push_back({system.matrix.layout.at(cell.i, cell.j, cell.k - 1), down_W});
  if (face.cooled != none)
    sources.straight_out_W[face.cooled] += down_W;
}

void add_load(const HeatSystem& system, const HeatLoad& load, std::size_t index, HeatSources& sources) {
  const Grid& grid = system.problem.grid;
  if (load.body < 0 || static_cast<std::size_t>(load.body) >= system.problem.conductivity.size())
    throw std::invalid_argument(fmt::format("heat load {} is on body {}, which is not there", index, load.body));
  if (!(load.outline.width_mm() > 0) || !(load.outline.height_mm() > 0) || !std::isfinite(load.power_W))
    throw std::invalid_argument(fmt::format("heat load {} has no outline or no power", index));
  const double wanted_mm2 = area_on_grid_mm2(grid, load.outline);
  double covered_mm2 = 0;
  const std::vector<Under> under = cells_under(grid, load, covered_mm2);
  if (std::abs(covered_mm2 - wanted_mm2) > 1e-9 * load.outline.area_mm2())
    throw std::invalid_argument(fmt::format("heat load {}: of its {:.6g} mm2, {:.6g} mm2 lie on body {}", index,
                                            wanted_mm2, covered_mm2, load.body));
  double shares = 0;
  for (const Under& cell : under)
    shares += cell.share;
  const double power_W = load.power_W * (wanted_mm2 / load.outline.area_mm2());
  sources.power_W += power_W;
  for (const Under& cell : under) {
    const double part_W = power_W * (cell.share / shares);
    if (load.site == HeatSite::bottom_face)
      add_in_face(system, cell, part_W, sources);
    else
      sources.entries.push_back({system.matrix.layout.at(cell.i, cell.j, cell.k), part_W});
  }
}

} // namespace

HeatSources heat_sources(const HeatSystem& system, std::span<const HeatLoad> loads) {
  HeatSources sources;
  sources.straight_out_W.assign(system.problem.cooled.size(), 0.0);
  for (std::size_t index = 0; index < loads.size(); ++index)
    add_load(system, loads[index], index, sources);
  return sources;
}

std::vector<CellFaceTemperature> bottom_face_temperatures(const HeatSystem& system, std::span<const HeatLoad> loads,
                                                          const HeatFlow& flow, int body) {
  const Grid& grid = system.problem.grid;
  std::vector<double> entering_W(grid.cells(), 0.0);
  for (const HeatLoad& load : loads)
    if (load.body == body && load.site == HeatSite::bottom_face) {
      double covered_mm2 = 0;
      const double density_W_per_mm2 = load.power_W / load.outline.area_mm2();
      for (const Under& cell : cells_under(grid, load, covered_mm2))
        entering_W[grid.cell(cell.i, cell.j, cell.k)] += density_W_per_mm2 * cell.share;
    }
  std::vector<CellFaceTemperature> faces;
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const std::size_t cell = grid.cell(i, j, k);
        if (grid.body[cell] != body || !is_bottom(grid, i, j, k))
          continue;
        const LowerFace face = lower_face(system, i, j, k);
        double heat = entering_W[cell] + face.up_W_per_K * flow.temperature_C[cell];
        if (face.below != none)
          heat += face.down_W_per_K * flow.temperature_C[face.below];
        if (face.cooled != none)
          heat += face.down_W_per_K * system.problem.cooled[face.cooled].coolant_C;
        faces.push_back({cell, heat / (face.up_W_per_K + face.down_W_per_K)});
      }
  return faces;
}

BodyTemperature bottom_face_temperature(const HeatSystem& system, std::span<const HeatLoad> loads, const HeatFlow& flow,
                                        int body) {
  const Grid& grid = system.problem.grid;
  BodyTemperature result{0, -HUGE_VAL};
  double area = 0;
  for (const CellFaceTemperature& face : bottom_face_temperatures(system, loads, flow, body)) {
    const double weight = area_mm2(grid, face.cell % grid.cells_x(), face.cell / grid.cells_x() % grid.cells_y());
    area += weight;
    result.mean_C += weight * face.temperature_C;
    result.max_C = std::max(result.max_C, face.temperature_C);
  }
  if (area == 0)
    throw std::invalid_argument(fmt::format("body {} has no cells", body));
  result.mean_C /= area;
  return result;
}

BodyTemperature body_temperature(const HeatSystem& system, const HeatFlow& flow, int body) {
  const Grid& grid = system.problem.grid;
  BodyTemperature result{0, -HUGE_VAL};
  double volume = 0;
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const std::size_t cell = grid.cell(i, j, k);
        if (grid.body[cell] != body)
          continue;
        const double weight = area_mm2(grid, i, j) * (grid.z_mm[k + 1] - grid.z_mm[k]);
        volume += weight;
        result.mean_C += weight * flow.temperature_C[cell];
        result.max_C = std::max(result.max_C, flow.temperature_C[cell]);
      }
  if (volume == 0)
    throw std::invalid_argument(fmt::format("body {} has no cells", body));
  result.mean_C /= volume;
  return result;
}

} // namespace beachfront::thermal
