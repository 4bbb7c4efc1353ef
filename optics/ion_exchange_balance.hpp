// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the ions of every cell change, and the linear systems an implicit step makes of that.
#pragma once

#include "optics/ion_exchange_potential.hpp"

#include <memory>

namespace beachfront::optics {

/// Fractions cell by cell, row after row, and the ions that came in through the faces of the glass, in um^2 of the half
/// cross-section. Also used for rates and increments of these.
struct IonState {
  Eigen::VectorXd fraction;
  double absorbed_um2 = 0;
};

/// The ion balance of a recipe step: dc/d(D_A t) = div[grad u + f J/(H V_T)], u = -ln(1 - alpha c)/alpha,
/// f = c/(1 - alpha c), J the current of AppliedPotential. What leaves a cell enters its neighbour. The drift is fitted
/// exponentially (Scharfetter and Gummel), so that no cell overshoots however strong it is.
class IonBalance {
public:
  IonBalance(const ExchangeCells& cells, const ExchangeConditions& conditions);

  void rate_of(const Eigen::VectorXd& fraction, IonState& rate);

  /// The same, and keeps the part of the derivative of the rate that is symmetric in grad u: diffusion, and the lean of
  /// the fitted drift. The rest of the drift is left out; it asks for no shorter steps than a moving front does.
  void linearise(const Eigen::VectorXd& fraction, IonState& rate);

  /// Factors 1/scaled_step less the derivative kept.
  void factor(double scaled_step);

  /// Solves (1/scaled_step - derivative kept) x = right side. The fluxes of the solution are taken once more face by face,
  /// so that ions are kept to rounding however ill the system.
  void solve(const IonState& right_side, IonState& solution);

  const Eigen::VectorXd& volume() const { return volume_; }
  double surface_current_V() const { return potential_ ? potential_->surface_current_V() : 0.0; }

private:
  /// Of a flux through a face by the fractions on its two sides.
  struct Slope {
    double before = 0, after = 0;
  };
  struct Face {
    double flux = 0;
    Slope slope;
  };
  Face face(double conductance, double current, std::size_t before, std::size_t after) const;
  void balance(const Eigen::VectorXd& fraction, IonState& rate, bool keep_slopes);

  const ExchangeCells& cells_;
  const ExchangeConditions& conditions_;
  FaceConductances faces_;
  std::unique_ptr<AppliedPotential> potential_;
  std::size_t held_columns_ = 0;
  Eigen::VectorXd volume_;
  std::vector<double> kirchhoff_, mobility_, carried_; ///< u, u' = 1/(1 - alpha c) and f, cell by cell; last the melt's
  std::vector<Slope> across_, down_, surface_;
  Eigen::SparseMatrix<double> matrix_;
  Eigen::VectorXd column_scale_; ///< 1/u', which makes the system symmetric
  double scaled_step_ = 0;
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> solver_;
};

} // namespace beachfront::optics
