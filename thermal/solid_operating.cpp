// SPDX-License-Identifier: GPL-3.0-or-later
// The state at a temperature of each cell.
#include "thermal/expansion.hpp"
#include "thermal/solid_bodies.hpp"
#include "thermal/stiffness_pattern.hpp"
#include "thermal/team_loop.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace beachfront::thermal {

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

/// Those that a field given on so many images may have.
std::vector<unsigned> possible_parities(const Grid& grid, std::size_t images) {
  std::vector<unsigned> possible;
  for (unsigned parity = 0; parity < 4; ++parity)
    if (((parity & 1U) == 0 || grid.half_x) && ((parity & 2U) == 0 || grid.half_y) && (parity == 0 || images > 1))
      possible.push_back(parity);
  return possible;
}

/// The part of a field, given on each image, that has this parity.
FreeStrains part_of(const Grid& grid, const std::vector<FreeStrains>& strains, unsigned parity) {
  FreeStrains part(grid.cells(), {0, 0, 0});
  for (std::size_t image = 0; image < strains.size(); ++image)
    for (std::size_t cell = 0; cell < part.size(); ++cell)
      for (std::size_t c = 0; c < 3; ++c)
        part[cell][c] += sign_in(grid, image, parity) * strains[image][cell][c] / static_cast<double>(strains.size());
  return part;
}

/// Displacements under the part of the free strains that has this parity. Touches nothing of another parity.
Stiffness::Solution solve_part(SolidPath& path, const Tensors& tensors, const std::vector<FreeStrains>& strains,
                               unsigned parity) {
  const bool glassy = same(tensors, path.glassy_tensors);
  std::shared_ptr<const Stiffness> stiffness = parity == 0 ? path.glassy : path.odd[parity];
  if (!glassy || !stiffness)
    stiffness = std::make_shared<Stiffness>(path.grid, tensors, parity_of(parity, 1), parity_of(parity, 2),
                                            path.glassy->pattern());
  if (glassy && parity > 0)
    path.odd[parity] = stiffness;
  return stiffness->solve(part_of(path.grid, strains, parity), nullptr, glassy ? &path.operating[parity] : nullptr);
}

} // namespace

SolidState add_operating(SolidPath& path, const std::vector<std::vector<double>>& image_cell_C) {
  path.increments.resize(path.assembled);
  const MeanTemperatures mean = mean_temperatures(path, image_cell_C);
  Tensors tensors = path.glassy_tensors;
  for (std::size_t b = 0; b < path.bodies.size(); ++b)
    if (tensors[b] && std::isfinite(mean.bodies_C[b]))
      tensors[b] = tensor(path.package, path.bodies[b], path.done, {path.room.temperature_C, mean.bodies_C[b]});

  const std::size_t images = image_cell_C.size();
  std::vector<FreeStrains> strains;
  for (const std::vector<double>& cell_C : image_cell_C)
    strains.push_back(operating_strains(path, cell_C));
  const std::vector<unsigned> parities = possible_parities(path.grid, images);
  std::vector<Stiffness::Solution> parts(parities.size());
  in_team(path.threads, [&] {
    for_each_in_team(parts.size(), [&](std::size_t n) { parts[n] = solve_part(path, tensors, strains, parities[n]); });
  });

  std::vector<std::vector<double>> moved(images, std::vector<double>(3 * node_count(path.grid), 0.0));
  double residual = 0;
  for (std::size_t n = 0; n < parts.size(); ++n) {
    residual = std::max(residual, parts[n].residual);
    for (std::size_t image = 0; image < images; ++image)
      for (std::size_t u = 0; u < moved[image].size(); ++u)
        moved[image][u] += sign_in(path.grid, image, parities[n]) * parts[n].displacement_mm[u];
  }
  SolidState state{"operating", mean.all_C, finished(path).increments, {}};
  for (std::size_t image = 0; image < images; ++image) {
    (images == 1 ? state.increments : state.of_image).push_back(path.increments.size());
    path.increments.push_back({tensors, std::move(strains[image]), std::move(moved[image]), residual});
  }
  return state;
}

} // namespace beachfront::thermal
