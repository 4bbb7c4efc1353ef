// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/ion_exchange_balance.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::optics {
namespace {

Eigen::Index at(std::size_t k) {
  return static_cast<Eigen::Index>(k);
}

/// coth(p/2) - 2/p: how far an exponentially fitted flux leans to the side the drift comes from.
double lean(double p) {
  return p < 1e-2 ? p / 6 : 1 / std::tanh(p / 2) - 2 / p;
}

} // namespace

IonBalance::IonBalance(const ExchangeCells& cells, const ExchangeConditions& conditions)
    : cells_(cells), conditions_(conditions),
      faces_(conditions.open && conditions.mask != Mask::stripped ? edge_conductances(cells) : conductances(cells)) {
  const std::size_t nx = cells.columns(), ny = cells.rows(), n = nx * ny;
  if (conditions.open)
    held_columns_ = conditions.mask == Mask::stripped ? nx : cells.open_columns;
  if (conditions.carries_current())
    potential_ = std::make_unique<AppliedPotential>(cells, conditions);
  volume_.resize(at(n));
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0; i < nx; ++i)
      volume_[at(j * nx + i)] = cells.width(i) * cells.height(j);
  kirchhoff_.resize(n + 1);
  mobility_.resize(n + 1);
  carried_.resize(n + 1);
  across_.resize(faces_.across.size());
  down_.resize(faces_.down.size());
  surface_.resize(nx);
  std::vector<Eigen::Triplet<double>> pattern;
  const auto entry = [&](std::size_t row, std::size_t column) {
    pattern.emplace_back(static_cast<int>(row), static_cast<int>(column), 1.0);
  };
  for (std::size_t k = 0; k < n; ++k) { // the lower triangle, in the order in which `factor` fills it
    entry(k, k);
    if ((k + 1) % nx != 0)
      entry(k + 1, k);
    if (k + nx < n)
      entry(k + nx, k);
  }
  matrix_.resize(at(n), at(n));
  matrix_.setFromTriplets(pattern.begin(), pattern.end());
  solver_.analyzePattern(matrix_);
  column_scale_.resize(at(n));
}

IonBalance::Face IonBalance::face(double conductance, double current, std::size_t before, std::size_t after) const {
  Face face;
  face.flux = conductance * (kirchhoff_[before] - kirchhoff_[after]);
  if (current != 0) {
    const double mobility = (mobility_[before] + mobility_[after]) / 2;
    const double leaning = lean(std::abs(current) * mobility / conductance);
    const double spread = std::abs(current) * leaning / 2;
    face.flux += current / 2 * (carried_[before] + carried_[after]) + spread * (carried_[before] - carried_[after]);
    conductance += spread * mobility;
  }
  face.slope = {conductance * mobility_[before], -conductance * mobility_[after]};
  return face;
}

void IonBalance::rate_of(const Eigen::VectorXd& fraction, IonState& rate) {
  balance(fraction, rate, false);
}

void IonBalance::linearise(const Eigen::VectorXd& fraction, IonState& rate) {
  balance(fraction, rate, true);
  for (std::size_t k = 0; k + 1 < mobility_.size(); ++k)
    column_scale_[at(k)] = 1 / mobility_[k];
}

void IonBalance::balance(const Eigen::VectorXd& fraction, IonState& rate, bool keep_slopes) {
  const std::size_t nx = cells_.columns(), ny = cells_.rows(), n = nx * ny;
  const double alpha = conditions_.alpha, highest = conditions_.highest;
  for (std::size_t k = 0; k <= n; ++k) {
    // Stages of a step may overshoot by a hair; the mobility, singular not far above 1, goes on in a straight line.
    const double c = k < n ? fraction[at(k)] : conditions_.fraction;
    const double inside = std::clamp(c, 0.0, highest);
    mobility_[k] = 1 / (1 - alpha * inside);
    kirchhoff_[k] = (alpha == 0 ? inside : -std::log1p(-alpha * inside) / alpha) + (c - inside) * mobility_[k];
    carried_[k] = mobility_[k] * (inside + (c - inside) * mobility_[k]);
  }
  const FaceCurrents* currents = potential_ ? &potential_->currents(fraction) : nullptr;
  rate.fraction.setZero(at(n));
  rate.absorbed_um2 = 0;
  double* gain = rate.fraction.data();
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0, k = j * nx; i < nx; ++i, ++k) {
      if (i + 1 < nx) {
        const std::size_t f = j * (nx - 1) + i;
        const Face through = face(faces_.across[f], currents ? currents->across[f] : 0, k, k + 1);
        if (keep_slopes)
          across_[f] = through.slope;
        gain[k] -= through.flux;
        gain[k + 1] += through.flux;
      }
      if (j + 1 < ny) {
        const Face through = face(faces_.down[k], currents ? currents->down[k] : 0, k, k + nx);
        if (keep_slopes)
          down_[k] = through.slope;
        gain[k] -= through.flux;
        gain[k + nx] += through.flux;
      }
    }
  for (std::size_t i = 0; i < held_columns_; ++i) {
    const Face through = face(faces_.surface[i], currents ? currents->surface[i] : 0, n, i);
    if (keep_slopes)
      surface_[i] = through.slope;
    gain[i] += through.flux;
    rate.absorbed_um2 += through.flux;
  }
  for (std::size_t i = 0; currents && i < nx; ++i) { // ions go out through the back with the current
    const std::size_t k = (ny - 1) * nx + i;
    const double out = currents->back[i] * carried_[k];
    gain[k] -= out;
    rate.absorbed_um2 -= out;
  }
  rate.fraction.array() /= volume_.array();
}

void IonBalance::factor(double scaled_step) {
  scaled_step_ = scaled_step;
  const std::size_t nx = cells_.columns(), ny = cells_.rows();
  double* value = matrix_.valuePtr();
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0, k = j * nx; i < nx; ++i, ++k) {
      const double scale = column_scale_[at(k)];
      const std::size_t f = j * (nx - 1) + i;
      double diagonal = volume_[at(k)] / scaled_step;
      diagonal += i > 0 ? -across_[f - 1].after : 0.0;
      diagonal += i + 1 < nx ? across_[f].before : 0.0;
      diagonal += j > 0 ? -down_[k - nx].after : (i < held_columns_ ? -surface_[i].after : 0.0);
      diagonal += j + 1 < ny ? down_[k].before : 0.0;
      *value++ = scale * diagonal;
      if (i + 1 < nx)
        *value++ = -scale * across_[f].before;
      if (j + 1 < ny)
        *value++ = -scale * down_[k].before;
    }
  solver_.factorize(matrix_);
}

void IonBalance::solve(const IonState& right_side, IonState& solution) {
  const std::size_t nx = cells_.columns(), ny = cells_.rows();
  Eigen::VectorXd x = solver_.solve((right_side.fraction.array() * volume_.array()).matrix());
  x.array() *= column_scale_.array();
  Eigen::VectorXd gain = Eigen::VectorXd::Zero(x.size());
  solution.absorbed_um2 = right_side.absorbed_um2;
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0, k = j * nx; i < nx; ++i, ++k) {
      if (i + 1 < nx) {
        const Slope& slope = across_[j * (nx - 1) + i];
        const double flux = slope.before * x[at(k)] + slope.after * x[at(k + 1)];
        gain[at(k)] -= flux;
        gain[at(k + 1)] += flux;
      }
      if (j + 1 < ny) {
        const double flux = down_[k].before * x[at(k)] + down_[k].after * x[at(k + nx)];
        gain[at(k)] -= flux;
        gain[at(k + nx)] += flux;
      }
    }
  for (std::size_t i = 0; i < held_columns_; ++i) {
    const double flux = surface_[i].after * x[at(i)];
    gain[at(i)] += flux;
    solution.absorbed_um2 += flux;
  }
  solution.absorbed_um2 *= scaled_step_;
  solution.fraction = scaled_step_ * (right_side.fraction.array() + gain.array() / volume_.array()).matrix();
}

} // namespace beachfront::optics
