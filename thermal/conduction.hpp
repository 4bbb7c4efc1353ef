// SPDX-License-Identifier: GPL-3.0-or-later
// Steady temperature of a rectangular slab (a lid, a die with its lid), heated by rectangles of even flux on one face
// and cooled over the whole of the other; its sides are adiabatic. Exact: the double cosine series of Muzychka,
// Culham and Yovanovich (J. Electron. Packag. 125, 178, 2003; eccentric sources, layers of like outline), whose slow
// part is summed in closed form by Ewald's splitting, so that the terms left fall off exponentially.
#pragma once

#include "geometry/shapes.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace beachfront::thermal {

struct SlabLayer {
  double thickness_mm = 0;
  double conductivity_xy_W_per_mK = 0;
  double conductivity_z_W_per_mK = 0;
};

struct Slab {
  geometry::Box outline;
  std::vector<SlabLayer> layers; ///< the heated face first
  double heat_transfer_W_per_m2K = 0;
};

/// A rectangle of even flux inside the outline.
struct HeatSource {
  geometry::Box outline;
  double power_W = 0;
};

/// What is needed to evaluate any source on one slab.
struct SlabSeries {
  geometry::Box outline;
  std::size_t terms_x = 0, terms_y = 0;
  double split_length_mm = 0; ///< Gaussians wider than this are summed as cosines, narrower ones in place
  double surface_conductivity_W_per_mmK = 0; ///< sqrt(k_xy k_z) of the heated layer
  std::vector<double> far_mm2K_per_W;        ///< surface impedance left for the cosines, x fastest
};

/// As many terms as the tolerance asks for: with t the thickness of the heated layer (times sqrt(k_xy/k_z)) and k its
/// conductivity, what is left out at wave numbers above z is below (2 / (pi k t)) exp(-2 z t) K/W for the series and as
/// much again for the splitting; z is chosen so that the exponential is `tolerance` / 2.
/// std::invalid_argument unless outline, thickness, conductivity and heat transfer are positive.
SlabSeries slab_series(const Slab& slab, double tolerance = 1e-9);

/// Temperature rise over the coolant, mean over `observer`, per watt in `source`. A point is a box without extent.
/// Symmetric in source and observer when both have an area.
double influence_K_per_W(const SlabSeries& series, const geometry::Box& source, const geometry::Box& observer);

/// All sources on, summed once for any number of places.
struct SlabHeat {
  std::vector<HeatSource> sources;
  std::vector<double> far_K; ///< amplitudes of the cosines, x fastest
};
SlabHeat slab_heat(const SlabSeries& series, std::vector<HeatSource> sources);

/// A grid of places on the heated face, and what a watt in each of some sources does there: whatever the powers are.
struct SlabPlaces {
  std::size_t count_x = 0, count_y = 0;
  std::vector<double> x_cosines, y_cosines; ///< of each place, all terms
  std::vector<std::size_t> near;            ///< sources whose narrow part reaches the places
  std::vector<double> near_K_per_W;         ///< of each of them, all places, x fastest
};
SlabPlaces slab_places(const SlabSeries& series, std::span<const geometry::Box> sources, std::span<const double> x_mm,
                       std::span<const double> y_mm);

/// Temperature rise over the coolant at the places, x fastest. `heat` has the sources of the places, in their order.
std::vector<double> rise_K(const SlabPlaces& places, const SlabHeat& heat);
/// The same at every (x, y).
std::vector<double> rise_K(const SlabSeries& series, const SlabHeat& heat, std::span<const double> x_mm,
                           std::span<const double> y_mm);

/// The 9 x 9 samples of a box, rim included, among which peak_rise_K() seeks.
SlabPlaces peak_places(const SlabSeries& series, std::span<const geometry::Box> sources, const geometry::Box& box);

/// Greatest rise over a box: the best of its samples and the top of the parabolas through it and its neighbours, good
/// to about 1e-3 of the variation over the box.
double peak_rise_K(const SlabPlaces& places, const SlabHeat& heat);

} // namespace beachfront::thermal
