// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/stiffness_pattern.hpp"

#include "thermal/cholmod_workspace.hpp"

#include <suitesparse/cholmod.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

/// The nodes that share a cell with one, with numbers not below its own, ascending.
std::vector<std::vector<int>> neighbours(const Grid& grid, const std::vector<FilledCell>& cells,
                                         const Numbering& numbering) {
  std::vector<std::vector<int>> lists(numbering.nodes.size());
  for (const FilledCell& cell : cells) {
    const auto nodes = nodes_of(grid, cell);
    for (const std::size_t a : nodes)
      for (const std::size_t b : nodes)
        if (numbering.of_node[b] >= numbering.of_node[a])
          lists[static_cast<std::size_t>(numbering.of_node[a])].push_back(numbering.of_node[b]);
  }
  for (auto& list : lists) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return lists;
}

/// A pattern as CHOLMOD sees it. It writes to none of it.
cholmod_sparse view(std::vector<int>& start, std::vector<int>& row) {
  cholmod_sparse seen{};
  seen.nrow = seen.ncol = start.size() - 1;
  seen.nzmax = row.size();
  seen.p = start.data();
  seen.i = row.data();
  seen.stype = -1;
  seen.itype = CHOLMOD_INT;
  seen.xtype = CHOLMOD_PATTERN;
  seen.dtype = CHOLMOD_DOUBLE;
  seen.sorted = seen.packed = 1;
  return seen;
}

/// The same nodes in the order of METIS' nested dissection of the nodes, a third of the unknowns.
Numbering dissected(const Grid& grid, const std::vector<FilledCell>& cells, const Numbering& given,
                    cholmod_common& common) {
  std::vector<int> start{0}, other;
  for (const auto& list : neighbours(grid, cells, given)) {
    other.insert(other.end(), list.begin(), list.end());
    start.push_back(static_cast<int>(other.size()));
  }
  cholmod_sparse graph = view(start, other);
  std::vector<int> order(given.nodes.size());
  bool ordered = false;
  {
    // METIS seeds and draws from the C library's one generator: two at once would give neither its usual order.
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> lock(one_at_a_time);
    constexpr int post_ordered = 1;
    ordered = cholmod_metis(&graph, nullptr, 0, post_ordered, order.data(), &common) != 0;
  }
  if (!ordered)
    throw std::runtime_error("out of memory for the order of the stiffness matrix");
  std::vector<std::size_t> nodes;
  for (const int n : order)
    nodes.push_back(given.nodes[static_cast<std::size_t>(n)]);
  return numbered(grid, std::move(nodes));
}

} // namespace

void FreeAnalysis::operator()(cholmod_factor_struct* analysis) const {
  CholmodWorkspace workspace;
  cholmod_free_factor(&analysis, &workspace.common);
}

std::shared_ptr<const StiffnessPattern> stiffness_pattern(const Grid& grid,
                                                          std::span<const std::optional<ElasticTensor>> tensors) {
  auto pattern = std::make_shared<StiffnessPattern>();
  pattern->cells = filled_cells(grid, tensors);
  if (pattern->cells.empty())
    throw std::invalid_argument("there is no body to solve");
  CholmodWorkspace workspace;
  pattern->numbering = dissected(grid, pattern->cells, number_nodes(grid, pattern->cells), workspace.common);
  refuse_pieces(grid, pattern->cells);
  pattern->start.push_back(0);
  const auto lists = neighbours(grid, pattern->cells, pattern->numbering);
  for (std::size_t n = 0; n < lists.size(); ++n)
    for (int c = 0; c < 3; ++c) {
      for (const int other : lists[n])
        for (int d = other == static_cast<int>(n) ? c : 0; d < 3; ++d)
          pattern->row.push_back(3 * other + d);
      pattern->start.push_back(static_cast<int>(pattern->row.size()));
    }
  cholmod_sparse seen = view(pattern->start, pattern->row);
  pattern->analysis.reset(cholmod_analyze(&seen, &workspace.common));
  if (!pattern->analysis)
    throw std::runtime_error("out of memory for the analysis of the stiffness matrix");
  return pattern;
}

} // namespace beachfront::thermal
