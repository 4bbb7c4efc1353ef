// SPDX-License-Identifier: GPL-3.0-or-later
// A few eigenpairs of a large operator that is known by its product with a vector and by a good approximate inverse.
#pragma once

#include <Eigen/Core>

#include <complex>
#include <functional>
#include <limits>
#include <vector>

namespace beachfront::optics {

// Our own, because a library's Arnoldi (Spectra 1.0.1), which has no use for an approximate inverse, takes 8 to 13
// times as long on a buried guide, and more on one with long tails: docs/performance.md.

/// A u = value u. `apply` writes A u; `correct` writes an approximation of (A - value)^-1 r.
struct EigenProblem {
  std::function<void(const Eigen::VectorXd& u, Eigen::VectorXd& out)> apply;
  std::function<void(const Eigen::VectorXd& r, double value, Eigen::VectorXd& out)> correct;
  bool symmetric = false;
};

struct EigenPair {
  double value = 0;
  Eigen::VectorXd vector; ///< of unit length
  double residual = 0;    ///< |A u - value u|
  bool converged = false;
};

struct DavidsonLimits {
  double residual = 1e-9;  ///< at which a pair has converged
  int largest_basis = 40;  ///< then it is shrunk to the wanted pairs and their neighbours
  int most_products = 400; ///< of A with a vector
  /// Pairs that surely stay below this value are not wanted and need not converge.
  double wanted_above = -std::numeric_limits<double>::infinity();
};

/// The `count` eigenpairs of largest real part, with the Jacobi-Davidson correction in Olsen's form (Olsen, Jorgensen
/// and Simons, Chem. Phys. Lett. 169, 463 (1990); Sleijpen and van der Vorst, SIAM J. Matrix Anal. 17, 401 (1996)).
/// `start` spans the first basis and must hold at least `count` vectors. A may be
/// unsymmetric; its wanted eigenvalues must be real.
std::vector<EigenPair> largest_eigenpairs(const EigenProblem& problem, const std::vector<Eigen::VectorXd>& start,
                                          int count, const DavidsonLimits& limits);

/// A real symmetric operator less i times another: a mode that leaks. `loss` writes B u, B without negative
/// eigenvalues.
struct LeakyProblem {
  EigenProblem real;
  std::function<void(const Eigen::VectorXd& u, Eigen::VectorXd& out)> loss;
};

struct LeakyPair {
  std::complex<double> value; ///< imaginary part -u* B u/(u* u): no digits lost where it is small
  Eigen::VectorXcd vector;    ///< of unit length
  double residual = 0;
  bool converged = false;
};

/// The eigenpair of A - i B most like a given vector. The basis stays real, its projected problem is complex.
LeakyPair leaky_eigenpair(const LeakyProblem& problem, const Eigen::VectorXcd& like, const DavidsonLimits& limits);

/// The eigenpair of a symmetric operator most like a given vector.
EigenPair followed_eigenpair(const EigenProblem& problem, const Eigen::VectorXd& like, const DavidsonLimits& limits);

} // namespace beachfront::optics
