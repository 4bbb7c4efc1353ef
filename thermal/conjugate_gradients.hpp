// SPDX-License-Identifier: GPL-3.0-or-later
// Preconditioned conjugate gradients for a symmetric positive definite matrix.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace beachfront::thermal {

struct GradientSolution {
  std::vector<double> x;
  bool converged = false;
  double residual = 0; ///< |right - matrix x| / |right|, computed afresh at the end
  /// After each iteration: the residual in the preconditioner's norm over the matrix' norm of x. With a preconditioner
  /// near the matrix it is the error in energy's norm. The last may be foretold, as below.
  std::vector<double> history;
};

/// From `guess`, or from zero where that is empty. `multiply` sets its second argument to matrix x first;
/// `precondition` replaces its argument by nearly its solution. Sums run in one order, so the same input gives the same
/// bytes. Ends when the history reaches `tolerance`, after `most` iterations, or when the preconditioner proves not to
/// be positive. Where the last two steps fell so fast that half of their slower rate ends it, the last
/// preconditioning, which would only measure that, is left out.
GradientSolution conjugate_gradients(std::span<const double> right,
                                     const std::function<void(std::vector<double>&, std::vector<double>&)>& multiply,
                                     const std::function<void(std::vector<double>&)>& precondition, double tolerance,
                                     int most, std::span<const double> guess = {});

} // namespace beachfront::thermal
