// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/vector_operator.hpp"

#include "optics/product_modes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace beachfront::optics {
namespace {

/// What one component keeps of the nodes: none on the outer edges, none on a mirror plane where it is odd.
struct Kept {
  Eigen::Index first_x = 0, first_y = 0, columns = 0, rows = 0;
  Eigen::Index size() const { return columns * rows; }
  KeptNodes along_x() const { return {first_x, columns}; }
  KeptNodes along_y() const { return {first_y, rows}; }
};

Kept kept_of(const Section& section, bool even_in_x, bool even_in_y) {
  const KeptNodes x = kept_nodes(section.x, section.mirror_x, section.uniform_x, even_in_x);
  const KeptNodes y = kept_nodes(section.y, section.mirror_y, section.uniform_y, even_in_y);
  return {x.first, y.first, x.count, y.count};
}

} // namespace

struct VectorOperator::Parts {
  Section section;
  Kept hx, hy;
  Eigen::ArrayXXd weight_over_eps, slope_x, slope_y, k2_weight; ///< at points
  Eigen::MatrixXd root_mass;                                    ///< at nodes
  double k2_per_um2 = 0;
  /// Of the layers without the guide. Inverting them makes the guide a compact perturbation, so that weak modes with
  /// long tails converge as fast as strong ones.
  LineModes hx_plain_x, hx_plain_y, hy_plain_x, hy_plain_y;

  void apply(const Eigen::VectorXd& u, Eigen::VectorXd& out) const;
  void correct(const Eigen::VectorXd& r, double value, Eigen::VectorXd& out) const;
  Eigen::MatrixXd spread(const Eigen::VectorXd& u, const Kept& kept, Eigen::Index from) const;
  void gather(const Eigen::MatrixXd& field, const Kept& kept, Eigen::Index from, Eigen::VectorXd& u) const;
};

Eigen::MatrixXd VectorOperator::Parts::spread(const Eigen::VectorXd& u, const Kept& kept, Eigen::Index from) const {
  Eigen::MatrixXd field = Eigen::MatrixXd::Zero(root_mass.rows(), root_mass.cols());
  field.block(kept.first_x, kept.first_y, kept.columns, kept.rows) =
      Eigen::Map<const Eigen::MatrixXd>(u.data() + from, kept.columns, kept.rows)
          .cwiseQuotient(root_mass.block(kept.first_x, kept.first_y, kept.columns, kept.rows));
  return field;
}

void VectorOperator::Parts::gather(const Eigen::MatrixXd& field, const Kept& kept, Eigen::Index from,
                                   Eigen::VectorXd& u) const {
  Eigen::Map<Eigen::MatrixXd>(u.data() + from, kept.columns, kept.rows) =
      field.block(kept.first_x, kept.first_y, kept.columns, kept.rows);
}

namespace {

/// Adds derivative^T of values at points, element by element along x or y: the transpose of the slope.
void add_transposed_slope_x(const SpectralLine& x, const Eigen::ArrayXXd& values, Eigen::ArrayXXd& sum) {
  const Eigen::MatrixXd& derivative = lobatto_rule(x.degree).derivative;
  for (Eigen::Index e = 0; e < x.elements(); ++e)
    sum.matrix().middleRows(e * x.stride(), x.stride()).noalias() +=
        (derivative / x.half_length_um(e)).transpose() * values.matrix().middleRows(e * x.stride(), x.stride());
}

void add_transposed_slope_y(const SpectralLine& y, const Eigen::ArrayXXd& values, Eigen::ArrayXXd& sum) {
  const Eigen::MatrixXd& derivative = lobatto_rule(y.degree).derivative;
  for (Eigen::Index e = 0; e < y.elements(); ++e)
    sum.matrix().middleCols(e * y.stride(), y.stride()).noalias() +=
        values.matrix().middleCols(e * y.stride(), y.stride()) * (derivative / y.half_length_um(e));
}

} // namespace

void VectorOperator::Parts::apply(const Eigen::VectorXd& u, Eigen::VectorXd& out) const {
  const SpectralLine &x = section.x, &y = section.y;
  const Eigen::ArrayXXd at_x = to_points(x, y, spread(u, hx, 0)), at_y = to_points(x, y, spread(u, hy, hx.size()));
  const Eigen::ArrayXXd curl = weight_over_eps * (slope_along_x(x, at_y) - slope_along_y(y, at_x));
  const Eigen::ArrayXXd div = slope_along_x(x, at_x) + slope_along_y(y, at_y);
  const Eigen::ArrayXXd weighted_div = weight_over_eps * div;
  Eigen::ArrayXXd to_x = slope_x * div - k2_weight * at_x, to_y = slope_y * div - k2_weight * at_y;
  add_transposed_slope_x(x, weighted_div, to_x);
  add_transposed_slope_y(y, weighted_div, to_y);
  add_transposed_slope_x(x, curl, to_y);
  add_transposed_slope_y(y, -curl, to_x);
  out.resize(u.size());
  gather((-sum_to_nodes(x, y, to_x) / root_mass.array()).matrix(), hx, 0, out);
  gather((-sum_to_nodes(x, y, to_y) / root_mass.array()).matrix(), hy, hx.size(), out);
}

namespace {

/// (sum of both lines' operators - value)^-1 on one component, through the lines' modes.
void invert_product(const LineModes& along_x, const LineModes& along_y, double value,
                    Eigen::Map<Eigen::MatrixXd> field) {
  Eigen::MatrixXd modes = along_x.to_modes * field * along_y.to_modes.transpose();
  const double least = 1e-8 * std::abs(value); // a mode of the approximation may lie on the value itself
  for (Eigen::Index j = 0; j < modes.cols(); ++j)
    for (Eigen::Index i = 0; i < modes.rows(); ++i) {
      const double away = along_x.values[i] + along_y.values[j] - value;
      modes(i, j) /= std::abs(away) > least ? away : std::copysign(least, away);
    }
  field.noalias() = along_x.vectors * modes * along_y.vectors.transpose();
}

} // namespace

void VectorOperator::Parts::correct(const Eigen::VectorXd& r, double value, Eigen::VectorXd& out) const {
  out = r;
  const auto one = [&](const Kept& kept, Eigen::Index from, const LineModes& along_x, const LineModes& along_y) {
    Eigen::Map<Eigen::MatrixXd> field(out.data() + from, kept.columns, kept.rows);
    const auto root = root_mass.block(kept.first_x, kept.first_y, kept.columns, kept.rows);
    field = field.cwiseQuotient(root);
    invert_product(along_x, along_y, value, field);
    field = field.cwiseProduct(root);
  };
  one(hx, 0, hx_plain_x, hx_plain_y);
  one(hy, hx.size(), hy_plain_x, hy_plain_y);
}

VectorOperator::VectorOperator(const Section& section, double wavelength_um, Parity parity)
    : parts_(std::make_unique<Parts>()) {
  Parts& p = *parts_;
  p.section = section;
  p.hx = kept_of(section, parity.hx_even_in_x, parity.hx_even_in_y);
  p.hy = kept_of(section, !parity.hx_even_in_x, !parity.hx_even_in_y);
  const SpectralLine &x = section.x, &y = section.y;
  const double k = 2 * std::numbers::pi / wavelength_um;
  const Eigen::ArrayXXd weight = (x.weights_um * y.weights_um.transpose()).array();
  p.weight_over_eps = weight * section.inverse;
  p.k2_weight = k * k * weight;
  p.slope_x = section.inverse_slope_x;
  p.slope_y = section.inverse_slope_y;
  p.root_mass = sum_to_nodes(x, y, p.weight_over_eps).sqrt().matrix();

  p.k2_per_um2 = k * k;
  const Eigen::VectorXd zero_x = Eigen::VectorXd::Zero(x.points_um.size());
  const Eigen::VectorXd ones_x = Eigen::VectorXd::Ones(x.points_um.size());
  const Eigen::VectorXd ones_y = Eigen::VectorXd::Ones(y.points_um.size());
  const Eigen::VectorXd layers = section.permittivity.row(section.permittivity.rows() - 1).transpose();
  p.hx_plain_x = line_modes(x, zero_x, ones_x, p.hx.along_x());
  p.hx_plain_y = line_modes(y, k * k * layers, layers, p.hx.along_y());
  p.hy_plain_x = line_modes(x, zero_x, ones_x, p.hy.along_x());
  p.hy_plain_y = line_modes(y, k * k * layers, ones_y, p.hy.along_y());
}

VectorOperator::~VectorOperator() = default;
VectorOperator::VectorOperator(VectorOperator&&) noexcept = default;

EigenProblem VectorOperator::problem() const {
  const Parts* parts = parts_.get();
  return {[parts](const Eigen::VectorXd& u, Eigen::VectorXd& out) { parts->apply(u, out); },
          [parts](const Eigen::VectorXd& r, double value, Eigen::VectorXd& out) { parts->correct(r, value, out); }};
}

std::vector<VectorOperator::Guess> VectorOperator::guesses(std::size_t count) const {
  const Parts& p = *parts_;
  struct Product {
    double beta2;
    bool is_hx;
    Eigen::Index i, j;
  };
  const SpectralLine &x = p.section.x, &y = p.section.y;
  const SeparablePotential potential = separable_potential(p.section, p.k2_per_um2);
  Eigen::Index peak_x = 0, peak_y = 0;
  p.section.permittivity.maxCoeff(&peak_x, &peak_y);
  const Eigen::VectorXd eps_x = p.section.permittivity.col(peak_y),
                        eps_y = p.section.permittivity.row(peak_x).transpose();
  const Eigen::VectorXd ones_x = Eigen::VectorXd::Ones(eps_x.size()), ones_y = Eigen::VectorXd::Ones(eps_y.size());
  const LineModes hx_x = line_modes(x, potential.along_x, ones_x, p.hx.along_x());
  const LineModes hx_y = line_modes(y, potential.along_y, eps_y, p.hx.along_y());
  const LineModes hy_x = line_modes(x, potential.along_x, eps_x, p.hy.along_x());
  const LineModes hy_y = line_modes(y, potential.along_y, ones_y, p.hy.along_y());
  std::vector<Product> products;
  const auto list = [&](bool is_hx, const LineModes& along_x, const LineModes& along_y) {
    const auto many = static_cast<Eigen::Index>(count);
    for (Eigen::Index j = 0; j < std::min(many, along_y.values.size()); ++j)
      for (Eigen::Index i = 0; i < std::min(many, along_x.values.size()); ++i)
        products.push_back({along_x.values[i] + along_y.values[j], is_hx, i, j});
  };
  list(true, hx_x, hx_y);
  list(false, hy_x, hy_y);
  std::stable_sort(products.begin(), products.end(),
                   [](const Product& a, const Product& b) { return a.beta2 > b.beta2; });
  products.resize(std::min(count, products.size()));
  std::vector<Guess> guesses;
  for (const Product& product : products) {
    const Kept& kept = product.is_hx ? p.hx : p.hy;
    const LineModes& along_x = product.is_hx ? hx_x : hy_x;
    const LineModes& along_y = product.is_hx ? hx_y : hy_y;
    Guess guess{product.beta2, Eigen::VectorXd::Zero(p.hx.size() + p.hy.size())};
    Eigen::Map<Eigen::MatrixXd>(guess.vector.data() + (product.is_hx ? 0 : p.hx.size()), kept.columns, kept.rows) =
        (along_x.vectors.col(product.i) * along_y.vectors.col(product.j).transpose())
            .cwiseProduct(p.root_mass.block(kept.first_x, kept.first_y, kept.columns, kept.rows));
    guesses.push_back(std::move(guess));
  }
  return guesses;
}

MagneticField VectorOperator::field_of(const Eigen::VectorXd& vector) const {
  return {parts_->spread(vector, parts_->hx, 0), parts_->spread(vector, parts_->hy, parts_->hx.size())};
}

Eigen::VectorXd VectorOperator::vector_of(const MagneticField& field) const {
  Eigen::VectorXd vector(parts_->hx.size() + parts_->hy.size());
  parts_->gather(field.x.cwiseProduct(parts_->root_mass), parts_->hx, 0, vector);
  parts_->gather(field.y.cwiseProduct(parts_->root_mass), parts_->hy, parts_->hx.size(), vector);
  return vector;
}

} // namespace beachfront::optics
