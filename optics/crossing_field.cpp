// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/crossing_field.hpp"

#include "optics/product_modes.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <stdexcept>
#include <variant>

namespace beachfront::optics {
namespace {

using Complex = std::complex<double>;

constexpr double absorber_um = 8;
constexpr double absorbed_per_um = 0.6; // of the field, on the last node: light at grazing angles is taken over 20 um

/// The plain layers around both guides, and how a field travels in them. Fields are held as real and imaginary part
/// side by side, (x node, y node of either).
struct Layers {
  SpectralLine x;
  const SpectralLine& y;
  KeptNodes on_x, on_y;
  LineModes along_x, along_y;
  Eigen::VectorXd index_y;  ///< of the layers at the kept nodes, 0 where there is no glass
  Eigen::VectorXd share_y;  ///< of a node's weight that lies in the glass
  Eigen::VectorXd places_x; ///< kept nodes
  Eigen::VectorXd places_y;
  double k_per_um = 0, beta_per_um = 0;
};

Eigen::VectorXd kept(const Eigen::VectorXd& nodes, KeptNodes on) {
  return nodes.segment(on.first, on.count);
}

/// The straight mode's window, widened by the absorbing edges, cut evenly.
SpectralLine line_for(const StraightMode& guide, int degree) {
  constexpr double element_um = 6;
  const double half = std::max(-guide.section.x.edges_um.front(), guide.section.x.edges_um.back()) + absorber_um;
  const int elements = 2 * static_cast<int>(std::ceil(half / element_um));
  std::vector<double> edges;
  for (int i = 0; i <= elements; ++i)
    edges.push_back(half * (2.0 * i / elements - 1));
  return {edges, degree};
}

Layers layers_of(const StraightMode& guide, int degree) {
  const Section& s = guide.section;
  const bool plain = guide.polarization == Polarization::te;
  const Eigen::VectorXd w = layer_weight(plain ? ScalarField::plain : ScalarField::magnetic, guide.layer_index);
  Layers layers{line_for(guide, degree), s.y, {}, {}, {}, {}, {}, {}, {}, {}, 0, 0};
  layers.k_per_um = 2 * std::numbers::pi / guide.wavelength_um;
  layers.beta_per_um = layers.k_per_um * guide.effective_index;
  layers.on_x = kept_nodes(layers.x, false, false, true);
  layers.on_y = kept_nodes(s.y, s.mirror_y, s.uniform_y, true);
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(layers.x.points_um.size());
  layers.along_x = line_modes(layers.x, 0 * ones, ones, layers.on_x);
  layers.along_y =
      line_modes(s.y, layers.k_per_um * layers.k_per_um * guide.layer_index.cwiseAbs2(), w.cwiseInverse(), layers.on_y);
  layers.places_x = kept(layers.x.nodes_um, layers.on_x);
  layers.places_y = kept(s.y.nodes_um, layers.on_y);
  Eigen::VectorXd in_glass = Eigen::VectorXd::Zero(s.y.nodes_um.size()), all = in_glass;
  for (Eigen::Index e = 0; e < s.y.elements(); ++e)
    for (Eigen::Index i = 0; i < s.y.stride(); ++i) {
      const Eigen::Index point = e * s.y.stride() + i, node = e * s.y.degree + i;
      const double mass = s.y.weights_um[point] * w[point];
      all[node] += mass;
      if (guide.layer_index[point] == guide.profile.background_index)
        in_glass[node] += mass;
    }
  layers.share_y = kept(in_glass.cwiseQuotient(all), layers.on_y);
  return layers;
}

/// A guide's index above the glass along its own x, on the kept nodes of y. A wall is averaged over `blur_um`.
Eigen::VectorXd delta_n_column(const StraightMode& guide, const Layers& layers, double x_um, double blur_um) {
  const bool sharp = std::holds_alternative<ChannelProfile>(guide.profile.shape) ||
                     std::holds_alternative<StepFibreProfile>(guide.profile.shape);
  const int samples = sharp ? 5 : 1;
  Eigen::VectorXd column = Eigen::VectorXd::Zero(layers.places_y.size());
  for (Eigen::Index j = 0; j < column.size(); ++j)
    if (layers.share_y[j] > 0)
      for (int i = 0; i < samples; ++i)
        column[j] +=
            delta_n_at(guide.profile, x_um + blur_um * ((i + 0.5) / samples - 0.5), layers.places_y[j]) / samples;
  return column;
}

/// The guide's index above the glass on a fine even grid of its own x, so that steps need no formula.
struct SampledGuide {
  double first_um = 0, step_um = 0;
  Eigen::MatrixXd delta_n; ///< (y node, sample)

  Eigen::VectorXd at(double x_um) const {
    const double place = (x_um - first_um) / step_um;
    if (!(place >= 1) || !(place <= static_cast<double>(delta_n.cols()) - 3))
      return Eigen::VectorXd::Zero(delta_n.rows());
    const auto i = static_cast<Eigen::Index>(place);
    const double t = place - static_cast<double>(i); // cubic through four samples
    return delta_n.col(i - 1) * (-t * (t - 1) * (t - 2) / 6) + delta_n.col(i) * ((t + 1) * (t - 1) * (t - 2) / 2) +
           delta_n.col(i + 1) * (-(t + 1) * t * (t - 2) / 2) + delta_n.col(i + 2) * ((t + 1) * t * (t - 1) / 6);
  }
};

SampledGuide sampled_guide(const StraightMode& guide, const Layers& layers) {
  const auto box = bounds_of(guide.profile);
  constexpr int samples = 400;
  const double margin = 0.6 * (box.x_max_um - box.x_min_um); // a Gaussian has fallen to 1e-13 there
  SampledGuide out;
  out.first_um = box.x_min_um - margin;
  out.step_um = (box.x_max_um - box.x_min_um + 2 * margin) / samples;
  out.delta_n.resize(layers.places_y.size(), samples + 1);
  const double blur_um = 6.0 / layers.x.degree;
  for (Eigen::Index i = 0; i <= samples; ++i)
    out.delta_n.col(i) = delta_n_column(guide, layers, out.first_um + static_cast<double>(i) * out.step_um, blur_um);
  return out;
}

struct Beam {
  Eigen::MatrixXd parts; ///< real, then imaginary columns

  Eigen::Index rows() const { return parts.cols() / 2; }
  auto real() { return parts.leftCols(rows()); }
  auto imag() { return parts.rightCols(rows()); }
};

/// Along x then y into the layers' modes, or back.
void transform(Beam& beam, const Eigen::MatrixXd& x, const Eigen::MatrixXd& y) {
  Eigen::MatrixXd half(x.rows(), beam.parts.cols());
  half.noalias() = x * beam.parts;
  beam.parts.resize(x.rows(), 2 * y.rows());
  const Eigen::Index before = half.cols() / 2;
  beam.parts.leftCols(y.rows()).noalias() = half.leftCols(before) * y.transpose();
  beam.parts.rightCols(y.rows()).noalias() = half.rightCols(before) * y.transpose();
}

/// cos and sin of an angle in each entry.
struct Turn {
  Eigen::ArrayXXd cos, sin;
  explicit Turn(const Eigen::ArrayXXd& angle) : cos(angle.cos()), sin(angle.sin()) {}
  void apply(Beam& beam) const {
    const Eigen::ArrayXXd re = beam.real().array(), im = beam.imag().array();
    beam.real() = (re * cos + im * sin).matrix(); // exp(-i angle)
    beam.imag() = (im * cos - re * sin).matrix();
  }
};

/// (k^2 n^2 - kx^2 - ky^2 - beta^2)/(2 beta), a micrometre of diffraction. The square root of the whole operator would
/// also hold the product of diffraction and index; with one of the two in it and not the other the loss is 4 % off.
Eigen::ArrayXXd diffraction_per_um(const Layers& layers) {
  Eigen::ArrayXXd angle(layers.along_x.values.size(), layers.along_y.values.size());
  for (Eigen::Index j = 0; j < angle.cols(); ++j)
    for (Eigen::Index i = 0; i < angle.rows(); ++i)
      angle(i, j) = (layers.along_x.values[i] + layers.along_y.values[j] - layers.beta_per_um * layers.beta_per_um) /
                    (2 * layers.beta_per_um);
  return angle;
}

/// What the index of both guides adds to the phase, a micrometre. `angle_rad` nothing: the first guide alone.
Eigen::ArrayXXd phase_per_um(const StraightMode& guide, const Layers& layers, const SampledGuide& sampled,
                             const Eigen::MatrixXd& own, std::optional<double> angle_rad, double z_um,
                             CrossingExposure exposure) {
  Eigen::ArrayXXd phase(layers.places_x.size(), layers.places_y.size());
  const double glass = guide.profile.background_index;
  const double scale = layers.k_per_um * layers.k_per_um / (2 * layers.beta_per_um);
  for (Eigen::Index i = 0; i < phase.rows(); ++i) {
    Eigen::ArrayXd delta = own.col(i).array();
    if (angle_rad) {
      const double from_axis = layers.places_x[i] * std::cos(*angle_rad) - z_um * std::sin(*angle_rad);
      const Eigen::ArrayXd other = sampled.at(from_axis).array();
      delta = exposure == CrossingExposure::one_mask ? delta.max(other).eval() : (delta + other).eval();
    }
    phase.row(i) = -(scale * layers.share_y.array() * delta * (2 * glass + delta)).transpose();
  }
  return -phase;
}

/// The guide's mode on the kept nodes, `from_axis_um` telling where each node of x lies across it; unit power over the
/// plane of y and the guide's own x.
Eigen::MatrixXd mode_at(const StraightMode& guide, const Layers& layers, const Eigen::VectorXd& from_axis_um) {
  return values_at(guide.section.x, from_axis_um) * guide.field.middleCols(layers.on_y.first, layers.on_y.count);
}

/// Part of each node's field that a step leaves.
Eigen::ArrayXd edge_mask(const Layers& layers, double step_um) {
  const double start = layers.x.edges_um.back() - absorber_um;
  const Eigen::ArrayXd into = ((layers.places_x.array().abs() - start) / absorber_um).max(0);
  return (-absorbed_per_um * step_um * into.square()).exp();
}

struct Travelled {
  Beam beam;
  double absorbed = 0;
};

double power_of(Beam& beam, const Eigen::ArrayXXd& mass) {
  return (mass * (beam.real().array().square() + beam.imag().array().square())).sum();
}

struct Way {
  double start_um = 0, step_um = 0;
  int steps = 0;
};

Travelled travel(const StraightMode& guide, const Layers& layers, const Eigen::MatrixXd& launched, const Way& way,
                 std::optional<double> angle_rad, CrossingExposure exposure) {
  const SampledGuide sampled = sampled_guide(guide, layers);
  Eigen::MatrixXd own(layers.places_y.size(), layers.places_x.size());
  for (Eigen::Index i = 0; i < own.cols(); ++i)
    own.col(i) = sampled.at(layers.places_x[i]);
  const Eigen::ArrayXXd mass = (layers.along_x.mass * layers.along_y.mass.transpose()).array();
  const Eigen::ArrayXXd diffraction = diffraction_per_um(layers);
  const Turn half(diffraction * way.step_um / 2), full(diffraction * way.step_um);
  const Eigen::ArrayXd mask = edge_mask(layers, way.step_um);
  Travelled out;
  out.beam.parts = Eigen::MatrixXd::Zero(launched.rows(), 2 * launched.cols());
  out.beam.real() = launched;
  const auto diffract = [&](const Turn& turn) {
    transform(out.beam, layers.along_x.to_modes, layers.along_y.to_modes);
    turn.apply(out.beam);
    transform(out.beam, layers.along_x.vectors, layers.along_y.vectors);
  };
  diffract(half);
  for (int step = 0; step < way.steps; ++step) {
    const double z_um = way.start_um + (step + 0.5) * way.step_um;
    Turn(phase_per_um(guide, layers, sampled, own, angle_rad, z_um, exposure) * way.step_um).apply(out.beam);
    const double before = power_of(out.beam, mass);
    out.beam.parts = mask.matrix().asDiagonal() * out.beam.parts;
    out.absorbed += before - power_of(out.beam, mass);
    diffract(step + 1 < way.steps ? full : half);
  }
  return out;
}

/// |integral of the beam with a mode whose phase advances along x|^2.
double share_in(Beam& beam, const Layers& layers, const Eigen::MatrixXd& mode, double phase_per_um) {
  Complex sum = 0;
  for (Eigen::Index i = 0; i < mode.rows(); ++i) {
    const Eigen::VectorXd weighted = layers.along_x.mass[i] * mode.row(i).transpose().cwiseProduct(layers.along_y.mass);
    sum += std::polar(1.0, phase_per_um * layers.places_x[i]) *
           Complex(beam.real().row(i).dot(weighted), beam.imag().row(i).dot(weighted));
  }
  return std::norm(sum);
}

Way way_across(const StraightMode& guide, double angle_rad, double longest_um) {
  const auto box = bounds_of(guide.profile);
  const double reach_um = std::max(-box.x_min_um, box.x_max_um) + 3 / guide.decay_per_um;
  const double half_um = reach_um / std::sin(angle_rad);
  if (half_um > 2500)
    throw std::invalid_argument("crossing_field: guides at so small an angle run together, they do not cross");
  // the other guide's profile, here down to 1/1000 of its peak, passes in no fewer than 20 steps
  const double step_um = std::min(longest_um, (box.x_max_um - box.x_min_um) / 20 / std::sin(angle_rad));
  const int steps = static_cast<int>(std::ceil(2 * half_um / step_um));
  return {-half_um, 2 * half_um / steps, steps};
}

} // namespace

CrossingField crossing_field(const StraightMode& guide, double angle_deg, CrossingExposure exposure,
                             const CrossingSteps& steps) {
  if (!(angle_deg > 0 && angle_deg < 180))
    throw std::invalid_argument("crossing_field: the angle must be above 0 and below 180 degrees");
  const double acute_deg = std::min(angle_deg, 180 - angle_deg), angle_rad = acute_deg * std::numbers::pi / 180;
  const Layers layers = layers_of(guide, steps.degree);
  const Way way = way_across(guide, angle_rad, steps.longest_um);
  Eigen::MatrixXd mode = mode_at(guide, layers, layers.places_x);
  const Eigen::ArrayXXd mass = (layers.along_x.mass * layers.along_y.mass.transpose()).array();
  mode /= std::sqrt((mass * mode.array().square()).sum());

  Travelled crossed = travel(guide, layers, mode, way, angle_rad, exposure);
  CrossingField out;
  out.angle_deg = angle_deg;
  out.steps = way.steps;
  out.through = share_in(crossed.beam, layers, mode, 0);
  out.absorbed = crossed.absorbed;
  if (acute_deg <= largest_crosstalk_angle_deg) {
    const double end_um = way.start_um + way.steps * way.step_um;
    const Eigen::VectorXd across =
        (layers.places_x.array() * std::cos(angle_rad) - end_um * std::sin(angle_rad)).matrix();
    const Eigen::MatrixXd other = mode_at(guide, layers, across);
    const double norm = (mass * other.array().square()).sum();
    out.crossed = share_in(crossed.beam, layers, other, layers.beta_per_um * std::sin(angle_rad)) / norm;
    out.crosstalk_dB = 10 * std::log10(std::max(out.crossed, 1e-30));
  }
  out.radiated = power_of(crossed.beam, mass) - out.through - out.crossed;
  Travelled empty = travel(guide, layers, mode, way, std::nullopt, exposure);
  const double kept_empty = share_in(empty.beam, layers, mode, 0);
  out.empty_loss_dB = -10 * std::log10(kept_empty);
  out.loss_dB = std::max(0.0, -10 * std::log10(out.through / std::min(1.0, kept_empty)));
  return out;
}

std::vector<CrossingPoint> crossing_table(const StraightMode& guide, std::vector<double> angles_deg,
                                          CrossingExposure exposure) {
  std::sort(angles_deg.begin(), angles_deg.end());
  angles_deg.erase(std::unique(angles_deg.begin(), angles_deg.end()), angles_deg.end());
  std::vector<CrossingPoint> table;
  constexpr double least_dB = 1e-7; // below what the steps resolve; the model's table must be above 0
  for (const double angle : angles_deg)
    table.push_back({angle, std::max(least_dB, crossing_field(guide, angle, exposure).loss_dB)});
  return table;
}

} // namespace beachfront::optics
