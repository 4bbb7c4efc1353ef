// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/heat_floating.hpp"
#include "thermal/heat_flow.hpp"
#include "thermal/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace beachfront::thermal {
namespace {

void check_axis(const std::vector<double>& planes_mm, const char* axis) {
  if (planes_mm.size() < 2 || std::adjacent_find(planes_mm.begin(), planes_mm.end(),
                                                 [](double a, double b) { return !(a < b); }) != planes_mm.end())
    throw std::invalid_argument(fmt::format("the grid's {} planes do not ascend", axis));
}

void check_body(const HeatProblem& problem, int body, const char* what, std::size_t index) {
  if (body < 0 || static_cast<std::size_t>(body) >= problem.conductivity.size())
    throw std::invalid_argument(fmt::format("{} {} is of body {}, which is not there", what, index, body));
}

void check_grid(const HeatProblem& problem) {
  const Grid& grid = problem.grid;
  check_axis(grid.x_mm, "x");
  check_axis(grid.y_mm, "y");
  check_axis(grid.z_mm, "z");
  if (grid.body.size() != grid.cells())
    throw std::invalid_argument(fmt::format("{} cells, but bodies of {}", grid.cells(), grid.body.size()));
  const auto [least, greatest] = std::minmax_element(grid.body.begin(), grid.body.end());
  if (*least < no_body || *greatest >= static_cast<int>(problem.conductivity.size()))
    throw std::invalid_argument(
        fmt::format("a cell is of body {}, which has no conductivity", *least < no_body ? *least : *greatest));
}

void check(const HeatProblem& problem) {
  check_grid(problem);
  for (std::size_t body = 0; body < problem.conductivity.size(); ++body) {
    const Conductivity& k = problem.conductivity[body];
    for (const double value : {k.x_W_per_mK, k.y_W_per_mK, k.z_W_per_mK})
      if (!(value > 0) || !std::isfinite(value))
        throw std::invalid_argument(
            fmt::format("body {}: conductivity {} W/(m K); it must be positive and finite", body, value));
  }
  for (std::size_t i = 0; i < problem.contacts.size(); ++i) {
    const Contact& contact = problem.contacts[i];
    check_body(problem, contact.lower_body, "contact", i);
    check_body(problem, contact.upper_body, "contact", i);
    if (!(contact.mm2K_per_W >= 0) || !std::isfinite(contact.mm2K_per_W))
      throw std::invalid_argument(
          fmt::format("contact {}: {} mm2 K/W; it must not be negative, and finite", i, contact.mm2K_per_W));
  }
  std::set<std::pair<int, bool>> cooled;
  for (std::size_t i = 0; i < problem.cooled.size(); ++i) {
    const CooledFace& face = problem.cooled[i];
    check_body(problem, face.body, "cooled face", i);
    if (!(face.heat_transfer_W_per_m2K > 0) || !std::isfinite(face.heat_transfer_W_per_m2K))
      throw std::invalid_argument(fmt::format("cooled face {}, of body {}: {} W/(m2 K); it must be positive and finite",
                                              i, face.body, face.heat_transfer_W_per_m2K));
    if (!std::isfinite(face.coolant_C))
      throw std::invalid_argument(
          fmt::format("cooled face {}, of body {}: the coolant has no temperature", i, face.body));
    if (!cooled.insert({face.body, face.top}).second)
      throw std::invalid_argument(
          fmt::format("the {} of body {} is cooled twice", face.top ? "top" : "bottom", face.body));
  }
}

std::vector<double> widths(const std::vector<double>& planes_mm) {
  std::vector<double> width_mm(planes_mm.size() - 1);
  for (std::size_t i = 0; i < width_mm.size(); ++i)
    width_mm[i] = planes_mm[i + 1] - planes_mm[i];
  return width_mm;
}

struct CellSizes {
  std::vector<double> x_mm, y_mm, z_mm;
};

using Contacts = std::map<std::pair<int, int>, double>;

Contacts contacts_between(const HeatProblem& problem) {
  Contacts sum;
  for (const Contact& contact : problem.contacts)
    sum[{contact.lower_body, contact.upper_body}] += contact.mm2K_per_W;
  return sum;
}

/// Of half a cell and unit area, in mm2 K/W.
double half_mm2K_per_W(double size_mm, double conductivity_W_per_mK) {
  return 1e3 * size_mm / (2 * conductivity_W_per_mK);
}

/// One row of cells. Contacts are few: they are looked up only where the body changes along z.
void fill_row(const HeatProblem& problem, const CellSizes& size, const Contacts& contacts, std::size_t j,
              HeatMatrix<double>& matrix) {
  const Grid& grid = problem.grid;
  const std::size_t nx = grid.cells_x(), layer = nx * grid.cells_y();
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t i = 0; i < nx; ++i) {
      const std::size_t cell = grid.cell(i, j, k);
      const int body = grid.body[cell];
      if (body == no_body)
        continue;
      const Conductivity& own = problem.conductivity[static_cast<std::size_t>(body)];
      const auto neighbour = [&](std::size_t other) -> const Conductivity& {
        return problem.conductivity[static_cast<std::size_t>(grid.body[other])];
      };
      const std::size_t place = matrix.layout.at(i, j, k);
      if (i + 1 < nx && grid.body[cell + 1] != no_body)
        matrix.east[place] = size.y_mm[j] * size.z_mm[k] /
                             (half_mm2K_per_W(size.x_mm[i], own.x_W_per_mK) +
                              half_mm2K_per_W(size.x_mm[i + 1], neighbour(cell + 1).x_W_per_mK));
      if (j + 1 < grid.cells_y() && grid.body[cell + nx] != no_body)
        matrix.north[place] = size.x_mm[i] * size.z_mm[k] /
                              (half_mm2K_per_W(size.y_mm[j], own.y_W_per_mK) +
                               half_mm2K_per_W(size.y_mm[j + 1], neighbour(cell + nx).y_W_per_mK));
      if (k + 1 < grid.cells_z() && grid.body[cell + layer] != no_body) {
        double resistance_mm2K_per_W = half_mm2K_per_W(size.z_mm[k], own.z_W_per_mK) +
                                       half_mm2K_per_W(size.z_mm[k + 1], neighbour(cell + layer).z_W_per_mK);
        if (grid.body[cell + layer] != body) {
          const auto contact = contacts.find({body, grid.body[cell + layer]});
          resistance_mm2K_per_W += contact == contacts.end() ? 0 : contact->second;
        }
        matrix.up[place] = size.x_mm[i] * size.y_mm[j] / resistance_mm2K_per_W;
      }
    }
}

HeatMatrix<double> matrix_of(const HeatProblem& problem, const CellSizes& size, int threads) {
  const Grid& grid = problem.grid;
  const Contacts contacts = contacts_between(problem);
  HeatMatrix<double> matrix;
  matrix.layout = heat_layout(grid.cells_x(), grid.cells_y(), grid.cells_z());
  for (std::vector<double>* part : {&matrix.east, &matrix.north, &matrix.up, &matrix.ground})
    part->assign(matrix.layout.size(), 0.0);
  for_rows(grid.cells_y(), threads, [&](std::size_t j) { fill_row(problem, size, contacts, j, matrix); });
  return matrix;
}

/// The cells of one cooled face that no other body covers.
void add_cooled_cells(const HeatProblem& problem, const CellSizes& size, std::size_t index, HeatSystem& system) {
  const Grid& grid = problem.grid;
  const CooledFace& face = problem.cooled[index];
  const Conductivity& own = problem.conductivity[static_cast<std::size_t>(face.body)];
  const std::size_t before = system.cooled.size(), layer = grid.cells_x() * grid.cells_y();
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    if (grid.body[cell] != face.body)
      continue;
    const std::size_t i = cell % grid.cells_x(), j = cell / grid.cells_x() % grid.cells_y(), k = cell / layer;
    const bool rim = face.top ? k + 1 == grid.cells_z() : k == 0;
    if (!rim && grid.body[face.top ? cell + layer : cell - layer] != no_body)
      continue;
    const double conductance_W_per_K =
        size.x_mm[i] * size.y_mm[j] /
        (half_mm2K_per_W(size.z_mm[k], own.z_W_per_mK) + 1e6 / face.heat_transfer_W_per_m2K);
    const std::size_t place = system.matrix.layout.at(i, j, k);
    system.cooled.push_back({place, cell, index, conductance_W_per_K});
    system.matrix.ground[place] += conductance_W_per_K;
  }
  if (system.cooled.size() == before)
    throw std::invalid_argument(fmt::format("cooled face {}: nothing of the {} of body {} is exposed", index,
                                            face.top ? "top" : "bottom", face.body));
}

std::string list_of(const std::vector<int>& bodies) {
  return fmt::format("{}", fmt::join(bodies, ", "));
}

} // namespace

FloatsThermally::FloatsThermally(std::vector<int> floating)
    : std::invalid_argument(
          fmt::format("floats thermally, because nothing of it is cooled: body {}", list_of(floating))),
      bodies(std::move(floating)) {}

HeatSystem heat_system(HeatProblem problem, int threads) {
  check(problem);
  const CellSizes size{widths(problem.grid.x_mm), widths(problem.grid.y_mm), widths(problem.grid.z_mm)};
  HeatSystem system;
  system.threads = threads_worth(problem.grid.cells(), std::max(1, threads));
  system.matrix = matrix_of(problem, size, system.threads);
  for (std::size_t face = 0; face < problem.cooled.size(); ++face)
    add_cooled_cells(problem, size, face, system);
  std::vector<std::size_t> cooled_cells;
  for (const HeatSystem::CooledCell& cooled : system.cooled)
    cooled_cells.push_back(cooled.cell);
  std::vector<int> floating = floating_bodies(problem.grid, cooled_cells);
  if (!floating.empty())
    throw FloatsThermally(std::move(floating));
  system.multigrid = heat_multigrid(system.matrix, size.x_mm, size.y_mm, system.threads);
  system.problem = std::move(problem);
  return system;
}

} // namespace beachfront::thermal
