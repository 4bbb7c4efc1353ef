// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/supermodes.hpp"

#include "optics/coupling.hpp"
#include "optics/mode_window.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <variant>

namespace beachfront::optics {
namespace {

/// The guide on whose right, at `distance_um`, the other one stands, and what all grids of the pair share.
struct Pair {
  const StraightMode& alone;
  double distance_um = 0;
  int degree = 0;
  double k_per_um = 0;
  double decay_um = 0; ///< 1/decay beside the guide
};

constexpr double residual = 1e-9;
constexpr double longest_tail = 3; // decay lengths an element may span

bool is_asymmetric(const IndexProfile& profile) {
  return std::holds_alternative<TableProfile>(profile.shape);
}

/// A sharp wall cannot be there twice.
bool is_union(const IndexProfile& profile) {
  return std::holds_alternative<ChannelProfile>(profile.shape) ||
         std::holds_alternative<StepFibreProfile>(profile.shape);
}

/// Closes a line at `end_um`, elements of the tail not too long.
void close_at(std::vector<double>& edges_um, double end_um, double longest_um) {
  while (edges_um.size() > 1 && edges_um.back() > end_um - 0.02 * longest_um)
    edges_um.pop_back();
  const double from = edges_um.back();
  const int parts = std::max(1, static_cast<int>(std::ceil((end_um - from) / longest_um)));
  for (int i = 1; i <= parts; ++i)
    edges_um.push_back(from + (end_um - from) * i / parts);
}

/// The straight guide's edges, the depth widened for tails that spread over sqrt(x/g) on their way.
WindowEdges widened_edges(const Pair& pair) {
  const Section& section = pair.alone.section;
  WindowEdges edges;
  edges.x_um = section.x.edges_um;
  edges.y_um = section.y.edges_um;
  edges.mirror_y = section.mirror_y;
  edges.uniform_y = section.uniform_y;
  if (edges.uniform_y)
    return edges;
  const double spread = 5 * std::sqrt(pair.distance_um / 2 * pair.decay_um);
  widen_depth(edges, spread, pair.alone.profile.cover_index.has_value());
  return edges;
}

Eigen::VectorXd weight_on(const Pair& pair, const SpectralLine& y) {
  return layer_weight(scalar_field(pair.alone.polarization), layer_index(pair.alone.profile, y));
}

/// Adds the other guide's index to a section of the first. Of two equal sharp guides all that lies on the first one's
/// side of the plane between them lies in the first.
void add_neighbour(const Pair& pair, Section& section, bool whole_line) {
  if (is_union(pair.alone.profile) && !whole_line)
    return;
  std::vector<double> shifted = section.x.edges_um;
  for (double& edge : shifted)
    edge -= pair.distance_um;
  Section other = section;
  other.x = SpectralLine(shifted, section.x.degree);
  other = section_of(pair.alone.profile, other);
  const Eigen::VectorXd layer = layer_index(pair.alone.profile, section.y);
  section.permittivity =
      (section.permittivity.sqrt() + other.permittivity.sqrt()).rowwise() - layer.transpose().array();
  section.permittivity = section.permittivity.square();
}

/// The lone mode at the nodes of another grid, moved by `shift_um`; 0 outside its own.
Eigen::MatrixXd lone_field_on(const Pair& pair, const Section& to, double shift_um) {
  const Section& from = pair.alone.section;
  return values_at(from.x, to.x.nodes_um.array() - shift_um) * pair.alone.field *
         values_at(from.y, to.y.nodes_um).transpose();
}

EigenPair solve(const ScalarOperator& op, const Eigen::MatrixXd& like) {
  DavidsonLimits limits;
  limits.residual = residual;
  limits.largest_basis = 30;
  limits.most_products = 200;
  return followed_eigenpair(op.problem(), op.vector_of(like), limits);
}

double lone_beta2(const Pair& pair) {
  return std::pow(pair.k_per_um * pair.alone.effective_index, 2);
}

/// The highest index on the plane between the guides. Where it reaches the modes' own there is no barrier left.
double highest_between(const Pair& pair) {
  const IndexProfile& profile = pair.alone.profile;
  const auto box = bounds_of(profile);
  const bool planar = std::isinf(box.y_max_um);
  constexpr int steps = 200;
  double highest = 0;
  for (int j = 0; j <= steps; ++j) {
    const double y = planar ? 0 : box.y_min_um + (box.y_max_um - box.y_min_um) * j / steps;
    const double one = delta_n_at(profile, pair.distance_um / 2, y),
                 other = delta_n_at(profile, -pair.distance_um / 2, y);
    highest = std::max(highest, is_union(profile) ? std::max(one, other) : one + other);
  }
  return profile.background_index + highest;
}

/// Fills what follows from the two beta^2 and their difference.
std::optional<Supermodes> filled(const Pair& pair, double even_beta2, double odd_beta2, double difference) {
  Supermodes out;
  out.distance_um = pair.distance_um;
  const double cutoff = cutoff_index(pair.alone.profile), cutoff_beta2 = std::pow(pair.k_per_um * cutoff, 2);
  if (!(even_beta2 > cutoff_beta2))
    return std::nullopt;
  out.even_index = std::sqrt(even_beta2) / pair.k_per_um;
  out.odd_guided = odd_beta2 > cutoff_beta2;
  if (!out.odd_guided) {
    odd_beta2 = cutoff_beta2;
    difference = even_beta2 - cutoff_beta2;
  }
  out.odd_index = std::sqrt(odd_beta2) / pair.k_per_um;
  out.index_splitting = difference / (pair.k_per_um * pair.k_per_um * (out.even_index + out.odd_index));
  out.coupling_per_mm = 1e3 * pair.k_per_um * out.index_splitting / 2;
  out.coupling_length_mm = coupling_length_mm(out.coupling_per_mm);
  out.merged = highest_between(pair) >= out.even_index;
  return out;
}

/// The section ends on the plane. Of the even operator's image of the odd field only the rows on the plane are not
/// beta_o^2 times the field; they are the discrete form of Green's identity, without a difference of large numbers.
std::optional<Supermodes> solve_near(const Pair& pair) {
  WindowEdges edges = widened_edges(pair);
  close_at(edges.x_um, pair.distance_um / 2, longest_tail * pair.decay_um);
  Section section = section_of(pair.alone.profile, grid_on(edges, pair.degree));
  add_neighbour(pair, section, false);
  const Eigen::VectorXd w = weight_on(pair, section.y);
  const Eigen::MatrixXd start = lone_field_on(pair, section, 0);
  ScalarOperator even_op(section, w, pair.alone.wavelength_um, std::nullopt, FarEnd::free);
  ScalarOperator odd_op(section, w, pair.alone.wavelength_um, std::nullopt, FarEnd::held);
  even_op.aim_at(lone_beta2(pair) * (1 + 1e-9));
  odd_op.aim_at(lone_beta2(pair) * (1 + 1e-9));
  const EigenPair even = solve(even_op, start), odd = solve(odd_op, start);
  const Eigen::VectorXd odd_there = even_op.vector_of(odd_op.field_of(odd.vector));
  Eigen::VectorXd image;
  even_op.problem().apply(odd_there, image);
  const Eigen::Index columns = section.x.nodes_um.size() - 1, rows = image.size() / columns;
  const Eigen::Map<const Eigen::MatrixXd> field(even.vector.data(), columns, rows), flux(image.data(), columns, rows);
  const double difference = field.row(columns - 1).dot(flux.row(columns - 1)) / even.vector.dot(odd_there);
  auto out = filled(pair, even.value, odd.value, std::abs(difference));
  if (out)
    out->converged = even.converged && odd.converged;
  return out;
}

/// One supermode on a section that ends before plain glass, continued to the plane by the modes of the layers.
struct FarField {
  double beta2 = 0;
  Eigen::MatrixXd field;
  Eigen::VectorXd end; ///< amplitudes of the layers' modes at the end of the section
  bool guided = false, converged = false;
};

/// Decay of each of the layers' modes; 0 where it does not decay.
Eigen::VectorXd decays(const LineModes& layers, double beta2) {
  return (beta2 - layers.values.array()).max(0).sqrt().matrix();
}

FarField solve_far_field(const Pair& pair, const Section& section, const LineModes& layers, KeptNodes on_y, bool even) {
  const double to_plane_um = pair.distance_um / 2 - section.x.edges_um.back();
  ScalarOperator op(section, weight_on(pair, section.y), pair.alone.wavelength_um, std::nullopt, FarEnd::free);
  FarField out;
  out.beta2 = lone_beta2(pair);
  out.field = lone_field_on(pair, section, 0);
  for (int turn = 0; turn < 5; ++turn) { // the flux depends on beta^2: linear within a turn, settled by the turns
    if (out.beta2 <= layers.values[0])
      return out;
    const Eigen::ArrayXd decay = decays(layers, out.beta2).array();
    const Eigen::ArrayXd tanh = (decay * to_plane_um).tanh(), sinh2 = (decay * to_plane_um).min(300).sinh().square();
    const Eigen::ArrayXd flux = even ? (decay * tanh).eval() : (decay / tanh).eval();
    const Eigen::ArrayXd content = even ? (tanh / (2 * decay) + to_plane_um / 2 / (1 + sinh2)).eval()
                                        : (1 / (2 * decay * tanh) - to_plane_um / 2 / sinh2).eval();
    op.open_to({layers, flux.matrix().cast<std::complex<double>>()});
    op.aim_at(out.beta2 * (1 + 1e-12));
    const EigenPair found = solve(op, out.field);
    out.converged = found.converged;
    out.field = op.field_of(found.vector);
    out.end = layers.to_modes * out.field.row(out.field.rows() - 1).segment(on_y.first, on_y.count).transpose();
    const double beyond = out.end.cwiseAbs2().dot(content.matrix());
    const double settled = (found.value + beyond * out.beta2) / (1 + beyond), change = settled - out.beta2;
    out.beta2 = settled;
    out.guided = true;
    if (std::abs(change) < 1e-13 * settled)
      break;
  }
  return out;
}

std::optional<Supermodes> solve_far(const Pair& pair, double end_um) {
  WindowEdges edges = widened_edges(pair);
  close_at(edges.x_um, end_um, longest_tail * pair.decay_um);
  const Section section = section_of(pair.alone.profile, grid_on(edges, pair.degree));
  const Eigen::VectorXd w = weight_on(pair, section.y);
  const KeptNodes on_y = kept_nodes(section.y, section.mirror_y, section.uniform_y, true);
  const LineModes layers =
      line_modes(section.y, pair.k_per_um * pair.k_per_um * layer_index(pair.alone.profile, section.y).cwiseAbs2(),
                 w.cwiseInverse(), on_y);
  const FarField even = solve_far_field(pair, section, layers, on_y, true),
                 odd = solve_far_field(pair, section, layers, on_y, false);
  if (!even.guided)
    return std::nullopt;
  if (!odd.guided)
    return filled(pair, even.beta2, 0, 0);
  const SpectralLine &x = section.x, &y = section.y;
  const Eigen::ArrayXXd mass = sum_to_nodes(x, y, (x.weights_um * y.weights_um.cwiseProduct(w).transpose()).array());
  double common = (mass * even.field.array() * odd.field.array()).sum();
  double flux = 0;
  const double s = pair.distance_um / 2 - x.edges_um.back();
  const Eigen::VectorXd even_decay = decays(layers, even.beta2), odd_decay = decays(layers, odd.beta2);
  for (Eigen::Index j = 0; j < even.end.size(); ++j) {
    const double amplitude = even.end[j] * odd.end[j], sum = even_decay[j] + odd_decay[j];
    // cosh and sinh over their values at the end of the section, which overflow for distant guides
    const double end_values = (1 + std::exp(-2 * even_decay[j] * s)) * (1 - std::exp(-2 * odd_decay[j] * s));
    const double across = 1 - std::exp(-sum * s);
    common +=
        amplitude * across * across / (sum * end_values); // less 1e-9 of it, (difference of decays) s^2 exp(-sum s)
    flux += amplitude * odd_decay[j] * 4 * std::exp(-sum * s) / end_values;
  }
  auto out = filled(pair, even.beta2, odd.beta2, std::abs(flux / common));
  if (out)
    out->converged = even.converged && odd.converged;
  return out;
}

/// Both guides on one section: the two highest modes. Inside its own profile each guide has the same elements, so that
/// the error of the grid does not detune the one from the other.
std::optional<Supermodes> solve_whole(const Pair& pair) {
  WindowEdges edges = widened_edges(pair);
  const auto box = bounds_of(pair.alone.profile);
  const std::vector<double> alone = edges.x_um;
  const double middle = (box.x_max_um + pair.distance_um + box.x_min_um) / 2;
  std::vector<double> line{alone.front()};
  for (std::size_t i = 1; i + 1 < alone.size() && alone[i] < middle - 0.1 * pair.decay_um; ++i)
    line.push_back(alone[i]);
  for (std::size_t i = 1; i < alone.size(); ++i)
    if (const double edge = alone[i] + pair.distance_um; edge > middle + 0.1 * pair.decay_um)
      close_at(line, edge, i + 1 < alone.size() ? longest_tail * pair.decay_um : edge);
  edges.x_um = std::move(line);
  Section section = section_of(pair.alone.profile, grid_on(edges, pair.degree));
  add_neighbour(pair, section, true);
  ScalarOperator op(section, weight_on(pair, section.y), pair.alone.wavelength_um, std::nullopt);
  op.aim_at(lone_beta2(pair) * (1 + 1e-9));
  DavidsonLimits limits;
  limits.residual = residual;
  limits.most_products = 300;
  const auto pairs = largest_eigenpairs(
      op.problem(),
      {op.vector_of(lone_field_on(pair, section, 0)), op.vector_of(lone_field_on(pair, section, pair.distance_um))}, 2,
      limits);
  auto out = filled(pair, pairs[0].value, pairs[1].value, pairs[0].value - pairs[1].value);
  if (out) {
    out->converged = pairs[0].converged && pairs[1].converged;
    out->method = PairMethod::whole_pair;
  }
  return out;
}

/// Weak coupling of one guide's tail to the right with its copy's tail to the left:
///   beta_e^2 - beta_o^2 = 4 sum over the layers' modes of a_right a_left g exp(-g times what lies between) / norm.
std::optional<Supermodes> solve_integral(const Pair& pair, double left_um, double right_um) {
  const WindowEdges edges = widened_edges(pair);
  const Section section = section_of(pair.alone.profile, grid_on(edges, pair.degree));
  const Eigen::VectorXd w = weight_on(pair, section.y);
  const KeptNodes on_y = kept_nodes(section.y, section.mirror_y, section.uniform_y, true);
  const LineModes layers =
      line_modes(section.y, pair.k_per_um * pair.k_per_um * layer_index(pair.alone.profile, section.y).cwiseAbs2(),
                 w.cwiseInverse(), on_y);
  ScalarOperator op(section, w, pair.alone.wavelength_um, std::nullopt);
  op.aim_at(lone_beta2(pair) * (1 + 1e-9));
  const EigenPair mode = solve(op, lone_field_on(pair, section, 0));
  if (mode.value <= layers.values[0])
    return std::nullopt;
  const Eigen::MatrixXd field = op.field_of(mode.vector);
  const auto amplitudes = [&](double at_um) {
    const LinePlace place = place_on(section.x, at_um);
    const Eigen::VectorXd along_y =
        (place.factors.transpose() * field.middleRows(place.first_node, section.x.stride())).transpose();
    return (layers.to_modes * along_y.segment(on_y.first, on_y.count)).eval();
  };
  const Eigen::VectorXd right = amplitudes(right_um), left = amplitudes(left_um);
  const Eigen::ArrayXd decay = decays(layers, mode.value).array();
  const double between_um = pair.distance_um - (right_um - left_um);
  const double sum = (right.array() * left.array() * decay * (-decay * between_um).exp()).sum();
  const SpectralLine &x = section.x, &y = section.y;
  const Eigen::ArrayXXd mass = sum_to_nodes(x, y, (x.weights_um * y.weights_um.cwiseProduct(w).transpose()).array());
  const double difference = 4 * std::abs(sum) / (mass * field.array().square()).sum();
  auto out = filled(pair, mode.value + difference / 2, mode.value - difference / 2, difference);
  if (out) {
    out->converged = mode.converged;
    out->method = PairMethod::coupling_integral;
  }
  return out;
}

} // namespace

std::optional<Supermodes> supermodes(const StraightMode& alone, double distance_um, int degree) {
  if (!(distance_um > 0) || !std::isfinite(distance_um))
    throw std::invalid_argument("supermodes: the distance must be above 0");
  const auto box = bounds_of(alone.profile);
  if (!std::isfinite(box.x_max_um - box.x_min_um))
    throw std::invalid_argument("supermodes: a guide without end along x has no neighbour");
  const Pair pair{alone, distance_um, degree, 2 * std::numbers::pi / alone.wavelength_um, 1 / alone.decay_per_um};
  const double margin = 2 * pair.decay_um; // past the profile's bounds, into plain glass
  if (is_asymmetric(alone.profile)) {
    const double left = box.x_min_um - margin / 2, right = box.x_max_um + margin / 2;
    return distance_um > right - left ? solve_integral(pair, left, right) : solve_whole(pair);
  }
  const double end = box.x_max_um + margin;
  return distance_um / 2 > end + pair.decay_um / 2 ? solve_far(pair, end) : solve_near(pair);
}

std::optional<double> distance_for_crosstalk_um(const StraightMode& alone, double length_mm, double budget_dB) {
  // largest |sin(C L)| the budget allows
  const double ln_wanted = std::log(std::asin(std::pow(10, budget_dB / 20)) / length_mm);
  if (!std::isfinite(ln_wanted))
    return std::nullopt;
  const auto box = bounds_of(alone.profile);
  constexpr double farthest_um = 1000, settled_um = 2e-4;
  const double nearest_um = (box.x_max_um - box.x_min_um) / 2;
  double at = nearest_um, last_at = 0, last_excess = 0, slope = -alone.decay_per_um;
  // ln C is nearly a straight line in distance, of about the tail's own decay: secants
  for (int turn = 0; turn < 40; ++turn) {
    const auto pair = supermodes(alone, at);
    if (!pair)
      return std::nullopt;
    const double excess = std::log(pair->coupling_per_mm) - ln_wanted;
    if (turn == 0 && excess <= 0)
      return std::nullopt;
    if (std::abs(excess) < settled_um * alone.decay_per_um)
      return at + 2 * settled_um;
    if (turn > 0 && (excess - last_excess) / (at - last_at) < 0)
      slope = (excess - last_excess) / (at - last_at);
    last_at = at;
    last_excess = excess;
    const double next = std::max(nearest_um, at - excess / slope);
    if (next > farthest_um)
      return std::nullopt;
    at = next;
  }
  return std::nullopt;
}

} // namespace beachfront::optics
