// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/heat_multigrid.hpp"
#include "thermal/rows.hpp"

#include <algorithm>
#include <numeric>

namespace beachfront::thermal {
namespace {

/// Merges neighbours, from the first on, where a pair is not wider than the limit.
std::vector<std::uint32_t> merged_starts(std::span<const double> width_mm, double limit_mm) {
  std::vector<std::uint32_t> first;
  std::size_t i = 0;
  while (i < width_mm.size()) {
    first.push_back(static_cast<std::uint32_t>(i));
    i += i + 1 < width_mm.size() && width_mm[i] + width_mm[i + 1] <= limit_mm ? 2U : 1U;
  }
  first.push_back(static_cast<std::uint32_t>(width_mm.size()));
  return first;
}

/// Where each column's value comes from on the coarse level. Of a pair, the western cell looks west beyond its own
/// coarse cell, the eastern one east.
Merging merging_of(std::vector<std::uint32_t> first, const HeatLayout& fine_layout, const HeatLayout& coarse_layout) {
  Merging merging;
  merging.first = std::move(first);
  merging.own.assign(fine_layout.layer_stride(), 0);
  merging.beyond.assign(fine_layout.layer_stride(), 0);
  const std::size_t cells = merging.cells();
  for (std::size_t coarse = 0; coarse < cells; ++coarse)
    for (std::size_t i = merging.first[coarse]; i < merging.first[coarse + 1]; ++i) {
      const bool pair = merging.first[coarse + 1] - merging.first[coarse] == 2;
      std::size_t beyond = coarse;
      if (pair && i == merging.first[coarse] && coarse > 0)
        beyond = coarse - 1;
      if (pair && i > merging.first[coarse] && coarse + 1 < cells)
        beyond = coarse + 1;
      merging.own[fine_layout.column(i)] = static_cast<std::uint32_t>(coarse_layout.column(coarse));
      merging.beyond[fine_layout.column(i)] = static_cast<std::uint32_t>(coarse_layout.column(beyond));
    }
  return merging;
}

HeatMatrix<float> empty_matrix(const HeatLayout& layout) {
  const std::vector<float> zeros(layout.size(), 0.0F);
  return {layout, zeros, zeros, zeros, zeros};
}

/// From the middle of a merged cell to its rim, in K/W; 0 for a cell that is not a pair of two bodies' cells.
float half_resistance(float between) {
  return between > 0 ? 0.5F / between : 0.0F;
}

float in_series(float inside, float between, float beyond) {
  return between > 0 ? 1 / (inside + 1 / between + beyond) : 0.0F;
}

/// Merges along x. `share` is filled for the cells before merging.
HeatMatrix<float> merge_x(const HeatMatrix<float>& fine, const Merging& merging, std::vector<float>& share,
                          int threads) {
  const HeatLayout from = fine.layout;
  const std::size_t cells = merging.cells();
  HeatMatrix<float> coarse = empty_matrix(heat_layout(cells, from.rows, from.layers));
  const HeatLayout to = coarse.layout;
  share.assign(from.size(), 0.0F);
  for_rows(from.rows, threads, [&](std::size_t j) {
    std::vector<float> inside(cells, 0.0F);
    for (std::size_t k = 0; k < from.layers; ++k) {
      for (std::size_t c = 0; c < cells; ++c) {
        const std::size_t first = merging.first[c], last = merging.first[c + 1] - 1;
        const std::size_t place = to.at(c, j, k), west = from.at(first, j, k), east = from.at(last, j, k);
        const bool pair = first < last;
        inside[c] = pair ? half_resistance(fine.east[west]) : 0.0F;
        coarse.north[place] = fine.north[west] + (pair ? fine.north[east] : 0.0F);
        coarse.up[place] = fine.up[west] + (pair ? fine.up[east] : 0.0F);
        coarse.ground[place] = fine.ground[west] + (pair ? fine.ground[east] : 0.0F);
      }
      for (std::size_t c = 0; c + 1 < cells; ++c) {
        const std::size_t west = from.at(merging.first[c + 1] - 1, j, k), east = from.at(merging.first[c + 1], j, k);
        const float conductance = in_series(inside[c], fine.east[west], inside[c + 1]);
        coarse.east[to.at(c, j, k)] = conductance;
        share[west] = inside[c] * conductance;
        share[east] = inside[c + 1] * conductance;
      }
    }
  });
  return coarse;
}

/// Merges along y.
HeatMatrix<float> merge_y(const HeatMatrix<float>& fine, const Merging& merging, std::vector<float>& share,
                          int threads) {
  const HeatLayout from = fine.layout;
  const std::size_t cells = merging.cells(), row = from.row_stride();
  HeatMatrix<float> coarse = empty_matrix(heat_layout(from.columns, cells, from.layers));
  share.assign(from.size(), 0.0F);
  for_rows(cells, threads, [&](std::size_t c) {
    const std::size_t first = merging.first[c], last = merging.first[c + 1] - 1;
    const bool pair = first < last, next_pair = c + 1 < cells && merging.first[c + 2] - merging.first[c + 1] == 2;
    for (std::size_t p = 0; p < row; ++p) {
      const std::size_t place = c * row + p, south = first * row + p, north = last * row + p;
      coarse.east[place] = fine.east[south] + (pair ? fine.east[north] : 0.0F);
      coarse.up[place] = fine.up[south] + (pair ? fine.up[north] : 0.0F);
      coarse.ground[place] = fine.ground[south] + (pair ? fine.ground[north] : 0.0F);
      if (c + 1 == cells)
        continue;
      const float inside = pair ? half_resistance(fine.north[south]) : 0.0F;
      const float next_inside = next_pair ? half_resistance(fine.north[north + row]) : 0.0F;
      const float conductance = in_series(inside, fine.north[north], next_inside);
      coarse.north[place] = conductance;
      share[north] = inside * conductance;
      share[north + row] = next_inside * conductance;
    }
  });
  return coarse;
}

/// Eliminates every column from the bottom. What a cell loses to anything but the cell above is summed without
/// subtraction, so that single precision keeps insulated columns apart from singular ones.
void eliminate_columns(HeatLevel& level, int threads) {
  const HeatMatrix<float>& matrix = level.matrix;
  const HeatLayout layout = matrix.layout;
  const std::size_t row = layout.row_stride(), stride = layout.layer_stride();
  level.inverse_pivot.assign(layout.size(), 0.0F);
  level.link.assign(layout.size(), 0.0F);
  for_rows(layout.rows, threads, [&](std::size_t j) {
    std::vector<float> below(stride, 0.0F);
    for (std::size_t k = 0; k < layout.layers; ++k)
      for (std::size_t i = 0; i < layout.columns; ++i) {
        const std::size_t c = layout.at(i, j, k);
        float lost = below[layout.column(i)] + matrix.ground[c] + matrix.east[c] + matrix.north[c];
        if (i > 0)
          lost += matrix.east[layout.at(i - 1, j, k)];
        if (j > 0)
          lost += matrix.north[c - row];
        const float pivot = lost + matrix.up[c];
        level.inverse_pivot[c] = pivot > 0 ? 1 / pivot : 0.0F;
        level.link[c] = matrix.up[c] * level.inverse_pivot[c];
        below[layout.column(i)] = lost * level.link[c];
      }
  });
}

HeatMatrix<float> rounded(const HeatMatrix<double>& matrix, int threads) {
  HeatMatrix<float> result = empty_matrix(matrix.layout);
  const std::size_t row = matrix.layout.row_stride();
  for_rows(matrix.layout.rows, threads, [&](std::size_t j) {
    for (std::size_t c = j * row; c < (j + 1) * row; ++c) {
      result.east[c] = static_cast<float>(matrix.east[c]);
      result.north[c] = static_cast<float>(matrix.north[c]);
      result.up[c] = static_cast<float>(matrix.up[c]);
      result.ground[c] = static_cast<float>(matrix.ground[c]);
    }
  });
  return result;
}

std::vector<double> merged_widths(std::span<const double> width_mm, const std::vector<std::uint32_t>& first) {
  std::vector<double> merged;
  for (std::size_t c = 0; c + 1 < first.size(); ++c)
    merged.push_back(first[c + 1] - first[c] == 2 ? width_mm[first[c]] + width_mm[first[c] + 1] : width_mm[first[c]]);
  return merged;
}

/// The starts of merged cells along x and y.
struct Starts {
  std::vector<std::uint32_t> x, y;
};

/// One limit for both axes: the least that merges a quarter of the columns. Merging faster leaves narrow cells beside
/// wide ones, which no smoother of columns can do with. Of a package of a million cells, graded by 1.3, and of one with
/// neighbours of 1:25: half of the columns 8 and 61 iterations (0.33 s and 0.32 s of one processor), a quarter 7 and 29
/// (0.40 s, 0.24 s), a fifth 7 and 22 (0.49 s, 0.22 s).
Starts narrowest_merged(std::span<const double> width_x_mm, std::span<const double> width_y_mm) {
  constexpr double left = 0.75;
  const double whole_mm = std::max(std::accumulate(width_x_mm.begin(), width_x_mm.end(), 0.0),
                                   std::accumulate(width_y_mm.begin(), width_y_mm.end(), 0.0));
  const auto columns = static_cast<double>(width_x_mm.size() * width_y_mm.size());
  double limit_mm = 2 * std::min(*std::min_element(width_x_mm.begin(), width_x_mm.end()),
                                 *std::min_element(width_y_mm.begin(), width_y_mm.end()));
  while (true) {
    Starts starts{merged_starts(width_x_mm, limit_mm), merged_starts(width_y_mm, limit_mm)};
    if (static_cast<double>((starts.x.size() - 1) * (starts.y.size() - 1)) <= left * columns ||
        limit_mm > 2 * whole_mm) // nothing more to merge
      return starts;
    limit_mm *= 1.1;
  }
}

} // namespace

HeatMultigrid heat_multigrid(const HeatMatrix<double>& matrix, std::span<const double> width_x_mm,
                             std::span<const double> width_y_mm, int threads) {
  std::vector<double> x_mm(width_x_mm.begin(), width_x_mm.end()), y_mm(width_y_mm.begin(), width_y_mm.end());
  HeatMultigrid multigrid;
  HeatMatrix<float> next = rounded(matrix, threads);
  while (true) {
    HeatLevel& level = multigrid.levels.emplace_back();
    level.matrix = std::move(next);
    threads = threads_worth(level.matrix.layout.size(), threads);
    eliminate_columns(level, threads);
    const HeatLayout layout = level.matrix.layout;
    level.rise_K.assign(layout.size(), 0.0F);
    level.load_W.assign(layout.size(), 0.0F);
    if (layout.columns == 1 && layout.rows == 1)
      return multigrid;
    Starts starts = narrowest_merged(x_mm, y_mm);
    x_mm = merged_widths(x_mm, starts.x);
    y_mm = merged_widths(y_mm, starts.y);
    const HeatLayout across = heat_layout(x_mm.size(), layout.rows, layout.layers);
    level.merging_x = merging_of(std::move(starts.x), layout, across);
    level.merging_y.first = std::move(starts.y);
    const HeatMatrix<float> half = merge_x(level.matrix, level.merging_x, level.share_x, threads);
    next = merge_y(half, level.merging_y, level.share_y, threads);
    level.merged_x.assign(across.size(), 0.0F);
  }
}

} // namespace beachfront::thermal
