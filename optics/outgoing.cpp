// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/outgoing.hpp"

#include "optics/line_matrix.hpp"

#include <cmath>

namespace beachfront::optics {

namespace {

using Complex = std::complex<double>;

constexpr int degree = 10;
constexpr double turn_rad = 0.7;

SpectralLine line_along(const OutgoingPath& path) {
  std::vector<double> edges = {path.start_um};
  const double barrier = path.turn_um - path.start_um;
  const int parts = barrier > 0 ? static_cast<int>(std::ceil(barrier / path.longest_element_um)) : 0;
  for (int i = 1; i < parts; ++i)
    edges.push_back(path.start_um + barrier * i / parts);
  if (parts > 0)
    edges.push_back(path.turn_um); // exactly: whether an element is turned is asked of its edge
  edges.push_back(path.turn_um + path.length_um / 2);
  edges.push_back(path.turn_um + path.length_um);
  return {std::move(edges), degree};
}

} // namespace

Outgoing outgoing_modes(const LineModes& along_y, Complex beta2_per_um2, double radius_um, const OutgoingPath& path) {
  const SpectralLine line = line_along(path);
  const Eigen::Index points = line.points_um.size(), nodes = line.nodes_um.size(), rest = nodes - 2;
  Eigen::VectorXcd turn = Eigen::VectorXcd::Ones(points), r(points);
  Eigen::Index straight_nodes = 1;
  for (Eigen::Index i = 0; i < points; ++i) {
    const Eigen::Index element = i / line.stride();
    Complex at = line.points_um[i];
    if (line.edges_um[static_cast<std::size_t>(element)] >= path.turn_um) {
      turn[i] = std::polar(1.0, -turn_rad);
      at = path.turn_um + (line.points_um[i] - path.turn_um) * turn[i];
    } else {
      straight_nodes = (element + 1) * line.degree + 1;
    }
    r[i] = 1.0 + at / radius_um;
  }
  const Eigen::MatrixXcd stiff = line_stiffness<Complex>(line, r.cwiseQuotient(turn));
  const Eigen::VectorXcd bulk = line_mass<Complex>(line, r.cwiseProduct(turn));
  const Eigen::VectorXcd mass = line_mass<Complex>(line, turn.cwiseQuotient(r));

  Outgoing out;
  const Eigen::Index modes = along_y.values.size();
  out.impedance_per_um.resize(modes);
  out.content_um.resize(modes);
  out.nodes_um = line.nodes_um.head(straight_nodes);
  out.fields.resize(straight_nodes, modes);
  Eigen::MatrixXcd matrix = stiff.block(1, 1, rest, rest);
  const Eigen::VectorXcd diagonal = matrix.diagonal();
  Eigen::VectorXcd field(nodes);
  for (Eigen::Index j = 0; j < modes; ++j) {
    const Eigen::VectorXcd own = along_y.values[j] * bulk - beta2_per_um2 * mass;
    matrix.diagonal() = diagonal + own.segment(1, rest);
    field.setZero();
    field[0] = 1;
    field.segment(1, rest) = -stiff.col(0).segment(1, rest);
    BandFactor<Complex>(matrix, line.degree).solve(field.segment(1, rest));
    const Complex flux = stiff(0, 0) + own[0] + (stiff.row(0).segment(1, rest) * field.segment(1, rest))(0);
    out.impedance_per_um[j] = -flux;
    out.content_um[j] = (field.cwiseProduct(field).cwiseProduct(mass)).sum();
    out.fields.col(j) = field.head(straight_nodes);
  }
  return out;
}

} // namespace beachfront::optics
