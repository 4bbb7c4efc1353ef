// SPDX-License-Identifier: GPL-3.0-or-later
// The wave equation of one polarisation in a guide that is straight or bent along x.
#pragma once

#include "optics/davidson.hpp"
#include "optics/product_modes.hpp"
#include "optics/section.hpp"

#include <memory>
#include <optional>

namespace beachfront::optics {

/// Which field the scalar equation stands for.
enum class ScalarField {
  plain,    ///< continuous with its slopes: weak guidance, or E along the layers (quasi-TE)
  magnetic, ///< H along the surface (quasi-TM): its slope over n^2 is continuous at the surface of the glass
};

/// w at the points of y: 1, or 1/n^2 of the medium each layer consists of, without the guide.
Eigen::VectorXd layer_weight(ScalarField field, const Eigen::VectorXd& layer_index);

/// What lies beyond the last x edge, told by the flux that leaves there: r du/dx = -impedance u for each mode of the
/// outer layers along y.
struct OuterFlux {
  LineModes along_y;
  Eigen::VectorXcd impedance_per_um;
};

/// What happens on the last x edge.
enum class FarEnd {
  held, ///< the field is 0
  free, ///< its slope is 0: a mirror plane of an even field
};

/// For a bend of radius R of the axis x = 0 to the centre at x = -R, with r = 1 + x/R (no R: straight, r = 1),
///   d/dx(r w du/dx) + r d/dy(w du/dy) + k^2 eps w r u = beta^2 w u/r,   beta along the axis,
/// the Helmholtz equation in cylindrical coordinates; w as layer_weight says. The guide's own slope of index, which
/// moves the effective index of the magnetic field by some 1e-6, is left to the vector modes. Symmetric.
class ScalarOperator {
public:
  ScalarOperator(const Section& section, const Eigen::VectorXd& weight_y, double wavelength_um,
                 std::optional<double> radius_um, FarEnd far_end = FarEnd::held);
  ~ScalarOperator();
  ScalarOperator(ScalarOperator&&) noexcept;

  /// Lets the field leave at the far end, which must be free.
  void open_to(const OuterFlux& outer);
  /// Sets the value for which `correct` of the problem inverts.
  void aim_at(double beta2_per_um2);
  EigenProblem problem() const;
  LeakyProblem leaky_problem() const; ///< with the imaginary part of the flux

  /// The best product X(x) Y(y) of the section without bend, and its beta^2.
  Eigen::VectorXd product_guess() const;
  double product_beta2() const;

  Eigen::MatrixXd field_of(const Eigen::VectorXd& vector) const; ///< at all nodes
  Eigen::VectorXd vector_of(const Eigen::MatrixXd& field) const;

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

} // namespace beachfront::optics
