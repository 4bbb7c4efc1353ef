// SPDX-License-Identifier: GPL-3.0-or-later
// The ionic current that an applied field or a metal mask drives through the glass.
#pragma once

#include "optics/ion_exchange_grid.hpp"
#include "optics/recipe.hpp"

#include <Eigen/Core>
#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCholesky>
#include <optional>
#include <vector>

namespace beachfront::optics {

/// What one step of a recipe does to the glass. Times are D_A t throughout, so D_A itself never appears.
struct ExchangeConditions {
  double Dt_um2 = 0;
  double alpha = 0;   ///< 1 - M
  double haven_V = 0; ///< H kT/q
  bool open = false;  ///< the surface that no mask covers is held at `fraction`; else tight
  double fraction = 0;
  double highest = 1;            ///< largest fraction so far in the recipe: no place can have more
  Mask mask = Mask::stripped;    ///< on what is not under the opening
  double field_V_per_um = 0;     ///< mean over the glass
  std::optional<double> bias_V;  ///< where the grid reaches the back of the glass; else the field is that far below
  bool carries_current() const { return field_V_per_um > 0 || mask == Mask::metal; }
};

/// Through every face, over H kT/q and per D_A: times c/(1 - alpha c) it is the drift of ions in um^2 per um^2 of D_A t.
/// Positive to larger x, down, in through the surface, out through the back.
struct FaceCurrents {
  std::vector<double> across, down, surface, back;
};

/// The exact factors of an earlier matrix as preconditioner for one that has changed a little.
class EarlierFactors {
public:
  template <class Matrix>
  EarlierFactors& analyzePattern(const Matrix& matrix) {
    factors_.analyzePattern(matrix);
    return *this;
  }
  template <class Matrix>
  EarlierFactors& factorize(const Matrix& matrix) {
    if (stale)
      factors_.factorize(matrix);
    stale = false;
    return *this;
  }
  template <class Matrix>
  EarlierFactors& compute(const Matrix& matrix) {
    return analyzePattern(matrix).factorize(matrix);
  }
  template <class Vector>
  Eigen::VectorXd solve(const Vector& right_side) const {
    return factors_.solve(right_side);
  }
  Eigen::ComputationInfo info() const { return factors_.info(); }

  bool stale = true;

private:
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factors_;
};

/// Solves for the potential. With chi = phi + H V_T ln(1 - alpha c) the current is J ~ -(1 - alpha c) grad chi and
/// div J = 0, which is div[(1 - alpha c) grad phi] = H V_T alpha lap c without its source: chi is flat where nothing is
/// applied, and the field of the ions themselves is left to the diffusion, D_A grad c/(1 - alpha c).
/// chi is zero at the open surface; an applied bias counts from the voltage the glass has with no current.
class AppliedPotential {
public:
  AppliedPotential(const ExchangeCells& cells, const ExchangeConditions& conditions);

  /// Currents at given fractions, cell by cell, row after row.
  const FaceCurrents& currents(const Eigen::VectorXd& fraction);

  /// Current through the surface of the half cross-section over that of a bare glass under 1 V/um, in um (planar: 1).
  double surface_current_V() const;

private:
  void assemble(const Eigen::VectorXd& conductivity);

  const ExchangeCells& cells_;
  const ExchangeConditions& conditions_;
  FaceConductances faces_;
  FaceCurrents currents_;
  std::vector<double> surface_conductance_, surface_potential_, back_conductance_;
  Eigen::SparseMatrix<double> matrix_;
  Eigen::ConjugateGradient<Eigen::SparseMatrix<double>, Eigen::Lower | Eigen::Upper, EarlierFactors> solver_;
  Eigen::VectorXd right_side_, potential_;
  bool solved_ = false;
};

} // namespace beachfront::optics
