// SPDX-License-Identifier: GPL-3.0-or-later
// Where the spectral grid of a guide has its edges.
#pragma once

#include "optics/profile.hpp"
#include "optics/section.hpp"

#include <vector>

namespace beachfront::optics {

/// Rough sizes of a guide, from which grids are laid out. Nothing printed depends on them but through refinement.
struct GuideScale {
  double k_per_um = 0;          ///< 2 pi/lambda
  double peak_index = 0;        ///< highest index above the glass, plus the glass
  double wavenumber_per_um = 0; ///< k sqrt(n_peak^2 - n_glass^2): the largest transverse wavenumber
  double decay_per_um = 0;      ///< of the fundamental mode beside the guide: that of a step fibre with the same sum of
                                ///< permittivity over the cross-section
};
GuideScale scale_of(const IndexProfile& profile, double wavelength_um);

/// About how many modes of each polarisation a guide holds, V^2/4: area in phase space, good for many.
double estimated_modes(const IndexProfile& profile, double wavelength_um);

/// The medium into which an unguided mode leaks.
double cutoff_index(const IndexProfile& profile);

struct WindowEdges {
  std::vector<double> x_um, y_um;
  bool mirror_x = false, mirror_y = false;   ///< the edges then begin at the mirror plane
  bool uniform_x = false, uniform_y = false; ///< one element stands for a planar guide
};

/// Decays beside the guide of the modes that a window must hold: the fastest and the slowest.
struct Decays {
  double fastest_per_um = 0, slowest_per_um = 0;
};

/// Edges on every interface and about one an oscillation in the profile; beyond it elements of growing length until the
/// slowest mode has decayed by exp(-8), and in the cover as fast as its lower index makes every mode decay.
WindowEdges window_for(const IndexProfile& profile, const GuideScale& scale, Decays decays);

/// Lets a window reach `spread_um` beyond the guide in depth, where it does not yet.
void widen_depth(WindowEdges& edges, double spread_um, bool covered);

/// Change of the effective index of a mode by what such a window cuts off.
double cut_off_index(const GuideScale& scale, double effective_index, double decay_per_um, double slowest_per_um);

/// The lines between those edges; no permittivity yet.
Section grid_on(const WindowEdges& edges, int degree);

/// Every element cut into two.
WindowEdges halved(const WindowEdges& edges);

} // namespace beachfront::optics
