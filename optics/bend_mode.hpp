// SPDX-License-Identifier: GPL-3.0-or-later
// The leaky mode of a bent guide: what it radiates, how far it shifts, and what its joints lose.
#pragma once

#include "optics/guided_modes.hpp"
#include "optics/scalar_operator.hpp"

#include <complex>
#include <memory>
#include <optional>
#include <vector>

namespace beachfront::optics {

/// The straight guide that bends are compared with: its scalar mode of one polarisation.
struct StraightMode {
  IndexProfile profile;
  double wavelength_um = 0;
  Polarization polarization = Polarization::te;
  double effective_index = 0;
  double decay_per_um = 0; ///< beside the guide
  Section section;         ///< both halves along x
  Eigen::VectorXd layer_index;
  Eigen::MatrixXd field;     ///< at the nodes, integral of w field^2 = 1
  Eigen::MatrixXd mass;      ///< of the nodes, with w
  double contrast_scale = 1; ///< by which the guide's part of the permittivity is multiplied: matched_to
};

/// Index of the medium each point of a line along y lies in, without the guide.
Eigen::VectorXd layer_index(const IndexProfile& profile, const SpectralLine& y);

/// The scalar field that stands for a polarisation.
ScalarField scalar_field(Polarization polarization);

/// Nothing when the guide has no such mode.
std::optional<StraightMode> straight_mode(const IndexProfile& profile, double wavelength_um, Polarization polarization,
                                          double contrast_scale = 1);

/// The scalar guide with its contrast changed, by some 1e-3, so that its effective index is the vector mode's. A bend's
/// loss goes with exp(-R g^3), g the decay beside the guide: under air the scalar index, off by 6e-6, would put it 5 to
/// 10 % out.
StraightMode matched_to(const StraightMode& scalar, double effective_index);

/// Towards which side the guide bends away: the centre of curvature lies on the other.
enum class Outside { positive_x, negative_x };

struct BendMode {
  double radius_mm = 0;
  Outside outside = Outside::positive_x;
  std::complex<double> effective_index; ///< along the axis; the imaginary part is negative
  double loss_dB_per_cm = 0;
  bool guiding = true;       ///< false: the light leaves before it can be called a mode; the loss then only says so
  bool extrapolated = false; ///< below what double precision resolves; continued by the slope of ln(loss) in R
  double shift_um = 0;       ///< outward, of the centre of |field|^2
  double joint_loss_dB = 0;  ///< straight to bend, axes in line
  double best_offset_um = 0; ///< by which the bend is set inwards for the least loss
  double offset_joint_loss_dB = 0; ///< with it
  Eigen::MatrixXcd field;          ///< on the nodes of the straight mode
};

constexpr double least_loss_dB_per_cm = 1e-100; ///< no field is followed further down its tail

/// The mode at each radius. Scalar for its polarisation, exact in curvature (cylindrical coordinates); radiation leaves
/// through a perfectly matched layer behind the caustic. Against exact bent slabs (complex-order Bessel functions) the
/// loss is right to 1e-4 over ten decades. Below least_loss_dB_per_cm that is what is told. `radii_mm` in any order,
/// each above 0.
std::vector<BendMode> bend_modes(const StraightMode& straight, const std::vector<double>& radii_mm, Outside outside);

/// Loss where one bend turns into another: |overlap|^2 of the two fields, in dB.
double joint_loss_dB(const StraightMode& straight, const Eigen::MatrixXcd& one, const Eigen::MatrixXcd& other);

} // namespace beachfront::optics
