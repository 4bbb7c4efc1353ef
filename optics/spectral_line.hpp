// SPDX-License-Identifier: GPL-3.0-or-later
// A line cut into elements, each with the nodes of a high-order polynomial: the grid of the field solvers.
#pragma once

#include <Eigen/Core>

#include <vector>

namespace beachfront::optics {

/// Gauss-Lobatto-Legendre nodes, weights and derivative matrix on [-1, 1] for polynomials of one degree. Quadrature is
/// exact to degree 2 p - 1 (Canuto et al., Spectral Methods, 2006, section 2.3).
struct LobattoRule {
  Eigen::VectorXd nodes, weights;
  Eigen::MatrixXd derivative; ///< derivative(i, j): slope at node i of the polynomial that is 1 at node j
};
const LobattoRule& lobatto_rule(int degree);

/// Elements of one polynomial degree between rising edges. Neighbours share the node at their common edge; there a
/// quantity that jumps has two values. So each line has `nodes` (unknowns, shared edges once) and `points` (where
/// coefficients are sampled, degree + 1 an element).
struct SpectralLine {
  SpectralLine() = default;
  /// Throws std::invalid_argument unless edges rise and degree is 2 to 32.
  SpectralLine(std::vector<double> edges_um, int degree);

  std::vector<double> edges_um;
  int degree = 0;
  Eigen::VectorXd nodes_um;
  Eigen::VectorXd points_um;
  Eigen::VectorXd weights_um; ///< of the points; their sum is the length

  Eigen::Index elements() const { return static_cast<Eigen::Index>(edges_um.size()) - 1; }
  Eigen::Index stride() const { return degree + 1; }
  double half_length_um(Eigen::Index element) const {
    const auto e = static_cast<std::size_t>(element);
    return (edges_um[e + 1] - edges_um[e]) / 2;
  }
};

/// Values of the nodal polynomials at a place: the element it lies in and one factor for each of that element's nodes.
struct LinePlace {
  Eigen::Index first_node = 0;
  Eigen::VectorXd factors;
};
LinePlace place_on(const SpectralLine& line, double at_um);

/// The matrix that takes values at the nodes to values at given places; 0 outside the line.
Eigen::MatrixXd values_at(const SpectralLine& line, const Eigen::VectorXd& places_um);

} // namespace beachfront::optics
