// SPDX-License-Identifier: GPL-3.0-or-later
// One coordinate of a collocation: nodes, derivatives, interpolation.
#pragma once

#include <Eigen/Core>

#include <vector>

namespace beachfront::optics::exact {

/// What the equations at a node say.
enum class Row {
  equation, ///< the differential equation
  end,      ///< the field is zero
  joint,    ///< two elements of one medium meet
  surface,  ///< two media meet
};

/// A piece over which functions are smooth. Matrices [0] are for even functions of the coordinate and [1] for odd ones;
/// the same where the axis is not folded.
struct Element {
  Eigen::Index start = 0; ///< its first node; the last is the next element's first
  double to_um = 0;       ///< its upper end
  Eigen::MatrixXd derivative[2];
};

struct Axis {
  Eigen::VectorXd at_um;
  Eigen::MatrixXd first[2], second[2]; ///< at a node that two elements share: from the upper one
  Eigen::MatrixXd first_below;         ///< there, from the lower one
  std::vector<Row> rows;
  std::vector<Element> elements;
  double step = 0, stretch_um = 0; ///< of sinc nodes; 0: Chebyshev points
};

/// Half of the line x = stretch sinh(t) with sinc nodes t = (i + 1/2) step; functions go on evenly or oddly below 0.
Axis sinc_axis(int half, double step, double stretch_um);

/// Chebyshev points between the edges, so many in an element; elements that end at or below 0 have points_below.
Axis chebyshev_axis(const std::vector<double>& edges_um, int points_below, int points_above);

/// Element that holds a place; at 0 the upper one.
std::size_t element_at(const Axis& axis, double at_um);

/// f(at) = weights * (values at the element's nodes).
Eigen::RowVectorXd interpolation(const Axis& axis, std::size_t element, double at_um, bool odd);

} // namespace beachfront::optics::exact
