// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/section.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

namespace beachfront::optics {
namespace {

/// Where a point is asked for its index: on an edge a hair inside its own element.
std::vector<double> asking_places(const SpectralLine& line) {
  std::vector<double> at;
  constexpr double hair = 1e-9;
  for (Eigen::Index e = 0; e < line.elements(); ++e) {
    const auto points = line.points_um.segment(e * line.stride(), line.stride());
    const double inside = hair * line.half_length_um(e);
    for (Eigen::Index i = 0; i < line.stride(); ++i)
      at.push_back(std::clamp(points[i], points[0] + inside, points[line.degree] - inside));
  }
  return at;
}

/// Integral of the nodal polynomials of a line over [from, to], per weight: 1 at a point whose surroundings lie inside.
/// `inside` are the polynomials' integrals over part of one element by Gauss-Lobatto of the same degree on that part.
void add_chord(const SpectralLine& line, double from_um, double to_um, double share, Eigen::ArrayXd& sums) {
  const LobattoRule& rule = lobatto_rule(line.degree);
  for (Eigen::Index e = 0; e < line.elements(); ++e) {
    const auto at = static_cast<std::size_t>(e);
    const double low = std::max(from_um, line.edges_um[at]), high = std::min(to_um, line.edges_um[at + 1]);
    if (low >= high)
      continue;
    const double nudge = 1e-12 * (line.edges_um[at + 1] - line.edges_um[at]);
    for (Eigen::Index k = 0; k < rule.nodes.size(); ++k) {
      const double y = std::clamp((low + high) / 2 + (high - low) / 2 * rule.nodes[k], line.edges_um[at] + nudge,
                                  line.edges_um[at + 1] - nudge);
      sums.segment(e * line.stride(), line.stride()) +=
          share * rule.weights[k] * (high - low) / 2 * place_on(line, y).factors.array();
    }
  }
}

/// The share of a disc that each point stands for: the integral of its polynomial over the disc, per weight.
Eigen::ArrayXXd disc_shares(const Section& section, double radius_um, double depth_um) {
  const SpectralLine &x = section.x, &y = section.y;
  Eigen::ArrayXXd shares = Eigen::ArrayXXd::Zero(x.points_um.size(), y.points_um.size());
  constexpr int panels = 64; // in the angle along the rim, each a Lobatto panel: the chord is smooth in the angle
  const LobattoRule& rule = lobatto_rule(8);
  std::vector<double> cuts; // angles at which the rim crosses an edge, so that no panel has a kink
  for (const double edge : x.edges_um)
    if (std::abs(edge) < radius_um)
      cuts.push_back(std::asin(edge / radius_um));
  for (int i = 0; i <= panels; ++i)
    cuts.push_back(std::asin(1.0) * (2.0 * i / panels - 1));
  for (const double edge : y.edges_um)
    if (const double v = std::abs(edge - depth_um); v < radius_um)
      for (const double sign : {-1.0, 1.0})
        cuts.push_back(sign * std::acos(v / radius_um));
  std::sort(cuts.begin(), cuts.end());
  Eigen::ArrayXd column(y.points_um.size());
  for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
    const double half = (cuts[c + 1] - cuts[c]) / 2, middle = (cuts[c + 1] + cuts[c]) / 2;
    if (half < 1e-13)
      continue;
    for (Eigen::Index k = 0; k < rule.nodes.size(); ++k) {
      const double angle = middle + half * rule.nodes[k] * (1 - 1e-12);
      const double at = radius_um * std::sin(angle), chord = radius_um * std::cos(angle);
      if (at <= x.edges_um.front() || at >= x.edges_um.back())
        continue;
      column.setZero();
      add_chord(y, depth_um - chord, depth_um + chord, 1, column);
      const LinePlace place = place_on(x, at);
      const Eigen::Index element = place.first_node / x.degree;
      shares.middleRows(element * x.stride(), x.stride()) +=
          (half * rule.weights[k] * chord * place.factors * column.matrix().transpose()).array();
    }
  }
  return shares / (x.weights_um * y.weights_um.transpose()).array();
}

} // namespace

Section section_of(const IndexProfile& profile, Section section) {
  const auto x_um = asking_places(section.x), y_um = asking_places(section.y);
  const double glass = profile.background_index;
  section.permittivity.resize(section.x.points_um.size(), section.y.points_um.size());
  for (std::size_t j = 0; j < y_um.size(); ++j)
    for (std::size_t i = 0; i < x_um.size(); ++i) {
      const bool cover = profile.cover_index && y_um[j] < 0;
      const double n = cover ? *profile.cover_index : glass + delta_n_at(profile, x_um[i], y_um[j]);
      section.permittivity(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = n * n;
    }
  if (const auto* fibre = std::get_if<StepFibreProfile>(&profile.shape)) {
    const double core = glass + fibre->delta_n, step = core * core - glass * glass;
    const Eigen::ArrayXXd shares = disc_shares(section, fibre->core_radius_um, fibre->depth_um);
    for (Eigen::Index j = 0; j < shares.cols(); ++j)
      if (!(profile.cover_index && y_um[static_cast<std::size_t>(j)] < 0))
        section.permittivity.col(j) = glass * glass + step * shares.col(j);
  }
  return section;
}

Eigen::ArrayXXd slope_along_x(const SpectralLine& x, const Eigen::ArrayXXd& at_points) {
  const Eigen::MatrixXd& derivative = lobatto_rule(x.degree).derivative;
  Eigen::ArrayXXd slopes(at_points.rows(), at_points.cols());
  for (Eigen::Index e = 0; e < x.elements(); ++e)
    slopes.matrix().middleRows(e * x.stride(), x.stride()).noalias() =
        derivative / x.half_length_um(e) * at_points.matrix().middleRows(e * x.stride(), x.stride());
  return slopes;
}

Eigen::ArrayXXd slope_along_y(const SpectralLine& y, const Eigen::ArrayXXd& at_points) {
  const Eigen::MatrixXd& derivative = lobatto_rule(y.degree).derivative;
  Eigen::ArrayXXd slopes(at_points.rows(), at_points.cols());
  for (Eigen::Index e = 0; e < y.elements(); ++e)
    slopes.matrix().middleCols(e * y.stride(), y.stride()).noalias() =
        at_points.matrix().middleCols(e * y.stride(), y.stride()) * (derivative / y.half_length_um(e)).transpose();
  return slopes;
}

Eigen::ArrayXXd to_points(const SpectralLine& x, const SpectralLine& y, const Eigen::MatrixXd& at_nodes) {
  Eigen::ArrayXXd values(x.points_um.size(), y.points_um.size());
  for (Eigen::Index ey = 0; ey < y.elements(); ++ey)
    for (Eigen::Index ex = 0; ex < x.elements(); ++ex)
      values.block(ex * x.stride(), ey * y.stride(), x.stride(), y.stride()) =
          at_nodes.block(ex * x.degree, ey * y.degree, x.stride(), y.stride()).array();
  return values;
}

Eigen::ArrayXXd sum_to_nodes(const SpectralLine& x, const SpectralLine& y, const Eigen::ArrayXXd& at_points) {
  Eigen::ArrayXXd values = Eigen::ArrayXXd::Zero(x.nodes_um.size(), y.nodes_um.size());
  for (Eigen::Index ey = 0; ey < y.elements(); ++ey)
    for (Eigen::Index ex = 0; ex < x.elements(); ++ex)
      values.block(ex * x.degree, ey * y.degree, x.stride(), y.stride()) +=
          at_points.block(ex * x.stride(), ey * y.stride(), x.stride(), y.stride());
  return values;
}

} // namespace beachfront::optics
