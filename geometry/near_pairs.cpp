// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/near_pairs.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace beachfront::geometry {
namespace {

// Measured on bundles at pitches of 30 to 250 um: shorter cells mean more chords, longer ones more pairs to look at.
constexpr double reaches_a_cell = 16;
constexpr double bows_a_reach = 12;
constexpr double most_chords_a_piece = 32; // on average, so that memory stays linear
constexpr double most_turn_rad = 1;        // of a chord, for the bound on its bow
constexpr double rounding_mm = 1e-9;

/// How many cells or chords: at least one, whatever the number is.
int count_of(double wanted, double most) {
  return !(wanted > 1) ? 1 : static_cast<int>(std::ceil(std::min(wanted, most)));
}

void add_chords(const GuidePiece& piece, std::uint32_t index, double longest_mm, double most_bow_mm,
                std::vector<Chord>& chords) {
  const Segment& segment = piece.segment;
  const double curvature = max_curvature_per_mm(segment);
  const double wanted = segment.length_mm *
                        std::max({1 / longest_mm, curvature / most_turn_rad, std::sqrt(curvature / (8 * most_bow_mm))});
  const int count = count_of(wanted, 64 * most_chords_a_piece);
  const double step_mm = segment.length_mm / count;
  // Where the count was not enough a curve is still no further from its ends than half of its length.
  const double bow_mm =
      curvature * step_mm <= most_turn_rad ? curvature * step_mm * step_mm / 8 : std::abs(step_mm) / 2;
  Point from = segment.start.at;
  for (int i = 1; i <= count; ++i) {
    const Point to = pose_at(segment, i == count ? segment.length_mm : step_mm * i).at;
    const Point chord = to - from;
    const double length_mm = std::sqrt(dot(chord, chord));
    const Point along = length_mm > 0 ? (1 / length_mm) * chord : Point{1, 0};
    chords.push_back({from, along, length_mm, bow_mm, index, static_cast<std::uint32_t>(piece.guide), piece.layer});
    from = to;
  }
}

Box box_of(const Chord& chord) {
  const Point to = chord.from + chord.length_mm * chord.along;
  const double bow = chord.bow_mm + rounding_mm;
  return {{std::min(chord.from.x_mm, to.x_mm) - bow, std::min(chord.from.y_mm, to.y_mm) - bow},
          {std::max(chord.from.x_mm, to.x_mm) + bow, std::max(chord.from.y_mm, to.y_mm) + bow}};
}

Box grown_by(const Box& box, double margin_mm) {
  return {{box.min.x_mm - margin_mm, box.min.y_mm - margin_mm}, {box.max.x_mm + margin_mm, box.max.y_mm + margin_mm}};
}

/// The cells that a box covers, bounds included.
struct Cells {
  int left = 0, bottom = 0, right = 0, top = 0;
};

int cell_at(double offset_mm, double cell_mm, int count) {
  const double cell = offset_mm / cell_mm;
  return !(cell > 0) ? 0 : cell < count ? static_cast<int>(cell) : count - 1;
}

Cells cells_of(const NearGrid& grid, const Box& box) {
  return {cell_at(box.min.x_mm - grid.origin.x_mm, grid.cell_mm, grid.columns),
          cell_at(box.min.y_mm - grid.origin.y_mm, grid.cell_mm, grid.rows),
          cell_at(box.max.x_mm - grid.origin.x_mm, grid.cell_mm, grid.columns),
          cell_at(box.max.y_mm - grid.origin.y_mm, grid.cell_mm, grid.rows)};
}

std::size_t index_of(const NearGrid& grid, int column, int row) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) + static_cast<std::size_t>(column);
}

Box bounds_of(const std::vector<Chord>& chords) {
  Box all = box_of(chords.front());
  for (const Chord& chord : chords) {
    const Box box = box_of(chord);
    all.min = {std::min(all.min.x_mm, box.min.x_mm), std::min(all.min.y_mm, box.min.y_mm)};
    all.max = {std::max(all.max.x_mm, box.max.x_mm), std::max(all.max.y_mm, box.max.y_mm)};
  }
  return all;
}

/// Lays the cells out, no more of them than about four a chord.
void lay_cells(NearGrid& grid) {
  const Box all = bounds_of(grid.chords);
  const double most_cells = 4.0 * static_cast<double>(grid.chords.size()) + 1024;
  grid.cell_mm = std::max({grid.cell_mm, std::sqrt(all.area_mm2() / most_cells), all.width_mm() / most_cells,
                           all.height_mm() / most_cells});
  grid.origin = all.min;
  grid.columns = count_of(all.width_mm() / grid.cell_mm, most_cells);
  grid.rows = count_of(all.height_mm() / grid.cell_mm, most_cells);
}

/// Enters each chord into the cells it covers: a counting sort.
void fill_cells(NearGrid& grid) {
  grid.first_entry.assign(index_of(grid, 0, grid.rows) + 1, 0);
  const auto each_cell = [&](const auto& visit) {
    for (std::uint32_t i = 0; i < grid.chords.size(); ++i) {
      const Cells cells = cells_of(grid, box_of(grid.chords[i]));
      for (int row = cells.bottom; row <= cells.top; ++row)
        for (int column = cells.left; column <= cells.right; ++column)
          visit(i, index_of(grid, column, row));
    }
  };
  each_cell([&](std::uint32_t, std::size_t cell) { ++grid.first_entry[cell + 1]; });
  for (std::size_t cell = 1; cell < grid.first_entry.size(); ++cell)
    grid.first_entry[cell] += grid.first_entry[cell - 1];
  grid.entries.resize(grid.first_entry.back());
  std::vector<std::uint32_t> next(grid.first_entry.begin(), grid.first_entry.end() - 1);
  each_cell([&](std::uint32_t chord, std::size_t cell) { grid.entries[next[cell]++] = chord; });
}

/// Distance from a chord to the box around the other in the chord's own frame: not above that of the two.
double squared_gap(const Chord& chord, const Chord& other) {
  const Point a = other.from - chord.from;
  const Point b = a + other.length_mm * other.along;
  const double along_a = dot(a, chord.along), along_b = dot(b, chord.along);
  const double across_a = cross(chord.along, a), across_b = cross(chord.along, b);
  const double ahead = std::max({0.0, std::min(along_a, along_b) - chord.length_mm, -std::max(along_a, along_b)});
  const double aside = std::max({0.0, std::min(across_a, across_b), -std::max(across_a, across_b)});
  return ahead * ahead + aside * aside;
}

double least_distance_mm(const Chord& a, const Chord& b) {
  return std::sqrt(std::max(squared_gap(a, b), squared_gap(b, a))) - a.bow_mm - b.bow_mm - rounding_mm;
}

void add_encounters(const NearGrid& grid, const Chord& chord, std::vector<Encounter>& found) {
  const Box around = grown_by(box_of(chord), grid.reach_mm);
  const Cells cells = cells_of(grid, around);
  for (int row = cells.bottom; row <= cells.top; ++row)
    for (int column = cells.left; column <= cells.right; ++column) {
      const std::size_t cell = index_of(grid, column, row);
      for (std::uint32_t i = grid.first_entry[cell]; i < grid.first_entry[cell + 1]; ++i) {
        const Chord& other = grid.chords[grid.entries[i]];
        if (other.guide <= chord.guide || other.layer != chord.layer)
          continue;
        const Box box = box_of(other);
        if (!overlap(around, box))
          continue;
        // Both boxes may share several cells: the pair is taken in the first of them only.
        const double common_x_mm = std::max(around.min.x_mm, box.min.x_mm) - grid.origin.x_mm;
        const double common_y_mm = std::max(around.min.y_mm, box.min.y_mm) - grid.origin.y_mm;
        if (cell_at(common_x_mm, grid.cell_mm, grid.columns) != column ||
            cell_at(common_y_mm, grid.cell_mm, grid.rows) != row)
          continue;
        if (const double least = least_distance_mm(chord, other); least <= grid.reach_mm)
          found.push_back({chord.piece, other.piece, least});
      }
    }
}

} // namespace

std::vector<GuidePiece> pieces_of(const std::vector<Guide>& guides) {
  std::vector<GuidePiece> result;
  for (std::size_t g = 0; g < guides.size(); ++g) {
    double s = 0;
    for (const Segment& segment : guides[g].path) {
      result.push_back({g, guides[g].layer, segment, s});
      s += segment.length_mm;
    }
  }
  return result;
}

NearGrid near_grid(const std::vector<GuidePiece>& pieces, double reach_mm) {
  double total_mm = 0;
  for (const GuidePiece& piece : pieces)
    total_mm += std::abs(piece.segment.length_mm);
  NearGrid grid;
  grid.reach_mm = reach_mm;
  grid.cell_mm =
      std::max(reaches_a_cell * reach_mm, total_mm / (most_chords_a_piece * static_cast<double>(pieces.size())));
  grid.first_chord.reserve(pieces.size() + 1);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    grid.first_chord.push_back(static_cast<std::uint32_t>(grid.chords.size()));
    add_chords(pieces[i], static_cast<std::uint32_t>(i), grid.cell_mm,
               std::max(reach_mm, grid.cell_mm / reaches_a_cell) / bows_a_reach, grid.chords);
  }
  grid.first_chord.push_back(static_cast<std::uint32_t>(grid.chords.size()));
  lay_cells(grid);
  fill_cells(grid);
  return grid;
}

void find_encounters(const NearGrid& grid, const std::vector<GuidePiece>& pieces, std::size_t first_piece,
                     std::size_t end_piece, std::vector<Encounter>& found) {
  found.clear();
  for (std::uint32_t i = grid.first_chord[first_piece]; i < grid.first_chord[end_piece]; ++i)
    add_encounters(grid, grid.chords[i], found);
  const auto key = [&](const Encounter& e) {
    return std::tuple(pieces[e.second].guide, e.first, e.second, e.least_mm);
  };
  std::sort(found.begin(), found.end(), [&](const Encounter& a, const Encounter& b) { return key(a) < key(b); });
  // Of the chords of two pieces the closest stand for them.
  found.erase(
      std::unique(found.begin(), found.end(),
                  [](const Encounter& a, const Encounter& b) { return a.first == b.first && a.second == b.second; }),
      found.end());
}

} // namespace beachfront::geometry
