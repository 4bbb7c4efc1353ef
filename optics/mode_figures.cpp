// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/mode_figures.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace beachfront::optics {
namespace {

/// Values that differ on the two sides of an edge, averaged at the nodes by the weight of their points.
Eigen::MatrixXd averaged(const Section& s, const Eigen::ArrayXXd& at_points) {
  const Eigen::ArrayXXd weight = (s.x.weights_um * s.y.weights_um.transpose()).array();
  return (sum_to_nodes(s.x, s.y, weight * at_points) / sum_to_nodes(s.x, s.y, weight)).matrix();
}

/// Electric field at the points, times w/beta for the transverse part and i w/beta for the longitudinal one; H
/// likewise.
struct Fields {
  Eigen::ArrayXXd hx, hy, hz, ex, ey, ez;
};

Fields fields_of(const VectorMode& mode) {
  const Section& s = mode.section;
  const double beta = 2 * std::numbers::pi / mode.wavelength_um * mode.effective_index;
  Fields f;
  f.hx = to_points(s.x, s.y, mode.magnetic_field.x);
  f.hy = to_points(s.x, s.y, mode.magnetic_field.y);
  const Eigen::MatrixXd div = averaged(s, slope_along_x(s.x, f.hx) + slope_along_y(s.y, f.hy));
  const Eigen::ArrayXXd div_points = to_points(s.x, s.y, div);
  f.hz = div_points / beta;
  f.ex = (beta * f.hy - slope_along_y(s.y, div_points) / beta) / s.permittivity;
  f.ey = (slope_along_x(s.x, div_points) / beta - beta * f.hx) / s.permittivity;
  f.ez = (slope_along_x(s.x, f.hy) - slope_along_y(s.y, f.hx)) / s.permittivity;
  return f;
}

/// Distance from `from` along a direction to where the profile of a line falls to a share of its peak.
double reach_um(const std::function<double(double)>& along, double length_um, double level) {
  constexpr int steps = 200, halvings = 40;
  double inside = 0;
  for (int i = 1; i <= steps; ++i) {
    double outside = length_um * i / steps;
    if (along(outside) > level) {
      inside = outside;
      continue;
    }
    for (int k = 0; k < halvings; ++k) {
      const double middle = (inside + outside) / 2;
      (along(middle) > level ? inside : outside) = middle;
    }
    return inside;
  }
  return length_um;
}

/// Peak of a line by golden section between two places around it.
double peak_between(const std::function<double(double)>& along, double low, double high) {
  const double share = (std::sqrt(5.0) - 1) / 2;
  constexpr int steps = 60;
  double a = high - share * (high - low), b = low + share * (high - low);
  for (int i = 0; i < steps; ++i)
    if (along(a) > along(b)) {
      high = b;
      b = a;
      a = high - share * (high - low);
    } else {
      low = a;
      a = b;
      b = low + share * (high - low);
    }
  return (low + high) / 2;
}

double neighbour(const Eigen::VectorXd& nodes, Eigen::Index at) {
  return nodes[std::clamp<Eigen::Index>(at, 0, nodes.size() - 1)];
}

void fill_sizes(VectorMode& mode) {
  const Section& s = mode.section;
  Eigen::Index i = 0, j = 0;
  mode.power_density.maxCoeff(&i, &j);
  const auto power = [&](double x, double y) { return value_at(s, mode.power_density, x, y); };
  mode.peak_x_um = s.x.nodes_um[i];
  mode.peak_y_um = s.y.nodes_um[j];
  if (!(s.mirror_x && i == 0))
    mode.peak_x_um = peak_between([&](double x) { return power(x, mode.peak_y_um); }, neighbour(s.x.nodes_um, i - 1),
                                  neighbour(s.x.nodes_um, i + 1));
  if (!(s.mirror_y && j == 0))
    mode.peak_y_um = peak_between([&](double y) { return power(mode.peak_x_um, y); }, neighbour(s.y.nodes_um, j - 1),
                                  neighbour(s.y.nodes_um, j + 1));
  const double level = power(mode.peak_x_um, mode.peak_y_um) * std::exp(-2.0);
  const auto width = [&](const SpectralLine& line, bool mirror, double peak, auto&& at) {
    const double low = mirror ? 2 * line.edges_um.front() - line.edges_um.back() : line.edges_um.front();
    return reach_um([&](double d) { return at(peak + d); }, line.edges_um.back() - peak, level) +
           reach_um([&](double d) { return at(peak - d); }, peak - low, level);
  };
  if (!s.uniform_x)
    mode.mode_field_diameter_x_um =
        width(s.x, s.mirror_x, mode.peak_x_um, [&](double x) { return power(x, mode.peak_y_um); });
  mode.mode_field_diameter_y_um =
      width(s.y, s.mirror_y, mode.peak_y_um, [&](double y) { return power(mode.peak_x_um, y); });
}

void fill_moments(VectorMode& mode, const Eigen::ArrayXXd& density) {
  const Section& s = mode.section;
  const auto spread = [&](const SpectralLine& line, bool mirror, bool along_x) {
    const Eigen::ArrayXd at = line.points_um.array();
    const auto moment = [&](const Eigen::ArrayXd& values) {
      return integral(s,
                      along_x ? (density.colwise() * values).eval() : (density.rowwise() * values.transpose()).eval());
    };
    const double middle = mirror ? line.edges_um.front() : moment(at);
    return 4 * std::sqrt(moment((at - middle).square()));
  };
  if (!s.uniform_x)
    mode.second_moment_diameter_x_um = spread(s.x, s.mirror_x, true);
  mode.second_moment_diameter_y_um = spread(s.y, s.mirror_y, false);
}

} // namespace

double integral(const Section& s, const Eigen::ArrayXXd& at_points) {
  const double part = s.x.weights_um.dot(at_points.matrix() * s.y.weights_um);
  return part * (s.mirror_x ? 2 : 1) * (s.mirror_y ? 2 : 1);
}

double value_at(const Section& s, const Eigen::MatrixXd& at_nodes, double x_um, double y_um) {
  const double x0 = s.x.edges_um.front(), y0 = s.y.edges_um.front();
  const double x = s.mirror_x ? x0 + std::abs(x_um - x0) : x_um, y = s.mirror_y ? y0 + std::abs(y_um - y0) : y_um;
  if (x < x0 || x > s.x.edges_um.back() || y < y0 || y > s.y.edges_um.back())
    return 0;
  const LinePlace px = place_on(s.x, x), py = place_on(s.y, y);
  return px.factors.dot(at_nodes.block(px.first_node, py.first_node, s.x.stride(), s.y.stride()) * py.factors);
}

void fill_figures(VectorMode& mode, double group_minus_phase_index, double background_index, double peak_index) {
  const Section& s = mode.section;
  const double k = 2 * std::numbers::pi / mode.wavelength_um;
  const Fields f = fields_of(mode);
  const Eigen::ArrayXXd poynting = f.ex * f.hy - f.ey * f.hx;
  const double power = integral(s, poynting);

  // v_g = power/energy a length; d(w eps)/dw = 2 n n_g - eps with n_g - n the glass's own; air has none.
  const Eigen::ArrayXXd n = s.permittivity.sqrt();
  const Eigen::ArrayXXd dispersive = (n >= background_index).cast<double>() * group_minus_phase_index;
  const Eigen::ArrayXXd chi = s.permittivity + 2 * n * dispersive;
  const Eigen::ArrayXXd energy =
      chi * (f.ex.square() + f.ey.square() + f.ez.square()) + k * k * (f.hx.square() + f.hy.square() + f.hz.square());
  mode.group_index = integral(s, energy) / (2 * k * power);

  const double ex2 = integral(s, f.ex.square()), ey2 = integral(s, f.ey.square());
  mode.te_fraction = ex2 / (ex2 + ey2);
  mode.polarization = mode.te_fraction >= 0.5 ? Polarization::te : Polarization::tm;
  const bool te = mode.polarization == Polarization::te;
  mode.electric_field = averaged(s, te ? f.ex : f.ey) / std::sqrt(te ? ex2 : ey2);
  Eigen::Index i = 0, j = 0;
  mode.electric_field.cwiseAbs().maxCoeff(&i, &j);
  if (mode.electric_field(i, j) < 0)
    mode.electric_field = -mode.electric_field;
  mode.power_density = averaged(s, poynting / power);
  if (!s.uniform_x && !s.uniform_y)
    mode.effective_area_um2 = power * power / integral(s, poynting.square());
  const double core = background_index + (peak_index - background_index) * std::exp(-1.0);
  mode.confinement = integral(s, (n >= core).cast<double>() * poynting) / power;
  fill_moments(mode, poynting / power);
  fill_sizes(mode);
}

} // namespace beachfront::optics
