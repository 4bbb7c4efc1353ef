// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/subdomains.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <span>
#include <utility>

namespace beachfront::thermal {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// The part of each cell along an axis: as even as whole cells allow.
std::vector<std::size_t> parts(std::size_t cells, std::size_t cells_across) {
  const std::size_t count = std::max<std::size_t>(1, (cells + cells_across / 2) / cells_across);
  std::vector<std::size_t> part(cells);
  for (std::size_t c = 0; c < cells; ++c)
    part[c] = c * count / cells;
  return part;
}

struct Cuts {
  std::vector<std::size_t> part_x, part_y;

  bool at_crossing(const Grid& grid, std::size_t node) const {
    const auto between = [](const std::vector<std::size_t>& part, std::size_t plane) {
      return plane > 0 && plane < part.size() && part[plane - 1] != part[plane];
    };
    const std::size_t nx = grid.x_mm.size(), ny = grid.y_mm.size();
    return between(part_x, node % nx) && between(part_y, node / nx % ny);
  }
};

/// The subdomain of each filled cell, ascending with their first cells.
std::vector<std::size_t> subdomain_of_cell(const Grid& grid, const std::vector<FilledCell>& cells, const Cuts& cuts) {
  std::vector<std::size_t> number(grid.cells(), none), parent(cells.size());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::size_t n) {
    while (parent[n] != n)
      n = parent[n] = parent[parent[n]];
    return n;
  };
  for (std::size_t n = 0; n < cells.size(); ++n) {
    const auto [i, j, k, body] = cells[n];
    number[grid.cell(i, j, k)] = n;
    const auto join = [&](std::size_t other) {
      if (other == none)
        return;
      const std::size_t a = root(other), b = root(n);
      parent[std::max(a, b)] = std::min(a, b);
    };
    if (i > 0 && cuts.part_x[i - 1] == cuts.part_x[i])
      join(number[grid.cell(i - 1, j, k)]);
    if (j > 0 && cuts.part_y[j - 1] == cuts.part_y[j])
      join(number[grid.cell(i, j - 1, k)]);
    if (k > 0)
      join(number[grid.cell(i, j, k - 1)]);
  }
  std::vector<std::size_t> of_cell(cells.size()), of_root(cells.size(), none);
  std::size_t count = 0;
  for (std::size_t n = 0; n < cells.size(); ++n) {
    std::size_t& own = of_root[root(n)];
    if (own == none)
      own = count++;
    of_cell[n] = own;
  }
  return of_cell;
}

/// Straight lines along x or y in nodes that ascend.
std::vector<FaceLine> face_lines(const Grid& grid, const Numbering& numbering, const std::vector<int>& nodes) {
  std::vector<FaceLine> lines;
  std::size_t step = 0;
  const auto place = [&](std::size_t n) { return numbering.nodes[static_cast<std::size_t>(nodes[n])]; };
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    const std::size_t away = n == 0 ? 0 : place(n) - place(n - 1);
    const bool beside = away == 1 || away == grid.x_mm.size();
    if (!beside || (lines.back().count > 1 && away != step))
      lines.push_back({n, 0});
    else
      step = away;
    ++lines.back().count;
  }
  return lines;
}

/// Puts the nodes into corners, faces and subdomains, all ascending.
void share_nodes(const Grid& grid, const Numbering& numbering, const Cuts& cuts,
                 const std::vector<std::vector<std::size_t>>& subdomains_of_node, Subdomains& cut) {
  std::map<std::array<std::size_t, 2>, std::size_t> face_between;
  for (std::size_t n = 0; n < subdomains_of_node.size(); ++n) {
    const std::vector<std::size_t>& sides = subdomains_of_node[n];
    if (sides.size() == 1) {
      cut.all[sides[0]].nodes.push_back(static_cast<int>(n));
    } else if (sides.size() > 2 || cuts.at_crossing(grid, numbering.nodes[n])) {
      for (const std::size_t s : sides)
        cut.all[s].corners.push_back(cut.corners.size());
      cut.corners.push_back(static_cast<int>(n));
    } else {
      const auto [face, fresh] = face_between.try_emplace({sides[0], sides[1]}, cut.faces.size());
      if (fresh) {
        cut.faces.push_back({{sides[0], sides[1]}, {}, {}, {}});
        for (const std::size_t s : sides)
          cut.all[s].faces.push_back(face->second);
      }
      cut.faces[face->second].nodes.push_back(static_cast<int>(n));
    }
  }
}

/// Nested dissection: halves nodes across the axis on which the fewest lie between the halves; those come last.
void dissect(const Grid& grid, const Numbering& numbering, std::span<int> nodes) {
  constexpr std::size_t few = 8;
  if (nodes.size() <= few)
    return;
  const std::size_t nx = grid.x_mm.size(), ny = grid.y_mm.size();
  const auto plane = [&](int n, std::size_t axis) {
    const std::size_t place = numbering.nodes[static_cast<std::size_t>(n)];
    return axis == 0 ? place % nx : axis == 1 ? place / nx % ny : place / (nx * ny);
  };
  std::size_t fewest = nodes.size(), across = 0, middle = 0;
  std::vector<std::size_t> planes(nodes.size());
  for (std::size_t axis = 0; axis < 3; ++axis) {
    std::transform(nodes.begin(), nodes.end(), planes.begin(), [&](int n) { return plane(n, axis); });
    const auto half = planes.begin() + std::ssize(planes) / 2;
    std::nth_element(planes.begin(), half, planes.end());
    const std::size_t median = *half;
    const auto between = static_cast<std::size_t>(std::count(planes.begin(), planes.end(), median));
    if (between < fewest)
      fewest = between, across = axis, middle = median;
  }
  if (fewest == nodes.size())
    return;
  const auto below =
      std::stable_partition(nodes.begin(), nodes.end(), [&](int n) { return plane(n, across) < middle; });
  const auto above = std::stable_partition(below, nodes.end(), [&](int n) { return plane(n, across) > middle; });
  dissect(grid, numbering, {nodes.begin(), below});
  dissect(grid, numbering, {below, above});
  dissect(grid, numbering, {above, nodes.end()});
}

/// local: as long as the numbering.
void set_graph(const Grid& grid, const std::vector<FilledCell>& cells, const Numbering& numbering,
               std::vector<int>& local, Subdomain& own) {
  for (std::size_t n = 0; n < own.nodes.size(); ++n)
    local[static_cast<std::size_t>(own.nodes[n])] = static_cast<int>(n);
  std::vector<std::vector<int>> near(own.nodes.size());
  for (const std::size_t cell : own.cells) {
    std::array<int, 8> at;
    const auto nodes = nodes_of(grid, cells[cell]);
    for (std::size_t n = 0; n < 8; ++n)
      at[n] = local[static_cast<std::size_t>(numbering.of_node[nodes[n]])];
    for (const int a : at)
      for (const int b : at)
        if (b >= a)
          near[static_cast<std::size_t>(a)].push_back(b);
  }
  own.start.assign(1, 0);
  for (std::vector<int>& column : near) {
    std::sort(column.begin(), column.end());
    own.other.insert(own.other.end(), column.begin(), std::unique(column.begin(), column.end()));
    own.start.push_back(static_cast<int>(own.other.size()));
  }
}

} // namespace

Subdomains cut_plan(const Grid& grid, const std::vector<FilledCell>& cells, const Numbering& numbering,
                    std::size_t cells_across) {
  const Cuts cuts{parts(grid.cells_x(), cells_across), parts(grid.cells_y(), cells_across)};
  const std::vector<std::size_t> of_cell = subdomain_of_cell(grid, cells, cuts);
  Subdomains cut;
  cut.all.resize(1 + *std::max_element(of_cell.begin(), of_cell.end()));
  std::vector<std::vector<std::size_t>> of_node(numbering.nodes.size());
  for (std::size_t c = 0; c < cells.size(); ++c) {
    cut.all[of_cell[c]].cells.push_back(c);
    for (const std::size_t n : nodes_of(grid, cells[c])) {
      auto& sides = of_node[static_cast<std::size_t>(numbering.of_node[n])];
      const auto place = std::lower_bound(sides.begin(), sides.end(), of_cell[c]);
      if (place == sides.end() || *place != of_cell[c])
        sides.insert(place, of_cell[c]);
    }
  }
  share_nodes(grid, numbering, cuts, of_node, cut);
  for (SharedFace& face : cut.faces)
    face.lines = face_lines(grid, numbering, face.nodes);
  std::vector<int> local(numbering.nodes.size());
  for (std::size_t s = 0; s < cut.all.size(); ++s) {
    Subdomain& own = cut.all[s];
    dissect(grid, numbering, own.nodes);
    own.inner = own.nodes.size();
    for (const std::size_t f : own.faces) {
      SharedFace& face = cut.faces[f];
      face.place[face.sides[0] == s ? 0 : 1] = own.nodes.size() - own.inner;
      own.nodes.insert(own.nodes.end(), face.nodes.begin(), face.nodes.end());
    }
    for (const std::size_t c : own.corners)
      own.nodes.push_back(cut.corners[c]);
    set_graph(grid, cells, numbering, local, own);
  }
  return cut;
}

} // namespace beachfront::thermal
