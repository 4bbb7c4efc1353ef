// SPDX-License-Identifier: GPL-3.0-or-later
// The full-vector eigenproblem of a straight guide in the transverse magnetic field.
#pragma once

#include "optics/davidson.hpp"
#include "optics/section.hpp"

#include <memory>
#include <utility>

namespace beachfront::optics {

/// The transverse magnetic field at the nodes of a section, in any one unit.
struct MagneticField {
  Eigen::MatrixXd x, y; ///< (x node, y node)
};

/// Which of the two kinds of field lives on a section with mirror planes: Hx even there and Hy odd, or the reverse. The
/// fundamental quasi-TM mode has an even Hx, the fundamental quasi-TE mode an odd one, at both planes.
struct Parity {
  bool hx_even_in_x = true, hx_even_in_y = true;
};

/// Maxwell's equations for fields exp(i (w t - beta z)) in a lossless section, without approximation:
///   curl(curl(H)/eps) - grad(div(H))/eps - k^2 H = -beta^2 H/eps
/// for the transverse H alone, in which curl(H)/eps (the longitudinal E) and div(H) (the longitudinal H) are
/// continuous, and H with them. No spurious modes: div is part of the operator (Lusse et al., J. Lightwave Technol. 12,
/// 487 (1994), by finite differences). Here in weak form with v/eps as test function; jumps of 1/eps on edges give line
/// integrals. The field vanishes on the outer edges.
class VectorOperator {
public:
  VectorOperator(const Section& section, double wavelength_um, Parity parity);
  ~VectorOperator();
  VectorOperator(VectorOperator&&) noexcept;

  /// Eigenvalues are beta^2 in 1/um^2; vectors are scaled so that their length is the field's norm with weight 1/eps.
  EigenProblem problem() const;

  /// Products X(x) Y(y) of one-dimensional modes in the main component of either kind, by falling estimate of beta^2.
  struct Guess {
    double beta2_per_um2 = 0;
    Eigen::VectorXd vector;
  };
  std::vector<Guess> guesses(std::size_t count) const;

  MagneticField field_of(const Eigen::VectorXd& vector) const;
  Eigen::VectorXd vector_of(const MagneticField& field) const;

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

} // namespace beachfront::optics
