// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/ion_exchange_potential.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::optics {

AppliedPotential::AppliedPotential(const ExchangeCells& cells, const ExchangeConditions& conditions)
    : cells_(cells), conditions_(conditions),
      faces_(conditions.mask == Mask::insulating ? edge_conductances(cells) : conductances(cells)) {
  const std::size_t nx = cells.columns(), n = cells.size();
  currents_.across.assign(faces_.across.size(), 0.0);
  currents_.down.assign(faces_.down.size(), 0.0);
  currents_.surface.assign(nx, 0.0);
  currents_.back.assign(nx, 0.0);
  surface_conductance_.assign(nx, 0.0);
  surface_potential_.assign(nx, 0.0);
  back_conductance_.assign(nx, 0.0);
  std::vector<Eigen::Triplet<double>> pattern;
  const auto entry = [&](std::size_t row, std::size_t column) {
    pattern.emplace_back(static_cast<int>(row), static_cast<int>(column), 1.0);
  };
  for (std::size_t k = 0; k < n; ++k) { // in the order in which `assemble` fills it
    if (k >= nx)
      entry(k - nx, k);
    if (k % nx != 0)
      entry(k - 1, k);
    entry(k, k);
    if ((k + 1) % nx != 0)
      entry(k + 1, k);
    if (k + nx < n)
      entry(k + nx, k);
  }
  const auto order = static_cast<Eigen::Index>(n);
  matrix_.resize(order, order);
  matrix_.setFromTriplets(pattern.begin(), pattern.end());
  solver_.analyzePattern(matrix_);
  solver_.setTolerance(1e-9);
  right_side_.resize(order);
  potential_.setZero(order);
}

void AppliedPotential::assemble(const Eigen::VectorXd& conductivity) {
  const std::size_t nx = cells_.columns(), ny = cells_.rows();
  const double* sigma = conductivity.data();
  std::vector<double> diagonal(nx * ny, 0.0);
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0, k = j * nx; i < nx; ++i, ++k) {
      if (i + 1 < nx) {
        const double g = faces_.across[j * (nx - 1) + i] * (sigma[k] + sigma[k + 1]) / 2;
        currents_.across[j * (nx - 1) + i] = g;
        diagonal[k] += g;
        diagonal[k + 1] += g;
      }
      if (j + 1 < ny) {
        const double g = faces_.down[k] * (sigma[k] + sigma[k + nx]) / 2;
        currents_.down[k] = g;
        diagonal[k] += g;
        diagonal[k + nx] += g;
      }
    }
  right_side_.setZero();
  for (std::size_t i = 0; i < nx; ++i) {
    const std::size_t last = (ny - 1) * nx + i;
    diagonal[i] += surface_conductance_[i];
    diagonal[last] += back_conductance_[i];
    right_side_[static_cast<Eigen::Index>(i)] += surface_conductance_[i] * surface_potential_[i];
    if (conditions_.bias_V)
      right_side_[static_cast<Eigen::Index>(last)] -= back_conductance_[i] * *conditions_.bias_V;
    else
      right_side_[static_cast<Eigen::Index>(last)] -= conditions_.field_V_per_um * cells_.width(i);
  }
  double* value = matrix_.valuePtr();
  for (std::size_t k = 0; k < nx * ny; ++k) {
    if (k >= nx)
      *value++ = -currents_.down[k - nx];
    if (k % nx != 0)
      *value++ = -currents_.across[k / nx * (nx - 1) + k % nx - 1];
    *value++ = diagonal[k];
    if ((k + 1) % nx != 0)
      *value++ = -currents_.across[k / nx * (nx - 1) + k % nx];
    if (k + nx < nx * ny)
      *value++ = -currents_.down[k];
  }
}

const FaceCurrents& AppliedPotential::currents(const Eigen::VectorXd& fraction) {
  if (solved_ && conditions_.alpha == 0) // the conductivity never changes
    return currents_;
  const std::size_t nx = cells_.columns(), ny = cells_.rows();
  const auto conductivity_at = [&](double c) { return 1 - conditions_.alpha * std::clamp(c, 0.0, conditions_.highest); };
  const Eigen::VectorXd conductivity = fraction.unaryExpr(conductivity_at);
  const std::size_t uncovered = conditions_.mask == Mask::stripped ? nx : cells_.open_columns;
  const double in_melt = conductivity_at(conditions_.fraction);
  for (std::size_t i = 0; i < nx; ++i) {
    const double first = fraction[static_cast<Eigen::Index>(i)];
    if (i < uncovered) {
      if (conditions_.open)
        surface_conductance_[i] = faces_.surface[i] * (conductivity[static_cast<Eigen::Index>(i)] + in_melt) / 2;
    } else if (conditions_.mask == Mask::metal) {
      const double second = fraction[static_cast<Eigen::Index>(i + nx)]; // on the metal: on a line through both
      const double share = cells_.height(0) / (cells_.height(0) + cells_.height(1));
      const double on_metal = conductivity_at(first + share * (first - second));
      surface_conductance_[i] = faces_.surface[i] * (conductivity[static_cast<Eigen::Index>(i)] + on_metal) / 2;
      surface_potential_[i] = conditions_.haven_V * std::log(on_metal / in_melt);
    }
    if (conditions_.bias_V)
      back_conductance_[i] = faces_.back[i] * conductivity[static_cast<Eigen::Index>((ny - 1) * nx + i)];
  }
  assemble(conductivity);
  solver_.factorize(matrix_);
  potential_ = solver_.solveWithGuess(right_side_, potential_);
  constexpr int worth_factoring = 8; // iterations that cost about as much
  solver_.preconditioner().stale = solver_.iterations() > worth_factoring;
  const double* chi = potential_.data();
  const double scale = 1 / conditions_.haven_V;
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0, k = j * nx; i < nx; ++i, ++k) { // the arrays hold the conductances so far
      if (i + 1 < nx)
        currents_.across[j * (nx - 1) + i] *= scale * (chi[k] - chi[k + 1]);
      if (j + 1 < ny)
        currents_.down[k] *= scale * (chi[k] - chi[k + nx]);
    }
  for (std::size_t i = 0; i < nx; ++i) {
    const double below = chi[(ny - 1) * nx + i];
    currents_.surface[i] = scale * surface_conductance_[i] * (surface_potential_[i] - chi[i]);
    currents_.back[i] = scale * (conditions_.bias_V ? back_conductance_[i] * (below + *conditions_.bias_V)
                                                    : conditions_.field_V_per_um * cells_.width(i));
  }
  solved_ = true;
  return currents_;
}

double AppliedPotential::surface_current_V() const {
  double sum = 0;
  for (std::size_t i = 0; i < cells_.columns(); ++i)
    sum += currents_.surface[i];
  return sum * conditions_.haven_V;
}

} // namespace beachfront::optics
