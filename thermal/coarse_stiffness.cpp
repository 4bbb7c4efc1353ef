// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/coarse_stiffness.hpp"

#include "thermal/cholmod_workspace.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

/// Groups in the order in which they come: faces, then columns of corners.
struct Groups {
  std::vector<int> size;
  std::vector<std::size_t> of_corner;
  std::vector<int> place_in_group; ///< of a corner's first unknown
};
Groups groups_of(const Grid& grid, const Numbering& numbering, const Subdomains& cut,
                 const std::vector<std::size_t>& averages) {
  Groups groups{{averages.begin(), averages.end()}, {}, {}};
  const std::size_t columns = grid.x_mm.size() * grid.y_mm.size();
  std::map<std::size_t, std::size_t> of_column;
  for (const int corner : cut.corners) {
    const std::size_t column = numbering.nodes[static_cast<std::size_t>(corner)] % columns;
    const auto [group, fresh] = of_column.try_emplace(column, groups.size.size());
    if (fresh)
      groups.size.push_back(0);
    groups.of_corner.push_back(group->second);
    groups.place_in_group.push_back(groups.size[group->second]);
    groups.size[group->second] += 3;
  }
  return groups;
}

void sort_out(std::vector<int>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// Which groups share a subdomain: of each those not below it, ascending.
std::vector<std::vector<int>> neighbours(const Subdomains& cut, const Groups& groups) {
  std::vector<std::vector<int>> near(groups.size.size());
  for (std::size_t g = 0; g < near.size(); ++g)
    near[g].push_back(static_cast<int>(g));
  for (const Subdomain& own : cut.all) {
    std::vector<int> mine(own.faces.begin(), own.faces.end());
    for (const std::size_t c : own.corners)
      mine.push_back(static_cast<int>(groups.of_corner[c]));
    sort_out(mine);
    for (const int a : mine)
      for (const int b : mine)
        if (b > a)
          near[static_cast<std::size_t>(a)].push_back(b);
  }
  for (std::vector<int>& list : near)
    sort_out(list);
  return near;
}

/// The groups' places in METIS' order.
std::vector<int> places(const std::vector<std::vector<int>>& near, cholmod_common& common) {
  std::vector<int> start{0}, other, order(near.size()), place(near.size());
  for (const std::vector<int>& list : near) {
    other.insert(other.end(), list.begin(), list.end());
    start.push_back(static_cast<int>(other.size()));
  }
  cholmod_sparse graph = lower_triangle(start, other);
  if (!near.empty() && !dissect(graph, order, common))
    throw std::runtime_error("out of memory for the order of the subdomains' stiffness");
  for (std::size_t g = 0; g < order.size(); ++g)
    place[static_cast<std::size_t>(order[g])] = static_cast<int>(g);
  return place;
}

void set_rows(CoarsePattern& pattern) {
  pattern.start.assign(1, 0);
  for (std::size_t g = 0; g < pattern.neighbours.size(); ++g)
    for (int column = pattern.first_of_group[g]; column < pattern.first_of_group[g + 1]; ++column) {
      for (const int other : pattern.neighbours[g]) {
        const auto h = static_cast<std::size_t>(other);
        for (int row = h == g ? column : pattern.first_of_group[h]; row < pattern.first_of_group[h + 1]; ++row)
          pattern.row.push_back(row);
      }
      pattern.start.push_back(static_cast<int>(pattern.row.size()));
    }
}

/// Unknowns of a subdomain that follow each other in one group.
struct Run {
  int at, unknown, length;
  std::size_t group;
};
std::vector<Run> runs(const CoarsePattern& pattern, const std::vector<int>& unknowns) {
  std::vector<Run> runs;
  for (std::size_t n = 0; n < unknowns.size(); ++n) {
    const auto next = std::upper_bound(pattern.first_of_group.begin(), pattern.first_of_group.end(), unknowns[n]);
    const auto group = static_cast<std::size_t>(next - pattern.first_of_group.begin()) - 1;
    if (runs.empty() || runs.back().group != group || runs.back().unknown + runs.back().length != unknowns[n])
      runs.push_back({static_cast<int>(n), unknowns[n], 0, group});
    ++runs.back().length;
  }
  return runs;
}

/// Where the rows of a later group stand in the first column of a group.
int offset(const CoarsePattern& pattern, std::size_t group, std::size_t later) {
  int offset = 0;
  for (const int other : pattern.neighbours[group]) {
    const auto h = static_cast<std::size_t>(other);
    if (h == later)
      break;
    offset += pattern.first_of_group[h + 1] - pattern.first_of_group[h];
  }
  return offset;
}

} // namespace

CoarsePattern coarse_pattern(const Grid& grid, const Numbering& numbering, const Subdomains& cut,
                             const std::vector<std::size_t>& averages) {
  const Groups groups = groups_of(grid, numbering, cut, averages);
  const std::vector<std::vector<int>> near = neighbours(cut, groups);
  CholmodWorkspace workspace;
  const std::vector<int> place = places(near, workspace.common);
  CoarsePattern pattern;
  pattern.neighbours.resize(near.size());
  pattern.first_of_group.assign(near.size() + 1, 0);
  for (std::size_t g = 0; g < near.size(); ++g) {
    pattern.first_of_group[static_cast<std::size_t>(place[g]) + 1] = groups.size[g];
    for (const int other : near[g]) {
      const int h = place[static_cast<std::size_t>(other)];
      pattern.neighbours[static_cast<std::size_t>(std::min(place[g], h))].push_back(std::max(place[g], h));
    }
  }
  for (std::size_t g = 0; g < near.size(); ++g) {
    pattern.first_of_group[g + 1] += pattern.first_of_group[g];
    sort_out(pattern.neighbours[g]);
  }
  const auto first = [&](std::size_t group) { return pattern.first_of_group[static_cast<std::size_t>(place[group])]; };
  for (std::size_t f = 0; f < cut.faces.size(); ++f)
    pattern.of_face.push_back(first(f));
  for (std::size_t c = 0; c < cut.corners.size(); ++c)
    pattern.of_corner.push_back(first(groups.of_corner[c]) + groups.place_in_group[c]);
  set_rows(pattern);
  cholmod_sparse seen = lower_triangle(pattern.start, pattern.row);
  pattern.analysis.reset(cholmod_analyze(&seen, &workspace.common));
  if (!pattern.analysis)
    throw std::runtime_error("out of memory for the analysis of the subdomains' stiffness");
  return pattern;
}

std::vector<int> coarse_unknowns(const CoarsePattern& pattern, const Subdomain& own,
                                 const std::vector<std::size_t>& averages) {
  std::vector<int> unknowns;
  for (const std::size_t f : own.faces)
    for (std::size_t a = 0; a < averages[f]; ++a)
      unknowns.push_back(pattern.of_face[f] + static_cast<int>(a));
  for (const std::size_t c : own.corners)
    for (int d = 0; d < 3; ++d)
      unknowns.push_back(pattern.of_corner[c] + d);
  return unknowns;
}

void add(const CoarsePattern& pattern, const std::vector<int>& unknowns, const float* kept,
         std::vector<double>& value) {
  const auto size = static_cast<int>(unknowns.size());
  const std::vector<Run> all = runs(pattern, unknowns);
  for (const Run& low : all)
    for (const Run& high : all) {
      if (high.unknown < low.unknown)
        continue;
      const int to = offset(pattern, low.group, high.group) + high.unknown - pattern.first_of_group[high.group];
      for (int j = 0; j < low.length; ++j) {
        const int column = low.unknown + j, before = column - pattern.first_of_group[low.group];
        double* const into = &value[static_cast<std::size_t>(pattern.start[static_cast<std::size_t>(column)])];
        for (int i = high.unknown == low.unknown ? j : 0; i < high.length; ++i) {
          const int a = low.at + j, b = high.at + i;
          into[to + i - before] +=
              static_cast<double>(kept[static_cast<std::ptrdiff_t>(std::min(a, b)) * size + std::max(a, b)]);
        }
      }
    }
}

} // namespace beachfront::thermal
