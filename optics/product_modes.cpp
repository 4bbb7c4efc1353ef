// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/product_modes.hpp"

#include <Eigen/Eigenvalues>

#include <cmath>

namespace beachfront::optics {
namespace {

Eigen::VectorXd at_line_points(const SpectralLine& line, const Eigen::VectorXd& at_nodes) {
  Eigen::VectorXd values(line.points_um.size());
  for (Eigen::Index e = 0; e < line.elements(); ++e)
    values.segment(e * line.stride(), line.stride()) = at_nodes.segment(e * line.degree, line.stride());
  return values;
}

/// Weight of each point in the square of the lowest mode; the sum is 1.
Eigen::VectorXd density(const SpectralLine& line, const LineModes& modes, KeptNodes kept) {
  Eigen::VectorXd field = Eigen::VectorXd::Zero(line.nodes_um.size());
  field.segment(kept.first, kept.count) = modes.vectors.col(0);
  const Eigen::VectorXd at_points = at_line_points(line, field);
  Eigen::VectorXd square = at_points.cwiseProduct(at_points).cwiseProduct(line.weights_um);
  return square / square.sum();
}

} // namespace

KeptNodes kept_nodes(const SpectralLine& line, bool mirror, bool uniform, bool even) {
  KeptNodes kept;
  kept.first = mirror && even ? 0 : 1;
  kept.count = line.nodes_um.size() - kept.first - (uniform && even ? 0 : 1);
  return kept;
}

LineModes line_modes(const SpectralLine& line, const Eigen::VectorXd& potential, const Eigen::VectorXd& stiffness,
                     KeptNodes kept) {
  const Eigen::Index nodes = line.nodes_um.size();
  Eigen::VectorXd mass = Eigen::VectorXd::Zero(nodes), load = Eigen::VectorXd::Zero(nodes);
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(nodes, nodes);
  const Eigen::MatrixXd& derivative = lobatto_rule(line.degree).derivative;
  for (Eigen::Index e = 0; e < line.elements(); ++e) {
    const Eigen::VectorXd weight = line.weights_um.segment(e * line.stride(), line.stride())
                                       .cwiseQuotient(stiffness.segment(e * line.stride(), line.stride()));
    const Eigen::MatrixXd slope = derivative / line.half_length_um(e);
    matrix.block(e * line.degree, e * line.degree, line.stride(), line.stride()).noalias() -=
        slope.transpose() * weight.asDiagonal() * slope;
    mass.segment(e * line.degree, line.stride()) += weight;
    load.segment(e * line.degree, line.stride()) +=
        weight.cwiseProduct(potential.segment(e * line.stride(), line.stride()));
  }
  matrix.diagonal() += load;
  LineModes modes;
  modes.mass = mass.segment(kept.first, kept.count);
  const Eigen::VectorXd scale = modes.mass.cwiseSqrt().cwiseInverse();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
      scale.asDiagonal() * matrix.block(kept.first, kept.first, kept.count, kept.count) * scale.asDiagonal());
  modes.values = solver.eigenvalues().reverse();
  modes.vectors = scale.asDiagonal() * solver.eigenvectors().rowwise().reverse();
  modes.to_modes = modes.vectors.transpose() * modes.mass.asDiagonal();
  return modes;
}

SeparablePotential separable_potential(const Section& section, double k2_per_um2) {
  const Eigen::MatrixXd k2n2 = k2_per_um2 * section.permittivity.matrix();
  const Eigen::VectorXd ones_x = Eigen::VectorXd::Ones(section.x.points_um.size());
  const Eigen::VectorXd ones_y = Eigen::VectorXd::Ones(section.y.points_um.size());
  const KeptNodes kept_x = kept_nodes(section.x, section.mirror_x, section.uniform_x, true);
  const KeptNodes kept_y = kept_nodes(section.y, section.mirror_y, section.uniform_y, true);
  Eigen::Index peak_x = 0, peak_y = 0;
  k2n2.maxCoeff(&peak_x, &peak_y);
  SeparablePotential potential{k2n2.col(peak_y), {}};
  constexpr int turns = 2; // a start needs no more: the turns converge by a factor of ten or so each
  for (int turn = 0; turn < turns; ++turn) {
    const auto x_modes = line_modes(section.x, potential.along_x, ones_x, kept_x);
    const Eigen::VectorXd x_density = density(section.x, x_modes, kept_x);
    potential.along_y = k2n2.transpose() * x_density;
    const auto y_modes = line_modes(section.y, potential.along_y, ones_y, kept_y);
    const Eigen::VectorXd y_density = density(section.y, y_modes, kept_y);
    potential.along_x = k2n2 * y_density;
    if (turn + 1 == turns) // what both contain is counted once
      potential.along_y.array() -= x_density.dot(potential.along_x);
  }
  return potential;
}

} // namespace beachfront::optics
