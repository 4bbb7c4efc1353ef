// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/heat_floating.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace beachfront::thermal {
namespace {

/// Cells side by side along x, none of them empty.
struct Run {
  std::size_t begin, end; ///< cells
};

/// Runs by rows of the grid; those of row r are runs[starts[r]] to runs[starts[r + 1]].
struct Runs {
  std::vector<Run> runs;
  std::vector<std::size_t> starts;
};

Runs runs_of(const Grid& grid) {
  Runs result;
  const std::size_t nx = grid.cells_x();
  for (std::size_t begin = 0; begin < grid.cells(); begin += nx) {
    result.starts.push_back(result.runs.size());
    for (std::size_t cell = begin; cell < begin + nx; ++cell) {
      if (grid.body[cell] == no_body)
        continue;
      if (cell > begin && grid.body[cell - 1] != no_body)
        result.runs.back().end = cell + 1;
      else
        result.runs.push_back({cell, cell + 1});
    }
  }
  result.starts.push_back(result.runs.size());
  return result;
}

std::size_t root_of(std::vector<std::size_t>& parent, std::size_t run) {
  while (parent[run] != run)
    run = parent[run] = parent[parent[run]];
  return run;
}

/// Ties the runs of two neighbouring rows that touch.
void tie(const Runs& rows, std::size_t row, std::size_t other, std::size_t cells_between,
         std::vector<std::size_t>& parent) {
  std::size_t a = rows.starts[row], b = rows.starts[other];
  while (a < rows.starts[row + 1] && b < rows.starts[other + 1]) {
    const Run moved{rows.runs[a].begin + cells_between, rows.runs[a].end + cells_between};
    if (moved.begin < rows.runs[b].end && rows.runs[b].begin < moved.end)
      parent[root_of(parent, a)] = root_of(parent, b);
    moved.end < rows.runs[b].end ? ++a : ++b;
  }
}

} // namespace

std::vector<int> floating_bodies(const Grid& grid, std::span<const std::size_t> held_cells) {
  const Runs rows = runs_of(grid);
  std::vector<std::size_t> parent(rows.runs.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const std::size_t nx = grid.cells_x(), ny = grid.cells_y();
  for (std::size_t row = 0; row + 1 < rows.starts.size(); ++row) {
    if ((row + 1) % ny != 0)
      tie(rows, row, row + 1, nx, parent);
    if (row + ny + 1 < rows.starts.size())
      tie(rows, row, row + ny, nx * ny, parent);
  }
  std::vector<bool> held(rows.runs.size(), false);
  for (const std::size_t cell : held_cells) {
    const auto after = std::upper_bound(rows.runs.begin(), rows.runs.end(), cell,
                                        [](std::size_t c, const Run& run) { return c < run.begin; });
    held[root_of(parent, static_cast<std::size_t>(after - rows.runs.begin()) - 1)] = true;
  }
  std::set<int> bodies;
  std::size_t floating = rows.runs.size();
  for (std::size_t run = 0; run < rows.runs.size(); ++run) {
    const std::size_t root = root_of(parent, run);
    if (held[root] || (floating < rows.runs.size() && root != floating))
      continue;
    floating = root;
    for (std::size_t cell = rows.runs[run].begin; cell < rows.runs[run].end; ++cell)
      bodies.insert(grid.body[cell]);
  }
  return {bodies.begin(), bodies.end()};
}

} // namespace beachfront::thermal
