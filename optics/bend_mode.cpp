// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/bend_mode.hpp"

#include "optics/mode_window.hpp"
#include "optics/outgoing.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace beachfront::optics {
namespace {

using Complex = std::complex<double>;

constexpr int degree = 10;

/// The profile as seen with the outside of the bend at positive x.
struct Turned {
  const StraightMode& straight;
  bool reversed;
  Eigen::VectorXd along_outside(const Eigen::VectorXd& x_um) const { return reversed ? (-x_um).eval() : x_um; }
};

/// Both halves of a mirrored axis.
std::vector<double> both_halves(const std::vector<double>& half) {
  std::vector<double> whole(half.rbegin(), half.rend() - 1);
  for (double& x : whole)
    x = -x;
  whole.insert(whole.end(), half.begin(), half.end());
  return whole;
}

/// Radius in um, and how far out the caustic lies.
struct Geometry {
  double radius_um, caustic_um, airy_um;
};

Geometry geometry_of(const StraightMode& straight, double radius_mm) {
  const double glass = straight.profile.background_index, R = 1e3 * radius_mm;
  const double k = 2 * std::numbers::pi / straight.wavelength_um;
  return {R, R * (straight.effective_index - glass) / glass, std::cbrt(R / (2 * k * k * glass * glass))};
}

/// Elements of a bend: the straight mode's up to plain glass, at most to the caustic. Depth is widened for what
/// tunnels, which spreads over sqrt(x/g) on its way to the caustic.
WindowEdges bend_edges(const Turned& turned, const Geometry& bend) {
  const StraightMode& straight = turned.straight;
  WindowEdges edges;
  edges.x_um = straight.section.x.edges_um;
  if (turned.reversed) {
    std::reverse(edges.x_um.begin(), edges.x_um.end());
    for (double& edge : edges.x_um)
      edge = -edge;
  }
  const auto box = bounds_of(straight.profile);
  const double profile_end = turned.reversed ? -box.x_min_um : box.x_max_um;
  // Short of plain glass the section must not end; further out the outgoing modes are the more exact.
  const double decay_um = 1 / straight.decay_per_um;
  const double end =
      std::max(profile_end + 0.1 * decay_um, std::min(profile_end + 2 * decay_um, 0.9 * bend.caustic_um));
  while (edges.x_um.size() > 2 && edges.x_um.back() > end - 0.05 * decay_um)
    edges.x_um.pop_back();
  edges.x_um.push_back(end);
  edges.y_um = straight.section.y.edges_um;
  edges.mirror_y = straight.section.mirror_y;
  edges.uniform_y = straight.section.uniform_y;
  if (edges.uniform_y)
    return edges;
  const double spread = 5 * std::sqrt(std::max(bend.caustic_um, edges.x_um.back()) / straight.decay_per_um);
  widen_depth(edges, spread, straight.profile.cover_index.has_value());
  return edges;
}

IndexProfile reversed_profile(const IndexProfile& profile) {
  IndexProfile out = profile;
  if (auto* table = std::get_if<TableProfile>(&out.shape)) {
    const std::size_t nx = table->x_um.size(), ny = table->y_um.size();
    std::reverse(table->x_um.begin(), table->x_um.end());
    for (double& x : table->x_um)
      x = -x;
    for (std::size_t j = 0; j < ny; ++j)
      std::reverse(table->delta_n.begin() + static_cast<std::ptrdiff_t>(j * nx),
                   table->delta_n.begin() + static_cast<std::ptrdiff_t>((j + 1) * nx));
    if (!table->slopes.y.empty())
      table->slopes = table_slopes(*table);
  }
  return out;
}

/// A section whose permittivity differs from the plain layers by `scale` times what the profile says.
Section scaled_section(const IndexProfile& profile, Section grid, double scale) {
  Section section = section_of(profile, std::move(grid));
  if (scale == 1)
    return section;
  const Eigen::ArrayXd plain = layer_index(profile, section.y).array().square();
  section.permittivity =
      scale * section.permittivity + ((1 - scale) * plain).transpose().replicate(section.permittivity.rows(), 1);
  return section;
}

/// The wave beyond the guide starts at the end of the section and turns outgoing behind the caustic, and behind the
/// straight mode's window: cut at the caustic, the field would gain and lose whole nodes of it as the radius changes.
OutgoingPath path_beyond(const StraightMode& straight, const Geometry& bend, double end_um) {
  const double window_um = std::max(-straight.section.x.edges_um.front(), straight.section.x.edges_um.back());
  return {end_um, std::max({bend.caustic_um, end_um, window_um}),
          6 * bend.airy_um, // takes 8 nepers from the wave each way
          3 / straight.decay_per_um};
}

double loss_of(double imaginary_index, double wavelength_um) {
  const double k_per_cm = 2e4 * std::numbers::pi / wavelength_um;
  return 20 / std::numbers::ln10 * k_per_cm * imaginary_index;
}

double centre_um(const StraightMode& straight, const Eigen::MatrixXd& power) {
  const Eigen::MatrixXd weighted = power.cwiseProduct(straight.mass);
  return straight.section.x.nodes_um.dot(weighted.rowwise().sum()) / weighted.sum();
}

/// The straight mode's offset that suits a bend best: a parabola through three overlaps around the shift of the centre.
void fill_joints(const StraightMode& straight, BendMode& bend) {
  const double sign = bend.outside == Outside::positive_x ? 1 : -1;
  bend.shift_um =
      sign * (centre_um(straight, bend.field.cwiseAbs2()) - centre_um(straight, straight.field.cwiseAbs2()));
  bend.joint_loss_dB = joint_loss_dB(straight, straight.field.cast<Complex>(), bend.field);
  const auto loss_at = [&](double offset) {
    const Eigen::MatrixXd moved =
        values_at(straight.section.x, straight.section.x.nodes_um.array() - sign * offset) * straight.field;
    return joint_loss_dB(straight, moved.cast<Complex>(), bend.field);
  };
  const double step = 0.2 * std::max(std::abs(bend.shift_um), 1e-3);
  const double low = loss_at(bend.shift_um - step), middle = loss_at(bend.shift_um),
               high = loss_at(bend.shift_um + step);
  const double curvature = low - 2 * middle + high;
  bend.best_offset_um =
      bend.shift_um + (curvature > 0 ? step * std::clamp((low - high) / (2 * curvature), -3.0, 3.0) : 0);
  bend.offset_joint_loss_dB = std::min(middle, loss_at(bend.best_offset_um));
}

/// The field of a bend on the nodes of the straight mode: its own section, and beyond it the outgoing modes.
Eigen::MatrixXcd on_straight_nodes(const StraightMode& straight, const Turned& turned, const Section& section,
                                   const Eigen::MatrixXcd& field, const LineModes& along_y, KeptNodes on_y,
                                   const Outgoing& outgoing) {
  const SpectralLine& line = straight.section.x;
  Eigen::MatrixXcd whole = values_at(section.x, turned.along_outside(line.nodes_um)) * field;
  const Eigen::VectorXcd amplitudes =
      along_y.to_modes * field.row(field.rows() - 1).segment(on_y.first, on_y.count).transpose();
  const double end_um = section.x.edges_um.back();
  const Eigen::Index elements = (outgoing.nodes_um.size() - 1) / degree;
  std::vector<double> edges;
  for (Eigen::Index e = 0; e <= elements; ++e)
    edges.push_back(outgoing.nodes_um[e * degree]);
  if (elements > 0) {
    const SpectralLine beyond(edges, degree);
    for (Eigen::Index i = 0; i < line.nodes_um.size(); ++i) {
      const double x = turned.reversed ? -line.nodes_um[i] : line.nodes_um[i];
      if (x <= end_um || x > edges.back())
        continue;
      const LinePlace place = place_on(beyond, x);
      const Eigen::VectorXcd factors =
          (place.factors.transpose() * outgoing.fields.middleRows(place.first_node, beyond.stride())).transpose();
      whole.row(i).segment(on_y.first, on_y.count) = (along_y.vectors * factors.cwiseProduct(amplitudes)).transpose();
    }
  }
  // the straight mode's edges along y are among the bend's
  const auto same =
      std::find(section.y.edges_um.begin(), section.y.edges_um.end(), straight.section.y.edges_um.front());
  return whole.middleCols((same - section.y.edges_um.begin()) * section.y.degree, straight.section.y.nodes_um.size());
}

BendMode solve_bend(const Turned& turned, const IndexProfile& profile, double radius_mm, const BendMode& before) {
  const StraightMode& straight = turned.straight;
  const Geometry bend = geometry_of(straight, radius_mm);
  const WindowEdges edges = bend_edges(turned, bend);
  const Section section = scaled_section(profile, grid_on(edges, degree), straight.contrast_scale);
  const Eigen::VectorXd plain_index = layer_index(profile, section.y);
  const Eigen::VectorXd w = layer_weight(scalar_field(straight.polarization), plain_index);
  const double k = 2 * std::numbers::pi / straight.wavelength_um;
  const KeptNodes on_y = kept_nodes(section.y, section.mirror_y, section.uniform_y, true);
  const LineModes plain = line_modes(section.y, k * k * plain_index.cwiseAbs2(), w.cwiseInverse(), on_y);
  const OutgoingPath path = path_beyond(straight, bend, section.x.edges_um.back());
  ScalarOperator op(section, w, straight.wavelength_um, bend.radius_um, FarEnd::free);

  const Eigen::MatrixXcd carried = values_at(straight.section.x, turned.along_outside(section.x.nodes_um)) *
                                   before.field * values_at(straight.section.y, section.y.nodes_um).transpose();
  Eigen::VectorXcd start(op.vector_of(carried.real()).size());
  start.real() = op.vector_of(carried.real());
  start.imag() = op.vector_of(carried.imag());
  DavidsonLimits limits;
  limits.residual = 1e-7;
  limits.most_products = 150;
  limits.largest_basis = 24;
  BendMode mode;
  mode.radius_mm = radius_mm;
  mode.outside = turned.reversed ? Outside::negative_x : Outside::positive_x;
  Complex beta2 = std::pow(k * before.effective_index, 2);
  for (int turn = 0;; ++turn) {
    // The flux at the end depends on beta^2: linear in the eigenvalue within a turn, settled by the turns.
    const Outgoing outgoing = outgoing_modes(plain, beta2, bend.radius_um, path);
    op.open_to({plain, outgoing.impedance_per_um});
    op.aim_at(beta2.real());
    const LeakyPair pair = leaky_eigenpair(op.leaky_problem(), start, limits);
    Eigen::MatrixXcd field(section.x.nodes_um.size(), section.y.nodes_um.size());
    field.real() = op.field_of(pair.vector.real());
    field.imag() = op.field_of(pair.vector.imag());
    const Eigen::VectorXcd end =
        plain.to_modes * field.row(field.rows() - 1).segment(on_y.first, on_y.count).transpose();
    const double beyond = end.cwiseAbs2().dot(outgoing.content_um.real());
    const Complex settled = (pair.value + beyond * beta2) / (1 + beyond);
    const Complex change = settled - beta2;
    beta2 = settled;
    start = pair.vector;
    constexpr int most_turns = 6;
    if (turn + 1 < most_turns && (std::abs(change.real()) * beyond > 1e-9 ||
                                  std::abs(change.imag()) * (beyond + 1e-4) > 1e-3 * std::abs(beta2.imag())))
      continue;
    mode.effective_index = std::sqrt(beta2) / k;
    mode.loss_dB_per_cm = loss_of(-mode.effective_index.imag(), straight.wavelength_um);
    mode.field = on_straight_nodes(straight, turned, section, field, plain, on_y, outgoing);
    // Gone within a hundred wavelengths or so, or no solution at all: not a mode one can route.
    mode.guiding = pair.converged && -beta2.imag() < 0.05 * (beta2.real() - std::pow(k * profile.background_index, 2));
    if (mode.guiding && !(mode.loss_dB_per_cm > least_loss_dB_per_cm)) // underflow, of either sign
      mode.loss_dB_per_cm = least_loss_dB_per_cm;
    return mode;
  }
}

} // namespace

Eigen::VectorXd layer_index(const IndexProfile& profile, const SpectralLine& y) {
  Eigen::VectorXd index = Eigen::VectorXd::Constant(y.points_um.size(), profile.background_index);
  if (profile.cover_index)
    for (Eigen::Index e = 0; e < y.elements(); ++e)
      if (y.edges_um[static_cast<std::size_t>(e)] < 0)
        index.segment(e * y.stride(), y.stride()).setConstant(*profile.cover_index);
  return index;
}

ScalarField scalar_field(Polarization polarization) {
  return polarization == Polarization::te ? ScalarField::plain : ScalarField::magnetic;
}

double joint_loss_dB(const StraightMode& straight, const Eigen::MatrixXcd& one, const Eigen::MatrixXcd& other) {
  const auto product = [&](const Eigen::MatrixXcd& u, const Eigen::MatrixXcd& v) {
    return u.cwiseProduct(v).cwiseProduct(straight.mass.cast<Complex>()).sum();
  };
  const Complex both = product(one, other);
  return std::max(0.0, -10 * std::log10(std::abs(both * both / (product(one, one) * product(other, other)))));
}

std::optional<StraightMode> straight_mode(const IndexProfile& profile, double wavelength_um, Polarization polarization,
                                          double contrast_scale) {
  const GuideScale scale = scale_of(profile, wavelength_um);
  double decay = scale.decay_per_um;
  StraightMode mode;
  mode.profile = profile;
  mode.wavelength_um = wavelength_um;
  mode.polarization = polarization;
  mode.contrast_scale = contrast_scale;
  for (int turn = 0; turn < 4; ++turn) {
    WindowEdges edges = window_for(profile, scale, {std::max(decay, scale.decay_per_um), decay});
    if (edges.mirror_x)
      edges.x_um = both_halves(edges.x_um);
    edges.mirror_x = false;
    mode.section = scaled_section(profile, grid_on(edges, degree), contrast_scale);
    mode.layer_index = layer_index(profile, mode.section.y);
    const Eigen::VectorXd w = layer_weight(scalar_field(polarization), mode.layer_index);
    ScalarOperator op(mode.section, w, wavelength_um, std::nullopt);
    op.aim_at(op.product_beta2() * (1 + 1e-9));
    DavidsonLimits limits;
    limits.residual = 1e-8;
    limits.largest_basis = 24;
    limits.most_products = 100;
    const auto pair = followed_eigenpair(op.problem(), op.product_guess(), limits);
    mode.effective_index = std::sqrt(pair.value) / scale.k_per_um;
    const double above = mode.effective_index * mode.effective_index - std::pow(cutoff_index(profile), 2);
    if (above <= 0) {
      decay /= 4; // a weak mode may need a wider window
      continue;
    }
    mode.decay_per_um = scale.k_per_um * std::sqrt(above);
    if (mode.decay_per_um > 0.8 * decay || turn == 3) {
      mode.field = op.field_of(pair.vector);
      Eigen::Index i = 0, j = 0;
      mode.field.cwiseAbs().maxCoeff(&i, &j);
      if (mode.field(i, j) < 0)
        mode.field = -mode.field;
      const SpectralLine &x = mode.section.x, &y = mode.section.y;
      mode.mass = sum_to_nodes(x, y, (x.weights_um * y.weights_um.cwiseProduct(w).transpose()).array()).matrix();
      mode.field /= std::sqrt(mode.field.cwiseAbs2().cwiseProduct(mode.mass).sum());
      return mode;
    }
    decay = mode.decay_per_um;
  }
  return std::nullopt;
}

StraightMode matched_to(const StraightMode& scalar, double effective_index) {
  const Section& section = scalar.section;
  const Eigen::ArrayXd plain = scalar.layer_index.array().square();
  const Eigen::VectorXd w = layer_weight(scalar_field(scalar.polarization), scalar.layer_index);
  const Eigen::ArrayXXd guide = section.permittivity.rowwise() - plain.transpose();
  const Eigen::ArrayXXd weight = (section.x.weights_um * section.y.weights_um.cwiseProduct(w).transpose()).array();
  // beta^2 over k^2 rises by the guide's permittivity, averaged over the mode, for each unit of scale
  const double rise = (sum_to_nodes(section.x, section.y, weight * guide) * scalar.field.array().square()).sum();
  const double missing = std::pow(effective_index, 2) - std::pow(scalar.effective_index, 2);
  return straight_mode(scalar.profile, scalar.wavelength_um, scalar.polarization, 1 + missing / rise).value_or(scalar);
}

std::vector<BendMode> bend_modes(const StraightMode& straight, const std::vector<double>& radii_mm, Outside outside) {
  std::vector<std::size_t> order(radii_mm.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return radii_mm[a] > radii_mm[b]; });
  const Turned turned{straight, outside == Outside::negative_x};
  const IndexProfile profile = turned.reversed ? reversed_profile(straight.profile) : straight.profile;
  std::vector<BendMode> modes(radii_mm.size());
  BendMode before;
  before.effective_index = straight.effective_index;
  before.field = straight.field.cast<Complex>();
  for (const std::size_t at : order) {
    modes[at] = solve_bend(turned, profile, radii_mm[at], before);
    fill_joints(straight, modes[at]);
    if (modes[at].guiding)
      before = modes[at];
  }
  return modes;
}

} // namespace beachfront::optics
