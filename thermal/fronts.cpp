// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/fronts.hpp"

#include "thermal/library_threads.hpp"

#include <cblas.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace beachfront::thermal {

namespace {

constexpr std::size_t alignment = 64, line = alignment / sizeof(double);

/// Blocks of factors that this thread let go: new pages cost as much as half a factor.
struct Spares {
  static constexpr std::size_t most = 6 << 20; // doubles
  std::vector<AlignedDoubles> blocks;
  std::size_t count() const {
    return std::accumulate(blocks.begin(), blocks.end(), std::size_t{0},
                           [](std::size_t sum, const AlignedDoubles& b) { return sum + b.get_deleter().count; });
  }
  ~Spares();
};
thread_local bool spares_ended = false; // a factor may outlive what its thread kept
thread_local Spares spares;

Spares::~Spares() {
  spares_ended = true;
}

/// Aligned, so that sums do not depend on where operands lie.
AlignedDoubles aligned_doubles(std::size_t count) {
  const std::size_t lines = std::max<std::size_t>(1, (count + line - 1) / line);
  AlignedDoubles block(static_cast<double*>(std::aligned_alloc(alignment, lines * alignment)),
                       FreeDoubles{lines * line});
  if (!block)
    throw std::bad_alloc();
  return block;
}

/// The smallest spare block that is large enough and not more than twice that, or a new one.
AlignedDoubles factor_doubles(std::size_t count) {
  auto found = spares.blocks.end();
  for (auto block = spares.blocks.begin(); block != spares.blocks.end(); ++block)
    if (const std::size_t size = block->get_deleter().count; size >= count && size <= 2 * count)
      if (found == spares.blocks.end() || size < found->get_deleter().count)
        found = block;
  if (found == spares.blocks.end())
    return aligned_doubles(count);
  AlignedDoubles block = std::move(*found);
  spares.blocks.erase(found);
  return block;
}

void keep_spare(AlignedDoubles block) {
  if (!block || spares_ended)
    return;
  spares.blocks.push_back(std::move(block));
  while (spares.count() > Spares::most)
    spares.blocks.erase(spares.blocks.begin()); // the oldest
}

std::size_t whole_lines(std::size_t count) {
  return (count + line - 1) / line * line;
}

int rows_of(const Front& front) {
  return front.own + static_cast<int>(front.border.size());
}

/// Scratch space of this thread, used again: new pages cost as much as a small factor.
double* scratch(std::size_t count) {
  thread_local AlignedDoubles space;
  thread_local std::size_t capacity = 0;
  if (capacity < count) {
    capacity = 0;
    space.reset();
    space = aligned_doubles(count);
    capacity = count;
  }
  return space.get();
}

std::vector<FrontRun> runs(const Front& child, const Front& parent) {
  std::vector<FrontRun> found;
  auto from = parent.border.begin();
  for (std::size_t i = 0; i < child.border.size(); ++i) {
    const int unknown = child.border[i];
    int to = unknown - parent.first;
    if (to < 0 || to >= parent.own) {
      from = std::lower_bound(from, parent.border.end(), unknown);
      if (from == parent.border.end() || *from != unknown)
        throw std::logic_error("a front's border leaves its parent");
      to = parent.own + static_cast<int>(from - parent.border.begin());
    }
    if (found.empty() || to != found.back().to + found.back().length || to == parent.own)
      found.push_back({static_cast<int>(i), to, 0});
    ++found.back().length;
  }
  return found;
}

/// Where the rest of each front lies: one place for each child of each depth, because only one front of a depth and its
/// sisters live at a time.
void place_rests(FrontTree& tree) {
  struct Slot {
    std::size_t depth, sister;
  };
  std::vector<Slot> slots(tree.fronts.size());
  std::vector<std::vector<std::size_t>> sizes;
  for (std::size_t f = tree.fronts.size(); f-- > 0;) {
    const Front& front = tree.fronts[f];
    const auto [depth, sister] = slots[f];
    if (sizes.size() <= depth)
      sizes.resize(depth + 1);
    if (sizes[depth].size() <= sister)
      sizes[depth].resize(sister + 1);
    sizes[depth][sister] = std::max(sizes[depth][sister], whole_lines(front.border.size() * front.border.size()));
    for (std::size_t c = 0; c < front.children.size(); ++c)
      slots[front.children[c]] = {depth + 1, c};
  }
  std::size_t end = 0;
  for (std::vector<std::size_t>& of_depth : sizes)
    for (std::size_t& size : of_depth)
      end += std::exchange(size, end);
  for (const auto& [depth, sister] : slots)
    tree.rest_start.push_back(sizes[depth][sister]);
  tree.rest_start.push_back(end);
}

/// c = before c - a a^T, the lower triangle and a little above it: a quarter faster than OpenBLAS' dsyrk on small
/// squares.
void subtract_square(int rows, int inner, const double* a, int stride, double before, double* c) {
  constexpr int strip = 32;
  for (int from = 0; from < rows; from += strip)
    cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, rows - from, std::min(strip, rows - from), inner, -1, a + from,
                stride, a + from, stride, before, c + from + static_cast<std::ptrdiff_t>(from) * rows, rows);
}

/// Columns of a triangle, few.
bool factorise_triangle(int columns, double* a, std::ptrdiff_t stride) {
  for (int j = 0; j < columns; ++j) {
    double* const column = a + j * stride;
    if (!(column[j] > 0))
      return false;
    column[j] = std::sqrt(column[j]);
    const double inverse = 1 / column[j];
    for (int i = j + 1; i < columns; ++i)
      column[i] *= inverse;
    for (int k = j + 1; k < columns; ++k) {
      double* const later = a + k * stride;
      const double factor = column[k];
      for (int i = k; i < columns; ++i)
        later[i] -= factor * column[i];
    }
  }
  return true;
}

constexpr int few = 16; // columns that are factorised without products

/// a := a l^-T for the rows below a triangle l of few columns, through its inverse: OpenBLAS divides at half the rate
/// of its products.
void divide(int rows, int columns, double* l, int stride) {
  alignas(alignment) std::array<double, few * few> inverse{};
  for (int j = 0; j < columns; ++j) {
    double* const column = inverse.data() + few * j;
    column[j] = 1;
    for (int k = j; k < columns; ++k) {
      const double* const below = l + static_cast<std::ptrdiff_t>(k) * stride;
      column[k] /= below[k];
      for (int i = k + 1; i < columns; ++i)
        column[i] -= below[i] * column[k];
    }
  }
  constexpr int most = 64; // rows at once
  alignas(alignment) std::array<double, most * few> product;
  for (int from = 0; from < rows; from += most) {
    const int count = std::min(most, rows - from);
    double* const a = l + columns + from;
    cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, count, columns, columns, 1, a, stride, inverse.data(), few, 0,
                product.data(), most);
    for (int j = 0; j < columns; ++j)
      std::copy_n(product.data() + most * j, count, a + static_cast<std::ptrdiff_t>(j) * stride);
  }
}

/// The first columns of a front, halved until they are few: OpenBLAS' own factor of a small block runs at a fraction of
/// the rate of its products.
bool factorise_columns(int rows, int columns, double* a, int stride) {
  if (columns <= few) {
    if (!factorise_triangle(columns, a, stride))
      return false;
    divide(rows - columns, columns, a, stride);
    return true;
  }
  const int left = (columns / 2 + 7) / 8 * 8;
  if (!factorise_columns(rows, left, a, stride))
    return false;
  double* const below = a + left;
  double* const later = below + static_cast<std::ptrdiff_t>(left) * stride;
  cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, rows - left, columns - left, left, -1, below, stride, below,
              stride, 1, later, stride);
  return factorise_columns(rows - left, columns - left, later, stride);
}

/// Adds the lower triangle of a child's rest, of those columns that go to the parent's own columns or of the others.
void add_rest(const std::vector<FrontRun>& in_parent, const double* rest, bool to_own, const FrontSum& sum) {
  if (in_parent.empty())
    return;
  const std::ptrdiff_t size = in_parent.back().from + in_parent.back().length;
  for (auto run = in_parent.begin(); run != in_parent.end(); ++run)
    for (int k = 0; k < run->length && (run->to < sum.own) == to_own; ++k) {
      double* const column = sum.at(run->to + k);
      const double* const from = rest + (run->from + k) * size;
      for (int i = k; i < run->length; ++i)
        column[run->to + i] += from[run->from + i];
      for (auto below = run + 1; below != in_parent.end(); ++below)
        for (int i = 0; i < below->length; ++i)
          column[below->to + i] += from[below->from + i];
    }
}

/// x := l^-1 x for a front's columns, few at a time, and -(what is below them) x added to the rows below.
void divide_forward(int rows, int columns, const double* l, double* x) {
  for (int from = 0; from < columns; from += few) {
    const int to = std::min(from + few, columns);
    for (int j = from; j < to; ++j) {
      const double* const column = l + static_cast<std::ptrdiff_t>(j) * rows;
      x[j] /= column[j];
      for (int i = j + 1; i < to; ++i)
        x[i] -= column[i] * x[j];
    }
    if (to < rows)
      cblas_dgemv(CblasColMajor, CblasNoTrans, rows - to, to - from, -1,
                  l + to + static_cast<std::ptrdiff_t>(from) * rows, rows, x + from, 1, 1, x + to, 1);
  }
}

/// x := l^-T (x - what is below x of the rows below).
void divide_backward(int rows, int columns, const double* l, double* x) {
  for (int to = columns; to > 0;) {
    const int from = (to - 1) / few * few;
    if (to < rows)
      cblas_dgemv(CblasColMajor, CblasTrans, rows - to, to - from, -1,
                  l + to + static_cast<std::ptrdiff_t>(from) * rows, rows, x + to, 1, 1, x + from, 1);
    for (int j = to - 1; j >= from; --j) {
      const double* const column = l + static_cast<std::ptrdiff_t>(j) * rows;
      for (int i = j + 1; i < to; ++i)
        x[j] -= column[i] * x[i];
      x[j] /= column[j];
    }
    to = from;
  }
}

} // namespace

FrontFactor::~FrontFactor() {
  keep_spare(std::move(value));
}

FrontTree front_tree(std::vector<Front> fronts) {
  FrontTree tree;
  tree.fronts = std::move(fronts);
  tree.in_parent.resize(tree.fronts.size());
  tree.start.push_back(0);
  for (const Front& front : tree.fronts) {
    for (const std::size_t child : front.children)
      tree.in_parent[child] = runs(tree.fronts[child], front);
    tree.start.push_back(tree.start.back() + whole_lines(static_cast<std::size_t>(rows_of(front) * front.own)));
    tree.unknowns += front.own;
  }
  place_rests(tree);
  return tree;
}

FrontFactor factorise(const FrontTree& tree, const std::vector<bool>& has_entries,
                      const std::function<void(std::size_t front, const FrontSum& sum)>& add_entries) {
  const OneThreadLibraries alone;
  FrontFactor factor{factor_doubles(tree.start.back())};
  double* const rests = scratch(tree.rest_start.back());
  for (std::size_t f = 0; f < tree.fronts.size(); ++f) {
    const Front& front = tree.fronts[f];
    const int rows = rows_of(front), below = rows - front.own;
    const FrontSum sum{factor.value.get() + tree.start[f], rests + tree.rest_start[f], rows, front.own};
    const auto add_children = [&](bool to_own) {
      for (const std::size_t child : front.children)
        add_rest(tree.in_parent[child], rests + tree.rest_start[child], to_own, sum);
    };
    std::fill_n(sum.columns, sum.rows * sum.own, 0.0);
    if (has_entries[f]) {
      for (int j = 0; j < below; ++j)
        std::fill_n(sum.rest + static_cast<std::ptrdiff_t>(j) * below + j, below - j, 0.0);
      add_entries(f, sum);
    }
    add_children(true);
    if (!factorise_columns(rows, front.own, sum.columns, rows))
      return {};
    // A product that begins the sum saves the zeros.
    subtract_square(below, front.own, sum.columns + front.own, rows, has_entries[f] ? 1 : 0, sum.rest);
    add_children(false);
  }
  return factor;
}

void solve(const FrontTree& tree, const FrontFactor& factor, std::span<double> right) {
  const OneThreadLibraries alone;
  double* const local = scratch(right.size()); // of a front's rows
  for (std::size_t f = 0; f < tree.fronts.size(); ++f) {
    const Front& front = tree.fronts[f];
    double* const own = right.data() + front.first;
    std::copy_n(own, front.own, local);
    std::fill_n(local + front.own, front.border.size(), 0.0);
    divide_forward(rows_of(front), front.own, factor.value.get() + tree.start[f], local);
    std::copy_n(local, front.own, own);
    for (std::size_t i = 0; i < front.border.size(); ++i)
      right[static_cast<std::size_t>(front.border[i])] += local[static_cast<std::size_t>(front.own) + i];
  }
  for (std::size_t f = tree.fronts.size(); f-- > 0;) {
    const Front& front = tree.fronts[f];
    double* const own = right.data() + front.first;
    std::copy_n(own, front.own, local);
    for (std::size_t i = 0; i < front.border.size(); ++i)
      local[static_cast<std::size_t>(front.own) + i] = right[static_cast<std::size_t>(front.border[i])];
    divide_backward(rows_of(front), front.own, factor.value.get() + tree.start[f], local);
    std::copy_n(local, front.own, own);
  }
}

} // namespace beachfront::thermal
