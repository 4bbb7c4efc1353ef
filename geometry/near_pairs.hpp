// SPDX-License-Identifier: GPL-3.0-or-later
// Which segments of different guides may be close to one another: a uniform grid of short chords.
//
// Each segment is cut into chords about as long as a cell, so that a long diagonal line meets only what is near it. A
// curve of length l and largest curvature k strays from its chord by k l^2 / 8 at most, so the distance of two chords
// less both bows is a bound from below on that of the pieces.
#pragma once

#include "geometry/layout.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace beachfront::geometry {

struct GuidePiece {
  std::size_t guide = 0; ///< index into Layout::guides
  int layer = 0;
  Segment segment;
  double from_mm = 0; ///< along its guide
};

/// Segments of all guides, in order.
std::vector<GuidePiece> pieces_of(const std::vector<Guide>& guides);

/// A stretch of a piece as a straight line.
struct Chord {
  Point from;
  Point along; ///< of length 1
  double length_mm = 0;
  double bow_mm = 0; ///< of the piece from the chord, at most
  std::uint32_t piece = 0;
  std::uint32_t guide = 0;
  int layer = 0;
};

struct NearGrid {
  double reach_mm = 0; ///< what it is made to find
  double cell_mm = 0;
  Point origin;
  int columns = 1;
  int rows = 1;
  std::vector<Chord> chords;              ///< in the order of the pieces
  std::vector<std::uint32_t> first_chord; ///< of a piece, one more than there are pieces
  std::vector<std::uint32_t> first_entry; ///< of a cell, one more than there are cells
  std::vector<std::uint32_t> entries;     ///< chords, cell by cell
};

/// Linear in the number of pieces, in time and memory.
NearGrid near_grid(const std::vector<GuidePiece>& pieces, double reach_mm);

/// Two pieces that may be within the reach.
struct Encounter {
  std::size_t first = 0; ///< of the lower-numbered guide
  std::size_t second = 0;
  double least_mm = 0; ///< they are not closer
};

/// Replaces `found` by all encounters of one guide's pieces, first to last, with those of later guides on its layer,
/// sorted by the other guide, then the pieces.
void find_encounters(const NearGrid& grid, const std::vector<GuidePiece>& pieces, std::size_t first_piece,
                     std::size_t end_piece, std::vector<Encounter>& found);

} // namespace beachfront::geometry
