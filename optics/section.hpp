// SPDX-License-Identifier: GPL-3.0-or-later
// A guide's cross-section on a spectral grid: what the field solvers work on.
#pragma once

#include "optics/profile.hpp"
#include "optics/spectral_line.hpp"

namespace beachfront::optics {

/// Permittivity n^2 at the points of a tensor grid. An interface (the glass surface, the wall of a channel) lies on an
/// edge between elements, where the permittivity has a value on either side. With a mirror plane the line starts there
/// and the other half is left out. An axis along which nothing changes (a planar guide) ends in a mirror plane too.
struct Section {
  SpectralLine x, y;
  bool mirror_x = false, mirror_y = false;
  Eigen::ArrayXXd permittivity;              ///< (x point, y point)
  bool uniform_x = false, uniform_y = false; ///< the far end of the line is a mirror plane as well

  // What the vector operator needs of 1/permittivity: its value, and its slopes times the weights of the points, in
  // which a jump is a line integral along the interface. fill_inverse sets them from the permittivity.
  Eigen::ArrayXXd inverse = {}, inverse_slope_x = {}, inverse_slope_y = {};
};

/// For a permittivity that is smooth within elements and jumps at most on their edges.
void fill_inverse(Section& section);

/// Samples a profile on a grid whose lines and planes are set. Smooth shapes point by point; a round core, whose wall
/// no edge follows, by its exact integrals against the nodal polynomials over the disc and along its rim.
Section section_of(const IndexProfile& profile, Section grid);

/// Along one axis of a tensor grid: the slopes, at the points, of values given at the points.
Eigen::ArrayXXd slope_along_x(const SpectralLine& x, const Eigen::ArrayXXd& at_points);
Eigen::ArrayXXd slope_along_y(const SpectralLine& y, const Eigen::ArrayXXd& at_points);

/// Values at nodes copied to the points, and (the transpose) values at points added up at their nodes.
Eigen::ArrayXXd to_points(const SpectralLine& x, const SpectralLine& y, const Eigen::MatrixXd& at_nodes);
Eigen::ArrayXXd sum_to_nodes(const SpectralLine& x, const SpectralLine& y, const Eigen::ArrayXXd& at_points);

} // namespace beachfront::optics
