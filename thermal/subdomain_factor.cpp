// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/subdomain_factor.hpp"

#include "thermal/cholmod_workspace.hpp"
#include "thermal/stiffness_pattern.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

/// The columns of the inner unknowns; those of the shared ones are empty.
struct InnerColumns {
  std::vector<int> start{0}, row;
  std::vector<double> value;
};
InnerColumns inner_columns(const Subdomain& own, const std::vector<double>& stiffness) {
  InnerColumns columns;
  columns.row.reserve(stiffness.size());
  columns.value.reserve(stiffness.size());
  for (std::size_t a = 0; a < own.inner; ++a)
    for (std::size_t c = 0; c < 3; ++c) {
      for (auto at = static_cast<std::size_t>(own.start[a]); at < static_cast<std::size_t>(own.start[a + 1]); ++at) {
        const int b = own.other[at];
        for (std::size_t d = b == static_cast<int>(a) ? c : 0; d < 3; ++d) {
          columns.row.push_back(3 * b + static_cast<int>(d));
          columns.value.push_back(stiffness[9 * at + 3 * c + d]);
        }
      }
      columns.start.push_back(static_cast<int>(columns.row.size()));
    }
  columns.start.resize(3 * own.nodes.size() + 1, columns.start.back());
  return columns;
}

/// Of the shared unknowns, lower triangle, zero above it.
Floats shared_stiffness(const Subdomain& own, const std::vector<double>& stiffness) {
  const std::size_t size = 3 * (own.nodes.size() - own.inner);
  Floats shared = aligned_floats(size * size);
  std::fill_n(shared.get(), size * size, 0.0F);
  for (std::size_t a = own.inner; a < own.nodes.size(); ++a)
    for (auto at = static_cast<std::size_t>(own.start[a]); at < static_cast<std::size_t>(own.start[a + 1]); ++at)
      for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t d = 0; d < 3; ++d) {
          const std::size_t column = 3 * (a - own.inner) + c,
                            row = 3 * (static_cast<std::size_t>(own.other[at]) - own.inner) + d;
          if (row >= column)
            shared[column * size + row] = static_cast<float>(stiffness[9 * at + 3 * c + d]);
        }
  return shared;
}

/// to = from x the faces' vectors, its columns in the order of SubdomainFactor::shared.
void times_vectors(std::span<const FaceBasis* const> bases, std::size_t size, std::size_t rest, const float* from,
                   float* to) {
  std::size_t unknown = 0, rest_at = 0, kept_at = rest;
  for (const FaceBasis* const face : bases) {
    for (const LineBasis& line : face->lines)
      for (std::size_t v = 0; v < line.count; ++v) {
        const std::size_t column =
            v < line.averages ? kept_at + line.average_at + v : rest_at + line.rest_at + v - line.averages;
        float* const sum = to + column * size;
        std::fill_n(sum, size, 0.0F);
        for (std::size_t n = 0; n < line.count; ++n) {
          const float share = line.vectors[v * line.count + n];
          const float* const a = from + (unknown + line.first + 3 * n) * size;
          for (std::size_t i = 0; i < size; ++i)
            sum[i] += share * a[i];
        }
      }
    unknown += face->rest + face->averages;
    rest_at += face->rest;
    kept_at += face->averages;
  }
  std::copy(from + unknown * size, from + size * size, to + kept_at * size);
}

void transpose(std::size_t size, const float* from, float* to) {
  constexpr std::size_t tile = 32;
  for (std::size_t j = 0; j < size; j += tile)
    for (std::size_t i = 0; i < size; i += tile)
      for (std::size_t b = j; b < std::min(j + tile, size); ++b)
        for (std::size_t a = i; a < std::min(i + tile, size); ++a)
          to[a * size + b] = from[b * size + a];
}

/// The lower triangle becomes that of vectors^T x itself x vectors. `other`: of the same size.
void to_basis(std::span<const FaceBasis* const> bases, std::size_t size, std::size_t rest, Floats& matrix,
              Floats& other) {
  for (std::size_t j = 0; j < size; ++j)
    for (std::size_t i = 0; i < j; ++i)
      matrix[j * size + i] = matrix[i * size + j];
  times_vectors(bases, size, rest, matrix.get(), other.get());
  transpose(size, other.get(), matrix.get());
  times_vectors(bases, size, rest, matrix.get(), other.get());
  matrix.swap(other);
}

/// A factor of the first `columns` of `size` columns in panels without what lies above the diagonal.
void set_panels(std::size_t size, std::size_t columns, const float* matrix, BlockFactor& factor) {
  constexpr std::size_t width = 128;
  factor.column.clear();
  factor.row_start.assign(1, 0);
  factor.row.clear();
  for (std::size_t from = 0; from < columns; from += width) {
    factor.column.push_back(static_cast<int>(from));
    for (std::size_t i = from; i < size; ++i)
      factor.row.push_back(static_cast<int>(i));
    factor.row_start.push_back(static_cast<int>(factor.row.size()));
  }
  factor.column.push_back(static_cast<int>(columns));
  factor.scale.assign(size, 1);
  factor.reserve();
  for (std::size_t b = 0; b + 1 < factor.column.size(); ++b) {
    float* into = &factor.value[factor.value_start[b]];
    const auto from = static_cast<std::size_t>(factor.column[b]);
    for (auto j = from; j < static_cast<std::size_t>(factor.column[b + 1]); ++j)
      into = std::copy(matrix + j * size + from, matrix + (j + 1) * size, into);
  }
}

} // namespace

void assemble(const Grid& grid, const std::vector<FilledCell>& cells,
              std::span<const std::optional<ElasticTensor>> tensors, const Numbering& numbering,
              std::span<const char> fixed, const Subdomain& own, SubdomainFactor& factor) {
  // Places of the subdomain's nodes by their numbers.
  std::vector<std::size_t> order(own.nodes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return own.nodes[a] < own.nodes[b]; });
  const auto place = [&](int number) {
    return *std::lower_bound(order.begin(), order.end(), number,
                             [&](std::size_t a, int n) { return own.nodes[a] < n; });
  };
  factor.stiffness.assign(9 * own.other.size(), 0.0);
  std::vector<std::optional<BrickForms>> forms(tensors.size());
  for (const std::size_t c : own.cells) {
    const FilledCell& cell = cells[c];
    std::optional<BrickForms>& form = forms[cell.body];
    if (!form)
      form = brick_forms(*tensors[cell.body]);
    const BrickMatrix k = brick_stiffness_N_per_mm(*form, cell_size_mm(grid, cell.i, cell.j, cell.k));
    const auto nodes = nodes_of(grid, cell);
    std::array<std::size_t, 8> at;
    for (std::size_t n = 0; n < 8; ++n)
      at[n] = place(numbering.of_node[nodes[n]]);
    for (std::size_t a = 0; a < 8; ++a)
      for (std::size_t b = 0; b < 8; ++b) {
        if (at[b] < at[a])
          continue;
        const auto first = own.other.begin() + own.start[at[a]], last = own.other.begin() + own.start[at[a] + 1];
        const auto entry = std::lower_bound(first, last, static_cast<int>(at[b])) - own.other.begin();
        double* const into = &factor.stiffness[9 * static_cast<std::size_t>(entry)];
        for (std::size_t d = 0; d < 3; ++d)
          for (std::size_t e = 0; e < 3; ++e)
            into[3 * d + e] += k[3 * a + d][3 * b + e];
      }
  }
  const auto held = [&](std::size_t n, std::size_t c) {
    return fixed[3 * static_cast<std::size_t>(own.nodes[n]) + c] != 0;
  };
  for (std::size_t a = 0; a < own.nodes.size(); ++a)
    for (auto at = static_cast<std::size_t>(own.start[a]); at < static_cast<std::size_t>(own.start[a + 1]); ++at) {
      const auto b = static_cast<std::size_t>(own.other[at]);
      for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t d = 0; d < 3; ++d)
          if (held(a, c) || held(b, d))
            factor.stiffness[9 * at + 3 * c + d] = a == b && c == d ? 1 : 0;
    }
}

void multiply(const Subdomain& own, const SubdomainFactor& factor, std::span<const double> in, std::span<double> out) {
  std::fill(out.begin(), out.end(), 0.0);
  const double* k = factor.stiffness.data();
  for (std::size_t a = 0; a < own.nodes.size(); ++a) {
    const std::array<double, 3> x{in[3 * a], in[3 * a + 1], in[3 * a + 2]};
    std::array<double, 3> sum{};
    for (auto at = static_cast<std::size_t>(own.start[a]); at < static_cast<std::size_t>(own.start[a + 1]);
         ++at, k += 9) {
      const auto b = static_cast<std::size_t>(own.other[at]);
      if (b != a)
        for (std::size_t d = 0; d < 3; ++d)
          out[3 * b + d] += k[d] * x[0] + k[3 + d] * x[1] + k[6 + d] * x[2];
      for (std::size_t c = 0; c < 3; ++c)
        sum[c] += k[3 * c] * in[3 * b] + k[3 * c + 1] * in[3 * b + 1] + k[3 * c + 2] * in[3 * b + 2];
    }
    for (std::size_t c = 0; c < 3; ++c)
      out[3 * a + c] += sum[c];
  }
}

std::optional<Eliminated> eliminate(const Subdomain& own, std::span<const FaceBasis* const> bases,
                                    SubdomainFactor& factor) {
  const std::size_t size = 3 * (own.nodes.size() - own.inner);
  factor.rest = 0;
  for (const FaceBasis* const face : bases)
    factor.rest += face->rest;
  factor.kept = size - factor.rest;
  Floats matrix = shared_stiffness(own, factor.stiffness), other = aligned_floats(size * size);
  {
    InnerColumns columns = inner_columns(own, factor.stiffness);
    cholmod_sparse seen = lower_triangle(columns.start, columns.row, columns.value.data());
    CholmodWorkspace workspace;
    const std::unique_ptr<cholmod_factor_struct, FreeAnalysis> analysis(cholmod_analyze(&seen, &workspace.common));
    if (!analysis)
      throw std::runtime_error("out of memory for the analysis of the stiffness matrix");
    if (!factorise(*analysis, seen, factor.inner, size, matrix.get()))
      return std::nullopt;
  }
  to_basis(bases, size, factor.rest, matrix, other);
  Eliminated left;
  std::size_t at = 0;
  for (const FaceBasis* const face : bases) {
    left.faces.push_back(aligned_floats(face->rest * face->rest));
    for (std::size_t j = 0; j < face->rest; ++j)
      std::copy_n(&matrix[(at + j) * size + at], face->rest, &left.faces.back()[j * face->rest]);
    at += face->rest;
  }
  const int rows = static_cast<int>(size), columns = static_cast<int>(factor.rest),
            kept = static_cast<int>(factor.kept);
  if (!factorise_block(rows, columns, matrix.get(), rows))
    return std::nullopt;
  float* const corner = matrix.get() + factor.rest * size + factor.rest;
  if (columns > 0 && kept > 0)
    subtract_product(kept, kept, columns, matrix.get() + columns, rows, corner, rows);
  left.kept = aligned_floats(factor.kept * factor.kept);
  for (std::size_t j = 0; j < factor.kept; ++j)
    std::copy_n(corner + j * size, factor.kept, &left.kept[j * factor.kept]);
  set_panels(size, factor.rest, matrix.get(), factor.shared);
  return left;
}

} // namespace beachfront::thermal
