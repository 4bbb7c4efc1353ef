// SPDX-License-Identifier: GPL-3.0-or-later
// Matrices of one spectral line, real or complex, and their symmetric band factor.
#pragma once

#include "optics/spectral_line.hpp"

#include <algorithm>
#include <complex>
#include <vector>

namespace beachfront::optics {

/// Minus the integral of c u'v' over a line, c at its points.
template <class Scalar>
Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>
line_stiffness(const SpectralLine& line, const Eigen::Matrix<Scalar, Eigen::Dynamic, 1>& c) {
  using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
  Matrix sum = Matrix::Zero(line.nodes_um.size(), line.nodes_um.size());
  for (Eigen::Index e = 0; e < line.elements(); ++e) {
    const Eigen::MatrixXd slope = lobatto_rule(line.degree).derivative / line.half_length_um(e);
    const Eigen::Matrix<Scalar, Eigen::Dynamic, 1> weighted =
        line.weights_um.segment(e * line.stride(), line.stride())
            .template cast<Scalar>()
            .cwiseProduct(c.segment(e * line.stride(), line.stride()));
    sum.block(e * line.degree, e * line.degree, line.stride(), line.stride()) -=
        slope.transpose().template cast<Scalar>() * (weighted.asDiagonal() * slope.template cast<Scalar>());
  }
  return sum;
}

/// The integral of c u v over a line, a diagonal.
template <class Scalar>
Eigen::Matrix<Scalar, Eigen::Dynamic, 1> line_mass(const SpectralLine& line,
                                                   const Eigen::Matrix<Scalar, Eigen::Dynamic, 1>& c) {
  Eigen::Matrix<Scalar, Eigen::Dynamic, 1> sum = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>::Zero(line.nodes_um.size());
  for (Eigen::Index e = 0; e < line.elements(); ++e)
    sum.segment(e * line.degree, line.stride()) += line.weights_um.segment(e * line.stride(), line.stride())
                                                       .template cast<Scalar>()
                                                       .cwiseProduct(c.segment(e * line.stride(), line.stride()));
  return sum;
}

/// L D L^T of a symmetric matrix with few diagonals, without pivoting. A dense or sparse factor of Eigen takes 5 to 20
/// times as long on the some 50 unknowns and 10 diagonals of a line, and there is one for each mode across it.
template <class Scalar>
class BandFactor {
public:
  BandFactor(const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>& matrix, Eigen::Index band)
      : size_(matrix.rows()), band_(band), rows_(static_cast<std::size_t>(size_ * (band + 1))), pivots_(size_) {
    for (Eigen::Index i = 0; i < size_; ++i) {
      const Eigen::Index first = std::max<Eigen::Index>(0, i - band_);
      for (Eigen::Index j = first; j < i; ++j) {
        Scalar sum = matrix(i, j);
        for (Eigen::Index m = std::max(first, j - band_); m < j; ++m)
          sum -= times(row(i)[m - i + band_], row(j)[m - j + band_]);
        row(i)[j - i + band_] = sum; // L D for now
      }
      Scalar pivot = matrix(i, i);
      for (Eigen::Index j = first; j < i; ++j) {
        const Scalar scaled = times(row(i)[j - i + band_], pivots_[j]);
        pivot -= times(row(i)[j - i + band_], scaled);
        row(i)[j - i + band_] = scaled;
      }
      pivots_[i] = Scalar(1) / pivot;
    }
  }

  template <class Vector>
  void solve(Vector&& b) const {
    for (Eigen::Index i = 0; i < size_; ++i) {
      Scalar sum = b[i];
      for (Eigen::Index m = std::max<Eigen::Index>(0, i - band_); m < i; ++m)
        sum -= times(row(i)[m - i + band_], b[m]);
      b[i] = sum;
    }
    for (Eigen::Index i = 0; i < size_; ++i)
      b[i] = times(b[i], pivots_[i]);
    for (Eigen::Index i = size_ - 1; i >= 0; --i)
      for (Eigen::Index m = std::max<Eigen::Index>(0, i - band_); m < i; ++m)
        b[m] -= times(row(i)[m - i + band_], b[i]);
  }

private:
  static double times(double a, double b) { return a * b; }
  /// The product without the checks for infinities that the library's operator makes.
  static std::complex<double> times(std::complex<double> a, std::complex<double> b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
  }
  Scalar* row(Eigen::Index i) { return rows_.data() + i * (band_ + 1); }
  const Scalar* row(Eigen::Index i) const { return rows_.data() + i * (band_ + 1); }

  Eigen::Index size_, band_;
  std::vector<Scalar> rows_; ///< of L, the diagonal last
  Eigen::Matrix<Scalar, Eigen::Dynamic, 1> pivots_;
};

} // namespace beachfront::optics
