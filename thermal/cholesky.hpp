// SPDX-License-Identifier: GPL-3.0-or-later
// Cholesky factor of a sparse matrix whose unknowns are already in a good order, by CHOLMOD in dense blocks.
#pragma once

#include <Eigen/SparseCore>

#include <memory>
#include <vector>

struct cholmod_factor_struct;

namespace beachfront::thermal {

/// The lower triangle of a symmetric matrix.
using LowerTriangle = Eigen::SparseMatrix<double>;

struct FreeCholesky {
  void operator()(cholmod_factor_struct* factor) const;
};
using Cholesky = std::unique_ptr<cholmod_factor_struct, FreeCholesky>;

/// Of the pattern alone. The order must be post-ordered, as nested dissection is. std::runtime_error without memory.
Cholesky analyse(const LowerTriangle& pattern);
/// Of a matrix with the pattern that was analysed; empty when it is not positive definite.
Cholesky factorise(const Cholesky& analysed, const LowerTriangle& matrix);
/// `right` is scratch space afterwards. std::runtime_error without memory.
std::vector<double> solve(const Cholesky& factor, std::vector<double>& right);

} // namespace beachfront::thermal
