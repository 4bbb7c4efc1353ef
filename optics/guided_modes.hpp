// SPDX-License-Identifier: GPL-3.0-or-later
// All guided modes of a straight guide, full-vector, with what an engineer reads off them.
#pragma once

#include "optics/section.hpp"
#include "optics/vector_operator.hpp"

#include <string>
#include <vector>

namespace beachfront::optics {

enum class Polarization {
  te, ///< quasi-TE: most of the electric field lies along the surface (x)
  tm, ///< quasi-TM: most of it stands on the surface (y)
};

/// A guided mode. Sizes are of the power density S_z, the longitudinal Poynting vector; those along an axis on which a
/// planar guide does not change are 0, and integrals are per um of that axis.
struct VectorMode {
  double wavelength_um = 0;
  Polarization polarization = Polarization::te;
  double te_fraction = 0; ///< share of the transverse electric energy along x; near 0.5 for hybrid higher modes
  double effective_index = 0;
  double error_estimate = 0; ///< of the effective index: change at the last refinement, plus what the window cuts off
  double group_index = 0;    ///< from the energy velocity; exact for the field, no difference quotient
  double mode_field_diameter_x_um = 0; ///< 1/e^2 of S_z through its peak
  double mode_field_diameter_y_um = 0;
  double second_moment_diameter_x_um = 0; ///< 4 sigma of S_z (ISO 11146)
  double second_moment_diameter_y_um = 0;
  double effective_area_um2 = 0; ///< (integral of S_z)^2 / integral of S_z^2
  double confinement = 0;        ///< share of power where the index is above background + contrast/e; core of a step
  double peak_x_um = 0, peak_y_um = 0;

  Section section;
  Eigen::MatrixXd electric_field; ///< main component of E at the nodes, integral of its square over the plane = 1
  Eigen::MatrixXd power_density;  ///< S_z at the nodes, integral over the plane = 1
  MagneticField magnetic_field;   ///< transverse H at the nodes
};

struct ModeLimits {
  double index_tolerance = 1e-8; ///< refined until the effective index settles to this
  bool all = true;               ///< false: only the fundamental quasi-TE and quasi-TM modes
  int most = 40;                 ///< products to start from, for each parity: no more modes of it are found
};

struct GuidedModes {
  std::vector<VectorMode> modes; ///< by falling effective index
  double cutoff_index = 0;       ///< of the medium into which an unguided mode leaks
  double highest_index = 0;      ///< largest index of the profile
  bool converged = true;         ///< false: the last refinement still changed more than the tolerance
};

/// Solves for every mode with an effective index above the glass (and the cover). Modes nearer to cut-off than about
/// 1e-6 may be missed. `background_group_index` is the glass's own; the rest of the profile keeps its difference in
/// index at neighbouring wavelengths. Throws nothing; an unguided profile gives no modes.
GuidedModes guided_modes(const IndexProfile& profile, double wavelength_um, double background_group_index,
                         const ModeLimits& limits = {});

} // namespace beachfront::optics
