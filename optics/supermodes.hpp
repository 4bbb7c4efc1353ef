// SPDX-License-Identifier: GPL-3.0-or-later
// Two equal parallel guides: their even and odd supermode, and what goes over from one to the other.
#pragma once

#include "optics/bend_mode.hpp"

#include <optional>

namespace beachfront::optics {

/// How the splitting was found.
enum class PairMethod {
  mirror_plane,      ///< half the pair is solved twice, even and odd about the plane between the guides
  whole_pair,        ///< both guides on one section: an asymmetric guide and its shifted copy, close together
  coupling_integral, ///< weak coupling of the tails that face each other: the same, far apart
};

struct Supermodes {
  double distance_um = 0; ///< between the axes
  double even_index = 0;
  double odd_index = 0;
  double index_splitting = 0;    ///< even less odd; not the difference of the two printed indices, which has no digits
                                 ///< where the guides are far apart
  double coupling_per_mm = 0;    ///< C = (beta_e - beta_o)/2: the amplitude goes over as sin(C z)
  double coupling_length_mm = 0; ///< pi/(beta_e - beta_o), of full transfer
  bool merged = false;           ///< the profiles overlap: not two guides any more, though still two supermodes
  bool odd_guided = true;        ///< false: one guide with one mode; the splitting counts to the cut-off, a lower bound
  bool converged = true;
  PairMethod method = PairMethod::mirror_plane;
};

/// The pair whose axes lie `distance_um` apart along x, for the polarisation of `alone`. Profiles are superposed: their
/// index differences add (two exposures, or diffusion at low concentration); of a channel or a step fibre it is the
/// union. Scalar for its polarisation. A guide that is not its own mirror image (a table) is paired with its shifted
/// copy. Nothing when the pair has no even mode. Throws std::invalid_argument for a distance that is not above 0 or a
/// guide without end along x.
///
/// Far apart, the field between the guides is a sum over the layers' modes, each with its own decay, so that it has
/// relative precision everywhere, and the splitting follows from Green's identity of the even with the odd field:
///   (beta_e^2 - beta_o^2) integral of w psi_e psi_o = integral over the plane of w psi_e d psi_o/dx.
std::optional<Supermodes> supermodes(const StraightMode& alone, double distance_um, int degree = 10);

/// The smallest distance between axes at which the largest crosstalk over a length keeps to a budget (negative dB), to
/// 1e-3 um. Nothing when even merged guides keep to it, or no distance up to 1 mm does.
std::optional<double> distance_for_crosstalk_um(const StraightMode& alone, double length_mm, double budget_dB);

} // namespace beachfront::optics
