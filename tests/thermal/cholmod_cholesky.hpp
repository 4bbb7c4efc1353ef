// SPDX-License-Identifier: GPL-3.0-or-later
// Cholesky factor of a sparse matrix by CHOLMOD in double precision, to hold our own factors against.
#pragma once

#include "thermal/cholmod_workspace.hpp"

#include <Eigen/SparseCore>
#include <suitesparse/cholmod.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace beachfront::thermal {

/// The lower triangle of a symmetric matrix.
using LowerTriangle = Eigen::SparseMatrix<double>;

struct FreeCholesky {
  void operator()(cholmod_factor* factor) const;
};
using Cholesky = std::unique_ptr<cholmod_factor, FreeCholesky>;

/// A lower triangle as CHOLMOD sees it. It writes to none of it.
inline cholmod_sparse cholmod_view(const LowerTriangle& matrix) {
  cholmod_sparse s{};
  s.nrow = s.ncol = static_cast<std::size_t>(matrix.cols());
  s.nzmax = static_cast<std::size_t>(matrix.nonZeros());
  s.p = const_cast<int*>(matrix.outerIndexPtr());
  s.i = const_cast<int*>(matrix.innerIndexPtr());
  s.x = const_cast<double*>(matrix.valuePtr());
  s.stype = -1;
  s.itype = CHOLMOD_INT;
  s.xtype = CHOLMOD_REAL;
  s.dtype = CHOLMOD_DOUBLE;
  s.sorted = s.packed = 1;
  return s;
}

inline void FreeCholesky::operator()(cholmod_factor_struct* factor) const {
  CholmodWorkspace workspace;
  cholmod_free_factor(&factor, &workspace.common);
}

/// Of the pattern alone, in the given order.
inline Cholesky analyse(const LowerTriangle& pattern) {
  CholmodWorkspace workspace;
  cholmod_sparse seen = cholmod_view(pattern);
  Cholesky analysed(cholmod_analyze(&seen, &workspace.common));
  if (!analysed)
    throw std::runtime_error("the equations cannot be ordered: out of memory");
  return analysed;
}

/// Of a matrix with the pattern that was analysed; empty when it is not positive definite.
inline Cholesky factorise(const Cholesky& analysed, const LowerTriangle& matrix) {
  CholmodWorkspace workspace;
  Cholesky factor(cholmod_copy_factor(analysed.get(), &workspace.common));
  cholmod_sparse seen = cholmod_view(matrix);
  if (!factor || !cholmod_factorize(&seen, factor.get(), &workspace.common) || workspace.common.status != CHOLMOD_OK)
    return nullptr;
  return factor;
}

/// `right` is scratch space afterwards.
inline std::vector<double> solve(const Cholesky& factor, std::vector<double>& right) {
  CholmodWorkspace workspace;
  cholmod_dense loads{};
  loads.nrow = loads.d = loads.nzmax = right.size();
  loads.ncol = 1;
  loads.x = right.data();
  loads.xtype = CHOLMOD_REAL;
  loads.dtype = CHOLMOD_DOUBLE;
  cholmod_dense* solution = cholmod_solve(CHOLMOD_A, factor.get(), &loads, &workspace.common);
  if (solution == nullptr)
    throw std::runtime_error("the equations cannot be solved: out of memory");
  const double* values = static_cast<const double*>(solution->x);
  std::vector<double> solved(values, values + right.size());
  cholmod_free_dense(&solution, &workspace.common);
  return solved;
}

} // namespace beachfront::thermal
