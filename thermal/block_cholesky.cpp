// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/block_cholesky.hpp"

#include <suitesparse/cholmod.h>

#include <cblas.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr int none = -1;
constexpr std::size_t alignment = 64;
constexpr int strip = 192; // columns of a product at once: of a triangle little is done in vain
constexpr int panel = 16;  // columns of a solve that are divided without products

/// A run of rows of one block that are neighbours in another too.
struct Run {
  int from, to, length;
};

constexpr int few = 12; // columns of a block that are factorised without products

/// Columns of a triangle, few; false when a pivot is not positive.
bool factorise_triangle(int columns, float* a, int stride) {
  for (int j = 0; j < columns; ++j) {
    float* const column = a + static_cast<std::ptrdiff_t>(j) * stride;
    if (!(column[j] > 0))
      return false;
    column[j] = std::sqrt(column[j]);
    const float inverse = 1 / column[j];
    for (int i = j + 1; i < columns; ++i)
      column[i] *= inverse;
    for (int k = j + 1; k < columns; ++k) {
      float* const later = a + static_cast<std::ptrdiff_t>(k) * stride;
      const float factor = column[k];
      for (int i = k; i < columns; ++i)
        later[i] -= factor * column[i];
    }
  }
  return true;
}

/// a := a l^-T for the rows below a triangle l of few columns, through its inverse: a product, some rows at a time,
/// takes half as long as division column by column.
void divide(int rows, int columns, float* l, int stride) {
  alignas(alignment) std::array<float, few * few> inverse{};
  for (int j = 0; j < columns; ++j) {
    float* const column = inverse.data() + few * j;
    column[j] = 1;
    for (int k = j; k < columns; ++k) {
      const float* const below = l + static_cast<std::ptrdiff_t>(k) * stride;
      column[k] /= below[k];
      for (int i = k + 1; i < columns; ++i)
        column[i] -= below[i] * column[k];
    }
  }
  constexpr int most = 256; // rows at once
  alignas(alignment) std::array<float, most * few> product;
  for (int from = columns; from < rows; from += most) {
    const int count = std::min(most, rows - from);
    float* const a = l + from;
    cblas_sgemm(CblasColMajor, CblasNoTrans, CblasTrans, count, columns, columns, 1, a, stride, inverse.data(), few, 0,
                product.data(), most);
    for (int j = 0; j < columns; ++j)
      std::copy_n(product.data() + most * j, count, a + static_cast<std::ptrdiff_t>(j) * stride);
  }
}

int rows_of(const BlockFactor& factor, std::size_t block) {
  return factor.row_start[block + 1] - factor.row_start[block];
}
int columns_of(const BlockFactor& factor, std::size_t block) {
  return factor.column[block + 1] - factor.column[block];
}

/// Scaled entries of the matrix in the columns of a block. place: of each row in the block.
void gather(const cholmod_sparse& matrix, std::size_t block, const std::vector<int>& place, BlockFactor& factor) {
  const int* const start = static_cast<const int*>(matrix.p);
  const int* const row = static_cast<const int*>(matrix.i);
  const double* const value = static_cast<const double*>(matrix.x);
  const auto rows = static_cast<std::size_t>(rows_of(factor, block));
  float* const into = &factor.value[factor.value_start[block]];
  for (int j = factor.column[block]; j < factor.column[block + 1]; ++j) {
    float* const column = into + static_cast<std::size_t>(j - factor.column[block]) * rows;
    std::fill_n(column, rows, 0.0F);
    const double scale = factor.scale[static_cast<std::size_t>(j)];
    for (int at = start[j]; at < start[j + 1]; ++at) {
      const auto i = static_cast<std::size_t>(row[at]);
      column[place[i]] = static_cast<float>(value[at] * scale * factor.scale[i]);
    }
  }
}

} // namespace

Floats aligned_floats(std::size_t count) {
  const std::size_t bytes = (std::max<std::size_t>(count, 1) * sizeof(float) + alignment - 1) / alignment * alignment;
  Floats block(static_cast<float*>(std::aligned_alloc(alignment, bytes)));
  if (!block)
    throw std::runtime_error("out of memory for the factor of the stiffness matrix");
  return block;
}

void BlockFactor::reserve() {
  constexpr std::size_t line = alignment / sizeof(float);
  value_start.assign(1, 0);
  for (std::size_t b = 0; b + 1 < column.size(); ++b) {
    const auto size = static_cast<std::size_t>(rows_of(*this, b)) * static_cast<std::size_t>(columns_of(*this, b));
    value_start.push_back(value_start.back() + (size + line - 1) / line * line);
  }
  if (capacity < values()) {
    value.reset();
    value = aligned_floats(values());
    capacity = values();
  }
}

void subtract_product(int rows, int columns, int inner, const float* a, int a_stride, float* c, int c_stride) {
  for (int from = 0; from < columns; from += strip)
    cblas_sgemm(CblasColMajor, CblasNoTrans, CblasTrans, rows - from, std::min(strip, columns - from), inner, -1,
                a + from, a_stride, a + from, a_stride, 1, c + from + static_cast<std::ptrdiff_t>(from) * c_stride,
                c_stride);
}

bool factorise_block(int rows, int columns, float* a, int stride) {
  if (columns <= few) {
    if (!factorise_triangle(columns, a, stride))
      return false;
    divide(rows, columns, a, stride);
    return true;
  }
  const int left = columns / 2 > few ? (columns / 2 + 7) / 8 * 8 : columns / 2;
  if (!factorise_block(rows, left, a, stride))
    return false;
  float* const rest = a + left + static_cast<std::ptrdiff_t>(left) * stride;
  subtract_product(rows - left, columns - left, left, a + left, stride, rest, stride);
  return factorise_block(rows - left, columns - left, rest, stride);
}

bool factorise(const cholmod_factor& analysed, const cholmod_sparse& matrix, BlockFactor& factor, std::size_t kept,
               float* rest) {
  const std::size_t unknowns = analysed.n;
  const auto eliminated = static_cast<int>(unknowns - kept);
  std::size_t blocks = 0;
  while (blocks < analysed.nsuper && static_cast<const int*>(analysed.super)[blocks] < eliminated)
    ++blocks;
  const auto* const super = static_cast<const int*>(analysed.super);
  const auto* const start = static_cast<const int*>(analysed.pi);
  const auto* const row = static_cast<const int*>(analysed.s);
  factor.column.assign(super, super + blocks);
  factor.column.push_back(eliminated);
  factor.row_start.assign(start, start + blocks + 1);
  factor.row.assign(row, row + start[blocks]);
  factor.reserve();
  factor.scale.assign(unknowns, 1);
  for (std::size_t u = 0; u + kept < unknowns; ++u) {
    const double diagonal = static_cast<const double*>(matrix.x)[static_cast<const int*>(matrix.p)[u]];
    if (!(diagonal > 0))
      return false;
    factor.scale[u] = 1 / std::sqrt(diagonal);
  }

  const int last = static_cast<int>(blocks); // stands for what is kept
  std::vector<int> block_of(unknowns, last), place(unknowns), first(blocks + 1, none), next(blocks, none),
      reached(blocks, 0);
  std::size_t largest = 0; // product of one block on another
  for (std::size_t b = 0; b < blocks; ++b) {
    for (int j = factor.column[b]; j < factor.column[b + 1]; ++j)
      block_of[static_cast<std::size_t>(j)] = static_cast<int>(b);
  }
  for (std::size_t b = 0; b < blocks; ++b) {
    int from = factor.row_start[b] + columns_of(factor, b);
    for (const int end = factor.row_start[b + 1]; from < end;) {
      const int target = block_of[static_cast<std::size_t>(row[from])];
      int to = from;
      while (to < end && block_of[static_cast<std::size_t>(row[to])] == target)
        ++to;
      largest = std::max(largest,
                         static_cast<std::size_t>(end - from) * static_cast<std::size_t>(std::min(to - from, strip)));
      from = to;
    }
  }
  const auto product = aligned_floats(largest);
  std::vector<Run> runs;
  const auto wait_for = [&](std::size_t earlier, std::size_t later) {
    next[earlier] = first[later];
    first[later] = static_cast<int>(earlier);
  };

  // What earlier blocks do to the columns from `begin` to `end`, which wait for them at `target`.
  const auto subtract_earlier = [&](std::size_t target, int begin, int end, float* into, int into_stride) {
    for (int waiting = first[target]; waiting != none;) {
      const auto earlier = static_cast<std::size_t>(waiting);
      waiting = next[earlier];
      const int stride = rows_of(factor, earlier), from_row = reached[earlier], count = stride - from_row;
      const int* const rows_from = row + factor.row_start[earlier] + from_row;
      int across = 0;
      while (across < count && rows_from[across] < end)
        ++across;
      const float* const a = &factor.value[factor.value_start[earlier]] + from_row;
      runs.clear();
      for (int i = 0; i < count; ++i) {
        const int to = place[static_cast<std::size_t>(rows_from[i])];
        if (i == 0 || to != runs.back().to + runs.back().length)
          runs.push_back({i, to, 0});
        ++runs.back().length;
      }
      auto run = runs.cbegin();
      for (int first_column = 0; first_column < across; first_column += strip) {
        const int end_column = std::min(first_column + strip, across), product_rows = count - first_column;
        cblas_sgemm(CblasColMajor, CblasNoTrans, CblasTrans, product_rows, end_column - first_column,
                    columns_of(factor, earlier), -1, a + first_column, stride, a + first_column, stride, 0,
                    product.get(), product_rows);
        for (int j = first_column; j < end_column; ++j) {
          float* const column = into + static_cast<std::ptrdiff_t>(rows_from[j] - begin) * into_stride;
          const float* const change =
              product.get() + static_cast<std::ptrdiff_t>(j - first_column) * product_rows - first_column;
          while (run->from + run->length <= j)
            ++run;
          for (int i = j - run->from; i < run->length; ++i)
            column[run->to + i] += change[run->from + i];
          for (auto below = run + 1; below != runs.cend(); ++below)
            for (int i = 0; i < below->length; ++i)
              column[below->to + i] += change[below->from + i];
        }
      }
      reached[earlier] = from_row + across;
      if (across < count)
        wait_for(earlier, static_cast<std::size_t>(block_of[static_cast<std::size_t>(rows_from[across])]));
    }
  };
  for (std::size_t b = 0; b < blocks; ++b) {
    const int rows = rows_of(factor, b), columns = columns_of(factor, b);
    for (int i = 0; i < rows; ++i)
      place[static_cast<std::size_t>(row[factor.row_start[b] + i])] = i;
    gather(matrix, b, place, factor);
    float* const into = &factor.value[factor.value_start[b]];
    subtract_earlier(b, factor.column[b], factor.column[b + 1], into, rows);
    if (!factorise_block(rows, columns, into, rows))
      return false;
    reached[b] = columns;
    if (columns < rows)
      wait_for(b, static_cast<std::size_t>(block_of[static_cast<std::size_t>(row[factor.row_start[b] + columns])]));
  }
  if (kept > 0) {
    std::iota(place.end() - static_cast<std::ptrdiff_t>(kept), place.end(), 0);
    subtract_earlier(blocks, eliminated, static_cast<int>(unknowns), rest, static_cast<int>(kept));
  }
  return true;
}

void solve_forwards(const BlockFactor& factor, float* x, float* work) {
  for (std::size_t b = 0; b + 1 < factor.column.size(); ++b) {
    const int rows = rows_of(factor, b), columns = columns_of(factor, b);
    const float* const a = &factor.value[factor.value_start[b]];
    float* const own = x + factor.column[b];
    const int* const others = &factor.row[static_cast<std::size_t>(factor.row_start[b])];
    std::copy_n(own, columns, work);
    std::fill(work + columns, work + rows, 0.0F);
    for (int from = 0; from < columns; from += panel) {
      const int to = std::min(from + panel, columns);
      for (int j = from; j < to; ++j) {
        const float* const column = a + static_cast<std::ptrdiff_t>(j) * rows;
        work[j] /= column[j];
        for (int i = j + 1; i < to; ++i)
          work[i] -= column[i] * work[j];
      }
      if (to < rows)
        cblas_sgemv(CblasColMajor, CblasNoTrans, rows - to, to - from, -1,
                    a + to + static_cast<std::ptrdiff_t>(from) * rows, rows, work + from, 1, 1, work + to, 1);
    }
    std::copy_n(work, columns, own);
    for (int i = columns; i < rows; ++i)
      x[others[i]] += work[i];
  }
}

void solve_backwards(const BlockFactor& factor, float* x, float* work) {
  for (std::size_t b = factor.column.size() - 1; b-- > 0;) {
    const int rows = rows_of(factor, b), columns = columns_of(factor, b);
    const float* const a = &factor.value[factor.value_start[b]];
    float* const own = x + factor.column[b];
    const int* const others = &factor.row[static_cast<std::size_t>(factor.row_start[b])];
    std::copy_n(own, columns, work);
    for (int i = columns; i < rows; ++i)
      work[i] = x[others[i]];
    for (int to = columns; to > 0;) {
      const int from = (to - 1) / panel * panel;
      if (to < rows)
        cblas_sgemv(CblasColMajor, CblasTrans, rows - to, to - from, -1,
                    a + to + static_cast<std::ptrdiff_t>(from) * rows, rows, work + to, 1, 1, work + from, 1);
      for (int j = to - 1; j >= from; --j) {
        const float* const column = a + static_cast<std::ptrdiff_t>(j) * rows;
        for (int i = j + 1; i < to; ++i)
          work[j] -= column[i] * work[i];
        work[j] /= column[j];
      }
      to = from;
    }
    std::copy_n(work, columns, own);
  }
}

void solve(const BlockFactor& factor, std::span<double> right) {
  const auto x = aligned_floats(right.size()), work = aligned_floats(right.size());
  for (std::size_t u = 0; u < right.size(); ++u)
    x[u] = static_cast<float>(right[u] * factor.scale[u]);
  solve_forwards(factor, x.get(), work.get());
  solve_backwards(factor, x.get(), work.get());
  for (std::size_t u = 0; u < right.size(); ++u)
    right[u] = static_cast<double>(x[u]) * factor.scale[u];
}

} // namespace beachfront::thermal
