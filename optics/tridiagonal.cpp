// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/tridiagonal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

namespace beachfront::optics {
namespace {

/// How many eigenvalues lie above `shift`: the positive pivots of matrix - shift (Sylvester's law of inertia).
int eigenvalues_above(const Tridiagonal& matrix, double shift) {
  int count = 0;
  double pivot = 1;
  for (std::size_t i = 0; i < matrix.diagonal.size(); ++i) {
    const double e = i == 0 ? 0.0 : matrix.off_diagonal[i - 1];
    pivot = matrix.diagonal[i] - shift - e * e / pivot;
    if (pivot == 0)
      pivot = -std::numeric_limits<double>::min() / std::numeric_limits<double>::epsilon();
    count += pivot > 0;
  }
  return count;
}

/// One solve of (matrix - shift) u = u by Gaussian elimination with row exchanges: the shift is all but an eigenvalue.
void solve_shifted(const Tridiagonal& matrix, double shift, std::vector<double>& u) {
  const std::size_t n = u.size();
  std::vector<double> a(n), b(n, 0.0), c(n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    a[i] = matrix.diagonal[i] - shift;
  for (std::size_t i = 0; i + 1 < n; ++i)
    b[i] = matrix.off_diagonal[i];
  const double tiny = std::numeric_limits<double>::epsilon() * (1 + std::abs(shift));
  for (std::size_t i = 0; i + 1 < n; ++i) {
    double below = matrix.off_diagonal[i];
    if (std::abs(below) > std::abs(a[i])) {
      std::swap(a[i], below);
      std::swap(b[i], a[i + 1]);
      std::swap(c[i], b[i + 1]);
      std::swap(u[i], u[i + 1]);
    }
    if (a[i] == 0)
      a[i] = tiny;
    const double factor = below / a[i];
    a[i + 1] -= factor * b[i];
    b[i + 1] -= factor * c[i];
    u[i + 1] -= factor * u[i];
  }
  if (std::abs(a[n - 1]) < tiny)
    a[n - 1] = tiny;
  for (std::size_t i = n; i-- > 0;) {
    double sum = u[i];
    if (i + 1 < n)
      sum -= b[i] * u[i + 1];
    if (i + 2 < n)
      sum -= c[i] * u[i + 2];
    u[i] = sum / a[i];
  }
}

/// To unit length, its largest component positive.
void normalise(std::vector<double>& u) {
  double norm = 0, peak = 0;
  for (const double value : u)
    peak = std::abs(value) > std::abs(peak) ? value : peak;
  for (double& value : u) {
    value /= peak;
    norm += value * value;
  }
  for (double& value : u)
    value /= std::sqrt(norm);
}

double rayleigh_quotient(const Tridiagonal& matrix, const std::vector<double>& unit) {
  double sum = 0;
  for (std::size_t i = 0; i < unit.size(); ++i) {
    sum += matrix.diagonal[i] * unit[i] * unit[i];
    if (i + 1 < unit.size())
      sum += 2 * matrix.off_diagonal[i] * unit[i] * unit[i + 1];
  }
  return sum;
}

} // namespace

namespace {

struct Bounds {
  double low = 0, high = 0;
  double tolerance = 0; ///< what rounding leaves
};

/// Of all eigenvalues (Gershgorin).
Bounds bounds_of(const Tridiagonal& matrix) {
  const std::size_t n = matrix.diagonal.size();
  double low = std::numeric_limits<double>::max();
  double high = std::numeric_limits<double>::lowest();
  for (std::size_t i = 0; i < n; ++i) {
    const double radius =
        (i > 0 ? std::abs(matrix.off_diagonal[i - 1]) : 0.0) + (i + 1 < n ? std::abs(matrix.off_diagonal[i]) : 0.0);
    low = std::min(low, matrix.diagonal[i] - radius);
    high = std::max(high, matrix.diagonal[i] + radius);
  }
  const double tolerance = 2 * std::numeric_limits<double>::epsilon() * std::max(std::abs(low), std::abs(high));
  return {low - tolerance, high + tolerance, tolerance};
}

void require_order(const Tridiagonal& matrix, int order) {
  if (order < 0 || static_cast<std::size_t>(order) >= matrix.diagonal.size())
    throw std::invalid_argument("eigenvalue_from_top: order outside the matrix");
}

} // namespace

double eigenvalue_from_top(const Tridiagonal& matrix, int order) {
  require_order(matrix, order);
  auto [low, high, tolerance] = bounds_of(matrix);
  while (high - low > tolerance) {
    const double middle = low + (high - low) / 2;
    (eigenvalues_above(matrix, middle) > order ? low : high) = middle;
  }
  return low + (high - low) / 2;
}

namespace {

/// Leaning, so that neither even nor odd vectors are orthogonal to it.
std::vector<double> leaning_start(std::size_t n) {
  std::vector<double> u(n);
  for (std::size_t i = 0; i < n; ++i)
    u[i] = 1 + static_cast<double>(i) / static_cast<double>(n);
  return u;
}

} // namespace

std::vector<double> eigenvector(const Tridiagonal& matrix, double eigenvalue) {
  std::vector<double> u = leaning_start(matrix.diagonal.size());
  constexpr int iterations = 3;
  for (int k = 0; k < iterations; ++k) {
    solve_shifted(matrix, eigenvalue, u);
    normalise(u);
  }
  return u;
}

namespace {

/// Rayleigh's quotient iteration, cubic near a pair; nothing where it ends at a pair of another order.
std::optional<EigenPair> iterated(const Tridiagonal& matrix, int order, double value, std::vector<double> near) {
  double scale = 0;
  for (const double entry : matrix.diagonal)
    scale = std::max(scale, std::abs(entry));
  const double tolerance = 8 * std::numeric_limits<double>::epsilon() * scale;
  constexpr int most = 5;
  for (int k = 0; k < most; ++k) {
    solve_shifted(matrix, value, near);
    normalise(near);
    const double before = value;
    value = rayleigh_quotient(matrix, near);
    if (!(std::abs(value - before) > tolerance))
      break;
  }
  if (eigenvalues_above(matrix, value - tolerance) > order && eigenvalues_above(matrix, value + tolerance) <= order)
    return EigenPair{value, std::move(near)};
  return std::nullopt;
}

EigenPair bisected(const Tridiagonal& matrix, int order) {
  const double value = eigenvalue_from_top(matrix, order);
  return {value, eigenvector(matrix, value)};
}

} // namespace

EigenPair eigenpair_from_top(const Tridiagonal& matrix, int order, std::vector<double> near) {
  normalise(near);
  const double value = rayleigh_quotient(matrix, near);
  std::optional<EigenPair> pair = iterated(matrix, order, value, std::move(near));
  return pair ? std::move(*pair) : bisected(matrix, order);
}

EigenPair eigenpair_from_top(const Tridiagonal& matrix, int order) {
  require_order(matrix, order);
  auto [low, high, tolerance] = bounds_of(matrix);
  // Until this eigenvalue is alone, and then until it is nearer than its neighbours in all but rare cases.
  int above_low = static_cast<int>(matrix.diagonal.size()), above_high = 0, alone = 0;
  constexpr int halvings_alone = 2;
  while (high - low > tolerance && alone < halvings_alone) {
    const double middle = low + (high - low) / 2;
    const int above = eigenvalues_above(matrix, middle);
    (above > order ? low : high) = middle;
    (above > order ? above_low : above_high) = above;
    alone += above_low == order + 1 && above_high == order;
  }
  const double value = low + (high - low) / 2;
  std::optional<EigenPair> pair = iterated(matrix, order, value, leaning_start(matrix.diagonal.size()));
  return pair ? std::move(*pair) : bisected(matrix, order);
}

} // namespace beachfront::optics
