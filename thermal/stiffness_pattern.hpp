// SPDX-License-Identifier: GPL-3.0-or-later
// Where the stiffness matrix of given bodies has entries, in an order that keeps its factor small: the same for all
// moduli, so that the steps of an assembly share it.
#pragma once

#include "thermal/solid_nodes.hpp"

#include <array>
#include <memory>
#include <vector>

struct cholmod_factor_struct;

namespace beachfront::thermal {

struct BddcPattern;

/// One factor of the whole, or subdomains (bddc.hpp); by the number of unknowns which costs less.
enum class StiffnessSolver { by_size, whole, subdomains };
/// Measured on a package of 17 layers: one step costs the same at 120,000, but the loop solves many times, and a solve
/// takes half as long with one factor; docs/performance.md.
inline constexpr std::size_t most_unknowns_whole = 150000;

struct FreeAnalysis {
  void operator()(cholmod_factor_struct* analysis) const;
};

struct StiffnessPattern {
  std::vector<FilledCell> cells;
  Numbering numbering;                     ///< in METIS' nested dissection; in the grid's order with subdomains
  std::shared_ptr<const BddcPattern> bddc; ///< with subdomains; then what follows is empty
  /// Of each node the number of that from whose displacement its own is counted, above_thin_cells(), or nowhere.
  std::vector<int> counted_from;
  /// Lower triangle by columns, unknowns 3 x node + component.
  std::vector<int> start, row;
  /// Cell by cell, for its movers a and b where b does not come before a: the first row of b in the first column of a.
  std::vector<int> place;
  std::unique_ptr<cholmod_factor_struct, FreeAnalysis> analysis; ///< CHOLMOD's dense blocks of the factor
};

/// A corner of a cell, in the order of nodes_of(), and the number of a node that moves it: its own, and those from
/// which that is counted.
struct Mover {
  std::size_t corner, node;
};
struct Movers {
  std::array<Mover, 24> all;
  std::size_t count = 0;
  const Mover* begin() const { return all.data(); }
  const Mover* end() const { return all.data() + count; }
};
Movers movers(const Grid& grid, const StiffnessPattern& pattern, const FilledCell& cell);

/// Whose bodies are all among those of `more`, with three quarters of their cells at least: then the order of those
/// serves as well as one of their own.
bool nearly_all(const Grid& grid, std::span<const std::optional<ElasticTensor>> tensors,
                std::span<const std::optional<ElasticTensor>> more);

/// `more` has the pattern of nearly_all() and lends its order. std::invalid_argument when nothing is there or what is
/// there falls apart into pieces; std::runtime_error without memory.
std::shared_ptr<const StiffnessPattern> stiffness_pattern(const Grid& grid,
                                                          std::span<const std::optional<ElasticTensor>> tensors,
                                                          const StiffnessPattern* more = nullptr,
                                                          StiffnessSolver solver = StiffnessSolver::by_size);

} // namespace beachfront::thermal
