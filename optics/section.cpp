// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/section.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
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

/// weight times the slope of 1/eps, with the jumps on element edges split between their two sides.
Eigen::ArrayXXd weighted_slope(const SpectralLine& along, const Eigen::ArrayXXd& inverse, const Eigen::ArrayXXd& slope,
                               const Eigen::VectorXd& weights_along, const Eigen::VectorXd& weights_across, bool rows) {
  Eigen::ArrayXXd out = rows ? (slope * (weights_along * weights_across.transpose()).array()).eval()
                             : (slope * (weights_across * weights_along.transpose()).array()).eval();
  for (Eigen::Index e = 0; e + 1 < along.elements(); ++e) {
    const Eigen::Index low = e * along.stride() + along.degree, high = low + 1;
    if (rows) {
      const Eigen::ArrayXd jump = (inverse.row(high) - inverse.row(low)).transpose() * weights_across.array() / 2;
      out.row(low) += jump.transpose();
      out.row(high) += jump.transpose();
    } else {
      const Eigen::ArrayXd jump = (inverse.col(high) - inverse.col(low)) * weights_across.array() / 2;
      out.col(low) += jump;
      out.col(high) += jump;
    }
  }
  return out;
}

/// What the nodal polynomials make of a disc.
struct DiscIntegrals {
  Eigen::ArrayXXd share;        ///< of each point: the integral of its polynomial over the disc, per weight
  Eigen::ArrayXXd rim_x, rim_y; ///< integrals of polynomial and outward normal along the rim
};

/// Angles between -90 and 90 degrees, about the vertical axis of a disc, between which neither chord nor rim has a
/// kink.
std::vector<double> smooth_panels(const Section& section, double radius_um, double depth_um) {
  constexpr int panels = 64;
  std::vector<double> cuts;
  for (int i = 0; i <= panels; ++i)
    cuts.push_back(std::asin(1.0) * (2.0 * i / panels - 1));
  for (const double edge : section.x.edges_um)
    if (std::abs(edge) < radius_um)
      cuts.push_back(std::asin(edge / radius_um));
  for (const double edge : section.y.edges_um)
    if (const double v = std::abs(edge - depth_um); v < radius_um)
      for (const double sign : {-1.0, 1.0})
        cuts.push_back(sign * std::acos(v / radius_um));
  std::sort(cuts.begin(), cuts.end());
  return cuts;
}

DiscIntegrals disc_integrals(const Section& section, double radius_um, double depth_um, double top_um) {
  const SpectralLine &x = section.x, &y = section.y;
  DiscIntegrals disc;
  for (auto* array : {&disc.share, &disc.rim_x, &disc.rim_y})
    *array = Eigen::ArrayXXd::Zero(x.points_um.size(), y.points_um.size());
  const LobattoRule& rule = lobatto_rule(8);
  const std::vector<double> cuts = smooth_panels(section, radius_um, depth_um);
  Eigen::ArrayXd column(y.points_um.size());
  for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
    const double half = (cuts[c + 1] - cuts[c]) / 2, middle = (cuts[c + 1] + cuts[c]) / 2;
    if (half < 1e-13)
      continue;
    for (Eigen::Index k = 0; k < rule.nodes.size(); ++k) {
      const double angle = middle + half * rule.nodes[k] * (1 - 1e-12), weight = half * rule.weights[k];
      const double at = radius_um * std::sin(angle), chord = radius_um * std::cos(angle);
      if (at <= x.edges_um.front() || at >= x.edges_um.back())
        continue;
      const LinePlace place = place_on(x, at);
      const Eigen::Index columns = place.first_node / x.degree * x.stride();
      column.setZero();
      add_chord(y, std::max(top_um, depth_um - chord), depth_um + chord, 1, column);
      disc.share.middleRows(columns, x.stride()) +=
          (weight * chord * place.factors * column.matrix().transpose()).array();
      for (const double side : {-1.0, 1.0}) {
        const double depth = depth_um + side * chord;
        if (depth <= std::max(top_um, y.edges_um.front()) || depth >= y.edges_um.back())
          continue;
        const LinePlace below = place_on(y, depth);
        const Eigen::ArrayXXd both = (weight * radius_um * place.factors * below.factors.transpose()).array();
        const Eigen::Index rows = below.first_node / y.degree * y.stride();
        disc.rim_x.block(columns, rows, x.stride(), y.stride()) += both * std::sin(angle);
        disc.rim_y.block(columns, rows, x.stride(), y.stride()) += both * side * std::cos(angle);
      }
    }
  }
  disc.share /= (x.weights_um * y.weights_um.transpose()).array();
  return disc;
}

/// A disc of higher permittivity in a section of plain glass, with a cover above it or none.
void put_disc(Section& section, const StepFibreProfile& fibre, double glass_index, bool covered) {
  const double core = std::pow(glass_index + fibre.delta_n, 2), glass = glass_index * glass_index;
  const double top = covered ? 0 : -std::numeric_limits<double>::infinity();
  const DiscIntegrals disc = disc_integrals(section, fibre.core_radius_um, fibre.depth_um, top);
  fill_inverse(section);
  section.permittivity += (core - glass) * disc.share;
  section.inverse += (1 / core - 1 / glass) * disc.share;
  section.inverse_slope_x += (1 / glass - 1 / core) * disc.rim_x;
  section.inverse_slope_y += (1 / glass - 1 / core) * disc.rim_y;
}

} // namespace

Section section_of(const IndexProfile& profile, Section section) {
  const auto x_um = asking_places(section.x), y_um = asking_places(section.y);
  const double glass = profile.background_index;
  section.permittivity.resize(section.x.points_um.size(), section.y.points_um.size());
  const auto* fibre = std::get_if<StepFibreProfile>(&profile.shape);
  for (std::size_t j = 0; j < y_um.size(); ++j)
    for (std::size_t i = 0; i < x_um.size(); ++i) {
      const bool cover = profile.cover_index && y_um[j] < 0;
      const double n = cover ? *profile.cover_index : glass + (fibre ? 0 : delta_n_at(profile, x_um[i], y_um[j]));
      section.permittivity(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = n * n;
    }
  if (fibre)
    put_disc(section, *fibre, glass, profile.cover_index.has_value());
  else
    fill_inverse(section);
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

void fill_inverse(Section& section) {
  const SpectralLine &x = section.x, &y = section.y;
  section.inverse = section.permittivity.inverse();
  section.inverse_slope_x =
      weighted_slope(x, section.inverse, slope_along_x(x, section.inverse), x.weights_um, y.weights_um, true);
  section.inverse_slope_y =
      weighted_slope(y, section.inverse, slope_along_y(y, section.inverse), y.weights_um, x.weights_um, false);
}

} // namespace beachfront::optics
