// SPDX-License-Identifier: GPL-3.0-or-later
// A solid cut across its plan into subdomains of few columns of cells, each as high as the solid is there, and what
// they share. The layers run on through every cut, so that both sides of it have the same stiffness over the height.
#pragma once

#include "thermal/solid_nodes.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace beachfront::thermal {

/// Cells that hang together by whole faces: a lid and a substrate with nothing between them are two subdomains.
struct Subdomain {
  std::vector<std::size_t> cells; ///< of the filled cells
  /// Numbers of its nodes: those of its own in the order in which they are eliminated, then those it shares, face by
  /// face as `faces` and in the order of each, then those of `corners`.
  std::vector<int> nodes;
  std::size_t inner = 0; ///< its own nodes
  std::vector<std::size_t> faces, corners;
  /// Lower triangle of the graph of its nodes by columns, ascending.
  std::vector<int> start, other;
};

/// Nodes in a row along a cut, at one height.
struct FaceLine {
  std::size_t first = 0, count = 0; ///< of the face's nodes
};

/// What two subdomains share but for corners.
struct SharedFace {
  std::array<std::size_t, 2> sides{};
  std::array<std::size_t, 2> place{}; ///< of its first node among those that each side shares
  std::vector<int> nodes;
  std::vector<FaceLine> lines;
};

struct Subdomains {
  std::vector<Subdomain> all;
  std::vector<SharedFace> faces;
  std::vector<int> corners; ///< nodes that more than two share, or that stand where two cuts cross
};

/// Cuts at planes of the grid, some `cells_across` cells apart.
Subdomains cut_plan(const Grid& grid, const std::vector<FilledCell>& cells, const Numbering& numbering,
                    std::size_t cells_across);

} // namespace beachfront::thermal
