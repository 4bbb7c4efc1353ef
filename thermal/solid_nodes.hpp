// SPDX-License-Identifier: GPL-3.0-or-later
// The nodes of the filled cells of a grid, and what holds them against rigid movement.
#pragma once

#include "thermal/stiffness.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace beachfront::thermal {

constexpr int nowhere = -1;

struct FilledCell {
  std::size_t i, j, k;
  std::size_t body;
};

/// First along x, then y, then z.
std::array<std::size_t, 8> nodes_of(const Grid& grid, const FilledCell& cell);

/// Cells of the bodies that have a tensor.
std::vector<FilledCell> filled_cells(const Grid& grid, std::span<const std::optional<ElasticTensor>> tensors);

/// The number of every node that a cell has; nowhere for the others.
struct Numbering {
  std::vector<int> of_node;
  std::vector<std::size_t> nodes;
};
Numbering numbered(const Grid& grid, std::vector<std::size_t> nodes);
Numbering number_nodes(const Grid& grid, const std::vector<FilledCell>& cells);

/// For every node of the grid whether its displacement is counted from the node below it: where the cell between them
/// is thin for its width, a micrometre of adhesive, it is far stiffer than what holds both together. In single
/// precision the rounding of its entries would be as large as that; counted so, the two are entries of their own. At
/// most two such nodes follow one on the other.
std::vector<char> above_thin_cells(const Grid& grid, const std::vector<FilledCell>& cells);

/// std::invalid_argument unless the cells hang together by whole faces: an edge alone is a hinge.
void refuse_pieces(const Grid& grid, const std::vector<FilledCell>& cells);

/// What holds the solid. fixed: unknowns that do not move, by symmetry and against rigid movement. centre: a node of
/// the lowest face that stays. turns: rotations about x, y, z that the planes of symmetry leave free.
struct Support {
  std::vector<char> fixed;
  std::array<std::size_t, 3> centre{};
  std::array<bool, 3> turns{};
};
Support held(const Grid& grid, const Numbering& numbering, Parity parity_x, Parity parity_y);

/// Turns a solution about the node that stays until the lowest face has, by least squares over its area, neither tilt
/// nor turn in its plane. Where the nodes that were held lie then means nothing, so that images of a design have images
/// of its displacements.
void level(const Grid& grid, const Numbering& numbering, const Support& support, std::vector<double>& displacement_mm);

} // namespace beachfront::thermal
