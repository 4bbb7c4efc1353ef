// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/scalar_operator.hpp"

#include "optics/line_matrix.hpp"

#include <numbers>
#include <vector>

namespace beachfront::optics {

Eigen::VectorXd layer_weight(ScalarField field, const Eigen::VectorXd& layer_index) {
  if (field == ScalarField::plain)
    return Eigen::VectorXd::Ones(layer_index.size());
  return layer_index.cwiseAbs2().cwiseInverse();
}

struct ScalarOperator::Parts {
  Section section;
  KeptNodes on_x, on_y;
  Eigen::MatrixXd stiff_x, stiff_y;
  Eigen::VectorXd mass_x, bulk_x; ///< 1/r and r, summed at the nodes of x
  Eigen::VectorXd mass_y;         ///< w
  Eigen::MatrixXd potential, root_mass;
  LineModes along_y;                       ///< of the layers without the guide: to invert with
  LineModes start_x, start_y;              ///< of the separable potential: to start from
  Eigen::MatrixXd outer, lost;             ///< real and imaginary flux at the far end between nodes of y
  Eigen::VectorXd outer_of_mode;           ///< its diagonal in the modes of y
  std::vector<BandFactor<double>> factors; ///< one a mode of y

  void apply(const Eigen::VectorXd& u, Eigen::VectorXd& out) const;
  void correct(const Eigen::VectorXd& r, Eigen::VectorXd& out) const;
};

namespace {

constexpr Eigen::Index block_size = 8; // of rows whose common neighbours are multiplied at once

/// A band matrix times a field, and a field times one, skipping the zeros.
Eigen::MatrixXd band_times(const Eigen::MatrixXd& band, Eigen::Index width, const Eigen::MatrixXd& field) {
  Eigen::MatrixXd out(field.rows(), field.cols());
  for (Eigen::Index i = 0; i < band.rows(); i += block_size) {
    const Eigen::Index many = std::min(block_size, band.rows() - i);
    const Eigen::Index from = std::max<Eigen::Index>(0, i - width), to = std::min(band.rows(), i + many + width);
    out.middleRows(i, many).noalias() = band.block(i, from, many, to - from) * field.middleRows(from, to - from);
  }
  return out;
}

Eigen::MatrixXd times_band(const Eigen::MatrixXd& field, const Eigen::MatrixXd& band, Eigen::Index width) {
  Eigen::MatrixXd out(field.rows(), field.cols());
  for (Eigen::Index j = 0; j < band.cols(); j += block_size) {
    const Eigen::Index many = std::min(block_size, band.cols() - j);
    const Eigen::Index from = std::max<Eigen::Index>(0, j - width), to = std::min(band.cols(), j + many + width);
    out.middleCols(j, many).noalias() = field.middleCols(from, to - from) * band.block(from, j, to - from, many);
  }
  return out;
}

} // namespace

void ScalarOperator::Parts::apply(const Eigen::VectorXd& u, Eigen::VectorXd& out) const {
  const Eigen::MatrixXd field =
      Eigen::Map<const Eigen::MatrixXd>(u.data(), on_x.count, on_y.count).cwiseQuotient(root_mass);
  Eigen::MatrixXd image = band_times(stiff_x, section.x.degree, field) * mass_y.asDiagonal();
  image += bulk_x.asDiagonal() * times_band(field, stiff_y, section.y.degree);
  image += potential.cwiseProduct(field);
  if (outer.size() > 0)
    image.bottomRows(1) -= field.bottomRows(1) * outer;
  out.resize(u.size());
  Eigen::Map<Eigen::MatrixXd>(out.data(), on_x.count, on_y.count) = image.cwiseQuotient(root_mass);
}

void ScalarOperator::Parts::correct(const Eigen::VectorXd& r, Eigen::VectorXd& out) const {
  Eigen::MatrixXd modes =
      Eigen::Map<const Eigen::MatrixXd>(r.data(), on_x.count, on_y.count).cwiseProduct(root_mass) * along_y.vectors;
  for (Eigen::Index j = 0; j < on_y.count; ++j)
    factors[static_cast<std::size_t>(j)].solve(modes.col(j));
  out.resize(r.size());
  Eigen::Map<Eigen::MatrixXd>(out.data(), on_x.count, on_y.count) =
      (modes * along_y.vectors.transpose()).cwiseProduct(root_mass);
}

ScalarOperator::ScalarOperator(const Section& section, const Eigen::VectorXd& w, double wavelength_um,
                               std::optional<double> radius_um, FarEnd far_end)
    : parts_(std::make_unique<Parts>()) {
  Parts& p = *parts_;
  p.section = section;
  const SpectralLine &x = section.x, &y = section.y;
  p.on_x = kept_nodes(x, section.mirror_x, section.uniform_x || far_end == FarEnd::free, true);
  if (!section.mirror_x && far_end == FarEnd::free)
    p.on_x = {1, x.nodes_um.size() - 1};
  p.on_y = kept_nodes(y, section.mirror_y, section.uniform_y, true);
  const auto kept_x = [&](const Eigen::VectorXd& v) { return v.segment(p.on_x.first, p.on_x.count).eval(); };
  const auto kept_y = [&](const Eigen::VectorXd& v) { return v.segment(p.on_y.first, p.on_y.count).eval(); };
  const auto square = [](const Eigen::MatrixXd& m, KeptNodes on) {
    return m.block(on.first, on.first, on.count, on.count).eval();
  };
  Eigen::VectorXd r = Eigen::VectorXd::Ones(x.points_um.size());
  if (radius_um)
    r += x.points_um / *radius_um;
  p.stiff_x = square(line_stiffness<double>(x, r), p.on_x);
  p.stiff_y = square(line_stiffness<double>(y, w), p.on_y);
  p.bulk_x = kept_x(line_mass<double>(x, r));
  p.mass_x = kept_x(line_mass<double>(x, r.cwiseInverse()));
  p.mass_y = kept_y(line_mass<double>(y, w));
  p.root_mass = (p.mass_x * p.mass_y.transpose()).cwiseSqrt();

  const double k = 2 * std::numbers::pi / wavelength_um, k2 = k * k;
  const Eigen::ArrayXXd weighted =
      k2 * section.permittivity * (x.weights_um.cwiseProduct(r) * y.weights_um.cwiseProduct(w).transpose()).array();
  p.potential = sum_to_nodes(x, y, weighted).matrix().block(p.on_x.first, p.on_y.first, p.on_x.count, p.on_y.count);
  const SeparablePotential separable = separable_potential(section, k2);
  p.start_x = line_modes(x, separable.along_x, Eigen::VectorXd::Ones(r.size()), p.on_x);
  p.start_y = line_modes(y, separable.along_y, w.cwiseInverse(), p.on_y);
  const Eigen::VectorXd layers = section.permittivity.row(section.permittivity.rows() - 1).transpose();
  p.along_y = line_modes(y, k2 * layers, w.cwiseInverse(), p.on_y);
  p.outer_of_mode = Eigen::VectorXd::Zero(p.on_y.count);
}

ScalarOperator::~ScalarOperator() = default;
ScalarOperator::ScalarOperator(ScalarOperator&&) noexcept = default;

void ScalarOperator::open_to(const OuterFlux& outer) {
  Parts& p = *parts_;
  const auto between_nodes = [&](const Eigen::VectorXd& of_modes) {
    return (outer.along_y.to_modes.transpose() * of_modes.asDiagonal() * outer.along_y.to_modes).eval();
  };
  p.outer = between_nodes(outer.impedance_per_um.real());
  p.lost = between_nodes(outer.impedance_per_um.imag());
  p.outer_of_mode = (p.along_y.vectors.transpose() * p.outer * p.along_y.vectors).diagonal();
}

void ScalarOperator::aim_at(double beta2_per_um2) {
  Parts& p = *parts_;
  p.factors.clear();
  Eigen::MatrixXd matrix = p.stiff_x;
  for (Eigen::Index j = 0; j < p.on_y.count; ++j) {
    matrix.diagonal() = p.stiff_x.diagonal() + p.along_y.values[j] * p.bulk_x - beta2_per_um2 * p.mass_x;
    matrix(p.on_x.count - 1, p.on_x.count - 1) -= p.outer_of_mode[j];
    p.factors.emplace_back(matrix, p.section.x.degree);
  }
}

EigenProblem ScalarOperator::problem() const {
  const Parts* parts = parts_.get();
  return {[parts](const Eigen::VectorXd& u, Eigen::VectorXd& out) { parts->apply(u, out); },
          [parts](const Eigen::VectorXd& r, double, Eigen::VectorXd& out) { parts->correct(r, out); }, true};
}

LeakyProblem ScalarOperator::leaky_problem() const {
  const Parts* parts = parts_.get();
  return {problem(), [parts](const Eigen::VectorXd& u, Eigen::VectorXd& out) {
            const Eigen::Index columns = parts->on_x.count, rows = parts->on_y.count;
            const Eigen::VectorXd root = parts->root_mass.row(columns - 1);
            const Eigen::VectorXd end =
                Eigen::Map<const Eigen::MatrixXd>(u.data(), columns, rows).row(columns - 1).transpose();
            out.setZero(u.size());
            Eigen::Map<Eigen::MatrixXd>(out.data(), columns, rows).row(columns - 1) =
                (parts->lost * end.cwiseQuotient(root)).cwiseQuotient(root).transpose();
          }};
}

Eigen::VectorXd ScalarOperator::product_guess() const {
  const Parts& p = *parts_;
  Eigen::VectorXd guess(p.on_x.count * p.on_y.count);
  Eigen::Map<Eigen::MatrixXd>(guess.data(), p.on_x.count, p.on_y.count) =
      (p.start_x.vectors.col(0) * p.start_y.vectors.col(0).transpose()).cwiseProduct(p.root_mass);
  return guess;
}

double ScalarOperator::product_beta2() const {
  return parts_->start_x.values[0] + parts_->start_y.values[0];
}

Eigen::MatrixXd ScalarOperator::field_of(const Eigen::VectorXd& vector) const {
  const Parts& p = *parts_;
  Eigen::MatrixXd field = Eigen::MatrixXd::Zero(p.section.x.nodes_um.size(), p.section.y.nodes_um.size());
  field.block(p.on_x.first, p.on_y.first, p.on_x.count, p.on_y.count) =
      Eigen::Map<const Eigen::MatrixXd>(vector.data(), p.on_x.count, p.on_y.count).cwiseQuotient(p.root_mass);
  return field;
}

Eigen::VectorXd ScalarOperator::vector_of(const Eigen::MatrixXd& field) const {
  const Parts& p = *parts_;
  Eigen::VectorXd vector(p.on_x.count * p.on_y.count);
  Eigen::Map<Eigen::MatrixXd>(vector.data(), p.on_x.count, p.on_y.count) =
      field.block(p.on_x.first, p.on_y.first, p.on_x.count, p.on_y.count).cwiseProduct(p.root_mass);
  return vector;
}

} // namespace beachfront::optics
