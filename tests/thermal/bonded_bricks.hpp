// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic bricks bonded to each other on one grid, in steps, straight through Stiffness: what the tests against
// CalculiX and against published trends solve.
#pragma once

#include "thermal/body.hpp"
#include "thermal/stiffness.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

namespace beachfront::thermal {

struct ElasticBrick {
  Part part = Part::ply;
  geometry::Box outline;
  double bottom_mm = 0, top_mm = 0;
  ElasticTensor tensor;
  std::array<double, 3> expansion_per_K{};
};

inline ElasticTensor isotropic(double modulus_GPa, double poisson) {
  const double shear_GPa = modulus_GPa / (2 * (1 + poisson));
  return elastic_tensor(
      {{modulus_GPa, modulus_GPa, modulus_GPa}, {poisson, poisson, poisson}, {shear_GPa, shear_GPa, shear_GPa}});
}

inline ElasticBrick brick(Part part, const geometry::Box& outline, double bottom_mm, double top_mm,
                          const geometry::Material& m) {
  const double per_K = m.cte_ppm_per_K * 1e-6;
  return {part, outline, bottom_mm, top_mm, isotropic(m.youngs_modulus_GPa, m.poisson_ratio), {per_K, per_K, per_K}};
}

/// The quarter x > 0, y > 0. Faults of the bodies are not looked for.
inline Grid quarter(std::span<const ElasticBrick> bricks, const GridRules& rules) {
  std::vector<Body> bodies;
  for (const ElasticBrick& b : bricks)
    bodies.push_back({"", b.part, 0, b.outline, b.bottom_mm, b.top_mm, {}});
  return grid(bodies, rules, true, true);
}

using Tensors = std::vector<std::optional<ElasticTensor>>;

/// Tensors of the bricks that are there.
template <class There>
Tensors tensors_of(std::span<const ElasticBrick> bricks, There there) {
  Tensors tensors;
  for (std::size_t b = 0; b < bricks.size(); ++b)
    tensors.push_back(there(bricks[b]) ? std::optional(bricks[b].tensor) : std::nullopt);
  return tensors;
}
inline Tensors tensors_of(std::span<const ElasticBrick> bricks) {
  return tensors_of(bricks, [](const ElasticBrick&) { return true; });
}

/// Mean of a field over a cell, by two points along each axis.
template <class Field>
double cell_mean(const Grid& grid, std::size_t i, std::size_t j, std::size_t k, Field field) {
  const auto at = [](const std::vector<double>& planes, std::size_t n, bool upper) {
    return (planes[n] + planes[n + 1]) / 2 + (upper ? 1 : -1) * (planes[n + 1] - planes[n]) / (2 * std::sqrt(3.0));
  };
  double sum = 0;
  for (unsigned n = 0; n < 8; ++n)
    sum += field(at(grid.x_mm, i, (n & 1U) != 0), at(grid.y_mm, j, (n & 2U) != 0), at(grid.z_mm, k, (n & 4U) != 0));
  return sum / 8;
}

/// Free strains under a temperature change that depends on the place, its mean in each cell.
template <class Change>
FreeStrains strains_of_field(const Grid& grid, std::span<const ElasticBrick> bricks, Change change_K) {
  FreeStrains strains(grid.cells(), {0, 0, 0});
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const int b = grid.body[grid.cell(i, j, k)];
        if (b == no_body)
          continue;
        const double change = cell_mean(grid, i, j, k, change_K);
        for (std::size_t c = 0; c < 3; ++c)
          strains[grid.cell(i, j, k)][c] = bricks[static_cast<std::size_t>(b)].expansion_per_K[c] * change;
      }
  return strains;
}
inline FreeStrains free_strains(const Grid& grid, std::span<const ElasticBrick> bricks, double change_K) {
  return strains_of_field(grid, bricks, [&](double, double, double) { return change_K; });
}

/// One step in which the bricks with tensors took part.
struct BondedStep {
  Tensors tensors;
  FreeStrains free_strain;
  std::vector<double> displacement_mm;
};

inline BondedStep solved(const Stiffness& stiffness, const Tensors& tensors, FreeStrains strain) {
  auto displacement_mm = stiffness.solve(strain).displacement_mm;
  return {tensors, std::move(strain), std::move(displacement_mm)};
}

struct Place {
  double x_mm = 0, y_mm = 0, z_mm = 0;
};

/// Cell that a place lies in and where in it, from 0 to 1; at a plane the cell before it, if any.
struct InCell {
  std::size_t cell = 0;
  double share = 0;
};
inline InCell in_cell(const std::vector<double>& planes_mm, double at_mm) {
  const auto next = std::lower_bound(planes_mm.begin() + 1, planes_mm.end() - 1, at_mm - 1e-9);
  const auto i = static_cast<std::size_t>(next - planes_mm.begin()) - 1;
  return {i, (at_mm - planes_mm[i]) / (planes_mm[i + 1] - planes_mm[i])};
}

/// Displacement gathered over the steps, trilinear between nodes, mm.
inline std::array<double, 3> moved_mm(const Grid& grid, std::span<const BondedStep> steps, const Place& at) {
  const InCell x = in_cell(grid.x_mm, at.x_mm), y = in_cell(grid.y_mm, at.y_mm), z = in_cell(grid.z_mm, at.z_mm);
  std::array<double, 3> sum{};
  for (std::size_t n = 0; n < 8; ++n) {
    const bool east = n & 1U, north = n & 2U, up = n & 4U;
    const double weight =
        (east ? x.share : 1 - x.share) * (north ? y.share : 1 - y.share) * (up ? z.share : 1 - z.share);
    for (const BondedStep& step : steps)
      for (std::size_t c = 0; c < 3; ++c)
        sum[c] += weight * step.displacement_mm[3 * node(grid, x.cell + east, y.cell + north, z.cell + up) + c];
  }
  return sum;
}

/// Upward against the middle of the lowest face, um.
inline double lift_um(const Grid& grid, std::span<const BondedStep> steps, const Place& at) {
  const Place middle{0, 0, grid.z_mm.front()};
  return 1e3 * (moved_mm(grid, steps, at)[2] - moved_mm(grid, steps, middle)[2]);
}

/// Gathered by the brick that fills the cell.
inline Stress gathered_MPa(const Grid& grid, std::span<const BondedStep> steps, std::size_t i, std::size_t j,
                           std::size_t k, const std::array<double, 3>& local) {
  Stress sum{};
  const auto b = static_cast<std::size_t>(grid.body[grid.cell(i, j, k)]);
  for (const BondedStep& step : steps) {
    if (!step.tensors[b])
      continue;
    const Stress s = brick_stress_MPa(*step.tensors[b], cell_size_mm(grid, i, j, k),
                                      cell_displacement_mm(grid, step.displacement_mm, i, j, k),
                                      step.free_strain[grid.cell(i, j, k)], local);
    for (std::size_t c = 0; c < s.size(); ++c)
      sum[c] += s[c];
  }
  return sum;
}

struct MeanStress {
  double shear_MPa = 0; ///< of the magnitude of the shear across z
  double xz_MPa = 0, yz_MPa = 0;
  double peel_MPa = 0;
};

/// Mean over a box that bricks fill, by two points along each axis of what each cell has in the box.
inline MeanStress mean_stress(const Grid& grid, std::span<const BondedStep> steps, const Place& low,
                              const Place& high) {
  struct Within {
    double from = 0, to = 0; ///< of the cell, from -1 to 1
    double length_mm = 0;
  };
  const auto inside = [](const std::vector<double>& planes, std::size_t i, double from, double to) {
    const double a = std::max(planes[i], from), b = std::min(planes[i + 1], to), size = planes[i + 1] - planes[i];
    return Within{2 * (a - planes[i]) / size - 1, 2 * (b - planes[i]) / size - 1, b - a};
  };
  MeanStress mean;
  double volume = 0;
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const std::array<Within, 3> part{inside(grid.x_mm, i, low.x_mm, high.x_mm),
                                         inside(grid.y_mm, j, low.y_mm, high.y_mm),
                                         inside(grid.z_mm, k, low.z_mm, high.z_mm)};
        if (part[0].length_mm <= 1e-9 || part[1].length_mm <= 1e-9 || part[2].length_mm <= 1e-9)
          continue;
        const double weight = part[0].length_mm * part[1].length_mm * part[2].length_mm / 8;
        for (std::size_t n = 0; n < 8; ++n) {
          std::array<double, 3> local;
          for (std::size_t c = 0; c < 3; ++c)
            local[c] = (part[c].from + part[c].to) / 2 +
                       ((n >> c & 1U) != 0 ? 1 : -1) * (part[c].to - part[c].from) / (2 * std::sqrt(3.0));
          const Stress s = gathered_MPa(grid, steps, i, j, k, local);
          mean.shear_MPa += weight * std::hypot(s[3], s[4]);
          mean.xz_MPa += weight * s[4];
          mean.yz_MPa += weight * s[3];
          mean.peel_MPa += weight * s[2];
        }
        volume += 8 * weight;
      }
  return {mean.shear_MPa / volume, mean.xz_MPa / volume, mean.yz_MPa / volume, mean.peel_MPa / volume};
}

} // namespace beachfront::thermal
