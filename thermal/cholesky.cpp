// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/cholesky.hpp"

#include "thermal/cholmod_workspace.hpp"

#include <suitesparse/cholmod.h>

#include <stdexcept>

namespace beachfront::thermal {

namespace {

/// A lower triangle as CHOLMOD sees it. It writes to none of it.
cholmod_sparse view(const LowerTriangle& matrix) {
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

} // namespace

void FreeCholesky::operator()(cholmod_factor_struct* factor) const {
  CholmodWorkspace workspace;
  cholmod_free_factor(&factor, &workspace.common);
}

Cholesky analyse(const LowerTriangle& pattern) {
  CholmodWorkspace workspace;
  cholmod_sparse seen = view(pattern);
  Cholesky analysed(cholmod_analyze(&seen, &workspace.common));
  if (!analysed)
    throw std::runtime_error("the plate's equations cannot be ordered: out of memory");
  return analysed;
}

Cholesky factorise(const Cholesky& analysed, const LowerTriangle& matrix) {
  CholmodWorkspace workspace;
  Cholesky factor(cholmod_copy_factor(analysed.get(), &workspace.common));
  cholmod_sparse seen = view(matrix);
  if (!factor || !cholmod_factorize(&seen, factor.get(), &workspace.common) || workspace.common.status != CHOLMOD_OK)
    return nullptr;
  return factor;
}

std::vector<double> solve(const Cholesky& factor, std::vector<double>& right) {
  CholmodWorkspace workspace;
  cholmod_dense loads{};
  loads.nrow = loads.d = loads.nzmax = right.size();
  loads.ncol = 1;
  loads.x = right.data();
  loads.xtype = CHOLMOD_REAL;
  loads.dtype = CHOLMOD_DOUBLE;
  cholmod_dense* solution = cholmod_solve(CHOLMOD_A, factor.get(), &loads, &workspace.common);
  if (solution == nullptr)
    throw std::runtime_error("the plate's equations cannot be solved: out of memory");
  const double* values = static_cast<const double*>(solution->x);
  std::vector<double> solved(values, values + right.size());
  cholmod_free_dense(&solution, &workspace.common);
  return solved;
}

} // namespace beachfront::thermal
