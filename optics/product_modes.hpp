// SPDX-License-Identifier: GPL-3.0-or-later
// One-dimensional modes along either axis of a section: starting fields, and an approximate inverse that is exact where
// permittivity is a sum f(x) + g(y).
#pragma once

#include "optics/section.hpp"

namespace beachfront::optics {

/// All modes of one line: (u'/s)'s + p u = value u, u = 0 where a node is left out.
struct LineModes {
  Eigen::VectorXd values;   ///< falling
  Eigen::MatrixXd vectors;  ///< (kept node, mode), orthonormal with `mass`
  Eigen::VectorXd mass;     ///< of the kept nodes: weight over s
  Eigen::MatrixXd to_modes; ///< vectors^T diag(mass)
};

/// The nodes of a line on which a field is free: all but those where it is held at 0.
struct KeptNodes {
  Eigen::Index first = 0, count = 0;
};
/// The field is free on a mirror plane, at the start or (`uniform`) at both ends, if it is even there.
KeptNodes kept_nodes(const SpectralLine& line, bool mirror, bool uniform, bool even);

/// `potential` and `stiffness` s at the line's points.
LineModes line_modes(const SpectralLine& line, const Eigen::VectorXd& potential, const Eigen::VectorXd& stiffness,
                     KeptNodes kept);

/// k^2 eps(x, y) as nearly as may be f(x) + g(y) where the fundamental mode is: the means over the best separable field
/// (Kendall, Robson and Stewart, IEE Proc. A 134, 699 (1987)), as profile along either line's points.
struct SeparablePotential {
  Eigen::VectorXd along_x, along_y;
};
SeparablePotential separable_potential(const Section& section, double k2_per_um2);

} // namespace beachfront::optics
