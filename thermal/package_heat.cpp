// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/package_heat.hpp"

#include "thermal/unfold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

double middle(const std::vector<double>& planes, std::size_t cell) {
  return (planes[cell] + planes[cell + 1]) / 2;
}

bool holds(const Body& body, double x_mm, double y_mm, double z_mm) {
  return body.outline.min.x_mm < x_mm && x_mm < body.outline.max.x_mm && body.outline.min.y_mm < y_mm &&
         y_mm < body.outline.max.y_mm && body.bottom_mm < z_mm && z_mm < body.top_mm;
}

/// The body that fills the image of a cell: of the bodies of the same part and height, the one that lies there.
std::vector<int> bodies_of_whole(const Mesh& mesh, const Grid& whole) {
  std::vector<int> found(whole.cells(), no_body);
  for (std::size_t k = 0; k < whole.cells_z(); ++k)
    for (std::size_t b = 0; b < mesh.bodies.size(); ++b) {
      const Body& body = mesh.bodies[b];
      if (!(body.bottom_mm < middle(whole.z_mm, k) && middle(whole.z_mm, k) < body.top_mm))
        continue;
      for (std::size_t j = 0; j < whole.cells_y(); ++j)
        for (std::size_t i = 0; i < whole.cells_x(); ++i)
          if (holds(body, middle(whole.x_mm, i), middle(whole.y_mm, j), middle(whole.z_mm, k)))
            found[whole.cell(i, j, k)] = static_cast<int>(b);
    }
  return found;
}

bool touches_above(const Body& lower, const Body& upper) {
  constexpr double rounding_mm = 1e-9;
  return std::abs(lower.top_mm - upper.bottom_mm) < rounding_mm && geometry::overlap(lower.outline, upper.outline);
}

HeatProblem problem(const Package& package, const Mesh& mesh, const Grid& whole) {
  HeatProblem problem;
  problem.grid = whole;
  const Cooling& cooling = package.cooling;
  double lid_top_mm = 0;
  for (const Body& body : mesh.bodies) {
    const geometry::Material& m = body.material;
    problem.conductivity.push_back({m.conductivity_xy_W_per_mK, m.conductivity_xy_W_per_mK, m.conductivity_z_W_per_mK});
    if (body.part == Part::lid) // a stiffener may be higher
      lid_top_mm = std::max(lid_top_mm, body.top_mm);
  }
  for (std::size_t b = 0; b < mesh.bodies.size(); ++b) {
    const Body& body = mesh.bodies[b];
    const auto index = static_cast<int>(b);
    if (body.part == Part::lid && body.top_mm == lid_top_mm)
      problem.cooled.push_back({index, true, cooling.heat_transfer_W_per_m2K, cooling.ambient_C});
    const bool lowest = package.board.body ? body.part == Part::board : b == 0;
    if (lowest && cooling.board_heat_transfer_W_per_m2K > 0)
      problem.cooled.push_back({index, false, cooling.board_heat_transfer_W_per_m2K, cooling.ambient_C});
    const double contact = body.part == Part::die_tim      ? cooling.die_tim.contact_mm2K_per_W
                           : body.part == Part::engine_tim ? cooling.engine_tim.contact_mm2K_per_W
                                                           : 0;
    for (std::size_t upper = 0; contact > 0 && upper < mesh.bodies.size(); ++upper)
      if (mesh.bodies[upper].part == Part::lid && touches_above(body, mesh.bodies[upper]))
        problem.contacts.push_back({index, static_cast<int>(upper), contact});
  }
  return problem;
}

int body_index(const Mesh& mesh, Part part, std::size_t index) {
  const auto at = std::find_if(mesh.bodies.begin(), mesh.bodies.end(),
                               [&](const Body& body) { return body.part == part && body.index == index; });
  return static_cast<int>(at - mesh.bodies.begin());
}

void add_loads(int body, const geometry::Box& outline, double power_W, const std::vector<HeatPatch>& map,
               std::vector<HeatLoad>& loads) {
  double rest_W = power_W;
  for (const HeatPatch& patch : map) {
    loads.push_back({body, HeatSite::bottom_face, patch.outline, patch.power_W});
    rest_W -= patch.power_W;
  }
  loads.push_back({body, HeatSite::bottom_face, outline, rest_W});
}

std::vector<HeatLoad> loads(const Package& package, const Mesh& mesh) {
  std::vector<HeatLoad> all;
  for (std::size_t i = 0; i < package.dies.size(); ++i)
    add_loads(body_index(mesh, Part::die, i), package.dies[i].outline, package.dies[i].power_W,
              package.dies[i].power_map, all);
  for (std::size_t i = 0; i < package.engines.size(); ++i)
    add_loads(body_index(mesh, Part::engine, i), package.engines[i].outline, package.engines[i].power_W,
              package.engines[i].power_map, all);
  return all;
}

/// Each image's cells; one field when the images agree.
std::vector<std::vector<double>> image_fields(const PackageHeat& heat, const std::vector<double>& cell_C) {
  const std::size_t images = image_count(heat.mesh.grid);
  std::vector<std::vector<double>> fields(images, std::vector<double>(heat.mesh.grid.cells(), 0.0));
  for (std::size_t cell = 0; cell < cell_C.size(); ++cell)
    if (std::isfinite(cell_C[cell]))
      fields[heat.image[cell]][heat.meshed_cell[cell]] = cell_C[cell];
  double apart_K = 0;
  for (std::size_t image = 1; image < images; ++image)
    for (std::size_t cell = 0; cell < fields[0].size(); ++cell)
      apart_K = std::max(apart_K, std::abs(fields[image][cell] - fields[0][cell]));
  constexpr double alike_K = 1e-3; // far below what moves a figure, above what the solver's tolerance leaves
  if (apart_K < alike_K)
    fields.resize(1);
  return fields;
}

void add_substrate(const PackageHeat& heat, const std::vector<double>& cell_C, Temperatures& t) {
  const Grid& grid = heat.system.problem.grid;
  double sum = 0, volume = 0, hottest = -1e300, bare_sum = 0, bare = 0;
  std::size_t top = 0;
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i) {
        const int body = grid.body[grid.cell(i, j, k)];
        if (body == no_body || heat.mesh.bodies[static_cast<std::size_t>(body)].part != Part::ply)
          continue;
        top = k;
        const BrickSize size = cell_size_mm(grid, i, j, k);
        const double here = size[0] * size[1] * size[2];
        sum += here * cell_C[grid.cell(i, j, k)];
        volume += here;
        hottest = std::max(hottest, cell_C[grid.cell(i, j, k)]);
      }
  for (std::size_t j = 0; j < grid.cells_y(); ++j)
    for (std::size_t i = 0; i < grid.cells_x(); ++i)
      if (grid.body[grid.cell(i, j, top)] != no_body && // a board may reach further
          (top + 1 == grid.cells_z() || grid.body[grid.cell(i, j, top + 1)] == no_body)) {
        const BrickSize size = cell_size_mm(grid, i, j, top);
        bare_sum += size[0] * size[1] * cell_C[grid.cell(i, j, top)];
        bare += size[0] * size[1];
      }
  t.substrate_max_C = hottest;
  t.substrate_mean_C = sum / volume;
  t.bare_substrate_C = bare > 0 ? bare_sum / bare : t.substrate_mean_C;
}

} // namespace

PackageHeat package_heat(const Package& package, const Mesh& mesh, int threads) {
  PackageHeat heat;
  heat.mesh = mesh;
  const UnfoldedAxis x = unfolded_axis(mesh.grid.x_mm, mesh.grid.half_x),
                     y = unfolded_axis(mesh.grid.y_mm, mesh.grid.half_y);
  Grid whole;
  whole.x_mm = x.planes;
  whole.y_mm = y.planes;
  whole.z_mm = mesh.grid.z_mm;
  whole.body = bodies_of_whole(mesh, whole);
  for (std::size_t k = 0; k < whole.cells_z(); ++k)
    for (std::size_t j = 0; j < whole.cells_y(); ++j)
      for (std::size_t i = 0; i < whole.cells_x(); ++i) {
        heat.meshed_cell.push_back(mesh.grid.cell(x.cell(i), y.cell(j), k));
        heat.image.push_back((x.is_image(i) ? 1U : 0U) + (mesh.grid.half_x ? 2U : 1U) * (y.is_image(j) ? 1U : 0U));
      }
  heat.system = heat_system(problem(package, mesh, whole), threads);
  return heat;
}

PackageTemperature solve_package_heat(PackageHeat& heat, const Package& package) {
  PackageTemperature found;
  Temperatures& t = found.temperatures;
  t.violations = uncovered_sources(package);
  if (!t.violations.empty() || (package.dies.empty() && package.engines.empty()))
    return found;
  const std::vector<HeatLoad> sent = loads(package, heat.mesh);
  found.flow = heat_flow(heat.system, sent);
  if (!found.flow.converged) {
    std::string history;
    for (const double residual : found.flow.relative_residual)
      history += fmt::format(" {:.1e}", residual);
    t.violations.push_back({"conduction_convergence",
                            "package",
                            {},
                            found.flow.relative_residual.back(),
                            0,
                            "",
                            "the conduction solver did not converge; relative residuals:" + history});
    return found;
  }
  const auto face = [&](Part part, std::size_t i) {
    const BodyTemperature of = bottom_face_temperature(heat.system, sent, found.flow, body_index(heat.mesh, part, i));
    return FaceTemperature{of.max_C, of.mean_C};
  };
  double weighted = 0, area = 0, hottest = package.cooling.ambient_C;
  for (std::size_t i = 0; i < package.dies.size(); ++i) {
    t.dies.push_back(face(Part::die, i));
    weighted += package.dies[i].outline.area_mm2() * t.dies[i].mean_C;
    area += package.dies[i].outline.area_mm2();
    hottest = std::max(hottest, t.dies[i].max_C);
  }
  for (std::size_t i = 0; i < package.engines.size(); ++i)
    t.engines.push_back(face(Part::engine, i));
  if (area > 0) {
    t.asic_max_C = hottest;
    t.asic_mean_C = weighted / area;
  }
  for (std::size_t f = 0; f < heat.system.problem.cooled.size(); ++f)
    (heat.system.problem.cooled[f].top ? t.heat_to_lid_W : t.heat_to_board_W) += found.flow.cooled_W[f];
  add_substrate(heat, found.flow.temperature_C, t);
  found.image_cell_C = image_fields(heat, found.flow.temperature_C);
  return found;
}

std::vector<std::vector<double>> thermal_resistance_K_per_W(PackageHeat& heat, const Package& package) {
  struct Source {
    int body;
    geometry::Box outline;
  };
  std::vector<Source> sources;
  for (std::size_t i = 0; i < package.dies.size(); ++i)
    sources.push_back({body_index(heat.mesh, Part::die, i), package.dies[i].outline});
  for (std::size_t i = 0; i < package.engines.size(); ++i)
    sources.push_back({body_index(heat.mesh, Part::engine, i), package.engines[i].outline});
  std::vector<std::vector<double>> matrix(sources.size(), std::vector<double>(sources.size(), 0.0));
  for (std::size_t j = 0; j < sources.size(); ++j) {
    const std::vector<HeatLoad> one{{sources[j].body, HeatSite::bottom_face, sources[j].outline, 1}};
    const HeatFlow flow = heat_flow(heat.system, one, {1e-6, 200});
    if (!flow.converged)
      return {};
    for (std::size_t i = 0; i < sources.size(); ++i)
      matrix[i][j] =
          bottom_face_temperature(heat.system, one, flow, sources[i].body).mean_C - package.cooling.ambient_C;
  }
  return matrix;
}

} // namespace beachfront::thermal
