// SPDX-License-Identifier: GPL-3.0-or-later
// Cholesky factor of a sparse matrix in single precision, in the dense blocks that CHOLMOD's analysis finds: a
// preconditioner for conjugate gradients in double precision. Half the memory and half the time of CHOLMOD's own factor
// (88,848 unknowns of a package: 1.07 s against 2.1, OpenBLAS 0.3.21): products run at twice the rate in single
// precision, and the blocks on the diagonal are factorised through products as well, because OpenBLAS' own factor of a
// block of 120 runs at a quarter of their rate.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

struct cholmod_factor_struct;
struct cholmod_sparse_struct;

namespace beachfront::thermal {

struct FreeBlock {
  void operator()(float* block) const { std::free(block); }
};

/// So that sums do not depend on where they lie. std::runtime_error without memory.
using Floats = std::unique_ptr<float[], FreeBlock>;
Floats aligned_floats(std::size_t count);

struct BlockFactor {
  /// Block b has the columns from column[b] to column[b + 1] and the rows row[row_start[b]] to row[row_start[b + 1]],
  /// its own columns first; column-major from value_start[b] on.
  std::vector<int> column, row_start, row;
  std::vector<std::size_t> value_start;
  Floats value;
  std::vector<double> scale; ///< of each unknown: the matrix has ones on its diagonal afterwards
  std::size_t capacity = 0;  ///< of value; a factor that is made again uses its memory again
  std::size_t values() const { return value_start.back(); }
  /// Sets value_start from the rows and columns and has the memory for it.
  void reserve();
};

/// `analysed` by CHOLMOD for blocks, without a change of the order; `matrix` the lower triangle, columns packed.
/// `factor` may be an earlier one, whose memory it takes: new pages cost a tenth of the time.
/// Returns false when a pivot is not positive in single precision. std::runtime_error without memory. Call while
/// OneThreadLibraries lives.
///
/// With `kept` > 0 the last `kept` unknowns are not eliminated: the matrix' own entries among them are not read, and
/// what the elimination of the others leaves of them is added to the lower triangle of `rest` (kept x kept,
/// column-major).
bool factorise(const cholmod_factor_struct& analysed, const cholmod_sparse_struct& matrix, BlockFactor& factor,
               std::size_t kept = 0, float* rest = nullptr);

/// Nearly the solution for `right`, in the place of `right`; a symmetric operation but for rounding.
void solve(const BlockFactor& factor, std::span<double> right);

/// The two halves of a solve, of all unknowns, kept ones too, unscaled: forwards it leaves at the kept ones what is to
/// be solved for, backwards it starts from their solution. `work` as long as x.
void solve_forwards(const BlockFactor& factor, float* x, float* work);
void solve_backwards(const BlockFactor& factor, float* x, float* work);

/// The first `columns` columns of a dense block of `rows` rows, lower triangle, in place; false when a pivot is not
/// positive. What lies right of them is left as it was.
bool factorise_block(int rows, int columns, float* a, int stride);

/// c -= a b^T for the lower triangle of a square c (and a little above it) and all that lies below it. a: rows
/// x inner, the first `columns` rows of it are b.
void subtract_product(int rows, int columns, int inner, const float* a, int a_stride, float* c, int c_stride);

} // namespace beachfront::thermal
