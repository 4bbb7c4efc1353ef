// SPDX-License-Identifier: GPL-3.0-or-later
// Symmetric tridiagonal matrices: what a one-dimensional field problem leaves to solve.
#pragma once

#include <vector>

namespace beachfront::optics {

/// A real symmetric tridiagonal matrix of order n: n diagonal entries, n-1 off the diagonal.
struct Tridiagonal {
  std::vector<double> diagonal;
  std::vector<double> off_diagonal;
};

/// The eigenvalue with `order` eigenvalues above it (0 is the largest), by bisection on Sturm counts, to the last few
/// bits of the matrix norm. Throws std::invalid_argument unless 0 <= order < n.
double eigenvalue_from_top(const Tridiagonal& matrix, int order);

/// The unit eigenvector that belongs to an eigenvalue, by inverse iteration; its largest component is positive.
std::vector<double> eigenvector(const Tridiagonal& matrix, double eigenvalue);

struct EigenPair {
  double value = 0;
  std::vector<double> vector; ///< unit, its largest component positive
};

/// The eigenvalue with `order` eigenvalues above it and its vector, from a vector near it: Rayleigh quotient iteration,
/// which triples the digits, checked by Sturm counts on both sides; by bisection where it leads elsewhere.
EigenPair eigenpair_from_top(const Tridiagonal& matrix, int order, std::vector<double> near);

/// The same without a vector near it: bisection until the eigenvalue stands alone, then the iteration. Throws as
/// eigenvalue_from_top().
EigenPair eigenpair_from_top(const Tridiagonal& matrix, int order);

} // namespace beachfront::optics
