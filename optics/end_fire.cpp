// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/end_fire.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

namespace beachfront::optics {
namespace {

using Complex = std::complex<double>;

/// Quadrature along one axis of a facet, over the whole plane: places, weights, and the field's polynomials there.
struct FineLine {
  Eigen::VectorXd at_um, weights_um;
  Eigen::MatrixXd polynomials; ///< (place, node)
};

/// A mirrored line counts the places of its other half as well, with the same polynomials.
FineLine fine_line(const SpectralLine& line, bool mirror, double longest_um) {
  constexpr int panel_degree = 8;
  const LobattoRule& rule = lobatto_rule(panel_degree);
  std::vector<double> at, weights;
  std::vector<Eigen::Index> elements;
  for (Eigen::Index e = 0; e < line.elements(); ++e) {
    const double from = line.edges_um[static_cast<std::size_t>(e)], length = 2 * line.half_length_um(e);
    // a panel also holds the field's own polynomial, which may be as rough as its element allows
    // elements of more panels are the far tails of a barely guided mode, where no fibre is put
    constexpr double most_panels = 60;
    const int panels = std::max(3, static_cast<int>(std::min(std::ceil(length / longest_um), most_panels)));
    for (int p = 0; p < panels; ++p)
      for (Eigen::Index i = 0; i < rule.nodes.size(); ++i) {
        at.push_back(from + length / panels * (p + (1 + rule.nodes[i]) / 2));
        weights.push_back(rule.weights[i] * length / panels / 2);
        elements.push_back(e);
      }
  }
  const auto many = static_cast<Eigen::Index>(at.size()), all = mirror ? 2 * many : many;
  FineLine fine{Eigen::VectorXd(all), Eigen::VectorXd(all), Eigen::MatrixXd::Zero(all, line.nodes_um.size())};
  for (Eigen::Index i = 0; i < many; ++i) {
    const auto s = static_cast<std::size_t>(i);
    fine.at_um[i] = at[s];
    fine.weights_um[i] = weights[s];
    const LinePlace place = place_on(line, at[s]);
    fine.polynomials.row(i).segment(place.first_node, line.stride()) = place.factors.transpose();
    if (mirror) {
      fine.at_um[many + i] = 2 * line.edges_um.front() - at[s];
      fine.weights_um[many + i] = weights[s];
      fine.polynomials.row(many + i) = fine.polynomials.row(i);
    }
  }
  return fine;
}

struct FineFacet {
  FineLine x, y;
};

double norm_of(const FacetField& field, const FineFacet& fine) {
  const auto mass = [](const FineLine& line) {
    return (line.polynomials.transpose() * line.weights_um.asDiagonal() * line.polynomials).eval();
  };
  return (field.at_nodes.cwiseProduct(mass(fine.x) * field.at_nodes * mass(fine.y))).sum();
}

FineFacet fine_facet(const FacetField& field, double longest_um) {
  return {fine_line(field.x, field.mirror_x, longest_um), fine_line(field.y, field.mirror_y, longest_um)};
}

/// One axis of the fibre's normalised Gaussian on the facet, as node weights for the field's polynomials.
Eigen::VectorXcd gaussian_weights(const FineLine& line, double waist_um, double place_um, double tilt_mrad,
                                  const Misalignment& miss, double wavelength_um) {
  const double k = 2 * std::numbers::pi * miss.medium_index / wavelength_um;
  const Complex spread(1, 2 * miss.gap_um / (k * waist_um * waist_um)); // 1 + i z/z_R
  const Complex amplitude = std::pow(2 / (std::numbers::pi * waist_um * waist_um), 0.25) / std::sqrt(spread);
  const Complex narrowness = 1.0 / (waist_um * waist_um * spread);
  const double phase_per_um = k * std::sin(1e-3 * tilt_mrad);
  Eigen::VectorXcd values(line.at_um.size());
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const double d = line.at_um[i] - place_um;
    values[i] = line.weights_um[i] * amplitude * std::exp(-narrowness * d * d + Complex(0, phase_per_um * d));
  }
  return line.polynomials.transpose() * values;
}

double loss_dB(double power) {
  return std::max(0.0, -10 * std::log10(std::max(power, std::numeric_limits<double>::min())));
}

/// Shorter than the narrower of a Gaussian's waist and what its phase over the facet turns by a radian in.
double panel_um(const GaussianMode& fibre, const Misalignment& miss, double wavelength_um) {
  const double waist = std::min(fibre.mode_field_diameter_x_um, fibre.mode_field_diameter_y_um) / 2;
  const double tilt = 1e-3 * std::max(std::abs(miss.tilt_x_mrad), std::abs(miss.tilt_y_mrad));
  const double k = 2 * std::numbers::pi * miss.medium_index / wavelength_um;
  return std::min(0.6 * waist, 2 / std::max(k * tilt, 1e-9));
}

/// Highest place of a function with one top in [low, high], by golden section.
double highest_between(const std::function<double(double)>& value, double low, double high) {
  const double share = (std::sqrt(5.0) - 1) / 2;
  constexpr int cuts = 44; // to 1e-9 of the interval, where the top is flat to rounding anyway
  double a = high - share * (high - low), b = low + share * (high - low);
  double at_a = value(a), at_b = value(b);
  for (int i = 0; i < cuts; ++i)
    if (at_a > at_b) {
      high = b, b = a, at_b = at_a;
      a = high - share * (high - low), at_a = value(a);
    } else {
      low = a, a = b, at_a = at_b;
      b = low + share * (high - low), at_b = value(b);
    }
  return (low + high) / 2;
}

/// Centre of the field's square along one axis.
double centre_um(const FineLine& along, const Eigen::VectorXd& square) {
  return along.weights_um.cwiseProduct(along.at_um).dot(square) / along.weights_um.dot(square);
}

struct Centre {
  double x_um, y_um;
};

Centre centre_of(const FacetField& field, const FineFacet& fine) {
  const Eigen::MatrixXd square =
      (fine.x.polynomials * field.at_nodes * fine.y.polynomials.transpose()).array().square().matrix();
  return {centre_um(fine.x, square * fine.y.weights_um), centre_um(fine.y, square.transpose() * fine.x.weights_um)};
}

constexpr int most_sweeps = 12;
constexpr double settled_um = 1e-6;

/// Along x and y in turn until neither moves; `along_x(x, y)` and `along_y(x, y)` are the power there.
Centre climb(Centre at, double reach_um, const std::function<std::function<double(double)>(double)>& along_x,
             const std::function<std::function<double(double)>(double)>& along_y) {
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    const Centre before = at;
    at.x_um = highest_between(along_x(at.y_um), at.x_um - reach_um, at.x_um + reach_um);
    at.y_um = highest_between(along_y(at.x_um), at.y_um - reach_um, at.y_um + reach_um);
    if (std::hypot(at.x_um - before.x_um, at.y_um - before.y_um) < settled_um)
      break;
  }
  return at;
}

double reach_um(const GaussianMode& fibre) {
  return std::min(fibre.mode_field_diameter_x_um, fibre.mode_field_diameter_y_um) / 2;
}

} // namespace

FacetField facet_field(const VectorMode& mode) {
  const Section& s = mode.section;
  return {s.x,
          s.y,
          s.mirror_x,
          s.mirror_y,
          mode.electric_field,
          mode.wavelength_um,
          mode.effective_index,
          mode.peak_x_um,
          mode.peak_y_um};
}

FacetPlace best_place(const FacetField& field, const GaussianMode& fibre, double gap_um, double medium_index) {
  Misalignment square;
  square.gap_um = gap_um;
  square.medium_index = medium_index;
  const FineFacet fine = fine_facet(field, panel_um(fibre, square, field.wavelength_um));
  const auto weights_x = [&](double x) {
    return gaussian_weights(fine.x, fibre.mode_field_diameter_x_um / 2, x, 0, square, field.wavelength_um);
  };
  const auto weights_y = [&](double y) {
    return gaussian_weights(fine.y, fibre.mode_field_diameter_y_um / 2, y, 0, square, field.wavelength_um);
  };
  const auto along_x = [&](double y) -> std::function<double(double)> {
    const Eigen::VectorXcd at_y = field.at_nodes * weights_y(y);
    return [&weights_x, at_y](double x) { return std::norm(at_y.cwiseProduct(weights_x(x)).sum()); };
  };
  const auto along_y = [&](double x) -> std::function<double(double)> {
    const Eigen::VectorXcd at_x = field.at_nodes.transpose() * weights_x(x);
    return [&weights_y, at_x](double y) { return std::norm(at_x.cwiseProduct(weights_y(y)).sum()); };
  };
  Centre at = climb(centre_of(field, fine), reach_um(fibre), along_x, along_y);
  // A guide that is its own mirror image has its best place on the plane.
  if (field.mirror_x)
    at.x_um = field.x.edges_um.front();
  if (field.mirror_y)
    at.y_um = field.y.edges_um.front();
  FacetPlace place{at.x_um, at.y_um, 0};
  place.loss_dB = end_fire_loss_dB(field, fibre, square, place);
  return place;
}

double end_fire_loss_dB(const FacetField& field, const GaussianMode& fibre, const Misalignment& miss,
                        const FacetPlace& place) {
  const FineFacet fine = fine_facet(field, panel_um(fibre, miss, field.wavelength_um));
  const Eigen::VectorXcd x = gaussian_weights(fine.x, fibre.mode_field_diameter_x_um / 2, place.x_um + miss.offset_x_um,
                                              miss.tilt_x_mrad, miss, field.wavelength_um);
  const Eigen::VectorXcd y = gaussian_weights(fine.y, fibre.mode_field_diameter_y_um / 2, place.y_um + miss.offset_y_um,
                                              miss.tilt_y_mrad, miss, field.wavelength_um);
  return loss_dB(std::norm(x.cwiseProduct(field.at_nodes * y).sum()) / norm_of(field, fine));
}

double end_fire_loss_dB(const FacetField& field, const GaussianMode& fibre, const Misalignment& miss,
                        OffsetOrigin origin) {
  if (origin == OffsetOrigin::power_peak)
    return end_fire_loss_dB(field, fibre, miss, FacetPlace{field.peak_x_um, field.peak_y_um, 0});
  return end_fire_loss_dB(field, fibre, miss, best_place(field, fibre, miss.gap_um, miss.medium_index));
}

namespace {

/// The field of another section along one axis of this one's places.
Eigen::MatrixXd carried(const SpectralLine& from, bool mirror, const Eigen::VectorXd& at_um, double offset_um) {
  Eigen::VectorXd places = at_um.array() - offset_um;
  if (mirror)
    places = from.edges_um.front() + (places.array() - from.edges_um.front()).abs();
  return values_at(from, places);
}

/// One field on fine panels, weighted for integration, and the means to lay another over it.
struct Butt {
  const FacetField& other;
  FineFacet fine;
  Eigen::MatrixXd weighted; ///< (x place, y place)
  double norms = 0;

  Butt(const FacetField& one, const FacetField& other_field, double longest_um)
      : other(other_field), fine(fine_facet(one, longest_um)) {
    weighted = fine.x.weights_um.asDiagonal() * (fine.x.polynomials * one.at_nodes * fine.y.polynomials.transpose()) *
               fine.y.weights_um.asDiagonal();
    norms = norm_of(one, fine) * norm_of(other, fine_facet(other, longest_um));
  }

  Eigen::MatrixXd along_x(double offset) const { return carried(other.x, other.mirror_x, fine.x.at_um, offset); }
  Eigen::MatrixXd along_y(double offset) const { return carried(other.y, other.mirror_y, fine.y.at_um, offset); }

  double power(double x, double y) const {
    const double overlap = weighted.cwiseProduct(along_x(x) * other.at_nodes * along_y(y).transpose()).sum();
    return overlap * overlap / norms;
  }
};

constexpr double butt_panel_um = 1.5;

} // namespace

double butt_loss_dB(const FacetField& one, const FacetField& other, double offset_x_um, double offset_y_um) {
  return loss_dB(Butt(one, other, butt_panel_um).power(offset_x_um, offset_y_um));
}

FacetPlace best_butt_place(const FacetField& one, const FacetField& other) {
  const Butt butt(one, other, butt_panel_um);
  const Centre here = centre_of(one, butt.fine), there = centre_of(other, fine_facet(other, butt_panel_um));
  const auto along_x = [&](double y) -> std::function<double(double)> {
    const Eigen::MatrixXd rest = butt.weighted * (butt.along_y(y) * other.at_nodes.transpose());
    return [&butt, rest](double x) {
      const double overlap = rest.cwiseProduct(butt.along_x(x)).sum();
      return overlap * overlap;
    };
  };
  const auto along_y = [&](double x) -> std::function<double(double)> {
    const Eigen::MatrixXd rest = butt.weighted.transpose() * (butt.along_x(x) * other.at_nodes);
    return [&butt, rest](double y) {
      const double overlap = rest.cwiseProduct(butt.along_y(y)).sum();
      return overlap * overlap;
    };
  };
  constexpr double reach = 4; // um, of the order of a mode's radius
  Centre at = climb({here.x_um - there.x_um, here.y_um - there.y_um}, reach, along_x, along_y);
  if (one.mirror_x && other.mirror_x)
    at.x_um = one.x.edges_um.front() - other.x.edges_um.front();
  if (one.mirror_y && other.mirror_y)
    at.y_um = one.y.edges_um.front() - other.y.edges_um.front();
  return {at.x_um, at.y_um, loss_dB(butt.power(at.x_um, at.y_um))};
}

double facet_reflection_loss_dB(double guide_index, double fibre_index, double gap_um, double medium_index) {
  if (gap_um <= 0)
    return fresnel_loss_dB(guide_index, fibre_index);
  return fresnel_loss_dB(guide_index, medium_index) + fresnel_loss_dB(medium_index, fibre_index);
}

} // namespace beachfront::optics
