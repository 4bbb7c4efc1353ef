// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/field_tables.hpp"

#include "study/csv_cell.hpp"

#include <fmt/format.h>

#include <cmath>
#include <ostream>

namespace beachfront::study {

namespace {

/// Cells of the topmost ply and of the top of the lid.
std::size_t topmost(const thermal::Grid& grid, const std::vector<thermal::Body>& bodies, thermal::Part part) {
  std::size_t top = 0;
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t c = 0; c < grid.cells_x() * grid.cells_y(); ++c) {
      const int body = grid.body[c + k * grid.cells_x() * grid.cells_y()];
      if (body != thermal::no_body && bodies[static_cast<std::size_t>(body)].part == part)
        top = k;
    }
  return top;
}

std::string cell_text(double value) {
  return std::isfinite(value) ? fmt::format("{:.4f}", value) : "";
}

} // namespace

void write_temperature_map(std::ostream& stream, const OperatingPoint& point) {
  const thermal::PackageHeat& heat = point.fields->heat;
  const thermal::Grid& grid = heat.system.problem.grid;
  const std::vector<double>& cell_C = point.operation.heat.flow.temperature_C;
  stream << "x_mm,y_mm,substrate_C,lid_C\n";
  if (cell_C.empty())
    return;
  const std::size_t ply = topmost(grid, heat.mesh.bodies, thermal::Part::ply),
                    lid = topmost(grid, heat.mesh.bodies, thermal::Part::lid);
  for (std::size_t j = 0; j < grid.cells_y(); ++j)
    for (std::size_t i = 0; i < grid.cells_x(); ++i)
      if (grid.body[grid.cell(i, j, ply)] != thermal::no_body) // a board reaches further
        stream << fmt::format("{:.6g},{:.6g},{},{}\n", (grid.x_mm[i] + grid.x_mm[i + 1]) / 2,
                              (grid.y_mm[j] + grid.y_mm[j + 1]) / 2, cell_text(cell_C[grid.cell(i, j, ply)]),
                              cell_text(cell_C[grid.cell(i, j, lid)]));
}

void write_resistance_table(std::ostream& stream, const OperatingPoint& point) {
  std::vector<std::string> names;
  for (const thermal::Die& die : point.package.dies)
    names.push_back(csv_cell(die.name));
  for (const thermal::Engine& engine : point.package.engines)
    names.push_back(csv_cell(engine.name));
  stream << "K_per_W," << fmt::format("{}\n", fmt::join(names, ","));
  const auto& matrix = point.temperatures.resistance_K_per_W;
  for (std::size_t i = 0; i < matrix.size(); ++i)
    stream << fmt::format("{},{:.6g}\n", names[i], fmt::join(matrix[i], ","));
}

void write_guide_stress_table(std::ostream& stream, const Solution& solution) {
  stream << "net,along_mm,x_mm,y_mm,lateral_MPa,vertical_MPa,axial_MPa,shear_MPa\n";
  for (const GuideStressPoint& point : solution.guide_stress)
    stream << fmt::format("{},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f}\n",
                          csv_cell(solution.layout.guides[point.guide].net), point.along_mm, point.at.x_mm,
                          point.at.y_mm, point.stress.xx_MPa, point.stress.yy_MPa, point.stress.zz_MPa,
                          point.stress.xy_MPa);
}

} // namespace beachfront::study
