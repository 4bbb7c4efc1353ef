// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/davidson.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <type_traits>

namespace beachfront::optics {
namespace {

/// An orthonormal basis V, its image A V and the projected matrix V* A V.
class Basis {
public:
  Basis(const EigenProblem& problem, Eigen::Index length, Eigen::Index largest)
      : problem_(problem), vectors_(length, largest), images_(length, largest), projected_(largest, largest) {}

  Eigen::Index size() const { return size_; }
  int products() const { return products_; }
  auto vectors() const { return vectors_.leftCols(size_); }
  auto images() const { return images_.leftCols(size_); }
  auto projected() const { return projected_.topLeftCorner(size_, size_); }

  /// Adds what of a vector is new to the basis; nothing if it holds the vector already.
  bool add(Eigen::VectorXd fresh) {
    const double length = fresh.norm();
    if (!(length > 0) || !std::isfinite(length) || size_ == vectors_.cols() || size_ == vectors_.rows())
      return false;
    fresh /= length;
    for (int pass = 0; pass < 2; ++pass) // twice is enough (Kahan)
      fresh -= vectors() * (vectors().adjoint() * fresh).eval();
    const double left = fresh.norm();
    if (left < 1e-12)
      return false;
    fresh /= left;
    vectors_.col(size_) = fresh;
    problem_.apply(fresh, image_);
    ++products_;
    images_.col(size_) = image_;
    ++size_;
    projected_.col(size_ - 1).head(size_) = vectors().adjoint() * image_;
    projected_.row(size_ - 1).head(size_) = fresh.adjoint() * images();
    return true;
  }

  /// Keeps only the span of the given combinations.
  void shrink(const Eigen::MatrixXd& combinations) {
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(combinations);
    const Eigen::MatrixXd q = qr.householderQ() * Eigen::MatrixXd::Identity(combinations.rows(), combinations.cols());
    const Eigen::MatrixXd kept = vectors() * q, images_kept = images() * q,
                          projected_kept = q.adjoint() * projected() * q;
    size_ = combinations.cols();
    vectors_.leftCols(size_) = kept;
    images_.leftCols(size_) = images_kept;
    projected_.topLeftCorner(size_, size_) = projected_kept;
  }

private:
  const EigenProblem& problem_;
  Eigen::MatrixXd vectors_, images_, projected_;
  Eigen::VectorXd image_;
  Eigen::Index size_ = 0;
  int products_ = 0;
};

struct RitzPairs {
  std::vector<double> values;
  Eigen::MatrixXd combinations; ///< unit columns, in the order of the values
};

/// Eigenpairs of the projected matrix, the largest real part first. Complex pairs of a real matrix keep their real part
/// only: they are noise that later products remove.
RitzPairs ritz_pairs(const Eigen::MatrixXd& projected, bool symmetric) {
  if (symmetric) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(projected);
    const Eigen::VectorXd falling = solver.eigenvalues().reverse();
    return {{falling.begin(), falling.end()}, solver.eigenvectors().rowwise().reverse()};
  }
  const Eigen::EigenSolver<Eigen::MatrixXd> solver(projected);
  std::vector<Eigen::Index> order(static_cast<std::size_t>(projected.rows()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) {
    return solver.eigenvalues()[a].real() > solver.eigenvalues()[b].real();
  });
  RitzPairs pairs;
  pairs.combinations.resize(projected.rows(), projected.cols());
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto column = pairs.combinations.col(static_cast<Eigen::Index>(i));
    pairs.values.push_back(solver.eigenvalues()[order[i]].real());
    column = solver.eigenvectors().col(order[i]).real();
    if (column.norm() == 0)
      column = solver.eigenvectors().col(order[i]).imag();
    column.normalize();
  }
  return pairs;
}

EigenPair pair_of(const Basis& basis, const Eigen::VectorXd& combination, double value, Eigen::VectorXd& residual) {
  EigenPair pair;
  pair.value = value;
  pair.vector = basis.vectors() * combination;
  residual = basis.images() * combination - value * pair.vector;
  pair.residual = residual.norm();
  return pair;
}

/// The direction that the approximate inverse says is missing, orthogonal to what is there.
Eigen::VectorXd correction(const EigenProblem& problem, const EigenPair& pair, const Eigen::VectorXd& residual) {
  Eigen::VectorXd step, along;
  problem.correct(residual, pair.value, step);
  problem.correct(pair.vector, pair.value, along);
  const double share = pair.vector.dot(along);
  if (share != 0)
    step -= along * (pair.vector.dot(step) / share);
  return step;
}

} // namespace

std::vector<EigenPair> largest_eigenpairs(const EigenProblem& problem, const std::vector<Eigen::VectorXd>& start,
                                          int count, const DavidsonLimits& limits) {
  if (start.empty() || static_cast<int>(start.size()) < count || limits.largest_basis < 3 * count)
    throw std::invalid_argument("largest_eigenpairs: too few vectors to start from, or too small a basis");
  Basis basis(problem, start.front().size(), limits.largest_basis);
  for (const auto& vector : start)
    basis.add(vector);
  std::vector<EigenPair> pairs;
  for (;;) {
    const auto ritz = ritz_pairs(basis.projected(), problem.symmetric);
    pairs.clear();
    std::vector<Eigen::VectorXd> fresh;
    Eigen::VectorXd residual;
    const Eigen::Index wanted = std::min<Eigen::Index>(count, basis.size());
    for (Eigen::Index i = 0; i < wanted; ++i) {
      const Eigen::VectorXd combination = ritz.combinations.col(i);
      pairs.push_back(pair_of(basis, combination, ritz.values[static_cast<std::size_t>(i)], residual));
      pairs.back().converged = pairs.back().residual <= limits.residual;
      if (!pairs.back().converged && pairs.back().value + pairs.back().residual > limits.wanted_above)
        fresh.push_back(correction(problem, pairs.back(), residual));
    }
    if (getenv("DBG")) {
      fprintf(stderr, "prod %d n %ld:", basis.products(), (long)start.front().size());
      for (auto& q : pairs)
        fprintf(stderr, " %.6f(%.1e)", q.value - limits.wanted_above, q.residual);
      fprintf(stderr, "\n");
    }
    if (fresh.empty() || basis.products() >= limits.most_products)
      return pairs;
    if (basis.size() + static_cast<Eigen::Index>(fresh.size()) > limits.largest_basis)
      basis.shrink(ritz.combinations.leftCols(std::min<Eigen::Index>(2 * wanted, basis.size())));
    bool grown = false;
    for (const auto& vector : fresh)
      grown = basis.add(vector) || grown;
    if (!grown)
      return pairs;
  }
}

LeakyPair leaky_eigenpair(const LeakyProblem& problem, const Eigen::VectorXcd& like, const DavidsonLimits& limits) {
  using Complex = std::complex<double>;
  Basis basis(problem.real, like.size(), limits.largest_basis);
  Eigen::MatrixXd losses(like.size(), limits.largest_basis); // B V
  const auto add = [&](const Eigen::VectorXd& vector) {
    if (!basis.add(vector))
      return false;
    Eigen::VectorXd image;
    problem.loss(basis.vectors().rightCols(1), image);
    losses.col(basis.size() - 1) = image;
    return true;
  };
  add(like.real());
  if (like.imag().norm() > 1e-12 * like.norm())
    add(like.imag());
  for (;;) {
    const Eigen::MatrixXd lost = basis.vectors().transpose() * losses.leftCols(basis.size());
    const Eigen::ComplexEigenSolver<Eigen::MatrixXcd> solver(basis.projected() - Complex(0, 1) * lost);
    const Eigen::VectorXcd likeness = basis.vectors().transpose() * like;
    Eigen::Index best = 0;
    (solver.eigenvectors().adjoint() * likeness).cwiseAbs().maxCoeff(&best);
    const Eigen::VectorXcd s = solver.eigenvectors().col(best).normalized();
    LeakyPair pair;
    pair.value = {(s.adjoint() * basis.projected() * s)(0).real(), -(s.adjoint() * lost * s)(0).real()};
    pair.vector = basis.vectors() * s;
    const Eigen::VectorXcd residual =
        basis.images() * s - Complex(0, 1) * (losses.leftCols(basis.size()) * s) - pair.value * pair.vector;
    pair.residual = residual.norm();
    pair.converged = pair.residual <= limits.residual;
    if (pair.converged || basis.products() >= limits.most_products)
      return pair;
    if (basis.size() + 2 > limits.largest_basis) { // the wanted pair and its last change are enough to go on
      Eigen::MatrixXd kept(basis.size(), 2);
      kept << s.real(), s.imag();
      basis.shrink(kept.col(1).norm() > 1e-9 ? kept : kept.leftCols(1).eval());
      Eigen::VectorXd image;
      for (Eigen::Index i = 0; i < basis.size(); ++i) {
        problem.loss(basis.vectors().col(i), image);
        losses.col(i) = image;
      }
    }
    const EigenPair real_part{pair.value.real(), pair.vector.real().normalized(), 0, false};
    bool grown = add(correction(problem.real, real_part, residual.real()));
    if (residual.imag().norm() > limits.residual / 2)
      grown = add(correction(problem.real, real_part, residual.imag())) || grown;
    if (!grown)
      return pair;
  }
}

EigenPair followed_eigenpair(const EigenProblem& problem, const Eigen::VectorXd& like, const DavidsonLimits& limits) {
  const LeakyProblem lossless{problem, [](const Eigen::VectorXd& u, Eigen::VectorXd& out) { out.setZero(u.size()); }};
  const LeakyPair pair = leaky_eigenpair(lossless, like.cast<std::complex<double>>(), limits);
  return {pair.value.real(), pair.vector.real().normalized(), pair.residual, pair.converged};
}

} // namespace beachfront::optics
