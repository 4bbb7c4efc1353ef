// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/heat_multigrid.hpp"
#include "thermal/rows.hpp"

#include <algorithm>

namespace beachfront::thermal {
namespace {

/// The columns of one colour in a layer of a row, and how far their neighbours along x stand from them.
struct Colour {
  std::size_t begin, end;
  std::ptrdiff_t to_east, to_west;
};

/// Columns (i, j) with i + j even are red.
Colour colour(const HeatLayout& layout, std::size_t row, bool red) {
  const bool odd = (row % 2 == 1) == red;
  const auto half = static_cast<std::ptrdiff_t>(layout.half);
  if (odd)
    return {layout.half, layout.half + layout.columns / 2, 1 - half, -half};
  return {0, (layout.columns + 1) / 2, half, half - 1};
}

/// What the neighbours beside it send to each of the cells of one colour in one layer, in W.
void heat_from_beside(const HeatLevel& level, std::size_t j, std::size_t k, const Colour& cells, float* heat_W) {
  const HeatLayout layout = level.matrix.layout;
  const std::size_t base = layout.layer_stride() * (k + layout.layers * j);
  const std::size_t row = layout.row_stride(), count = cells.end - cells.begin;
  const float* x = level.rise_K.data() + base + cells.begin;
  const float* east = level.matrix.east.data() + base + cells.begin;
  const float* north = level.matrix.north.data() + base + cells.begin;
  for (std::size_t i = 0; i < count; ++i) {
    const auto place = static_cast<std::ptrdiff_t>(i);
    heat_W[i] = east[i] * x[place + cells.to_east] + east[place + cells.to_west] * x[place + cells.to_west];
  }
  if (j + 1 < layout.rows)
    for (std::size_t i = 0; i < count; ++i)
      heat_W[i] += north[i] * x[i + row];
  if (j > 0)
    for (std::size_t i = 0; i < count; ++i)
      heat_W[i] += (north - row)[i] * (x - row)[i];
}

/// Solves the columns of one colour in a row for what their neighbours are; for neighbours at zero if `alone`.
void solve_columns(HeatLevel& level, std::size_t j, bool red, bool alone) {
  const HeatLayout layout = level.matrix.layout;
  const Colour cells = colour(layout, j, red);
  const std::size_t count = cells.end - cells.begin, stride = layout.layer_stride();
  std::vector<float> carried(count, 0.0F);
  std::vector<float> beside(count, 0.0F);
  for (std::size_t k = 0; k < layout.layers; ++k) {
    const std::size_t base = stride * (k + layout.layers * j) + cells.begin;
    float* x = level.rise_K.data() + base;
    const float* load = level.load_W.data() + base;
    const float* link = level.link.data() + base;
    if (!alone)
      heat_from_beside(level, j, k, cells, beside.data());
    for (std::size_t i = 0; i < count; ++i) {
      x[i] = load[i] + beside[i] + carried[i];
      carried[i] = link[i] * x[i];
    }
  }
  std::fill(carried.begin(), carried.end(), 0.0F); // now the temperatures of the layer above
  for (std::size_t k = layout.layers; k-- > 0;) {
    const std::size_t base = stride * (k + layout.layers * j) + cells.begin;
    float* x = level.rise_K.data() + base;
    const float* link = level.link.data() + base;
    const float* inverse_pivot = level.inverse_pivot.data() + base;
    for (std::size_t i = 0; i < count; ++i) {
      x[i] = x[i] * inverse_pivot[i] + link[i] * carried[i];
      carried[i] = x[i];
    }
  }
}

void smooth(HeatLevel& level, bool red, bool alone, int threads) {
  for_rows(level.matrix.layout.rows, threads, [&](std::size_t j) { solve_columns(level, j, red, alone); });
}

/// The residual after red, then black columns were solved from zero stands in red columns only: what their black
/// neighbours send them. Merged along x into level.merged_x.
void restrict_along_x(HeatLevel& level, std::size_t j) {
  const HeatLayout layout = level.matrix.layout;
  const Merging& merging = level.merging_x;
  const HeatLayout across = heat_layout(merging.cells(), layout.rows, layout.layers);
  const Colour cells = colour(layout, j, true);
  std::vector<float> residual_W(cells.end - cells.begin);
  for (std::size_t k = 0; k < layout.layers; ++k) {
    heat_from_beside(level, j, k, cells, residual_W.data());
    const float* share = level.share_x.data() + layout.layer_stride() * (k + layout.layers * j);
    float* merged = level.merged_x.data() + across.layer_stride() * (k + layout.layers * j);
    std::fill(merged, merged + across.layer_stride(), 0.0F);
    for (std::size_t p = cells.begin; p < cells.end; ++p) {
      const float residual = residual_W[p - cells.begin];
      merged[merging.own[p]] += (1 - share[p]) * residual;
      merged[merging.beyond[p]] += share[p] * residual;
    }
  }
}

void restrict_along_y(const HeatLevel& level, HeatLevel& coarse, std::size_t c) {
  const std::vector<std::uint32_t>& first = level.merging_y.first;
  const std::size_t row = coarse.matrix.layout.row_stride();
  float* load = coarse.load_W.data() + c * row;
  const auto add = [&](std::size_t j, bool own) {
    const float* share = level.share_y.data() + j * row;
    const float* merged = level.merged_x.data() + j * row;
    for (std::size_t p = 0; p < row; ++p)
      load[p] += (own ? 1 - share[p] : share[p]) * merged[p];
  };
  std::fill(load, load + row, 0.0F);
  if (c > 0 && first[c] - first[c - 1] == 2)
    add(first[c] - 1, false);
  for (std::size_t j = first[c]; j < first[c + 1]; ++j)
    add(j, true);
  if (c + 1 < level.merging_y.cells() && first[c + 2] - first[c + 1] == 2)
    add(first[c + 1], false);
}

/// Adds the coarse level's rise to the red columns of the rows of coarse row c; the black ones are solved anew from
/// them.
void correct(HeatLevel& level, const HeatLevel& coarse, std::size_t c) {
  const HeatLayout layout = level.matrix.layout;
  const Merging& merging = level.merging_x;
  const std::vector<std::uint32_t>& first = level.merging_y.first;
  const std::size_t stride = coarse.matrix.layout.layer_stride(), row = coarse.matrix.layout.row_stride();
  std::vector<float> across(stride);
  for (std::size_t j = first[c]; j < first[c + 1]; ++j) {
    const bool pair = first[c + 1] - first[c] == 2;
    std::size_t beyond = c;
    if (pair && j == first[c] && c > 0)
      beyond = c - 1;
    if (pair && j > first[c] && c + 1 < level.merging_y.cells())
      beyond = c + 1;
    const Colour cells = colour(layout, j, true);
    for (std::size_t k = 0; k < layout.layers; ++k) {
      const float* own_K = coarse.rise_K.data() + c * row + k * stride;
      const float* beyond_K = coarse.rise_K.data() + beyond * row + k * stride;
      const float* share_y = level.share_y.data() + j * row + k * stride;
      for (std::size_t p = 0; p < stride; ++p)
        across[p] = own_K[p] + share_y[p] * (beyond_K[p] - own_K[p]);
      const std::size_t base = layout.layer_stride() * (k + layout.layers * j);
      const float* share = level.share_x.data() + base;
      float* x = level.rise_K.data() + base;
      for (std::size_t p = cells.begin; p < cells.end; ++p) {
        const float own = across[merging.own[p]];
        x[p] += own + share[p] * (across[merging.beyond[p]] - own);
      }
    }
  }
}

void cycle(HeatMultigrid& multigrid, std::size_t depth, int threads) {
  HeatLevel& level = multigrid.levels[depth];
  const int used = threads_worth(level.matrix.layout.size(), threads);
  smooth(level, true, true, used);
  if (depth + 1 == multigrid.levels.size())
    return;
  HeatLevel& coarse = multigrid.levels[depth + 1];
  smooth(level, false, false, used);
  for_rows(level.matrix.layout.rows, used, [&](std::size_t j) { restrict_along_x(level, j); });
  for_rows(coarse.matrix.layout.rows, used, [&](std::size_t c) { restrict_along_y(level, coarse, c); });
  cycle(multigrid, depth + 1, threads);
  for_rows(coarse.matrix.layout.rows, used, [&](std::size_t c) { correct(level, coarse, c); });
  smooth(level, false, false, used);
  smooth(level, true, false, used);
}

} // namespace

void heat_cycle(HeatMultigrid& multigrid, std::span<const double> load_W, std::span<double> rise_K, int threads) {
  HeatLevel& finest = multigrid.levels.front();
  const HeatLayout layout = finest.matrix.layout;
  const std::size_t row = layout.row_stride();
  for_rows(layout.rows, threads, [&](std::size_t j) {
    for (std::size_t c = j * row; c < (j + 1) * row; ++c)
      finest.load_W[c] = static_cast<float>(load_W[c]);
  });
  cycle(multigrid, 0, threads);
  for_rows(layout.rows, threads, [&](std::size_t j) {
    for (std::size_t c = j * row; c < (j + 1) * row; ++c)
      rise_K[c] = finest.rise_K[c];
  });
}

} // namespace beachfront::thermal
